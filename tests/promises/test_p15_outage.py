"""P15: a network outage of the whole machine marks no source broken and causes no storm afterwards."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from news.health import HERE, Health
from news.visit import Reason
from tests.promises.days import days

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
