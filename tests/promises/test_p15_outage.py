"""P15: a network outage of the whole machine marks no source broken and causes no storm afterwards.

Nor while the only one that is asked so often fails, and nobody can say yet whether it is the source or the machine.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.health import HERE, Health
from news.visit import Reason
from tests.promises.days import NOBODY, days

BEGIN = datetime(2026, 3, 11, 0, 0, tzinfo=UTC)
LOST, BACK = BEGIN + timedelta(hours=1), BEGIN + timedelta(hours=4)
NAMES = [f"office-{letter}" for letter in "abcdefghij"]
KINDS = (Reason.DNS, Reason.TIMEOUT, Reason.CONNECTION)


def answer(source: str, now: datetime) -> Reason:
    return KINDS[NAMES.index(source) % len(KINDS)] if LOST <= now < BACK else Reason.NONE


async def test_p15_an_outage_of_the_machine_marks_nobody_and_no_storm_follows(tmp_path: Path) -> None:
    with days(tmp_path, *NAMES, begin=BEGIN) as world:
        world.answer = answer
        await world.pass_(BACK - BEGIN, tick=timedelta(minutes=5))
        assert world.condition(HERE).state is Health.DOWN
        assert {world.condition(name).state for name in NAMES} == {Health.OK}
        await world.pass_(timedelta(hours=2), tick=timedelta(minutes=5))

        assert {world.condition(name).state for name in [*NAMES, HERE]} == {Health.OK}
        assert [(one.source, one.after and one.after.state) for one in world.notices()] == [
            (HERE, Health.DOWN),
            (HERE, Health.OK),
        ]
        first = {name: min(at for at, one in world.visited if one == name and at >= BACK) for name in NAMES}
        assert max(first.values()) - BACK <= timedelta(minutes=25), "nobody was put off for what he has not done"
        at_once = Counter(at for at, _ in world.visited if BACK <= at < BACK + timedelta(hours=1))
        assert max(at_once.values()) <= len(NAMES) / 2, "all at once"
        assert all(sum(one == name and at >= BACK and at < BACK + timedelta(hours=2) for at, one in world.visited) <= 6
                   for name in NAMES)  # fmt: skip

        desk, press = world.told("desk@example.org"), world.told("press@example.org")
        assert sum(note.startswith("New: Since Wed") and "No site is blamed" in note for note in desk) == 1
        (after,) = [note for note in press if "No site was blamed" in note]
        assert after.startswith("From Wed 06:")


RARE = ["union", "agency", "ministry"]
EVERY = 6
"""Hours between two visits to each of them."""


@pytest.mark.parametrize("hours", [EVERY - 2, EVERY + 3])
async def test_p15_what_fails_before_anybody_else_was_asked_is_not_blamed(tmp_path: Path, hours: int) -> None:
    """A short outage is over before the others are visited; a longer one is seen to be one when they fail too."""
    back = LOST + timedelta(hours=hours)
    with days(tmp_path, "office", *RARE, begin=BEGIN, recipients=NOBODY, every=f"{EVERY} h", office="10 min") as world:
        world.answer = lambda _source, now: Reason.TIMEOUT if LOST <= now < back else Reason.NONE
        while world.clock.now < back:
            await world.pass_(timedelta(minutes=5), tick=timedelta(minutes=5))
            assert world.condition("office").state is Health.OK, "its host alone was asked"
        failed = [at for at, name in world.visited if name == "office" and LOST <= at < back]
        assert len(failed) >= 5
        assert failed[-1] - failed[0] > timedelta(hours=2), "longer than the patience with a source that is alone"
        others = [name for at, name in world.visited if name != "office" and at >= LOST]
        assert set(others) == (set(RARE) if hours > EVERY else set())
        await world.pass_(timedelta(hours=12), tick=timedelta(minutes=5))

        assert {world.condition(name).state for name in ("office", *RARE)} == {Health.OK}
        told = [one for one in world.notices() if one.after is not None]
        assert not [one for one in told if one.source != HERE and one.after is not None and one.after.is_failing]
        seen = [one.after.state for one in told if one.source == HERE and one.after is not None]
        assert seen == ([] if hours < EVERY else [Health.DOWN, Health.OK])
