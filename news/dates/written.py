"""What the ways of reading a date share: the question, the answer, and how parts become one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MINYEAR, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, kw_only=True)
class Question:
    """A date string on one line, with what helps to read it; `now` is in the source's zone."""

    text: str
    language: str
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Written:
    """A date as written: day and hour on the writer's clock, and the writer's zone where it is stated.

    hour: a time without zone; its `fold` tells which of two equal hours is meant.
    """

    day: date
    hour: time | None = None
    zone: tzinfo | None = None


def day_of(year: int | None, month: int, day: int, *, today: date) -> date | None:
    """The calendar day; without a year the latest one that is not after `today`. None where there is no such day."""
    # Leap days are at most eight years apart.
    years = (year,) if year is not None else range(today.year, max(MINYEAR, today.year - 8) - 1, -1)
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or found <= today:
            return found
    return None


def full_year(digits: str) -> int:
    """A year as written with two or four digits (RFC 2822 section 4.3: below 50 it is this century)."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def moment(instant: datetime) -> Written:
    """An instant in a zone as a date with an hour, to the second."""
    return Written(day=instant.date(), hour=instant.time().replace(microsecond=0, fold=instant.fold))


def days_before(now: datetime, days: int) -> date | None:
    """The day so many days before now; None before the calendar begins."""
    try:
        return now.date() - timedelta(days=days)
    except OverflowError:
        return None
