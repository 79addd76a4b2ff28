"""Why a watch finds an item or not, clause by clause, and the one change that would have caught it."""

from __future__ import annotations

from typing import Any

import pytest

from news.watch.compiler import check_watch
from news.watch.indexed import index_item
from news.watch.why import Clause, explain
from news.watch.why_change import changes
from tests.news.watch.items import item


def explained(query: str, **given: Any) -> Clause:
    """What is said of a watch and one item."""
    return explain(query, check_watch(query), index_item(item(**given)))


@pytest.mark.parametrize(
    ("query", "given", "reasons"),
    [
        ("flood Almaty", {"title": "Flood in Osh"}, {"Almaty": "Almaty is not there"}),
        (
            "паводок",
            {"title": "Паводковая комиссия"},
            {"паводок": "паводок is not there; the nearest form is Паводковая"},
        ),
        (
            '"early warning"',
            {"title": "Warnings came early"},
            {'"early warning"': "its words are there, but not side by side"},
        ),
        ("title:flood", {"text": "A flood"}, {"title:flood": "it stands in the text, not in the title"}),
        ('="Central Asia"', {"title": "A central Asia plan"}, {'="Central Asia"': "it is written central Asia"}),
        ("flood NOT drill", {"title": "A flood drill"}, {"NOT drill": "it leaves this out"}),
        ("flood lang:kk", {"title": "Flood", "language": "en"}, {"lang:kk": "the item's lang is en"}),
        (
            "water NEAR/1 Aral",
            {"title": "Aral and its states share water"},
            {"water NEAR/1 Aral": "its words are there, but further apart"},
        ),
        (
            "score>=30 {flood^20 Almaty^10}",
            {"title": "Flood in Osh"},
            {"score>=30 {flood^20 Almaty^10}": "it reaches 20 of 30; not there: Almaty (10)"},
        ),
        (
            'name:"Murat Nurtleu"',
            {"title": "Айгуль Нуртлеу"},
            {'name:"Murat Nurtleu"': "Nurtleu is there, but nothing that says that it is Murat Nurtleu"},
        ),
        ("flood OR mudflow", {"title": "A flood"}, {}),
    ],
)
def test_what_keeps_a_watch_from_finding_an_item_is_named(
    query: str, given: dict[str, Any], reasons: dict[str, str]
) -> None:
    clause = explained(query, **given)
    assert {one.text: one.reason for one in clause.failing()} == reasons
    assert clause.holds is not bool(reasons)


def test_what_holds_says_where_in_which_form() -> None:
    clause = explained("flood (Almaty OR Osh)", title="Floods in Osh", text="A flood.")
    assert clause.holds
    flood, place = clause.parts
    assert [(hit.text, hit.field) for hit in flood.hits] == [("Floods", "title"), ("flood", "text")]
    assert [(part.text, part.holds) for part in place.parts] == [("Almaty", False), ("Osh", True)]


@pytest.mark.parametrize(
    ("query", "given", "expected"),
    [
        ("flood Almaty", {"title": "Floodlit Almaty"}, ["(flood OR floodlit) Almaty", "Almaty"]),
        ("flood NOT drill", {"title": "A flood drill"}, ["flood"]),
        ('"early warning"', {"title": "Warnings came early"}, ["early NEAR/5 warning"]),
        ("flood drill", {"title": "Trade"}, []),
        ("flood Almaty", {"title": "Flood in Almaty"}, None),
    ],
)
def test_every_change_offered_makes_the_watch_find_the_item(
    query: str, given: dict[str, Any], expected: list[str] | None
) -> None:
    indexed, tree = index_item(item(**given)), check_watch(query)
    clause = explain(query, tree, indexed)
    offered = [one.text for one in changes(query, tree, clause, indexed)]
    assert clause.holds if expected is None else offered == expected


def test_the_lexicons_names_in_the_items_language_are_offered() -> None:
    indexed = index_item(item(title="Паводок в Актюбинской области", language="ru"))
    tree = check_watch("flood")
    (one,) = changes("flood", tree, explain("flood", tree, indexed), indexed)
    assert one.how == "with the Russian names"
    assert "паводок" in one.text
