"""What kind of day it is where a source works: its weekday, a public holiday, a weekend that is worked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HOLIDAY = 7
"""The kind of a public holiday, whatever its weekday; 0 to 6 are ordinary days from Monday on."""

WORKED = 8
"""The kind of a weekend's day to which a working day was moved."""

KINDS = 9

OFFICE_HOURS = (time(8), time(20))
"""Local hours in which an office is taken to publish; press services write late."""

_WEEKEND = frozenset({5, 6})


def day_kind(day: date, country: str) -> int:
    """The kind of a local day: 0 (Monday) to 6, HOLIDAY or WORKED; a country (ISO 3166) that is unknown has none."""
    holidays, worked, _ = _year(country, day.year)
    if day in worked:
        return WORKED
    return HOLIDAY if day in holidays else day.weekday()


def holiday(day: date, country: str) -> str:
    """The English name of the public holiday; empty on other days."""
    return _year(country, day.year)[0].get(day, "")


def is_working_day(day: date, country: str) -> bool:
    """Whether offices of the country work on that day."""
    holidays, worked, weekend = _year(country, day.year)
    return day in worked or (day.weekday() not in weekend and day not in holidays)


def in_office_hours(moment: datetime, *, zone: str, country: str) -> bool:
    """Whether an office in that zone is at work."""
    local = moment.astimezone(ZoneInfo(zone))
    first, last = OFFICE_HOURS
    return first <= local.time() < last and is_working_day(local.date(), country)


def day_parts(since: datetime, until: datetime, zone: str) -> list[tuple[date, float]]:
    """The local days that [since, until) touches, each with the share of it that lies within."""
    where = ZoneInfo(zone)
    parts, moment = [], since
    while moment < until:
        day = moment.astimezone(where).date()
        begins = datetime.combine(day, time(), tzinfo=where).timestamp()
        ends = datetime.combine(day + timedelta(days=1), time(), tzinfo=where).timestamp()
        stops = min(ends, until.timestamp())
        parts.append((day, (stops - moment.timestamp()) / (ends - begins)))
        moment = datetime.fromtimestamp(max(stops, moment.timestamp() + 1), where)
    return parts


@lru_cache(maxsize=256)
def _year(country: str, year: int) -> tuple[Mapping[date, str], frozenset[date], frozenset[int]]:
    """Holidays by day, weekend days that are worked, and the weekdays of the weekend, of a country in a year."""
    import holidays  # a tenth of a second, which a command that asks nothing of it need not wait

    try:
        calendar = holidays.country_holidays(country, years=year, expand=False, language="en_US")
    except NotImplementedError:
        return {}, frozenset(), _WEEKEND
    worked = frozenset(day for day in calendar.weekend_workdays if day.year == year)
    return dict(calendar.items()), worked, frozenset(calendar.weekend)
