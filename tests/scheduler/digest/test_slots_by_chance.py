"""Any schedule, any sequence of ticks: each local slot is made at most once, none that is due is lost but merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from news.health.days import is_working_day
from news.watch.watch import Schedule, ScheduleKind
from scheduler.digest.calendar import Slot, due_slot, next_slot

ZONES = ["Europe/Zurich", "America/New_York", "Asia/Almaty", "Australia/Lord_Howe", "UTC"]
# Around the nights in which these zones change their clocks, and the holidays at the turn of a year.
BEGINS = [datetime(2024, 2, 27), datetime(2024, 3, 8), datetime(2024, 3, 29), datetime(2024, 10, 25)]  # noqa: DTZ001
BEGINS += [datetime(2024, 11, 1), datetime(2024, 12, 28)]  # noqa: DTZ001


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """A schedule that settings would take."""
    kind = draw(st.sampled_from([ScheduleKind.HOURLY, ScheduleKind.DAILY, ScheduleKind.WEEKLY]))
    times = sorted(draw(st.sets(st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])), min_size=1, max_size=3)))
    several = kind is ScheduleKind.DAILY
    return Schedule(
        kind=kind,
        hour=times[0].hour if kind is not ScheduleKind.HOURLY else 0,
        minute=times[0].minute if kind is not ScheduleKind.HOURLY else 0,
        further=tuple(times[1:]) if several else (),
        weekday=draw(st.integers(0, 6)),
        zone=draw(st.sampled_from(ZONES)),
        office_days=kind is not ScheduleKind.WEEKLY and draw(st.booleans()),
        country=draw(st.sampled_from(["KZ", "CH", "US", ""])),
    )


@dataclass
class Maker:
    """What the daemon does with a schedule: at each tick it makes what is due, and remembers it."""

    schedule: Schedule
    begun: datetime
    last: str | None = None
    last_at: datetime | None = None

    def tick(self, now: datetime) -> Slot | None:
        slot = due_slot(self.schedule, now=now, last=self.last, last_at=self.last_at, begun=self.begun)
        if slot is not None:
            self.last, self.last_at = slot.name, now
        return slot


@settings(max_examples=60)
@given(
    schedule=schedules(),
    begin=st.sampled_from(BEGINS),
    pauses=st.lists(st.integers(1, 80), min_size=2, max_size=12),
)
def test_p3_p6_each_slot_is_made_once_and_what_is_passed_over_is_in_the_next(
    schedule: Schedule, begin: datetime, pauses: list[int]
) -> None:
    begun = begin.replace(tzinfo=UTC)
    rarely, often = Maker(schedule, begun), Maker(schedule, begun)
    made: list[Slot] = []
    all_made: list[Slot] = []
    now = begun
    for pause in pauses:
        for _ in range(pause):
            now += timedelta(minutes=30)
            if (slot := often.tick(now)) is not None:
                all_made.append(slot)
        if (slot := rarely.tick(now)) is not None:
            made.append(slot)
    names = [slot.name for slot in all_made]
    assert len(set(names)) == len(names), "no slot twice"
    assert [slot.name for slot in made] == [name for name in names if name in {slot.name for slot in made}]
    if made:
        # The periods join without a gap, and the slots that were passed over are counted.
        assert made[0].since == begun
        assert all(before.at == after.since for before, after in pairwise(made))
        merged = names[: names.index(made[-1].name) + 1]
        first = names.index(made[0].name)
        assert len(made) + sum(slot.missed for slot in made) == len(merged) - first
        # What the rare daemon has not made yet fell due only after its last look.
        assert rarely.tick(now) is None
        assert merged == names


@settings(max_examples=40)
@given(
    schedule=schedules(),
    begin=st.sampled_from(BEGINS),
    steps=st.lists(st.integers(-26 * 60, 30 * 60), min_size=5, max_size=40),
)
def test_p3_a_clock_that_jumps_at_will_makes_no_slot_twice(
    schedule: Schedule, begin: datetime, steps: list[int]
) -> None:
    now = begin.replace(tzinfo=UTC)
    maker = Maker(schedule, now)
    names = []
    for step in steps:
        now += timedelta(minutes=step)
        if (slot := maker.tick(now)) is not None:
            names.append(slot.name)
    assert len(set(names)) == len(names)


@settings(max_examples=40)
@given(
    first=schedules(),
    then=schedules(),
    begin=st.sampled_from(BEGINS),
    minutes=st.integers(0, 60 * 60),
)
def test_another_schedule_tells_nothing_of_before_the_last_digest_and_leaves_no_gap(
    first: Schedule, then: Schedule, begin: datetime, minutes: int
) -> None:
    now = begin.replace(tzinfo=UTC)
    maker = Maker(first, now)
    made: list[tuple[Slot, datetime]] = []
    for tick in range(1, 8 * 24 * 2):
        now += timedelta(minutes=30)
        if tick * 30 > minutes:
            maker.schedule = then
        before = maker.last_at
        if (slot := maker.tick(now)) is not None:
            made.append((slot, now))
            if before is not None:
                assert slot.since is not None
                assert slot.since <= before, "nothing between two digests is left out of their periods"
    names = [slot.name for slot, _ in made]
    assert len(set(names)) == len(names)
    times = [at for _, at in made]
    assert len(set(times)) == len(times)


@settings(max_examples=40)
@given(schedule=schedules(), begin=st.sampled_from(BEGINS), hours=st.integers(0, 100))
def test_the_next_slot_is_the_one_that_falls_due_then(schedule: Schedule, begin: datetime, hours: int) -> None:
    now = begin.replace(tzinfo=UTC) + timedelta(hours=hours)
    at = next_slot(schedule, now=now)
    assert at is not None
    slot = due_slot(schedule, now=at, last=None)
    assert slot is not None
    assert slot.at == at > now
    earlier = due_slot(schedule, now=at - timedelta(seconds=1), last=None)
    assert earlier is None or earlier.at <= now


@given(schedule=schedules(), days=st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_office_days_are_those_of_the_country(schedule: Schedule, days: date) -> None:
    slot = due_slot(schedule, now=datetime.combine(days, time(), tzinfo=UTC), last=None)
    if slot is not None and schedule.office_days and schedule.kind is ScheduleKind.DAILY and schedule.zone == "UTC":
        assert is_working_day(slot.at.astimezone(ZoneInfo("UTC")).date(), schedule.country)
