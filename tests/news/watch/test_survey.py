"""Variants of a watch are counted by what they find beyond it; the parts that leave something out can be taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from news.watch.matcher import index_item
from news.watch.parser import parse_query
from news.watch.spellings import Spellings
from news.watch.survey import Survey, exclusions, without
from tests.storage.samples import an_item

TITLES = ("Flood", "Flood drill", "Паводок", "Паводок и flood", "Trade", "Су тасқыны")


def test_each_variant_counts_what_the_watch_does_not_find() -> None:
    survey = Survey()
    floods = survey.ask(parse_query("flood"), [parse_query("flood OR паводок"), parse_query("flood AND drill")])
    dry = survey.ask(parse_query("flood NOT drill"), [parse_query("flood"), parse_query("тасқын")])
    for title in TITLES:
        survey.look_at(index_item(an_item(title)))
    assert (floods.found, floods.beyond) == (3, [1, 0])
    assert (dry.found, dry.beyond) == (2, [1, 1])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("flood NOT drill", ["flood"]),
        ("flood mud NOT drill -trade", ["flood mud -trade", "flood mud NOT drill"]),
        ("fire OR (flood NOT drill)", ["fire OR flood"]),
        ("title:(flood NOT drill) mud", ["title:flood mud"]),
        ("flood NOT (drill NOT real)", ["flood"]),
        ("flood", []),
    ],
)
def test_a_watch_without_one_of_the_parts_that_leave_something_out(text: str, left: list[str]) -> None:
    query = parse_query(text)
    assert [without(query, one) for one in exclusions(query)] == [parse_query(one) for one in left]


def test_spellings_of_a_surname_are_found_beside_the_given_name_and_never_those_that_the_name_finds() -> None:
    spellings = Spellings(["Daniyar Primerov", "Given Surname"])
    titles = (
        "Daniyar Primirov, a sample",
        "Primirov, a sample",
        "Данияра Примерова, образец",
        "Trade with Prizren",
    )
    for number, title in enumerate(titles, start=1):
        spellings.look_at(index_item(replace(an_item(title), id=number)))
    assert spellings.found == {("Daniyar Primerov", "Daniyar Primirov"): frozenset({1, 2})}
