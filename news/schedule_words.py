"""A schedule in words, as commands show it."""

from __future__ import annotations

from datetime import time

from news.watch.watch import Empty, Recipient, Schedule, ScheduleKind

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The names of Schedule.weekday as config.yaml has them."""

_EMPTY = {
    Empty.ALWAYS: "also when nothing is new",
    Empty.NEVER: "only when something is new",
    Empty.OFFICE_DAYS: "when nothing is new on office days",
}


def in_words(schedule: Schedule) -> str:
    """Say when digests are due: "every day at 08:00 and 17:00 Asia/Almaty, quiet from 22:00 to 07:00"."""
    parts = [f"{_how_often(schedule)} {schedule.zone}".strip()]
    if schedule.office_days:
        parts[0] += f" ({schedule.country})"
    if schedule.quiet is not None:
        parts.append(f"quiet from {_hour(schedule.quiet.begins)} to {_hour(schedule.quiet.ends)}")
    if schedule.empty is not None:
        parts.append(_EMPTY[schedule.empty])
    return ", ".join(parts)


def told_when(recipient: Recipient) -> str:
    """Say the same of a recipient, with the day on which they are back."""
    words = in_words(recipient.schedule)
    return f"{words}; away until {recipient.away_until.isoformat()}" if recipient.away_until else words


def _how_often(schedule: Schedule) -> str:
    days = "every office day" if schedule.office_days else "every day"
    match schedule.kind:
        case ScheduleKind.INSTANT:
            return "at once"
        case ScheduleKind.HOURLY:
            return "every hour of office days" if schedule.office_days else "every hour"
        case ScheduleKind.WEEKLY:
            days = f"every {WEEKDAYS[schedule.weekday].capitalize()}"
    *first, last = map(_hour, schedule.times)
    return f"{days} at {', '.join(first)} and {last}" if first else f"{days} at {last}"


def _hour(at: time) -> str:
    return at.isoformat("minutes")
