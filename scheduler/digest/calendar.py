"""When a digest is due: the slots of a schedule, decided from names and instants alone.

The unique row (recipient, schedule, slot) in the database is the truth; this module only says which slot to try. A slot
is a local day, a local day and hour, or an ISO week, so a doubled hour of an autumn night has one slot and a clock set
back by an hour none anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from news.schedule import is_quiet, quiet_ends
from news.watch.watch import Schedule, ScheduleKind
from scheduler.digest.slot_names import Place, due_at, place_of, slots_of

LONGEST_PAUSE = timedelta(days=40)
"""Between two slots of a schedule there is never more: weeks, and the longest holidays."""

LONGEST_COUNT = timedelta(days=400)
"""Slots that were passed over are counted so far back."""

_DAY = timedelta(days=1)


class SlotKind(StrEnum):
    """What made a slot: the calendar, a command, a watch that does not wait, or a show of what was just read.

    ROLLUP: what watches found that do not wait, told together because there was much of it, or after quiet hours.
    """

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MANUAL = "manual"
    INSTANT = "instant"
    ROLLUP = "rollup"
    SAMPLE = "sample"


CALENDAR = frozenset({SlotKind.HOURLY, SlotKind.DAILY, SlotKind.WEEKLY})
ALERTS = frozenset({SlotKind.INSTANT, SlotKind.ROLLUP})

_KINDS = {
    ScheduleKind.HOURLY: SlotKind.HOURLY,
    ScheduleKind.DAILY: SlotKind.DAILY,
    ScheduleKind.WEEKLY: SlotKind.WEEKLY,
}


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One place in a schedule that holds at most one digest.

    name: unique within (recipient, schedule): "2026-11-22", "2026-11-22T08:00", "2026-W47", or kind and instant,
    "manual/2026-11-22T03:00:00+00:00".
    at: aware UTC instant when it fell due. since: when the period it tells about began, None where none came before.
    missed: slots passed over since the last one, because nothing ran or the recipient was away; this digest tells about
    them too. Slots in quiet hours are none.
    """

    name: str
    at: datetime
    since: datetime | None = None
    missed: int = 0
    kind: SlotKind = SlotKind.DAILY


def due_slot(
    schedule: Schedule,
    *,
    now: datetime,
    last: str | None,
    last_at: datetime | None = None,
    begun: datetime | None = None,
) -> Slot | None:
    """Return the newest slot that is due and later than `last`, or None; after a time of silence it is one slot.

    last: name of the newest slot of the calendar frozen so far, last_at: when that was; it counts where the name is of
    another kind of schedule, which the recipient had before. begun: when the recipient was added; a slot that fell due
    before is not sent after the fact.
    """
    newest = newest_due(schedule, now)
    if newest is None:
        return None
    place, at = newest
    if begun is not None and at <= begun:
        return None
    since = begun
    if last is not None:
        past = place_of(last)
        past_due = due_at(schedule, past)
        is_later = place > past if past_due is not None else last_at is None or at > last_at
        if not is_later:
            return None
        # Where the hour or weekday was changed in between, what was told ends earlier than the new hours say.
        since = min((one for one in (past_due, last_at) if one is not None), default=None)
        since = max(since, begun) if since is not None and begun is not None else since
    missed = _missed(schedule, since, at) if last is not None and since is not None else 0
    return Slot(name=place.name, at=at, since=since, missed=missed, kind=_KINDS[schedule.kind])


def newest_due(schedule: Schedule, now: datetime) -> tuple[Place, datetime] | None:
    """Return the newest slot that has fallen due, with the instant; None for a schedule without a calendar."""
    return next(_backwards(schedule, now, LONGEST_PAUSE), None)


def next_slot(schedule: Schedule, *, now: datetime) -> datetime | None:
    """Return when the next digest of the calendar is sent; None for a schedule without a calendar."""
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    for number in range(-1, LONGEST_PAUSE.days):
        for _, at in slots_of(schedule, today + number * _DAY):
            if at > now:
                return quiet_ends(schedule, at)
    return None


def manual_slot(now: datetime, *, since: datetime | None = None) -> Slot:
    """Return the extra slot that a person closes by hand at `now`."""
    return _extra_slot(SlotKind.MANUAL, now, since)


def instant_slot(now: datetime, *, since: datetime | None = None) -> Slot:
    """Return the slot of what watches in mode `instant` found by the tick at `now`."""
    return _extra_slot(SlotKind.INSTANT, now, since)


def rollup_slot(now: datetime, *, since: datetime | None = None) -> Slot:
    """Return the slot of what such watches found while alerts were held."""
    return _extra_slot(SlotKind.ROLLUP, now, since)


def sample_slot(now: datetime, *, since: datetime | None = None) -> Slot:
    """Return the slot of a digest that is shown and never frozen."""
    return _extra_slot(SlotKind.SAMPLE, now, since)


def _missed(schedule: Schedule, since: datetime, until: datetime) -> int:
    """How many slots fell due in between; those of one instant, right after a gap of spring, are one."""
    passed = set()
    for _, at in _backwards(schedule, until, LONGEST_COUNT):
        if at <= since:
            break
        if at < until and not is_quiet(schedule, at):
            passed.add(at)
    return len(passed)


def _backwards(schedule: Schedule, until: datetime, length: timedelta) -> Iterator[tuple[Place, datetime]]:
    """The slots due up to an instant, the newest first. A day may begin before it, as its zone jumps over a date."""
    last_day = until.astimezone(ZoneInfo(schedule.zone)).date()
    for number in range(-1, length.days):
        for place, at in reversed(slots_of(schedule, last_day - number * _DAY)):
            if at <= until:
                yield place, at


def _extra_slot(kind: SlotKind, now: datetime, since: datetime | None) -> Slot:
    at = now.astimezone(UTC)
    return Slot(name=f"{kind}/{at.isoformat()}", at=at, since=since, kind=kind)
