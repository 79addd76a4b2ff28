"""The whole language end to end: word forms, persons, concepts and scores."""

from __future__ import annotations

from datetime import date

import pytest

from news.item import Stated
from news.watch.matcher import Matcher, index_item
from news.watch.watch import Watch
from tests.news.watch.chance import LEXICON
from tests.news.watch.items import hits, item, matches


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ('"Красный Полумесяц"', "Волонтёры Красного Полумесяца", ["Красного Полумесяца"]),
        ("беженец", "О беженцах и беженцами", ["беженцах", "беженцами"]),
        ("министр", "министрдің сөзі, министерство, министрлік", ["министрдің"]),
        ("Тоқаев", "Toqaevtyń", ["Toqaevtyń"]),
        ("floods", "A flood came", ["flood"]),
        ("UN", "a unit of the UN", ["UN"]),
        ("ООН", "зоонадзор и ООН", ["ООН"]),
        ("МИД", "мидия, МИДом", ["МИДом"]),
    ],
)
def test_one_word_finds_its_forms_and_nothing_else(query: str, text: str, found: list[str]) -> None:
    assert [hit.text for hit in hits(query, text=text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("К. Абдрахманов", ["К. Абдрахманов"]),
        ("встреча Кайрата Абдрахманова", ["Кайрата Абдрахманова"]),
        ("Kayrat Abdrakhmanov, minister", ["Kayrat Abdrakhmanov"]),
        ("Абдрахманова Айгуль", []),
        ("the abdrakhmanov file", []),
    ],
)
def test_a_person_is_found_in_either_script_and_no_namesake(text: str, found: list[str]) -> None:
    assert [hit.text for hit in hits('name:"Кайрат Абдрахманов"', text=text)] == found


def test_a_surname_like_a_word_needs_support_which_another_word_of_the_watch_gives() -> None:
    assert matches("name:Цой", text="Цой") == []
    assert [hit.text for hit in hits("name:Цой агентство", text="Цой из агентства")] == ["Цой", "агентства"]
    assert matches("name:Цой агентство", text="агентство и так далее, а потом ещё и Цой") == []


def test_a_title_all_in_capitals_still_names_persons() -> None:
    query = 'name:"Кайрат Абдрахманов"'
    assert [hit.text for hit in hits(query, title="КАЙРАТ АБДРАХМАНОВ ПРИБЫЛ В АСТАНУ")] == ["АБДРАХМАНОВ"]
    assert hits(query, title="АБДРАХМАНОВ прибыл в Астану") == []
    assert matches("title:" + query, text="x", title="АБДРАХМАНОВ ПРИБЫЛ В АСТАНУ")


def test_a_concept_is_found_by_its_sure_names_and_told_as_written() -> None:
    found = _hits("@ministry", text="МИДа, flood crises, агентство")
    assert [(hit.text, hit.term) for hit in found] == [("МИДа", "@ministry"), ("flood crises", "@ministry")]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 11, 21), ["Арман Үлгіев"]),
        (date(2026, 11, 22), ["Арман Үлгіев", "Анна Цой"]),
        (date(2026, 11, 23), ["Анна Цой"]),
    ],
)
def test_an_office_follows_its_holder_by_the_date_of_the_item(day: date, found: list[str]) -> None:
    published = Stated(day=day, zone="Asia/Almaty")
    assert [hit.text for hit in _hits("@head", text="Арман Үлгіев, Анна Цой", published=published)] == found


def _hits(query: str, **given: object) -> list[object]:
    matcher = Matcher([Watch(name="w", query=query)], lexicon=LEXICON)
    return [hit for match in matcher.matches(index_item(item(**given))) for hit in match.hits]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("flood", None),
        ("flood mud", 5.0),
        ("flood flood", None),
        ("flood mud rain", 4.0),
        ("flood mud rain drill", None),
    ],
)
def test_each_term_of_a_score_counts_once_and_may_take_away(text: str, score: float | None) -> None:
    found = matches("score>=4 {flood^3 mud^2 rain^-1 drill^-9}", text=text)
    assert [match.score for match in found] == ([] if score is None else [score])
    assert all(hit.text in ("flood", "mud") for match in found for hit in match.hits)


def test_weights_add_up_as_people_add() -> None:
    assert matches("score>=0.8 {flood^0.7 mud^0.1}", text="flood mud")
