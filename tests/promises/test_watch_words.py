"""One word of a watch finds a real text in every form, script and language that it should, and no look-alike."""

from __future__ import annotations

from datetime import date

import pytest

from news.item import Stated
from news.lexicon import shipped
from news.watch.expand import expansions, with_concepts
from tests.news.watch.items import hits, matches
from tests.shared import shared

RELEASE_OF_2018 = "seeds/001_a8b722bcf7aa74df.txt"


def on(year: int) -> Stated:
    """The day of the release, or the same day of another year."""
    return Stated(day=date(year, 5, 3), zone="Asia/Almaty")


def as_saved(query: str) -> str:
    """The watch as `watch add` saves it."""
    return with_concepts(query, expansions(query, shipped()))


@pytest.mark.parametrize(
    "query",
    [
        '"Красный Полумесяц"',
        '"Международная федерация"',
        "беженец",
        'name:"Кайрат Абдрахманов"',
        "@ifrc",
        as_saved("Red Crescent"),
        as_saved('"Red Crescent"'),
        as_saved("IFRC"),
        "@foreign_minister_kz",
    ],
)
def test_the_russian_release_of_2018_is_found(query: str) -> None:
    title, _, text = shared(RELEASE_OF_2018).read_text(encoding="utf-8").strip().partition("\n")
    given = {"title": title, "text": text, "published": on(2018)}
    found = hits(query, **given)
    assert found
    for hit in found:
        assert str(given[hit.field])[hit.start : hit.end] == hit.text


def test_as_typed_in_english_it_would_not_be_found() -> None:
    text = shared(RELEASE_OF_2018).read_text(encoding="utf-8")
    assert not matches('"Red Crescent"', text=text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("UN", "The unit uses a UNDP tent, and so the unity of units"),
        ("ООН", "Зоонадзор проверил зоопарк"),
        ("МИД", "В порт привезли мидии и мидий"),
        ("министр", "Министерство и министрлік"),
        ("елші", "Елшілік жабық"),
        ('name:"Кайрат Абдрахманов"', "Абдрахманова Айгуль"),
    ],
)
def test_a_look_alike_is_not_found(query: str, text: str) -> None:
    assert not matches(query, text=text)


@pytest.mark.parametrize(
    ("query", "text", "hit"),
    [
        ("Тоқаев", "Toqaevtyń", "Toqaevtyń"),
        ("UN", "The UN's office", "UN's"),
        ("ООН", "Визит главы ООН", "ООН"),
        ("МИД", "Сообщили в МИДе", "МИДе"),
        ("БҰҰ", "БҰҰ-ның өкілі", "БҰҰ"),
        (as_saved("early warning"), "Ерте ескертудің жүйесі", "Ерте ескертудің"),
    ],
)
def test_another_form_alphabet_or_language_is_found(query: str, text: str, hit: str) -> None:
    assert [one.text for one in hits(query, text=text)] == [hit]


def test_an_office_is_whoever_held_it_on_the_day() -> None:
    title = shared(RELEASE_OF_2018).read_text(encoding="utf-8").strip().partition("\n")[0]
    assert [hit.text for hit in hits("@foreign_minister_kz", title=title, published=on(2018))] == ["К. Абдрахманов"]
    assert not matches("@foreign_minister_kz", title=title, published=on(2024))
