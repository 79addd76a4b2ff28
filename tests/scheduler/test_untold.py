"""An idle tick asks nobody's rows, however many follow a watch that alerts; what there is to tell is found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from news.item import Draft
from news.watch.watch import Match
from storage import Store
from tests.scheduler.desk import Desk, a_desk
from tests.scheduler.office import Clock, a_draft, answered

MORNING = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday 10:00 in Almaty."""

MANY = "\n".join(f"  - {{address: reader{number}@example.org, schedule: {{empty: never}}}}" for number in range(30))


async def settled(store: Store, folder: Path, recipients: str = MANY) -> Desk:
    """A desk that has told everything, and has looked once more."""
    desk = a_desk(store, folder, clock=Clock(MORNING), recipients=recipients)
    await desk.tick()
    desk.clock.passes(minutes=15)
    await desk.jobs.compose_due()
    return desk


async def found(desk: Desk, *drafts: Draft) -> None:
    """Let the office show these items now."""
    desk.clock.passes(minutes=1)
    office = desk.jobs.app.settings.sources[0]
    await desk.jobs.intake.accept(answered(office, *drafts, at=desk.clock()))


async def transactions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many reading transactions one look takes."""
    store, count = desk.jobs.app.store, 0
    read: Callable[..., Awaitable[Any]] = store.read

    async def counted(work: Any) -> Any:
        nonlocal count
        count += 1
        return await read(work)

    with monkeypatch.context() as patched:
        patched.setattr(store, "read", counted)
        await desk.jobs.compose_due()
    return count


async def test_an_idle_tick_costs_the_same_for_one_recipient_as_for_many(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await settled(store, tmp_path)
    assert await transactions(desk, monkeypatch) <= 2
    await found(desk, a_draft("An alarm at the harbour", at=None))
    assert await desk.jobs.compose_due() == 30
    await desk.jobs.compose_due()
    assert await transactions(desk, monkeypatch) <= 2
    desk.clock.now = MORNING + timedelta(days=1)
    assert await desk.jobs.compose_due() == 30, "the slot of the next day is due"


async def test_what_a_watch_finds_that_somebody_does_not_follow_is_not_asked_for_them(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await settled(store, tmp_path)
    await found(desk, a_draft("A register is opened", at=None))
    assert await transactions(desk, monkeypatch) <= 2, "the watch does not alert"


async def test_what_waits_for_the_next_roll_up_is_not_forgotten(store: Store, tmp_path: Path) -> None:
    desk = await settled(store, tmp_path, "  - {address: desk@example.org}")
    for place in ("harbour", "bridge", "school", "clinic", "market", "station"):
        await found(desk, a_draft(f"An alarm at the {place}", at=None))
        await desk.jobs.compose_due()
    assert sum(row.stories for row in desk.digests("instant")) == 5
    for _ in range(30):
        desk.clock.passes(minutes=1)
        await desk.jobs.compose_due()
    assert sum(row.stories for row in desk.digests("instant")) == 6


async def test_a_match_that_was_taken_back_and_stands_again_is_told(store: Store, tmp_path: Path) -> None:
    desk = await settled(store, tmp_path, "  - {address: desk@example.org}")
    await found(desk, a_draft("An alarm at the harbour", at=None))
    (match,) = store.read_now(lambda unit: unit.matches.newest(1))
    store.write_now(lambda unit: unit.matches.retire_others(match.item.id, []))
    assert await desk.jobs.compose_due() == 0
    again = Match(item=match.item.id, watch=match.watch.id, score=match.score, hits=match.hits)
    store.write_now(lambda unit: unit.matches.record([again], at=desk.clock()))
    assert await desk.jobs.compose_due() == 1


async def test_a_changed_hour_counts_at_the_next_tick(store: Store, tmp_path: Path) -> None:
    desk = await settled(store, tmp_path, "  - {address: desk@example.org, schedule: {empty: always}}")
    (person,) = store.read_now(lambda unit: unit.recipients.all())
    assert await desk.jobs.compose_due() == 0
    in_ten_minutes = replace(person, schedule=replace(person.schedule, hour=10, minute=25))
    store.write_now(lambda unit: unit.recipients.sync_configured([in_ten_minutes], at=desk.clock.now))
    assert await desk.jobs.compose_due() == 0
    desk.clock.passes(minutes=10)
    assert await desk.jobs.compose_due() == 1
    assert await desk.jobs.compose_due() == 0


async def test_what_quiet_hours_hold_is_made_at_their_end_however_often_was_looked(
    store: Store, tmp_path: Path
) -> None:
    evening = "{empty: always, hour: '21:30', quiet: {from: '22:00', until: '07:00'}}"
    desk = await settled(store, tmp_path, f"  - {{address: desk@example.org, schedule: {evening}}}")
    made = []
    for hours in (12.1, 15, 20.9, 21, 22):  # after 10:00; nothing ran at half past nine
        desk.clock.now = MORNING + timedelta(hours=hours)
        made.append(await desk.jobs.compose_due())
    assert made == [0, 0, 0, 1, 0]


async def test_a_failure_is_tried_again(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await settled(store, tmp_path, "  - {address: desk@example.org}")
    await found(desk, a_draft("An alarm at the harbour", at=None))
    with monkeypatch.context() as patched:
        patched.setattr("scheduler.telling.message_of", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await desk.jobs.compose_due()
    assert await desk.jobs.compose_due() == 1
