from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.digest.alerts import alert_slot
from scheduler.digest.calendar import Slot, SlotKind
from storage import ClosedSlot

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def made(minutes: int, *, kind: str = "instant", stories: int = 1) -> ClosedSlot:
    """An alert of so many minutes ago."""
    at = NOW - minutes * MINUTE
    return ClosedSlot(name=f"{kind}/{at.isoformat()}", at=at, stories=stories, has_mail=True)


def decide(*before: ClosedSlot, waited: timedelta = MINUTE, quiet_until: datetime | None = None) -> Slot | None:
    """The slot of something that has waited so long."""
    return alert_slot(before, now=NOW, since=None, waited_from=NOW - waited, quiet_until=quiet_until, most=5)


@pytest.mark.parametrize("minutes", [(), (1, 2, 3, 4), (59, 50, 40, 1)])
def test_up_to_five_alerts_an_hour_go_out_at_once(minutes: tuple[int, ...]) -> None:
    slot = decide(*(made(one) for one in minutes))
    assert slot is not None
    assert slot.kind is SlotKind.INSTANT


def test_after_five_the_next_waits_and_goes_out_with_others_half_an_hour_after_the_last() -> None:
    assert decide(*(made(one) for one in (40, 39, 38, 37, 29))) is None
    slot = decide(*(made(one) for one in (40, 39, 38, 37, 30)))
    assert slot is not None
    assert slot.kind is SlotKind.ROLLUP


def test_while_much_comes_roll_ups_go_on_every_half_hour_and_a_small_one_ends_them() -> None:
    flood = made(30, kind="rollup", stories=12)
    slot = decide(flood)
    assert slot is not None
    assert slot.kind is SlotKind.ROLLUP
    assert decide(made(29, kind="rollup", stories=12)) is None
    calm = decide(made(10, kind="rollup", stories=2))
    assert calm is not None
    assert calm.kind is SlotKind.INSTANT


def test_what_quiet_hours_held_is_told_together() -> None:
    ended = NOW - 10 * MINUTE
    held = decide(waited=timedelta(hours=3), quiet_until=ended)
    assert held is not None
    assert held.kind is SlotKind.ROLLUP
    later = decide(waited=MINUTE, quiet_until=ended)
    assert later is not None
    assert later.kind is SlotKind.INSTANT
