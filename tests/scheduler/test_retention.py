"""Housekeeping drops items that are past their time, and no list that shows them again brings news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.retention import drop_old_items
from storage import Store, retention
from tests.scheduler.desk import FIRST_DAY, SUNDAY, Desk, a_desk, first_visits
from tests.scheduler.office import Clock

LATER = SUNDAY + timedelta(days=60)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return a_desk(store, tmp_path, clock=Clock(FIRST_DAY))


def keeping(desk: Desk, days: int | None) -> Desk:
    """The same desk, whose items are kept for so many days."""
    settings = desk.jobs.app.settings
    settings = replace(settings, archive=settings.archive.model_copy(update={"keep_days": days}))
    return replace(desk, jobs=replace(desk.jobs, app=replace(desk.jobs.app, settings=settings)))


def titles(store: Store) -> set[str]:
    return {one.title for one in store.read_now(lambda unit: unit.items.newest(99))}


async def test_unset_everything_is_kept_and_with_days_set_what_nobody_needs_goes(desk: Desk, store: Store) -> None:
    await first_visits(desk)
    desk.wire.brings("The register opens", "Nothing to look for")
    await desk.tick()
    desk.clock.now = LATER
    await desk.jobs.housekeep()
    assert titles(store) == {"The register opens", "Nothing to look for"}
    desk = keeping(desk, 30)
    await desk.jobs.housekeep()
    assert titles(store) == {"The register opens"}, "nobody was told of it yet"
    await desk.tick()
    assert "The register opens" in desk.mailbox.texts()[-1]
    await desk.jobs.housekeep()
    assert titles(store) == set()
    assert desk.digests()[-1].stories == 1, "that it was told stays"


async def test_an_old_list_announces_nothing_a_second_time(desk: Desk, store: Store) -> None:
    desk = keeping(desk, 30)
    await first_visits(desk)
    desk.wire.brings("The alarm rings", "The register opens")
    await desk.tick()
    await desk.tick_at(SUNDAY)
    told = len(desk.mailbox.letters)
    desk.clock.now = LATER
    await desk.jobs.housekeep()
    assert titles(store) == set()
    desk.wire.brings("The alarm rings", "The register opens", "A second alarm")
    await desk.tick()
    await desk.tick_at(LATER + timedelta(days=1))
    news = desk.mailbox.texts()[told:]
    assert titles(store) == {"A second alarm"}
    assert any("A second alarm" in text for text in news)
    assert not any(title in text for text in news for title in ("The alarm rings", "The register opens"))


async def test_what_was_broken_off_goes_on_the_next_day(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "LOOKED_AT_ONCE", 2)
    await first_visits(desk)
    desk.wire.brings(*(f"Nothing number {number}" for number in range(5)))
    await desk.tick()
    whole, steps = Store.write, 0

    async def broken(self: Store, work: object) -> object:
        nonlocal steps
        steps += 1
        if steps == 3:
            raise RuntimeError("killed")
        return await whole(self, work)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "write", broken)
    with pytest.raises(RuntimeError):
        await drop_old_items(store, 30, now=LATER)
    monkeypatch.setattr(Store, "write", whole)
    assert len(titles(store)) == 1
    assert await drop_old_items(store, 30, now=LATER) == 1
    assert titles(store) == set()
