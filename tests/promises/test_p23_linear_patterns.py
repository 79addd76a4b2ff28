"""P23: a user's pattern costs linear time on the path that alerts go, and words end where Cyrillic ones do."""

from __future__ import annotations

import time

import pytest

from tests.news.watch.items import hits, matches

LETTERS = 100_000

CATASTROPHES = [
    (r"/(а+)+б\b/", "а"),
    (r"/(а|а)*б/", "а"),
    (r"/(\w+\s?)*!/", "сел "),
    (r"/(а*)*вв|зз/", "а"),
    (r"/(?:а?){40}а{40}б/", "а"),
]
"""Patterns that take Python's own engine longer than anybody lives, and the text that does it."""


@pytest.mark.parametrize(("pattern", "piece"), CATASTROPHES)
def test_p23_a_hostile_pattern_on_a_long_text_costs_a_moment(pattern: str, piece: str) -> None:
    text = piece * (LETTERS // len(piece))
    started = time.process_time()
    assert matches(f"паводок OR {pattern}", text=text) == []
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"/\bмид\b/", "МИД, мидия, (мид)", ["МИД", "мид"]),
        (r"/\bәкім\b/", "Әкім, әкімдік, қәкім", ["Әкім"]),
        (r"/\bҚ\w+н\b/", "Қазақстан Қазақстанда", ["Қазақстан"]),
        (r"/\bіс\b/", "іс, ісі, кеіс", ["іс"]),
        (r"/\bқұқық\b/", "құқық құқықтың", ["құқық"]),
    ],
)
def test_p23_words_end_where_cyrillic_and_kazakh_ones_do(pattern: str, text: str, found: list[str]) -> None:
    assert [hit.text for hit in hits(pattern, text=text)] == found
