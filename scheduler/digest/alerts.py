"""When an alert goes out: at once, together with others where there are many, never in between. Pure decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from scheduler.digest.calendar import Slot, SlotKind, instant_slot, rollup_slot
from storage import ClosedSlot

WINDOW = timedelta(hours=1)
ROLLUP_PAUSE = timedelta(minutes=30)
"""At least so long after the last alert such a mail goes out."""


def alert_slot(
    made: Sequence[ClosedSlot],
    *,
    now: datetime,
    since: datetime | None,
    waited_from: datetime,
    quiet_until: datetime | None,
    most: int,
) -> Slot | None:
    """Return the slot in which what is untold goes out now; None while it waits for the next roll-up.

    made: the alerts made within WINDOW; a roll-up counts as many as it told. since: when alerts were told last.
    waited_from: since when the first of it is there; quiet_until: when quiet hours ended last.
    most: alerts within WINDOW after which the next ones are told together; 0 for no limit.
    """
    if 0 < most <= sum(_weight(one) for one in made):
        return rollup_slot(now, since=since) if now - max(one.at for one in made) >= ROLLUP_PAUSE else None
    if quiet_until is not None and waited_from < quiet_until:
        return rollup_slot(now, since=since)
    return instant_slot(now, since=since)


def _weight(made: ClosedSlot) -> int:
    return max(1, made.stories) if made.name.startswith(SlotKind.ROLLUP) else 1
