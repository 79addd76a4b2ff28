"""How a recipient's schedule is written in config.yaml."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from news.schedule import lies_in
from news.schedule_words import WEEKDAYS
from news.settings.addresses import Zone
from news.settings.countries import Country, country_of_zone
from news.settings.faults import wrong
from news.settings.sections import Section
from news.settings.values import TimeOfDay
from news.watch.watch import Empty, Quiet, Schedule, ScheduleKind


class QuietEntry(Section):
    """Hours in which nothing is sent; what is found in them is told at their end."""

    from_: Annotated[TimeOfDay, Field(alias="from")]
    """When they begin, in quotes: "22:00"."""

    until: TimeOfDay
    """When they end; where that is the earlier time, on the next day: "07:00"."""

    @model_validator(mode="after")
    def _some_hours(self) -> Self:
        if self.from_ == self.until:
            raise wrong("begin and end at the same time", "Give the hours in which nothing is to be sent")
        return self


class ScheduleEntry(Section):
    """When a recipient's digest is sent."""

    kind: ScheduleKind = ScheduleKind.DAILY
    """daily, weekly, hourly; or instant: no digest, everything is told within a minute of being found."""

    hour: TimeOfDay = time(8)
    """Time of day in quotes: "08:00"."""

    hours: Annotated[tuple[TimeOfDay, ...], Field(min_length=1)] | None = None
    """Several times of the day instead of one: ["08:00", "17:00"]."""

    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] | None = None
    """The day of a weekly digest; left out, monday."""

    office_days: bool = False
    """true: only on days on which offices work; the first one after a weekend or holiday covers all of it."""

    country: Country | None = None
    """Country whose weekends and holidays count, as KZ; left out, the one of the time zone."""

    quiet: QuietEntry | None = None
    """Hours in which nothing is sent: {from: "22:00", until: "07:00"}."""

    empty: Empty | None = None
    """When a mail says that nothing is new: office-days, always or never. Left out, on office days; hourly never."""

    zone: Zone | None = None
    """Time zone of all these hours; left out, the zone at the top of the file."""

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        kind = self.kind
        has_hour = "hour" in self.model_fields_set
        if has_hour and self.hours is not None:
            raise wrong("has both hour and hours", "Keep one of them")
        if kind in (ScheduleKind.HOURLY, ScheduleKind.INSTANT) and (has_hour or self.hours is not None):
            remedy = "Take hour and hours out, or write kind: daily; quiet says when nothing is sent"
            raise wrong(f"is {kind} and has a time of day", remedy)
        if self.weekday is not None and kind is not ScheduleKind.WEEKLY:
            raise wrong(f"is {kind} and has a weekday", "Write kind: weekly, or take weekday out")
        if kind is ScheduleKind.WEEKLY and self.hours is not None:
            raise wrong("is weekly and has several hours", "Write one hour, or kind: daily")
        if self.office_days and kind in (ScheduleKind.WEEKLY, ScheduleKind.INSTANT):
            raise wrong(f"is {kind} and has office_days", "Take office_days out, or write kind: daily or hourly")
        if self.empty is not None and kind is ScheduleKind.INSTANT:
            raise wrong("is instant and has empty", "Take empty out: an alert is sent only when something is new")
        if len(set(self.times)) < len(self.times):
            raise wrong("has the same hour twice", "Keep it once")
        quiet = _quiet(self.quiet)
        if quiet is not None and kind is not ScheduleKind.HOURLY:
            for at in self.times:
                if lies_in(quiet, at):
                    raise wrong(f"has an hour in its quiet hours, {at:%H:%M}", "Change the hour or the quiet hours")
        return self

    @property
    def times(self) -> tuple[time, ...]:
        """The times of day, ascending; none where the kind has none."""
        if self.kind in (ScheduleKind.HOURLY, ScheduleKind.INSTANT):
            return ()
        return tuple(sorted(self.hours)) if self.hours else (self.hour,)


def schedule_of(entry: ScheduleEntry, *, zone: str) -> Schedule:
    """The schedule that an entry means; `zone` is the one at the top of the file."""
    first, *further = entry.times or (time(),)
    own_zone = entry.zone or zone
    return Schedule(
        kind=entry.kind,
        hour=first.hour,
        minute=first.minute,
        further=tuple(further),
        weekday=WEEKDAYS.index(entry.weekday) if entry.weekday else 0,
        zone=own_zone,
        office_days=entry.office_days,
        country=entry.country or country_of_zone(own_zone),
        quiet=_quiet(entry.quiet),
        empty=entry.empty,
    )


def written_schedule(schedule: Schedule) -> dict[str, Any]:
    """The schedule as config.yaml has it."""
    written: dict[str, Any] = {"kind": schedule.kind.value}
    if schedule.kind in (ScheduleKind.DAILY, ScheduleKind.WEEKLY):
        times = [f"{at:%H:%M}" for at in schedule.times]
        written |= {"hours": times} if len(times) > 1 else {"hour": times[0]}
    if schedule.kind is ScheduleKind.WEEKLY:
        written["weekday"] = WEEKDAYS[schedule.weekday]
    if schedule.office_days:
        written["office_days"] = True
    if schedule.country:
        written["country"] = schedule.country
    if schedule.quiet is not None:
        written["quiet"] = {"from": f"{schedule.quiet.begins:%H:%M}", "until": f"{schedule.quiet.ends:%H:%M}"}
    if schedule.empty is not None:
        written["empty"] = schedule.empty.value
    return {**written, "zone": schedule.zone}


def _quiet(entry: QuietEntry | None) -> Quiet | None:
    return Quiet(begins=entry.from_, ends=entry.until) if entry is not None else None


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise wrong("is not a day", "Write year, month and day, for example 2026-12-01")


CalendarDay = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
