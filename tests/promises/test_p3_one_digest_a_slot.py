"""P3: one digest per (recipient, schedule, local slot) through restarts, both DST nights, jumps, two daemons."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from news.watch.watch import Recipient, Schedule, ScheduleKind
from scheduler.composing import INSTANT
from storage import Store, Unit
from tests.scheduler.desk import DESK, FIRST_DAY, Desk, a_desk, first_visits
from tests.scheduler.office import Clock

FIVE = "\n".join(f"  - {{address: reader{number}@example.org}}" for number in range(5))
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The database of the first daemon."""
    with Store(f"sqlite:///{tmp_path / 'press.db'}") as opened:
        opened.migrate(None)
        yield opened


@pytest.fixture
def two_desks(store: Store, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two daemons by mistake: two connections to one database, the lock between them bypassed."""
    clock = Clock(FIRST_DAY)
    with Store(f"sqlite:///{tmp_path / 'press.db'}") as other:
        yield tuple(a_desk(one, tmp_path, clock=clock, recipients=FIVE) for one in (store, other))  # type: ignore[misc]


async def test_p3_p11_two_daemons_on_one_database_make_and_deliver_each_digest_once(
    two_desks: tuple[Desk, Desk],
) -> None:
    one, two = two_desks
    await first_visits(one)
    titles = [f"An alarm about register {number}" for number in range(6)]
    for number, title in enumerate(titles):
        two_desks[number % 2].wire.brings(title)
        one.clock.passes(hours=8)
        await asyncio.gather(one.tick(), two.tick())
    await asyncio.gather(one.tick(), two.tick())

    rows = one.digests()
    assert Counter((row.recipient, row.slot) for row in rows) == Counter(
        (f"reader{number}@example.org", slot) for number in range(5) for slot in ("2026-11-22", "2026-11-23")
    )
    letters = [*one.mailbox.letters, *two.mailbox.letters]
    assert (
        len({(address, letter.id) for address, letter in letters})
        == len(letters)
        == len(rows) + len(one.digests(INSTANT))
    )
    alerts = Counter(
        (address, title)
        for address, letter in letters
        for title in titles
        if letter.subject.startswith("Alert: ") and title in letter.text.replace("*", "")
    )
    assert alerts == Counter((f"reader{number}@example.org", title) for number in range(5) for title in titles)


@pytest.mark.parametrize("schedule", ["{}", "{kind: hourly}", '{hours: ["08:00", "20:00"]}', "{office_days: true}"])
async def test_p3_a_clock_that_jumps_back_an_hour_or_on_a_day_makes_no_slot_twice_and_loses_nothing(
    store: Store, tmp_path: Path, schedule: str
) -> None:
    recipients = f"  - {{address: {DESK}, schedule: {schedule}}}"
    desk = a_desk(store, tmp_path, clock=Clock(FIRST_DAY), recipients=recipients)
    await first_visits(desk)
    told = []
    for number, jump in enumerate((23 * HOUR, -HOUR, HOUR, 24 * HOUR, -25 * HOUR, 24 * HOUR, 48 * HOUR)):
        told.append(f"Register number {number}")
        desk.wire.brings(told[-1])
        desk.clock.now += jump
        # The source is not due while the clock is behind: what it brings waits, as in life.
        await desk.tick()
    desk.clock.passes(hours=24)
    await desk.tick()
    slots = [row.slot for row in desk.digests()]
    assert slots == sorted(set(slots))
    assert Counter(title for text in desk.mailbox.texts() for title in told if title in text) == Counter(told)


NIGHTS = [
    ("Europe/Zurich", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "02"),
    ("Europe/Zurich", datetime(2026, 10, 25, 1, 0, tzinfo=UTC), ""),
    ("America/New_York", datetime(2026, 3, 8, 7, 0, tzinfo=UTC), "02"),
    ("America/New_York", datetime(2026, 11, 1, 6, 0, tzinfo=UTC), ""),
]
"""Zone, the instant of the change, the hour that is skipped."""


@pytest.mark.parametrize(("zone", "change", "skipped"), NIGHTS)
async def test_p3_a_night_that_skips_or_doubles_an_hour_has_each_slot_once(
    store: Store, tmp_path: Path, zone: str, change: datetime, skipped: str
) -> None:
    begin = change - timedelta(hours=20)
    desk = a_desk(store, tmp_path, clock=Clock(begin), recipients="  []")
    schedules = {
        "daily": Schedule(hour=2, minute=30, zone=zone),
        "several": Schedule(hour=1, minute=30, further=(time(2, 30), time(3, 30)), zone=zone),
        "hourly": Schedule(kind=ScheduleKind.HOURLY, hour=0, zone=zone),
    }
    for name, schedule in schedules.items():
        recipient = Recipient(address=f"{name}@example.org", schedule=schedule)
        store.write_now(lambda unit, one=recipient: unit.recipients.add(one, at=begin))  # type: ignore[misc]
    for tick in range(40 * 2):
        desk.clock.now = begin + tick * timedelta(minutes=30)
        if tick % 7 == 3:  # begin anew in between, as after a restart
            desk = a_desk(store, tmp_path, clock=desk.clock, recipients="  []")
        await desk.jobs.compose_due()
    made = {name: [row.slot for row in desk.digests() if row.recipient == f"{name}@example.org"] for name in schedules}
    night = f"{change:%Y-%m-%d}"
    assert [slot for slot in made["daily"] if slot == night] == [night]
    assert len(set(made["several"])) == len(made["several"])
    hours = [slot[11:13] for slot in made["hourly"] if slot.startswith(night)]
    assert hours[:6] == [f"{hour:02}" for hour in range(7) if f"{hour:02}" != skipped][:6]
    assert len(set(made["hourly"])) == len(made["hourly"])


async def test_p3_another_hour_counts_the_same_day_and_makes_no_second_digest(store: Store, tmp_path: Path) -> None:
    """From 17:00 to 10:00 before either: at 10:00. From 08:00, made, to 10:00: not again. Back to several: the rest."""
    day = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 06:00 in Almaty
    desk = a_desk(store, tmp_path, clock=Clock(day), recipients="  []")

    async def change(schedule: Schedule) -> None:
        def work(unit: Unit) -> None:
            present = unit.recipients.get(DESK)
            unit.recipients.change(Recipient(address=DESK, schedule=schedule)) if present else unit.recipients.add(
                Recipient(address=DESK, schedule=schedule), at=desk.clock()
            )

        store.write_now(work)

    async def until(hour: int) -> list[str]:
        while desk.clock.now < day.replace(hour=0) + timedelta(hours=hour - 5):
            desk.clock.passes(minutes=30)
            await desk.jobs.compose_due()
        return [row.slot for row in desk.digests()]

    await change(Schedule(hour=17))
    assert await until(9) == []
    await change(Schedule(hour=10))
    assert await until(10) == ["2026-11-23"]
    await change(Schedule(hour=12))
    assert await until(13) == ["2026-11-23"]
    await change(Schedule(hour=8, further=(time(18),)))
    assert await until(18) == ["2026-11-23", "2026-11-23T18:00"]
    await change(Schedule(kind=ScheduleKind.WEEKLY, weekday=0, hour=20))
    assert await until(21) == ["2026-11-23", "2026-11-23T18:00", "2026-W48"]
    await change(Schedule(hour=8))
    assert await until(24 + 9) == ["2026-11-23", "2026-11-23T18:00", "2026-W48", "2026-11-24"]
