"""Whether a list has moved on past what was seen of it: then items between may have been missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from news.item import Stated
from news.visit import Visit, VisitResult


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A time in which items may have been missed: aware instants."""

    since: datetime
    until: datetime


def overrun(visit: Visit, stated: Iterable[Stated | None], *, novel: int, last_ok_at: datetime | None) -> Gap | None:
    """The gap before a list of which no entry was seen before; None where it reaches back to the visit before.

    stated: the dates of its entries. novel: entries never seen before. last_ok_at: the start of the last answered
    visit, None before the first, which leaves no gap.
    """
    if last_ok_at is None or visit.result is not VisitResult.OK or not novel:
        return None
    if novel + sum(visit.unusable.values()) < visit.entries:
        return None
    dates = [_begins(one) for one in stated if one is not None]
    oldest = min(dates, default=visit.started_at)
    return Gap(since=last_ok_at, until=min(oldest, visit.started_at)) if oldest > last_ok_at else None


def _begins(stated: Stated) -> datetime:
    """The first instant that a stated time may mean."""
    return stated.at or datetime.combine(stated.day, time(), tzinfo=ZoneInfo(stated.zone))
