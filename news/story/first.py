"""Who told a story first, where that can be known.

A claim of "first" is a claim about somebody else, so it is made only on clocks: both times stated to the minute by
sources whose hours can be believed, and further apart than the longer pause between two visits to either. A source that
gives only days never wins a race and never loses one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from news.item import Stated
from news.source import Clock


class Order(StrEnum):
    """How one telling stands to another in time. CLOSE: both hours are known and too near; UNKNOWN: one is not."""

    BEFORE = "before"
    AFTER = "after"
    CLOSE = "close"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """One item as somebody published it. clock, every: of its source; seen_at: when we first saw it, for showing."""

    stated: Stated | None
    seen_at: datetime
    clock: Clock
    every: timedelta

    @property
    def at(self) -> datetime | None:
        """The instant of publishing where it can be raced with: exact, and no time to come when it was seen."""
        at = self.stated.at if self.stated is not None else None
        if at is None or self.clock is not Clock.EXACT or at > self.seen_at:
            return None
        return at


def order(ours: Sequence[Appearance], theirs: Sequence[Appearance]) -> Order:
    """Say how the telling of one publisher stands to that of another, each with all its items of the story.

    BEFORE: our first item is earlier than every one of theirs, by more than the longer pause. One item of theirs
    without an hour may have been the first, and leaves it unknown; so may one of ours for AFTER.
    """
    our_times, their_times = [one.at for one in ours], [one.at for one in theirs]
    if not _raced(ours) or not _raced(theirs) or (None in our_times and None in their_times):
        return Order.UNKNOWN
    pause = max(one.every for one in (*ours, *theirs) if one.at is not None)
    our_first = min(at for at in our_times if at is not None)
    their_first = min(at for at in their_times if at is not None)
    if their_first - our_first > pause and None not in their_times:
        return Order.BEFORE
    if our_first - their_first > pause and None not in our_times:
        return Order.AFTER
    return Order.UNKNOWN if None in our_times or None in their_times else Order.CLOSE


def first_of(tellings: Sequence[Sequence[Appearance]]) -> int | None:
    """The place of the telling that came before every other one; None where nobody can be said to be the first."""
    for place, ours in enumerate(tellings):
        others = [theirs for other, theirs in enumerate(tellings) if other != place]
        if others and all(order(ours, theirs) is Order.BEFORE for theirs in others):
            return place
    return None


def _raced(telling: Sequence[Appearance]) -> bool:
    return any(one.at is not None for one in telling)
