"""How slots are called: a day, a day and hour, or an ISO week; and when the slot of a name falls due.

The names stand in the database for good: with the recipient and the schedule's name they are what makes a digest one.
A doubled hour of an autumn night has one name and one slot, an hour that a spring night skips no hourly one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from news.health.days import is_working_day
from news.schedule import exists, local_instant
from news.watch.watch import Schedule, ScheduleKind

_WEEK = re.compile(r"(\d{4})-W(\d\d)")


class Form(StrEnum):
    """What a slot is named by."""

    DAY = "day"
    HOUR = "hour"
    WEEK = "week"


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A slot of the calendar; those of one form are ordered. at: local day and time, of a DAY or WEEK its beginning."""

    form: Form
    at: datetime

    @property
    def name(self) -> str:
        """The name as the database has it: "2026-11-22", "2026-11-22T08:00" or "2026-W47"."""
        match self.form:
            case Form.DAY:
                return self.at.date().isoformat()
            case Form.HOUR:
                return self.at.isoformat(timespec="minutes")
            case Form.WEEK:
                year, week, _ = self.at.isocalendar()
                return f"{year}-W{week:02}"


def place_of(name: str) -> Place:
    """The place that a name means; ValueError for one that no calendar made."""
    if week := _WEEK.fullmatch(name):
        return Place(form=Form.WEEK, at=_midnight(date.fromisocalendar(int(week[1]), int(week[2]), 1)))
    return Place(form=Form.HOUR if "T" in name else Form.DAY, at=datetime.fromisoformat(name))


def form_of(schedule: Schedule) -> Form:
    """What the slots of a schedule are named by."""
    if schedule.kind is ScheduleKind.WEEKLY:
        return Form.WEEK
    return Form.DAY if len(schedule.times) == 1 else Form.HOUR


def due_at(schedule: Schedule, place: Place) -> datetime | None:
    """When the slot of this place falls due; None where the schedule's slots have another form."""
    if place.form is not form_of(schedule):
        return None
    if place.form is Form.HOUR:
        return local_instant(schedule.zone, place.at.date(), place.at.time())
    day = place.at.date() + timedelta(days=schedule.weekday if place.form is Form.WEEK else 0)
    return local_instant(schedule.zone, day, schedule.times[0])


@lru_cache(maxsize=4096)
def slots_of(schedule: Schedule, day: date) -> tuple[tuple[Place, datetime], ...]:
    """The slots of a local day, ascending, each with the instant at which it falls due; asked at every tick."""
    if schedule.kind is ScheduleKind.WEEKLY and day.weekday() != schedule.weekday:
        return ()
    if schedule.office_days and not is_working_day(day, schedule.country):
        return ()
    form, zone = form_of(schedule), schedule.zone
    hourly = schedule.kind is ScheduleKind.HOURLY
    times = [at for at in schedule.times if not hourly or exists(zone, day, at)]
    return tuple((_place(form, day, at), local_instant(zone, day, at)) for at in times)


def _place(form: Form, day: date, at: time) -> Place:
    match form:
        case Form.HOUR:
            return Place(form=form, at=datetime.combine(day, at))
        case Form.DAY:
            return Place(form=form, at=_midnight(day))
        case Form.WEEK:
            return Place(form=form, at=_midnight(day - timedelta(days=day.weekday())))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
