"""Stories across languages where items have vectors: joined by meaning, kept apart by what each names alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.item import Item, Stated
from news.story import Relation
from tests.news.story.meanings import meaning
from tests.news.story.samples import TODAY, an_item, choices, last, received

FLOOD = ("Flood closes a bridge", "The river rose at night and the crossing was closed. People were taken to a school.")
MOST = ("Закрыт мост", "Ночью вода в реке поднялась, проезд закрыт. Людей перевезли в школу.")


def english(told: str = "flood", text: str = FLOOD[1], **fields: object) -> Item:
    fields = {"meaning": meaning(told, "en"), **fields}
    return an_item(FLOOD[0], text, **fields)


def russian(told: str = "flood", text: str = MOST[1], **fields: object) -> Item:
    fields = {"meaning": meaning(told, "ru"), **fields}
    return an_item(MOST[0], text, language="ru", publisher="Agency", **fields)


def test_an_event_is_found_in_another_language_without_a_name_in_common() -> None:
    choice = last(english(), russian())
    assert choice.relation is Relation.TRANSLATION
    assert choice.to == 1
    assert choice.evidence is not None
    assert choice.evidence.rule.startswith("same meaning by vector ")
    assert choice.why.startswith("the same news in another language: same meaning by vector ")


def test_other_news_and_other_days_are_other_events() -> None:
    assert last(english(), russian("library")).relation is Relation.NEW
    before = Stated(day=TODAY - timedelta(days=3), zone="Asia/Almaty")
    assert last(english(), russian(published=before)).relation is Relation.NEW


def test_without_a_vector_on_either_side_names_decide_as_before() -> None:
    assert last(english(), russian(meaning=b"")).relation is Relation.NEW
    assert last(english(meaning=b""), russian()).relation is Relation.NEW
    for first, second in (("en", "ru"), ("ru", "kk")):
        plain = choices(received(first), received(second, publisher="Agency"))[-1]
        half = choices(received(first, meaning=meaning("x", first)), received(second, publisher="Agency"))[-1]
        assert plain == half
        assert plain.relation is Relation.TRANSLATION


def test_names_alone_do_not_join_what_means_something_else() -> None:
    ours = received("en", meaning=meaning("one thing", "en"))
    theirs = received("ru", publisher="Agency", meaning=meaning("another", "ru"))
    choice = last(ours, theirs)
    assert choice.evidence is None or "by vector" in choice.evidence.rule


@pytest.mark.parametrize("closeness", [0.5, 0.6])
def test_half_alike_is_not_enough_by_itself(closeness: float) -> None:
    ours = english(meaning=meaning("flood", "en", closeness=closeness))
    theirs = russian(meaning=meaning("flood", "ru", closeness=closeness))
    assert last(ours, theirs).relation is Relation.NEW


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Rescuers evacuated 312 residents.", "Спасатели эвакуировали 320 жителей."),
        ("A quake of magnitude 5.9 was felt.", "Произошло землетрясение магнитудой 4,6."),
    ],
)
def test_figures_of_one_size_that_differ_are_two_events(ours: str, theirs: str) -> None:
    assert last(english(text=ours), russian(text=theirs)).relation is Relation.NEW
    assert last(english(text=ours), russian(text=ours[:0] + MOST[1])).relation is Relation.TRANSLATION


def test_places_and_people_in_each_headline_alone_are_two_events() -> None:
    ours, theirs = received("en", 0), received("ru", 1, publisher="Agency")
    alike = {"en": meaning("an envoy", "en"), "ru": meaning("an envoy", "ru")}
    assert not last(
        an_item(ours.title, FLOOD[1], meaning=alike["en"]),
        an_item(theirs.title, MOST[1], language="ru", meaning=alike["ru"]),
    ).relation.joins
    titles = ("Minister meets Macron in town", "Министр встретился с Гутерришем")
    met = an_item(titles[0], FLOOD[1], meaning=alike["en"])
    assert not last(met, an_item(titles[1], MOST[1], language="ru", meaning=alike["ru"])).relation.joins
    same = "Министр встретился с Макроном"
    assert last(met, an_item(same, MOST[1], language="ru", meaning=alike["ru"])).relation is Relation.TRANSLATION


def test_a_person_spelled_by_a_third_language_is_no_other_person() -> None:
    met = an_item("Minister meets Guterres in town", FLOOD[1], meaning=meaning("an envoy", "en"))
    other = an_item("Министр встретился с Гутерришем", MOST[1], language="ru", meaning=meaning("an envoy", "ru"))
    assert last(met, other).relation is Relation.TRANSLATION
