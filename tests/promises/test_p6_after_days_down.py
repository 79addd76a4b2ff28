"""P6: after days of nothing running, or of absence, one digest a schedule has every missed item, with its period."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import Store, open_store
from tests.scheduler.desk import DESK, SUNDAY, Desk, a_desk, first_visits
from tests.scheduler.office import Clock

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""07:00 in Almaty."""


def the_desk(store: Store, folder: Path, *, recipient: str) -> Desk:
    """A desk with one recipient, on a Friday before office hours."""
    return a_desk(store, folder, clock=Clock(FRIDAY), recipients=f"  - {{address: {DESK}, {recipient}}}")


async def bring(desk: Desk, *titles: str) -> None:
    """Let the source show these items, and everything be done that is due, a quarter of an hour later."""
    desk.wire.brings(*titles)
    desk.clock.passes(minutes=15)
    await desk.tick()


@pytest.mark.parametrize(
    ("schedule", "slot", "missed"),
    [
        ("{}", "2026-11-25", 3),
        ('{hours: ["08:00", "17:00"]}', "2026-11-25T08:00", 7),
        ("{kind: weekly, weekday: tuesday}", "2026-W48", 0),
        ("{office_days: true}", "2026-11-25", 2),
        ('{kind: hourly, quiet: {from: "20:00", until: "07:00"}}', "2026-11-25T10:00", 53),
    ],
)
async def test_p6_after_days_down_one_digest_tells_every_missed_item_and_names_the_period(
    tmp_path: Path, schedule: str, slot: str, missed: int
) -> None:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        desk = the_desk(store, tmp_path, recipient=f"schedule: {schedule}")
        await first_visits(desk)
        # Friday's digest, or the weekly one of the Tuesday after: from then on nothing runs.
        await bring(desk, "The register is announced")
        desk.clock.now = SUNDAY - timedelta(days=1, minutes=5)
        await bring(desk, "Register one", "Register two")
        before = len(desk.mailbox.letters)
        desk.wire.brings("Register three", source="agency")
        desk.clock.now = SUNDAY + timedelta(days=3, hours=2)

        made = [await desk.tick() for _ in range(3)]

        assert made == [1, 0, 0]
        assert len(desk.mailbox.letters) == before + 1
        assert desk.digests()[-1].slot == slot
        everything = " ".join(desk.mailbox.texts())
        assert [everything.count(f"Register {number}") for number in ("one", "two", "three")] == [1, 1, 1]
        text = desk.mailbox.texts()[-1]
        assert "Register three" in text
        assert "to Wed 25 Nov 10:00, Almaty" in text
        covers = re.search(r"This one also covers (\d+) digest", text)
        assert (int(covers[1]) if covers else 0) == missed


async def test_p6_the_first_office_day_covers_the_weekend_and_says_so(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        desk = the_desk(store, tmp_path, recipient="schedule: {office_days: true}")
        await first_visits(desk)
        await bring(desk, "The register is announced")
        for day in (21, 22):
            desk.clock.now = datetime(2026, 11, day, 4, 0, tzinfo=UTC)
            await bring(desk, f"The register of day {day}")
        assert len(desk.mailbox.letters) == 1
        desk.clock.now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
        await desk.tick()
        text = desk.mailbox.texts()[-1]
        assert [row.slot for row in desk.digests()] == ["2026-11-20", "2026-11-23"]
        assert "The register of day 21" in text
        assert "The register of day 22" in text
        assert "Fri 20 Nov 08:00 to Mon 23 Nov 08:00, Almaty" in text
        assert "could not be made" not in text


async def test_p6_days_without_news_need_no_mail_on_a_weekend_and_monday_covers_them(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        desk = the_desk(store, tmp_path, recipient="schedule: {}")
        await first_visits(desk)
        await bring(desk)
        for day in (21, 22, 23):
            desk.clock.now = datetime(2026, 11, day, 3, 0, tzinfo=UTC)
            await desk.tick()
        assert [(row.slot, row.state is not None) for row in desk.digests()] == [
            ("2026-11-20", True),
            ("2026-11-21", False),
            ("2026-11-22", False),
            ("2026-11-23", True),
        ]
        text = desk.mailbox.texts()[-1]
        assert "Fri 20 Nov 08:00 to Mon 23 Nov 08:00, Almaty" in text
        assert "could not be made" not in text


async def test_p6_after_an_absence_the_first_digest_names_all_of_it(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        desk = the_desk(store, tmp_path, recipient="away_until: 2026-11-24")
        await first_visits(desk)
        for day in (20, 21, 22, 23):
            desk.clock.now = datetime(2026, 11, day, 4, 0, tzinfo=UTC)
            await bring(desk, f"The register of day {day}")
        assert not desk.mailbox.letters
        assert not desk.digests()
        desk.clock.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
        await desk.tick()
        (text,) = desk.mailbox.texts()
        assert [f"The register of day {day}" in text for day in (20, 21, 22, 23)] == [True] * 4
        assert "Fri 20 Nov 07:00 to Tue 24 Nov 08:00, Almaty" in text
