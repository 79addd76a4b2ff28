"""Which visits somebody waits for: before a digest's hour, and for watches that alert at once. Pure decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from news.errors import QuerySyntaxError
from news.health.days import in_office_hours
from news.schedule import is_away
from news.source import AnySource
from news.visit import Reason, Visit
from news.watch.parser import parse_query
from news.watch.query import And, InField, Or, Query, Term, Wording
from news.watch.watch import Mode, Recipient, Watch
from scheduler.digest.calendar import next_slot

BEFORE_SLOT = timedelta(minutes=20)
"""A digest's sources are visited within so long before its slot."""

READ_BY = timedelta(minutes=5)
"""So long before the slot the last of them is asked."""

ALERT_PAUSE = timedelta(minutes=14)
"""Between two visits to a source of an instant watch, in its office hours: with the tick and the visit, 15 minutes."""


def next_slots(recipients: Iterable[Recipient], *, now: datetime) -> list[datetime]:
    """When the next digest of each schedule is sent that somebody is told by, as instants, each once."""
    schedules = {one.schedule for one in recipients if one.enabled and not is_away(one, now)}
    return sorted({at for schedule in schedules if (at := next_slot(schedule, now=now)) is not None})


def alerting_sources(watches: Iterable[Watch]) -> frozenset[str] | None:
    """The ids that instant watches name of the sources that feed them; None where one of them may be fed by any."""
    found: frozenset[str] = frozenset()
    for watch in watches:
        if watch.enabled and watch.mode is Mode.INSTANT:
            try:
                named = _sources_named(parse_query(watch.query))
            except QuerySyntaxError:
                continue
            if named is None:
                return None
            found |= named
    return found


def wished(
    source: AnySource, last: Visit, *, slots: Collection[datetime], alerting: bool, spread: float
) -> list[datetime]:
    """When somebody wishes the source to be visited next; spread: of [0, 1), its place among those of one slot."""
    wishes: list[datetime] = []
    if last.reason is Reason.GONE:
        return wishes  # it says itself that it will not come back; once a day is enough to see whether it did
    for slot in slots:
        begins = slot - BEFORE_SLOT
        if last.started_at < begins:
            wishes.append(begins + (BEFORE_SLOT - READ_BY) * spread)
    if alerting and last.result.answered:
        soon = last.started_at + ALERT_PAUSE
        if in_office_hours(soon, zone=source.zone, country=source.country):
            wishes.append(soon)
    return wishes


def _sources_named(query: Query) -> frozenset[str] | None:
    """The only sources of which an item can satisfy the query; None where it may be any."""
    match query:
        case InField(field="source", part=part):
            return _labels(part)
        case And(parts=parts):
            bound = [named for named in map(_sources_named, parts) if named is not None]
            return frozenset.intersection(*bound) if bound else None
        case Or(parts=parts):
            each = [_sources_named(part) for part in parts]
            named = [one for one in each if one is not None]
            return frozenset().union(*named) if len(named) == len(each) else None
        case _:
            return None


def _labels(query: Query) -> frozenset[str] | None:
    match query:
        case Term(text=text, wording=wording) if wording is not Wording.PREFIX:
            return frozenset({text.lower()})
        case Or(parts=parts):
            each = [_labels(part) for part in parts]
            named = [one for one in each if one is not None]
            return frozenset().union(*named) if len(named) == len(each) else None
        case _:
            return None
