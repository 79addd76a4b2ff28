"""What a schedule means on a local day: its hours, its quiet hours, its absences, and whether an empty slot is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from news.health.days import is_working_day
from news.watch.watch import Empty, Quiet, Recipient, Schedule, ScheduleKind

_DAY = timedelta(days=1)


def local_instant(zone: str, day: date, at: time) -> datetime:
    """Return the UTC instant of a local time of day.

    One that a spring night skips is the first instant after the gap; one that an autumn night doubles, its first
    occurrence.
    """
    where = ZoneInfo(zone)
    local = datetime.combine(day, at, tzinfo=where)
    instant = local.astimezone(UTC)
    if instant.astimezone(where).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # Read with the offset before the gap the hour lies after it, with the offset after the gap before it (PEP 495).
    return _first_with_offset_of(instant, after=local.replace(fold=1).astimezone(UTC), zone=where)


def exists(zone: str, day: date, at: time) -> bool:
    """Whether clocks of the zone show this time on that day: a spring night skips some."""
    local = datetime.combine(day, at)
    return local_instant(zone, day, at).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def is_quiet(schedule: Schedule, now: datetime) -> bool:
    """Whether nothing is sent at this instant."""
    quiet = schedule.quiet
    return quiet is not None and lies_in(quiet, now.astimezone(ZoneInfo(schedule.zone)).time())


def lies_in(quiet: Quiet, at: time) -> bool:
    """Whether a local time lies in the quiet hours."""
    begins, ends = quiet.begins, quiet.ends
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def quiet_ended(schedule: Schedule, now: datetime) -> datetime | None:
    """Return the last instant up to `now` at which quiet hours ended; None where the schedule has none."""
    ends = [at for at in _ends_of_quiet(schedule, now) if at <= now]
    return max(ends) if ends else None


def quiet_ends(schedule: Schedule, now: datetime) -> datetime:
    """Return when what is due at `now` can be sent: `now`, or the end of the quiet hours it lies in."""
    if not is_quiet(schedule, now):
        return now
    return min(at for at in _ends_of_quiet(schedule, now) if at > now)


def is_away(recipient: Recipient, now: datetime) -> bool:
    """Whether the local day on which the recipient is back has not begun yet."""
    today = now.astimezone(ZoneInfo(recipient.schedule.zone)).date()
    return recipient.away_until is not None and today < recipient.away_until


def tells_empty(schedule: Schedule, day: date) -> bool:
    """Whether a slot of this local day in which nothing new was found is told by a mail that says so."""
    empty = schedule.empty
    if empty is None:
        usual = (ScheduleKind.DAILY, ScheduleKind.WEEKLY)
        empty = Empty.OFFICE_DAYS if schedule.kind in usual else Empty.NEVER
    return empty is Empty.ALWAYS or (empty is Empty.OFFICE_DAYS and is_working_day(day, schedule.country))


def _ends_of_quiet(schedule: Schedule, now: datetime) -> list[datetime]:
    if schedule.quiet is None:
        return []
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    return [local_instant(schedule.zone, day, schedule.quiet.ends) for day in (today - _DAY, today, today + _DAY)]


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
