"""A watch with one demand let go, as a tree and as query text."""

from __future__ import annotations

import random

import pytest

from news.errors import QuerySyntaxError
from news.watch.near import Lack, alternatives, either, relaxations
from news.watch.near_text import written
from news.watch.parser import parse_query
from tests.news.watch.chance import query


def lets_go(text: str) -> list[tuple[str, str, str]]:
    """How each near miss falls short, by which part, and what is left of the watch."""
    return [
        (one.lack.name, written(one.part, text), written(one.query, text)) for one in relaxations(parse_query(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flood", []),
        ("flood* OR mudflow", []),
        ("flood Almaty", [("MISSING", "flood", "Almaty"), ("MISSING", "Almaty", "flood")]),
        (
            "flood (Almaty OR Aktobe) NOT drill",
            [
                ("MISSING", "flood", "(Almaty OR Aktobe) NOT drill"),
                ("MISSING", "Almaty OR Aktobe", "flood NOT drill"),
                ("LEFT_OUT", "NOT drill", "flood AND (Almaty OR Aktobe)"),
            ],
        ),
        ('"Bank of Kazakhstan"', [("APART", '"Bank of Kazakhstan"', "Bank NEAR/5 Kazakhstan")]),
        ("water NEAR/3 Aral", [("APART", "water NEAR/3 Aral", "water AND Aral")]),
        ("title:flood", [("ELSEWHERE", "title:flood", "flood")]),
        ('="Central Asia"', [("WRITTEN", '="Central Asia"', '"Central Asia"')]),
        (
            "score>=30 {flood^20 Almaty^10 drill^-5}",
            [
                ("MISSING", "flood", "score>=10 {Almaty^10 drill^-5}"),
                ("MISSING", "Almaty", "score>=20 {flood^20 drill^-5}"),
            ],
        ),
        ("lang:kk flood", [("MISSING", "lang:kk", "flood"), ("MISSING", "flood", "lang:kk")]),
    ],
)
def test_each_demand_is_let_go_by_itself(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert lets_go(text) == expected


def test_what_is_left_never_finds_nearly_everything() -> None:
    assert [lack for lack, _, _ in lets_go("flood NOT drill")] == [Lack.LEFT_OUT.name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flood Almaty", []),
        ("flood OR mudflow", [("flood", "mudflow"), ("mudflow", "flood")]),
        ("Almaty (flood OR mudflow)", [("flood", "Almaty AND mudflow"), ("mudflow", "Almaty AND flood")]),
        (
            "score>=10 {flood^20 Almaty^10}",
            [("flood", "score>=10 {Almaty^10}"), ("Almaty", "score>=10 {flood^20}")],
        ),
    ],
)
def test_alternatives_are_the_terms_of_which_some_are_enough(text: str, expected: list[tuple[str, str]]) -> None:
    found = alternatives(parse_query(text))
    assert [(written(one.part, text), written(one.query, text)) for one in found] == expected


def test_a_tree_written_out_is_the_same_tree() -> None:
    chance = random.Random(8)
    for _ in range(300):
        text = query(chance, 3)
        try:
            tree = parse_query(text)
        except QuerySyntaxError:
            continue
        assert parse_query(written(tree, text)) == tree
        for one in (*relaxations(tree), *alternatives(tree)):
            assert parse_query(written(one.query, text)) == one.query, text


def test_either_is_flat_and_each_once() -> None:
    flood, both = parse_query("flood"), parse_query("flood OR mudflow")
    assert either([flood]) == flood
    assert either([flood, both]) == both
