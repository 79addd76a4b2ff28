"""What goes out at once: a story once, a version of substance again, floods and quiet hours together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.item import Draft
from scheduler.composing import INSTANT
from storage import Store
from tests.scheduler.desk import Desk, a_desk
from tests.scheduler.office import Clock, a_draft, answered

MORNING = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday 10:00 in Almaty."""

LATE = "  - {address: desk@example.org, schedule: {quiet: {from: '22:00', until: '07:00'}}}"
AT_ONCE = "  - {address: desk@example.org, schedule: {kind: instant}}"
WORDS = ("harbour", "bridge", "school", "clinic", "market", "station", "library", "airport", "museum", "theatre")


async def begun(store: Store, folder: Path, recipients: str = "  - {address: desk@example.org}") -> Desk:
    """A desk after the first visits, which mute what is undated."""
    desk = a_desk(store, folder, clock=Clock(MORNING), recipients=recipients)
    await desk.tick()
    desk.clock.passes(minutes=15)
    return desk


def alarm(number: int) -> str:
    """A headline of its own for each number."""
    return f"An alarm at the {WORDS[number % len(WORDS)]} of district {number + 11}"


async def show(desk: Desk, *drafts: Draft, minutes: float = 11) -> None:
    """Let time pass, the office show these items, and everything be done that is due."""
    desk.clock.passes(minutes=minutes)
    desk.wire.answers = lambda source, at: answered(source, *(drafts if source.id == "office" else ()), at=at)
    await desk.tick()


def subjects(desk: Desk) -> list[str]:
    """The subjects of all letters so far."""
    return [letter.subject for _, letter in desk.mailbox.letters]


async def test_five_alerts_go_out_at_once_the_sixth_and_later_together(store: Store, tmp_path: Path) -> None:
    desk = await begun(store, tmp_path)
    office = desk.jobs.app.settings.sources[0]
    for minute in range(60):
        if minute % 4 == 0 and minute < 48:
            found = answered(office, a_draft(alarm(minute // 4), at=None), at=desk.clock())
            await desk.jobs.intake.accept(found)
        await desk.jobs.compose_due()
        desk.clock.passes(minutes=1)
    await desk.jobs.send_due()
    made = [(row.slot.partition("/")[0], row.stories, row.created_at.minute) for row in desk.digests(INSTANT)]
    assert made == [*(("instant", 1, 15 + 4 * number) for number in range(5)), ("rollup", 7, 1)]
    texts = desk.mailbox.texts()
    assert [sum(alarm(number) in text for text in texts) for number in range(12)] == 12 * [1]


async def test_quiet_hours_hold_alerts_and_tell_them_together_at_their_end(store: Store, tmp_path: Path) -> None:
    desk = await begun(store, tmp_path, LATE)
    desk.clock.now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # 22:00 in Almaty
    for number in range(3):
        await show(desk, a_draft(alarm(number), at=None), minutes=60)
    assert store.read_now(lambda unit: unit.matches.newest(9)), "found all the same"
    assert not desk.mailbox.letters
    desk.clock.now = datetime(2026, 11, 24, 1, 59, tzinfo=UTC)
    await desk.tick()
    assert not desk.mailbox.letters
    await show(desk, minutes=1)
    (text,) = desk.mailbox.texts("Alert")
    assert all(alarm(number) in text for number in range(3))
    assert [row.slot.partition("/")[0] for row in desk.digests(INSTANT)] == ["rollup"]


async def test_a_story_is_told_at_once_and_a_reprint_of_it_waits_for_the_digest(store: Store, tmp_path: Path) -> None:
    desk = await begun(store, tmp_path)
    text = " ".join(f"The alarm at the harbour was heard by {number} people of the town." for number in range(30, 60))
    await show(desk, a_draft(alarm(0), at=None, text=text))
    reprint = a_draft("The alarm at the harbour", at=None, text=text, url="https://agency.example/harbour")
    desk.clock.passes(minutes=11)
    desk.wire.answers = lambda source, at: answered(source, *((reprint,) if source.id == "agency" else ()), at=at)
    await desk.tick()
    assert len(store.read_now(lambda unit: unit.matches.newest(9))) == 2
    assert len(desk.mailbox.letters) == 1
    assert len(desk.digests(INSTANT)) == 1, "what needs no mail is not listed"
    desk.clock.now = datetime(2026, 11, 24, 3, 1, tzinfo=UTC)
    await desk.tick()
    assert len(desk.mailbox.letters) == 2


async def test_a_version_of_substance_is_told_again_at_once_and_a_comma_is_not(store: Store, tmp_path: Path) -> None:
    desk = await begun(store, tmp_path)
    first = "The alarm reached 120 people at the harbour of the old town on Monday."
    await show(desk, a_draft(alarm(0), at=None, text=first))
    await show(desk, a_draft(alarm(0), at=None, text=first.replace("town on", "town, on")))
    assert len(desk.mailbox.letters) == 1
    await show(desk, a_draft(alarm(0), at=None, text=first.replace("120", "480")))
    assert len(desk.mailbox.letters) == 2
    assert "480" in desk.mailbox.texts()[1]
    await show(desk)
    assert len(desk.mailbox.letters) == 2, "once"


@pytest.mark.parametrize("title", [alarm(0), "A register of the harbour is opened"])
async def test_who_has_no_digest_is_told_at_once_whatever_the_watch_says(
    store: Store, tmp_path: Path, title: str
) -> None:
    desk = await begun(store, tmp_path, AT_ONCE)
    await show(desk, a_draft(title, at=None))
    assert [subject.startswith("Alert") for subject in subjects(desk)] == [True]
    desk.clock.now = MORNING + timedelta(days=1)
    await desk.tick()
    assert len(desk.mailbox.letters) == 1, "no digest tells it again, and none says that nothing is new"


async def test_nothing_is_sent_to_who_is_away_and_alerts_wait(store: Store, tmp_path: Path) -> None:
    away = "  - {address: desk@example.org, away_until: 2026-11-26, schedule: {empty: always}}"
    desk = await begun(store, tmp_path, away)
    await show(desk, a_draft(alarm(0), at=None))
    for day in (24, 25):
        desk.clock.now = datetime(2026, 11, day, 4, 0, tzinfo=UTC)
        await desk.tick()
    assert not desk.mailbox.letters
    desk.clock.now = datetime(2026, 11, 26, 3, 1, tzinfo=UTC)
    await desk.tick()
    alert, digest = desk.mailbox.texts()
    assert alarm(0) in alert
    assert "alerted" not in alert
    assert f"{alarm(0)} You were alerted of it Thu 08:01." in digest
    assert [row.slot for row in desk.digests()] == ["2026-11-26"]
