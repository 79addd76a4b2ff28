"""Quiet hours, absences, empty slots, and schedules in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from news.schedule import is_away, is_quiet, quiet_ended, quiet_ends, tells_empty
from news.schedule_words import in_words, told_when
from news.watch.watch import Empty, Quiet, Recipient, Schedule, ScheduleKind

NIGHT = Schedule(quiet=Quiet(begins=time(22), ends=time(7)))
NOON = Schedule(quiet=Quiet(begins=time(12), ends=time(14)))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "now", "quiet"),
    [
        (NIGHT, "2026-11-22T16:59:59", False),
        (NIGHT, "2026-11-22T17:00:00", True),
        (NIGHT, "2026-11-23T01:59:59", True),
        (NIGHT, "2026-11-23T02:00:00", False),
        (NOON, "2026-11-22T07:00:00", True),
        (NOON, "2026-11-22T09:00:00", False),
        (Schedule(), "2026-11-22T20:00:00", False),
    ],
)
def test_quiet_hours_begin_and_end_at_their_minute(schedule: Schedule, now: str, quiet: bool) -> None:
    assert is_quiet(schedule, utc(now)) is quiet


def test_what_falls_into_quiet_hours_can_be_sent_at_their_end() -> None:
    assert quiet_ends(NIGHT, utc("2026-11-22T18:00:00")) == utc("2026-11-23T02:00:00")
    assert quiet_ends(NIGHT, utc("2026-11-22T20:30:00")) == utc("2026-11-23T02:00:00")
    assert quiet_ends(NIGHT, utc("2026-11-22T10:00:00")) == utc("2026-11-22T10:00:00")
    assert quiet_ended(NIGHT, utc("2026-11-22T10:00:00")) == utc("2026-11-22T02:00:00")
    assert quiet_ended(Schedule(), utc("2026-11-22T10:00:00")) is None


def test_quiet_hours_of_a_night_that_loses_an_hour_end_when_clocks_say_so() -> None:
    schedule = Schedule(zone="Europe/Zurich", quiet=Quiet(begins=time(22), ends=time(2, 30)))
    night = utc("2026-03-29T00:30:00")
    assert quiet_ends(schedule, night) == utc("2026-03-29T01:00:00")
    assert not is_quiet(schedule, utc("2026-03-29T01:00:00"))


def test_who_is_away_is_back_when_that_day_begins_where_they_are() -> None:
    person = Recipient(address="a@b.example", away_until=date(2026, 12, 1))
    assert is_away(person, utc("2026-11-30T18:59:59"))
    assert not is_away(person, utc("2026-11-30T19:00:00"))
    assert not is_away(Recipient(address="a@b.example"), utc("2026-11-30T19:00:00"))


@pytest.mark.parametrize(
    ("schedule", "day", "tells"),
    [
        (Schedule(), "2026-11-20", True),
        (Schedule(), "2026-11-22", False),
        # Republic Day of Kazakhstan, a Sunday in 2026, is given on Monday 26 October.
        (Schedule(), "2026-10-26", False),
        (Schedule(country="CH"), "2026-10-26", True),
        (Schedule(empty=Empty.ALWAYS), "2026-11-22", True),
        (Schedule(empty=Empty.NEVER), "2026-11-20", False),
        (Schedule(kind=ScheduleKind.HOURLY), "2026-11-20", False),
        (Schedule(kind=ScheduleKind.HOURLY, empty=Empty.OFFICE_DAYS), "2026-11-20", True),
        (Schedule(kind=ScheduleKind.WEEKLY), "2026-11-23", True),
    ],
)
def test_that_nothing_is_new_is_told_on_office_days_unless_otherwise_wished(
    schedule: Schedule, day: str, tells: bool
) -> None:
    assert tells_empty(schedule, date.fromisoformat(day)) is tells


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(), "every day at 08:00 Asia/Almaty"),
        (Schedule(further=(time(12), time(17, 30))), "every day at 08:00, 12:00 and 17:30 Asia/Almaty"),
        (Schedule(office_days=True), "every office day at 08:00 Asia/Almaty (KZ)"),
        (Schedule(kind=ScheduleKind.WEEKLY, weekday=4), "every Friday at 08:00 Asia/Almaty"),
        (Schedule(kind=ScheduleKind.HOURLY), "every hour Asia/Almaty"),
        (Schedule(kind=ScheduleKind.INSTANT), "at once Asia/Almaty"),
        (NIGHT, "every day at 08:00 Asia/Almaty, quiet from 22:00 to 07:00"),
        (Schedule(empty=Empty.NEVER), "every day at 08:00 Asia/Almaty, only when something is new"),
    ],
)
def test_a_schedule_in_words(schedule: Schedule, words: str) -> None:
    assert in_words(schedule) == words
    person = Recipient(address="a@b.example", schedule=schedule, away_until=date(2026, 12, 1))
    assert told_when(person) == f"{words}; away until 2026-12-01"
