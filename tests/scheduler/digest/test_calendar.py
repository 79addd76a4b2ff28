from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.schedule import local_instant
from news.watch.watch import Schedule
from scheduler.digest.calendar import SlotKind, due_slot, instant_slot, manual_slot, sample_slot

ALMATY = Schedule(hour=8, zone="Asia/Almaty")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_slot_is_due_from_its_minute_on() -> None:
    assert due_slot(ALMATY, now=utc("2026-11-22T02:59:59"), last="2026-11-21") is None
    slot = due_slot(ALMATY, now=utc("2026-11-22T03:00:00"), last="2026-11-21")
    assert slot is not None
    assert (slot.name, slot.at, slot.since) == ("2026-11-22", utc("2026-11-22T03:00:00"), utc("2026-11-21T03:00:00"))
    assert slot.missed == 0
    assert slot.kind is SlotKind.DAILY


def test_p6_three_days_of_silence_give_one_slot_that_names_the_period() -> None:
    slot = due_slot(ALMATY, now=utc("2026-11-22T09:30:00"), last="2026-11-18")
    assert slot is not None
    assert (slot.name, slot.since, slot.missed) == ("2026-11-22", utc("2026-11-18T03:00:00"), 3)
    assert due_slot(ALMATY, now=utc("2026-11-22T09:30:00"), last=slot.name) is None


def test_before_todays_hour_the_newest_due_slot_is_yesterdays() -> None:
    slot = due_slot(ALMATY, now=utc("2026-11-22T01:00:00"), last="2026-11-19")
    assert slot is not None
    assert (slot.name, slot.missed) == ("2026-11-21", 1)


def test_a_recipient_added_after_todays_hour_begins_tomorrow() -> None:
    begun = utc("2026-11-22T05:00:00")
    assert due_slot(ALMATY, now=utc("2026-11-22T06:00:00"), last=None, begun=begun) is None
    slot = due_slot(ALMATY, now=utc("2026-11-23T03:00:00"), last=None, begun=begun)
    assert slot is not None
    assert (slot.name, slot.since, slot.missed) == ("2026-11-23", begun, 0)


def test_without_any_past_the_newest_due_slot_is_taken() -> None:
    slot = due_slot(ALMATY, now=utc("2026-11-22T06:00:00"), last=None)
    assert slot is not None
    assert (slot.name, slot.since) == ("2026-11-22", None)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "minute", "expected"),
    [
        # Spring: the hour does not exist, the first instant after the gap counts.
        ("Europe/Zurich", "2024-03-31", 2, 30, "2024-03-31T01:00:00"),
        ("America/New_York", "2024-03-10", 2, 0, "2024-03-10T07:00:00"),
        ("America/New_York", "2024-03-10", 2, 59, "2024-03-10T07:00:00"),
        # Autumn: the hour comes twice, its first occurrence counts.
        ("Europe/Zurich", "2024-10-27", 2, 30, "2024-10-27T00:30:00"),
        ("America/New_York", "2024-11-03", 1, 15, "2024-11-03T05:15:00"),
        # Kazakhstan was UTC+6 to 29 February 2024 and is UTC+5 from 1 March; 23:30 came twice (P27).
        ("Asia/Almaty", "2024-02-29", 8, 0, "2024-02-29T02:00:00"),
        ("Asia/Almaty", "2024-02-29", 23, 30, "2024-02-29T17:30:00"),
        ("Asia/Almaty", "2024-03-01", 0, 0, "2024-02-29T19:00:00"),
        ("Asia/Almaty", "2024-03-01", 8, 0, "2024-03-01T03:00:00"),
        # A whole day that never was.
        ("Pacific/Apia", "2011-12-30", 8, 0, "2011-12-30T10:00:00"),
    ],
)
def test_slots_of_nights_when_clocks_change(zone: str, day: str, hour: int, minute: int, expected: str) -> None:
    assert local_instant(zone, date.fromisoformat(day), time(hour, minute)) == utc(expected)


@given(
    zone=st.sampled_from(["Europe/Zurich", "America/New_York", "Asia/Almaty", "Australia/Lord_Howe", "Pacific/Apia"]),
    hour=st.integers(0, 23),
    minute=st.sampled_from([0, 15, 30, 59]),
    day=st.dates(date(2011, 12, 1), date(2026, 12, 31)),
)
def test_every_slot_comes_at_its_hour_or_right_after_a_gap(zone: str, hour: int, minute: int, day: date) -> None:
    at = local_instant(zone, day, time(hour, minute))
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a wall clock reading
    if local != wanted:
        before = (at - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert before < wanted < local


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Zurich", "2024-03-29T00:00:00"),
        ("Europe/Zurich", "2024-10-25T00:00:00"),
        ("America/New_York", "2024-11-01T00:00:00"),
        ("Asia/Almaty", "2024-02-27T00:00:00"),
    ],
)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 8, 23])
def test_p3_ticking_through_a_change_of_clocks_closes_each_local_day_once(zone: str, start: str, hour: int) -> None:
    schedule, last, closed = Schedule(hour=hour, minute=30, zone=zone), "2024-01-01", []
    now = utc(start)
    for _ in range(5 * 24 * 12):
        slot = due_slot(schedule, now=now, last=last)
        if slot is not None:
            closed.append(slot.name)
            last = slot.name
        now += timedelta(minutes=5)
    days = [date.fromisoformat(name) for name in closed]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert len(days) >= 5


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=24)])
def test_p3_a_clock_that_jumps_repeats_no_slot(jump: timedelta) -> None:
    last, closed = "2026-11-20", []
    # An hour of ticks around the slot, the jump five minutes after it, and back again an hour later.
    times = [utc("2026-11-21T02:30:00") + timedelta(minutes=5 * tick) for tick in range(8)]
    times += [times[-1] + jump + timedelta(minutes=5 * tick) for tick in range(24)]
    times += [utc("2026-11-21T05:00:00") + timedelta(hours=tick) for tick in range(60)]
    for now in times:
        slot = due_slot(ALMATY, now=now, last=last)
        if slot is not None:
            closed.append(slot.name)
            last = slot.name
    assert closed == ["2026-11-21", "2026-11-22", "2026-11-23"]


def test_a_changed_hour_gives_no_second_slot_for_a_day_that_has_one() -> None:
    later = Schedule(hour=10, zone="Asia/Almaty")
    assert due_slot(later, now=utc("2026-11-22T06:00:00"), last="2026-11-22") is None


def test_extra_slots_carry_their_kind_and_instant() -> None:
    now, since = utc("2026-11-22T06:00:00"), utc("2026-11-22T03:00:00")
    slots = [manual_slot(now, since=since), instant_slot(now), sample_slot(now)]
    assert [slot.name for slot in slots] == [
        f"{kind}/2026-11-22T06:00:00+00:00" for kind in ("manual", "instant", "sample")
    ]
    assert [slot.since for slot in slots] == [since, None, None]
