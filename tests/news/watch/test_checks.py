"""What is refused where a watch is written: quickly, with the place underlined and something to write instead."""

from __future__ import annotations

import time

import pytest

from news.errors import QuerySyntaxError
from news.watch.compiler import check_watch
from tests.news.watch.chance import LEXICON


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("flood OR @ministri", "@ministri", "there is no concept"),
        ("title:/flo+d(/ mud", "flo+d(", "a ( is never closed"),
        ("mud /fl[o/", "[o", "this [ is never closed"),
        (r"/(?=flood)/", "(?=", "cannot look ahead"),
        (r"/(flood)\1/", r"\1", "cannot refer to itself"),
        ("/a{2000}/", "{2000}", "repetition is too large"),
        ("mud /flo**d/", "**", "this repetition has no meaning"),
        (r"/\w+/ OR flood", r"\w+", "nearly every text"),
        ("/а/", "а", "nearly every text"),
        ("/x*/", "x*", "nearly every text"),
        ("the", "the", "in nearly every text"),
        ('flood OR "of the"', '"of the"', "in nearly every text"),
        ("для и на", "для и на", "in nearly every text"),
        ("title:және", "және", "in nearly every text"),
        ("from NEAR/3 to", "from NEAR/3 to", "in nearly every text"),
        ("the* flood OR the*", "the*", "in nearly every text"),
        ('="of the"', '="of the"', "in nearly every text"),
        ("score>=1 {the^1 flood^1}", "score>=1 {the^1 flood^1}", "in nearly every text"),
        ("score>=0 {flood^1}", "score>=0 {flood^1}", "every text has this score"),
        ("score>=5 {flood^2 mud^2 rain^-9}", "score>=5 {flood^2 mud^2 rain^-9}", "add up to 4 at most"),
        ("score>=2 {flood^1 mud^1 flood^3}", "flood", "two weights"),
        ("flood " + "x" * 65, "x" * 65, "longer than 64"),
        ("NOT flood", "NOT flood", "nearly everything"),
        ("*", "*", "match everything"),
        ("б", "б", "single letter"),
    ],
)
def test_a_watch_that_cannot_work_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_watch(text, LEXICON)
    assert problem in caught.value.problem
    assert text[caught.value.start : caught.value.end] == place
    assert caught.value.hint


def test_a_mistyped_concept_is_met_with_those_that_may_be_meant() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_watch("@ministri", LEXICON)
    assert caught.value.hint == "Did you mean @ministry?"


@pytest.mark.parametrize(
    "text", ["the flood", "и flood", "=The", "WHO", "US", "flood NEAR/3 of", "score>=2 {the^1 flood^1}", "@ministry"]
)
def test_stop_words_beside_others_and_abbreviations_that_look_like_them_work(text: str) -> None:
    check_watch(text, LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "a " * 5_000,
        "flood OR " * 1_111,
        "x" * 10_000,
        "(" * 200 + "flood" + ")" * 200,
        "name:" * 1_600,
        '"' * 7_999,
        "/" * 7_999,
        "{" * 7_999,
        "@" * 7_999,
        "🙂" * 4_000,
        "((a OR b) NEAR/5 c) " * 390,
        "/" + "(" * 990 + "/",
        "/" + "(a|b)*" * 160 + "{9}/",
        "score>=1 {" + "the^1 " * 1_300 + "}",
    ],
)
def test_the_worst_input_is_refused_in_a_blink(text: str) -> None:
    # The best of three: the first may pay for a collection of garbage.
    took = []
    for _ in range(3):
        started = time.process_time()
        with pytest.raises(QuerySyntaxError) as caught:
            check_watch(text, LEXICON)
        took.append(time.process_time() - started)
    assert 0 <= caught.value.start < caught.value.end <= len(text) + 1
    assert min(took) < 0.05
