"""What a row of recipients says of when they are told."""

from __future__ import annotations

from datetime import time
from typing import Any

from sqlalchemy import RowMapping

from news.watch.watch import Empty, Quiet, Schedule, ScheduleKind


def schedule_of(row: RowMapping) -> Schedule:
    """The schedule that a row of `recipients` holds; what an earlier version did not know has its default."""
    timing: dict[str, Any] = row["timing"]
    quiet = timing.get("quiet")
    return Schedule(
        name=row["schedule"],
        kind=ScheduleKind(timing.get("kind", ScheduleKind.DAILY)),
        hour=row["hour"],
        minute=row["minute"],
        further=tuple(time.fromisoformat(one) for one in timing.get("further", ())),
        weekday=timing.get("weekday", 0),
        zone=row["zone"],
        office_days=timing.get("office_days", False),
        country=timing.get("country", Schedule.country),
        quiet=Quiet(begins=time.fromisoformat(quiet[0]), ends=time.fromisoformat(quiet[1])) if quiet else None,
        empty=Empty(timing["empty"]) if timing.get("empty") else None,
    )


def schedule_columns(schedule: Schedule) -> dict[str, Any]:
    """The columns of `recipients` that hold the schedule."""
    quiet = schedule.quiet
    timing = {
        "kind": schedule.kind.value,
        "further": [one.isoformat("minutes") for one in schedule.further],
        "weekday": schedule.weekday,
        "office_days": schedule.office_days,
        "country": schedule.country,
        "quiet": [quiet.begins.isoformat("minutes"), quiet.ends.isoformat("minutes")] if quiet else None,
        "empty": schedule.empty.value if schedule.empty else None,
    }
    return {
        "schedule": schedule.name,
        "hour": schedule.hour,
        "minute": schedule.minute,
        "zone": schedule.zone,
        "timing": timing,
    }
