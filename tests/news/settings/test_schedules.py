"""Schedules as they are written in config.yaml, each combination that means nothing refused with a way out."""

from __future__ import annotations

from datetime import date, time

import pytest

from news.settings.schedules import ScheduleEntry, schedule_of, written_schedule
from news.watch.watch import Empty, Quiet, Recipient, Schedule, ScheduleKind
from tests.news.settings.text import CONTACT, only_complaint, place_of, read


def a_recipient(schedule: str, *, more: str = "") -> Recipient:
    """The recipient with this schedule, and whatever else is written of them."""
    (recipient,) = read(written(schedule, more=more)).recipients
    return recipient


def written(schedule: str, *, more: str = "") -> str:
    """A configuration in which the only recipient has this schedule."""
    return f"{CONTACT}recipients:\n  - {{address: a@b.example, schedule: {schedule}{more}}}\n"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{}", Schedule()),
        ('{hour: "07:30"}', Schedule(hour=7, minute=30)),
        ('{hours: ["17:00", "08:00"]}', Schedule(hour=8, further=(time(17),))),
        ("{kind: weekly, weekday: friday}", Schedule(kind=ScheduleKind.WEEKLY, weekday=4)),
        ('{kind: weekly, hour: "09:00"}', Schedule(kind=ScheduleKind.WEEKLY, hour=9)),
        ("{office_days: true, empty: never}", Schedule(office_days=True, empty=Empty.NEVER)),
        (
            '{kind: hourly, quiet: {from: "22:00", until: "7:00"}}',
            Schedule(kind=ScheduleKind.HOURLY, hour=0, quiet=Quiet(begins=time(22), ends=time(7))),
        ),
        ("{kind: instant}", Schedule(kind=ScheduleKind.INSTANT, hour=0)),
        ("{zone: America/New_York}", Schedule(zone="America/New_York", country="US")),
        ("{zone: Europe/Zurich, country: KZ}", Schedule(zone="Europe/Zurich")),
        ("{zone: UTC}", Schedule(zone="UTC", country="")),
    ],
)
def test_a_schedule_is_what_is_written_and_is_shown_so_that_it_reads_the_same(text: str, meant: Schedule) -> None:
    assert a_recipient(text).schedule == meant
    entry = ScheduleEntry.model_validate(written_schedule(meant))
    assert schedule_of(entry, zone="Asia/Almaty") == meant


def test_somebody_is_away_until_a_day() -> None:
    assert a_recipient("{}", more=", away_until: 2026-12-01").away_until == date(2026, 12, 1)
    assert a_recipient("{}").away_until is None
    complaint = only_complaint(written("{}", more=", away_until: 1 Dec"))
    assert (complaint.path, complaint.problem) == ("recipients[1].away_until", "is not a day")
    assert "2026-12-01" in complaint.remedy


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        ('{hour: "08:00", hours: ["09:00"]}', "has both hour and hours", "Keep one"),
        ('{kind: hourly, hour: "08:00"}', "is hourly and has a time of day", "kind: daily"),
        ('{kind: instant, hours: ["08:00"]}', "is instant and has a time of day", "kind: daily"),
        ("{weekday: monday}", "is daily and has a weekday", "kind: weekly"),
        ('{kind: weekly, hours: ["08:00", "09:00"]}', "is weekly and has several hours", "one hour"),
        ("{kind: weekly, office_days: true}", "is weekly and has office_days", "kind: daily"),
        ("{kind: instant, empty: always}", "is instant and has empty", "Take empty out"),
        ('{hours: ["08:00", "8:00"]}', "has the same hour twice", "Keep it once"),
        ('{hour: "06:00", quiet: {from: "22:00", until: "07:00"}}', "quiet hours, 06:00", "Change the hour"),
        ('{hours: ["08:00", "13:00"], quiet: {from: "12:00", until: "14:00"}}', "quiet hours, 13:00", "Change"),
    ],
)
def test_what_does_not_go_together_is_refused(text: str, says: str, remedy: str) -> None:
    whole = written(text)
    complaint = only_complaint(whole)
    assert complaint.path == "recipients[1].schedule"
    assert (complaint.line, complaint.column) == place_of(whole, text)
    assert says in complaint.problem
    assert remedy in complaint.remedy


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        ("{kind: dayly}", "kind", 'Did you mean "daily"?'),
        ("{kind: weekly, weekday: freitag}", "weekday", "friday"),
        ("{country: Kazakhstan}", "country", "KZ"),
        ("{country: XQ}", "country", "holidays are known"),
        ("{hours: []}", "hours", "is empty"),
        ('{quiet: {from: "22:00"}}', "quiet.until", "missing"),
        ('{quiet: {from: "22:00", until: "22:00"}}', "quiet", "same time"),
        ("{empty: sometimes}", "empty", "office-days"),
    ],
)
def test_a_value_that_is_none_is_refused_at_its_place(text: str, path: str, says: str) -> None:
    complaint = only_complaint(written(text))
    assert complaint.path == f"recipients[1].schedule.{path}"
    assert says in str(complaint)
