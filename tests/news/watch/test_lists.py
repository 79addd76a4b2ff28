"""The list form: the same tree as the text, both ways, and never half of a watch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import QuerySyntaxError
from news.watch.lists import Lists, lists_from_query, query_from_lists
from news.watch.parser import parse_query


@pytest.mark.parametrize(
    ("lists", "text"),
    [
        (Lists(any=("Red Crescent",)), '"Red Crescent"'),
        (Lists(any=("IFRC", "UNRCCA")), "IFRC OR UNRCCA"),
        (
            Lists(
                any=("Red Crescent", "IFRC", "person: Given Surname"),
                also=("Kazakhstan", "Central Asia"),
                not_=("blood donor marathon",),
            ),
            '("Red Crescent" OR IFRC OR name:"Given Surname") AND (Kazakhstan OR "Central Asia") '
            'NOT "blood donor marathon"',
        ),
        (Lists(any=("IFRC",), also=("Kazakhstan",)), "IFRC AND Kazakhstan"),
        (Lists(any=("IFRC", "UN"), not_=("flood", "mud")), "(IFRC OR UN) NOT flood NOT mud"),
        (
            Lists(any=("ministr*", "=Polish", '="Red Crescent"', "@ifrc")),
            'ministr* OR =Polish OR ="Red Crescent" OR @ifrc',
        ),
        (Lists(any=("early-warning",)), "early-warning"),
        (Lists(any=("or", "NOT", "AND")), '"or" OR "NOT" OR "AND"'),
        (Lists(any=("gov.kz",)), '"gov.kz"'),
    ],
)
def test_lists_and_text_are_one_tree(lists: Lists, text: str) -> None:
    assert query_from_lists(any=lists.any, also=lists.also, not_=lists.not_) == text
    assert lists_from_query(parse_query(text)) == lists


def test_quotation_marks_in_a_line_are_left_out() -> None:
    assert query_from_lists(any=("«Красный  Полумесяц»",)) == '"Красный Полумесяц"'


def test_only_also_is_the_same_as_only_any() -> None:
    assert query_from_lists(any=(), also=("aa", "bb")) == query_from_lists(any=("aa", "bb"))


@pytest.mark.parametrize(
    "text",
    [
        "aa bb cc",
        "aa NEAR/3 bb",
        "title:aa",
        "aa OR (bb cc)",
        "aa NOT (bb OR cc)",
        "aa NOT (bb cc)",
        "NOT aa bb",
        "NOT NOT aa",
        "aa OR /bb/",
        "(aa OR bb) NOT cc (dd OR ee)",
    ],
)
def test_what_lists_cannot_show_is_not_shown_in_part(text: str) -> None:
    assert lists_from_query(parse_query(text)) is None


@pytest.mark.parametrize(
    ("line", "place", "problem"),
    [
        ("...", "...", "no word"),
        ("a", "a", "single letter"),
        ("person: ", "person:", "no word"),
        ("title: flood", "title:", "cannot begin"),
        ("mi*", "mi*", "match too much"),
        ("=Red Crescent", "=Red Crescent", "before one word"),
        ("flood mi* late", "flood mi* late", "in a phrase"),
    ],
)
def test_a_line_at_fault_is_underlined(line: str, place: str, problem: str) -> None:
    with pytest.raises(QuerySyntaxError, match=problem) as caught:
        query_from_lists(any=("Red Crescent", line))
    assert caught.value.query[caught.value.start : caught.value.end] == place


@pytest.mark.parametrize("not_", [(), ("flood",)])
def test_lists_without_anything_to_find_are_refused(not_: tuple[str, ...]) -> None:
    with pytest.raises(QuerySyntaxError, match="empty"):
        query_from_lists(any=(), not_=not_)


_LINES = st.lists(st.text(alphabet="абЁO R-.«\"'*=@,", min_size=1, max_size=12), min_size=1, max_size=3)


@given(any_of=_LINES, also=st.one_of(st.just([]), _LINES), not_=st.one_of(st.just([]), _LINES))
def test_accepted_lists_make_text_that_parses_and_comes_back(
    any_of: list[str], also: list[str], not_: list[str]
) -> None:
    try:
        text = query_from_lists(any=any_of, also=also, not_=not_)
    except QuerySyntaxError:
        return
    query = parse_query(text)
    shown = lists_from_query(query)
    assert shown is not None
    assert parse_query(query_from_lists(any=shown.any, also=shown.also, not_=shown.not_)) == query
