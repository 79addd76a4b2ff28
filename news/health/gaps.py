"""Whether a list has moved on past what was seen of it, and what becomes of such a gap: closed, or told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from news.item import Stated
from news.visit import Visit, VisitResult

TRIES = 3
"""Visits that may try to close a gap before it is told."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A time in which items may have been missed: aware instants."""

    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class OpenGap:
    """A gap that further pages or other ways may still close, and how many visits have tried."""

    gap: Gap
    tries: int = 0

    def as_json(self) -> dict[str, Any]:
        """The gap as plain values."""
        return {"since": self.gap.since.isoformat(), "until": self.gap.until.isoformat(), "tries": self.tries}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> OpenGap:
        """The gap that `as_json` gave."""
        since, until = (datetime.fromisoformat(values[name]) for name in ("since", "until"))
        return cls(gap=Gap(since=since, until=until), tries=values["tries"])


@dataclass(frozen=True, kw_only=True)
class GapNews:
    """What a visit makes of gaps: the one that stays open, the one that is told, the one that was read back."""

    open: OpenGap | None = None
    told: Gap | None = None
    closed: Gap | None = None


def overrun(visit: Visit, stated: Iterable[Stated | None], *, novel: int, last_ok_at: datetime | None) -> Gap | None:
    """The gap before a list of which no entry was seen before; None where it reaches back to the visit before.

    stated: the dates of its entries. novel: entries never seen before. last_ok_at: the start of the last answered
    visit, None before the first, which leaves no gap.
    """
    if novel + sum(visit.unusable.values()) < visit.entries:
        return None
    return before_list(visit, stated, novel=novel, last_ok_at=last_ok_at)


def before_list(
    visit: Visit, stated: Iterable[Stated | None], *, novel: int, last_ok_at: datetime | None
) -> Gap | None:
    """The gap before a list that is known not to reach back to what was seen; arguments as for `overrun`."""
    if last_ok_at is None or visit.result is not VisitResult.OK or not novel:
        return None
    dates = [_begins(one) for one in stated if one is not None]
    oldest = min(dates, default=visit.started_at)
    return Gap(since=last_ok_at, until=min(oldest, visit.started_at)) if oldest > last_ok_at else None


def after_visit(
    visit: Visit, before: OpenGap | None, found: Gap | None, *, missed: bool, pursued: bool, last_ok_at: datetime | None
) -> GapNews:
    """What becomes of the gaps of a source after a visit to it; before: the one that was open.

    found: that this visit's list leaves. missed: pages of it did not come, and are asked for again. pursued: other ways
    to the source are asked next for what lies in the gap, and then `after_pursuit` decides.
    """
    if not visit.result.answered:
        return GapNews(open=before)
    if found is None and not missed and not pursued:
        # "Not modified" says nothing of the pages that were missed.
        closed = before is not None and visit.result is VisitResult.OK
        return GapNews(closed=before.gap) if before is not None and closed else GapNews(open=before)
    gap = found or Gap(since=last_ok_at or visit.started_at, until=visit.started_at)
    if before is not None:
        gap = (
            Gap(since=min(before.gap.since, gap.since), until=max(before.gap.until, gap.until)) if found else before.gap
        )
    tries = (before.tries if before is not None else 0) + 1
    if tries > TRIES or not (missed or pursued) or (tries == TRIES and not pursued):
        return GapNews(told=gap)
    return GapNews(open=OpenGap(gap=gap, tries=tries))


def after_pursuit(before: OpenGap, *, reached: bool, exhausted: bool) -> GapNews:
    """What becomes of an open gap after other ways were asked.

    reached: one of them showed everything back to what was known. exhausted: all answered, and none did.
    """
    if reached:
        return GapNews(closed=before.gap)
    return GapNews(told=before.gap) if exhausted or before.tries >= TRIES else GapNews(open=before)


def _begins(stated: Stated) -> datetime:
    """The first instant that a stated time may mean."""
    return stated.at or datetime.combine(stated.day, time(), tzinfo=ZoneInfo(stated.zone))
