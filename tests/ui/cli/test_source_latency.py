"""How long news take, in words and for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.latency import Latency, Span
from ui.cli.source_latency import minutes, shown, told

SPAN = Span(items=37, p50=timedelta(minutes=4), p95=timedelta(minutes=31))


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 s"), (89, "89 s"), (600, "10 min"), (9_000, "2.5 h")])
def test_times_are_rounded(seconds: int, words: str) -> None:
    assert minutes(timedelta(seconds=seconds)) == words


def test_a_step_has_both_figures_and_how_many_items_they_rest_on() -> None:
    assert told(SPAN) == "4 min, 31 min (37)"
    assert told(None) == "-"


def test_programs_get_seconds_and_whether_the_aim_is_met() -> None:
    plain = shown(Latency(seen=SPAN, told=SPAN))
    assert plain["seen"] == {"items": 37, "p50": 240.0, "p95": 1860.0}
    assert (plain["matched"], plain["within_aim"]) == (None, False)
    assert shown(Latency())["within_aim"] is None
