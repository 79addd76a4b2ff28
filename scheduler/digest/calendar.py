"""When a digest is due: the local slots of a daily schedule, decided from names and instants alone.

A slot is a local calendar day, so a doubled hour of an autumn night has one slot and a clock set back by an hour none
anew. The unique row (recipient, schedule, slot) in the database is the truth; this module only says which slot to try.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from news.watch.watch import Schedule


class SlotKind(StrEnum):
    """What made a slot: the calendar, a command, a watch that does not wait, or a show of what was just read."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MANUAL = "manual"
    INSTANT = "instant"
    SAMPLE = "sample"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One place in a schedule that holds at most one digest.

    name: unique within (recipient, schedule): "2026-11-22", or kind and instant, "manual/2026-11-22T03:00:00+00:00".
    at: aware UTC instant when it fell due. since: when the period it tells about began, None where none came before.
    missed: daily slots passed over since the last one, because nothing ran; this digest tells about them too.
    """

    name: str
    at: datetime
    since: datetime | None = None
    missed: int = 0
    kind: SlotKind = SlotKind.DAILY


def due_slot(schedule: Schedule, *, now: datetime, last: str | None, begun: datetime | None = None) -> Slot | None:
    """Return the newest slot that is due and later than `last`, or None; after days of silence it is one slot.

    last: name of the newest daily slot frozen so far. begun: when the recipient was added; a slot that fell due before
    is not sent after the fact.
    """
    day = _newest_due_day(schedule, now)
    at = slot_instant(schedule, day)
    if last is None:
        if begun is not None and at <= begun:
            return None
        return Slot(name=day.isoformat(), at=at, since=begun)
    last_day = date.fromisoformat(last)
    if day <= last_day:
        return None
    return Slot(name=day.isoformat(), at=at, since=slot_instant(schedule, last_day), missed=(day - last_day).days - 1)


def manual_slot(now: datetime, *, since: datetime | None = None) -> Slot:
    """Return the extra slot that a person closes by hand at `now`."""
    return _extra_slot(SlotKind.MANUAL, now, since)


def instant_slot(now: datetime, *, since: datetime | None = None) -> Slot:
    """Return the slot of what watches in mode `instant` found by the tick at `now`."""
    return _extra_slot(SlotKind.INSTANT, now, since)


def sample_slot(now: datetime, *, since: datetime | None = None) -> Slot:
    """Return the slot of a digest that is shown and never frozen."""
    return _extra_slot(SlotKind.SAMPLE, now, since)


def slot_instant(schedule: Schedule, day: date) -> datetime:
    """Return the UTC instant at which the slot of `day` falls due.

    An hour that a spring night skips falls due at the first instant after the gap; one that an autumn night doubles,
    at its first occurrence.
    """
    zone = ZoneInfo(schedule.zone)
    local = datetime.combine(day, time(schedule.hour, schedule.minute), tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # Read with the offset before the gap the hour lies after it, with the offset after the gap before it (PEP 495).
    return _first_with_offset_of(instant, after=local.replace(fold=1).astimezone(UTC), zone=zone)


def _newest_due_day(schedule: Schedule, now: datetime) -> date:
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    return today if slot_instant(schedule, today) <= now else today - timedelta(days=1)


def _extra_slot(kind: SlotKind, now: datetime, since: datetime | None) -> Slot:
    at = now.astimezone(UTC)
    return Slot(name=f"{kind}/{at.isoformat()}", at=at, since=since, kind=kind)


def _first_with_offset_of(late: datetime, *, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second in (after, late] whose offset in `zone` is that of `late`."""
    wanted = late.astimezone(zone).utcoffset()
    low, high = int(after.timestamp()), int(late.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == wanted:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)
