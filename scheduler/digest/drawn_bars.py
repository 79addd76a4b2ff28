"""Four weeks of a watch at a glance: a bar a day, drawn in characters for the text and in cells for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from scheduler.digest.digest import Bars
from scheduler.digest.safe import one_line
from scheduler.digest.wording import Wording

MOST_BARS = 15
"""Watches whose bars are drawn, those that found most first; a page has to stay small."""

_STEPS = "▁▂▃▄▅▆▇█"
_DAY_WIDTH = 8


@dataclass(frozen=True, kw_only=True)
class Run:
    """Neighbouring days of one height, 0 to 8; width in pixels."""

    height: int
    days: int
    width: int


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The bars of one watch. told: the same in words; drawn: a character a day; width in pixels."""

    watch: str
    told: str
    drawn: str
    runs: tuple[Run, ...]
    width: int


def bars_told(bars: Iterable[Bars], words: Wording) -> tuple[Drawn, ...]:
    """Draw the bars of those watches that found anything, each to its own highest day; nothing on the first day."""
    bars = list(bars)
    if not any(any(one.days[:-1]) for one in bars):
        return ()
    active = sorted((one for one in bars if any(one.days)), key=lambda one: -sum(one.days))
    kept = active[:MOST_BARS]
    return tuple(_drawn(one, words) for one in kept)


def _drawn(one: Bars, words: Wording) -> Drawn:
    top = max(one.days)
    heights = [-(-8 * number // top) for number in one.days]
    runs = [(height, len(list(days))) for height, days in groupby(heights)]
    return Drawn(
        watch=one_line(one.watch),
        told=words.say("bar", n=sum(one.days), days=len(one.days), today=one.days[-1]),
        drawn="".join("." if height == 0 else _STEPS[height - 1] for height in heights),
        runs=tuple(Run(height=height, days=days, width=days * _DAY_WIDTH) for height, days in runs),
        width=len(heights) * _DAY_WIDTH,
    )
