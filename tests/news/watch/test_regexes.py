"""Patterns: Unicode's words in RE2's linear time, and places that cut the very text out of the text as given."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.watch.matcher import Matcher, index_item
from news.watch.regexes import RegexGroups, SearchedText, compile_regex
from news.watch.watch import Watch
from tests.news.watch.items import hits, item, matches


def _found(pattern: str, text: str) -> list[str]:
    return [text[start:end] for start, end in SearchedText(text).spans(compile_regex(pattern), 100)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\bмид\b", "МИД, мидия, (мид), МИД-ке", ["МИД", "мид", "МИД"]),
        (r"\bтасқын\w*\b", "Тасқынға, тасқыны", ["Тасқынға", "тасқыны"]),
        (r"\w+стан\b", "Қазақстан, Казахстане", ["Қазақстан"]),
        (r"№\s*\d+", "№\u00a012, № 5, №x", ["№\u00a012", "№ 5"]),
        (r"(?-i)\bUN\b", "un UN UNDP", ["UN"]),
        (r"[^\w\s]\b", "a -b", ["-"]),
        (r"\bfoo\b-\bbar\b", "foo-bar foobar", ["foo-bar"]),
        (r"(?P<kind>flood|mud)s?\b", "floods, mud", ["floods", "mud"]),
        (r"министр", "минис\u200bтр и ми\u00adнистр", ["минис\u200bтр", "ми\u00adнистр"]),
        ("а\u0301\\w+\\b", "а\u0301к и", ["а\u0301к"]),
        (r"\\\.", r"a\. b", [r"\."]),
        (r"[\d\]]{2}\$", "4]$", ["4]$"]),
        (r"\Wmud$", "mud\x01 mud", [" mud"]),
    ],
)
def test_patterns_find_what_they_say(pattern: str, text: str, found: list[str]) -> None:
    assert _found(pattern, text) == found


_PIECES = [
    r"\b",
    r"\w",
    r"\w+",
    "а",
    "б+",
    "қ?",
    r"\d",
    r"\s",
    ".",
    "[аб]",
    r"[^а\s]",
    "(?:аб|б)",
    "-",
    "|",
    r"\W",
    "^",
    "$",
]


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5), st.text(alphabet="абқАxy1 -_,\n", max_size=25))
def test_patterns_mean_what_they_mean_in_python(pieces: list[str], text: str) -> None:
    pattern = "кк|" + "".join(pieces)
    try:
        regex = compile_regex(pattern)
        expected = [one.span() for one in re.finditer(pattern, text, re.IGNORECASE) if one.group()]
    except (ValueError, re.error):
        return
    if "$" in pieces and text.endswith("\n"):
        # Python's $ also stands before a final line break.
        return
    assert list(SearchedText(text).spans(regex, 100)) == expected


def test_groups_of_patterns_find_what_each_finds() -> None:
    regexes = [compile_regex(rf"\bслово{number}\b") for number in range(30)] + [compile_regex("мо+ст")]
    text = SearchedText("слово3 слово29 слово1а моост")
    assert sorted(RegexGroups(regexes).found_in(text)) == [r"\bслово29\b", r"\bслово3\b", "мо+ст"]


def test_a_pattern_in_a_watch_is_told_with_its_place() -> None:
    (hit,) = hits(r"/\bпавод\w+/ lang:ru", text="Прошёл паводок.")
    assert (hit.field, hit.start, hit.end, hit.text, hit.term) == ("text", 7, 14, "паводок", r"/\bпавод\w+/")
    assert hits(r"title:/павод\w+/", text="паводок") == []
    assert [hit.text for hit in hits(r"/№\s?\d+/ NEAR/2 указ", text="указ № 12 и № 13")] == ["указ", "№ 12"]
    assert matches(r"flood NOT /mud\w*/", text="flood, muddy") == []


def test_a_pattern_costs_linear_time() -> None:
    text = SearchedText("а" * 100_000)
    started = time.perf_counter()
    assert not text.has(compile_regex(r"(а+)+б\b"))
    assert list(text.spans(compile_regex(r"(а*)*вв|зз"), 100)) == []
    assert time.perf_counter() - started < 2


def test_lone_surrogates_and_marks_in_a_text_are_read_over() -> None:
    matcher = Matcher([Watch(name="w", query=r"/\bflood\b/", id=1)])
    (match,) = matcher.matches(index_item(item(text="\ud800\x01flood\x01")))
    assert match.hits[0].text == "flood"
