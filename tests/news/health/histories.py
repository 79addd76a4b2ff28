"""Histories of visits to one office, written by what happened at each visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from news.health import Condition, Evidence, Norms, Outage, Weather, judge
from news.source import FeedSource
from news.visit import Reason, Visit, VisitResult

OFFICE = FeedSource(id="office", url="https://office.example/feed", publisher="The office")
MONDAY = datetime(2025, 9, 15, tzinfo=UTC)
"""A Monday 05:00 in Almaty."""

HALF_HOUR = timedelta(minutes=30)
RESULTS = {
    Reason.NONE: VisitResult.OK,
    Reason.FORBIDDEN: VisitResult.REFUSED,
    Reason.ROBOTS: VisitResult.REFUSED,
    Reason.NO_ENTRIES: VisitResult.EMPTY,
    Reason.NOT_FOUND: VisitResult.HARD,
    Reason.GONE: VisitResult.HARD,
    Reason.NOT_A_FEED: VisitResult.HARD,
}


def a_visit(at: datetime, reason: Reason = Reason.NONE, **fields: Any) -> Visit:
    """A visit that was answered, or failed for this reason."""
    result = RESULTS.get(reason, VisitResult.SOFT)
    return Visit(**{"source": "office", "started_at": at, "result": result, "reason": reason, **fields})


def every(pause: timedelta, reasons: Iterable[Reason], *, begin: datetime = MONDAY, **fields: Any) -> list[Visit]:
    """Visits at this pause, each with its reason."""
    return [a_visit(begin + number * pause, reason, **fields) for number, reason in enumerate(reasons)]


def weeks(
    count: int, news: Callable[[datetime], int], *, pause: timedelta = timedelta(hours=3), begin: datetime = MONDAY
) -> Iterator[Visit]:
    """Weeks of visits of 30 entries, each with as many new ones as `news` says."""
    at = begin
    while at < begin + timedelta(weeks=count):
        yield a_visit(at, new=news(at), known=30 - news(at), entries=30)
        at += pause


def judged(
    visits: Iterable[Visit],
    *,
    norms: Norms | None = None,
    outages: Iterable[Outage] = (),
    weather: Weather = Weather.FINE,
    before: Condition | None = None,
) -> list[Condition]:
    """The condition after each visit, as it would have been judged then."""
    conditions: list[Condition] = []
    seen: list[Visit] = []
    last_new_at: datetime | None = None
    for visit in visits:
        seen.append(visit)
        evidence = Evidence(
            visits=seen[-60:],
            norms=norms or Norms(),
            brought=visit.new > 0,
            last_new_at=last_new_at,
            outages=tuple(outages),
            weather=weather,
        )
        before = judge(OFFICE, evidence, before, now=visit.started_at)
        conditions.append(before)
        last_new_at = visit.started_at if visit.new else last_new_at
    return conditions
