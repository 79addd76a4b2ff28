"""P14: a source answering 503 for two days recovers by itself; one "down" and one "recovered" notice in all.

Also where no digest and no watch wishes for a visit: its pauses grow, to a day at most, and end by themselves.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from news.health import Health
from news.item import Draft
from news.visit import Reason
from tests.promises.days import NOBODY, days
from tests.scheduler.office import a_draft

BEGIN = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
BREAKS, MENDED = BEGIN + timedelta(hours=5, minutes=10), BEGIN + timedelta(days=2, hours=5, minutes=10)
ENDS = BEGIN + timedelta(days=3, hours=5)
TICK = timedelta(minutes=30)


def answer(source: str, now: datetime) -> Reason:
    return Reason.SERVER_ERROR if source == "office" and BREAKS <= now < MENDED else Reason.NONE


def lists(source: str, now: datetime) -> tuple[Draft, ...]:
    """The office opens a register a day; its list holds the newest three, and reaches back over the two days."""
    day = (now - BEGIN).days
    return tuple(a_draft(f"Register of {source} {number}", at=None) for number in range(max(day - 2, 0), day + 1))


async def test_p14_two_days_of_503_are_one_down_and_one_recovered_for_each_recipient(tmp_path: Path) -> None:
    with days(tmp_path, "office", "agency", "union", begin=BEGIN) as world:
        world.answer, world.lists = answer, lists
        await world.pass_(MENDED - BEGIN, tick=TICK)
        assert (world.condition("office").state, world.condition("office").status) == (Health.DOWN, 503)
        assert world.condition("agency").state is Health.OK
        await world.pass_(ENDS - MENDED, tick=TICK)
        assert world.condition("office").state is Health.OK

        states = [(one.source, one.after.state) for one in world.notices() if one.after is not None]
        assert states == [("office", Health.DOWN), ("office", Health.OK)]
        for address in ("desk@example.org", "press@example.org"):
            told = world.told(address)
            assert sum(note.startswith("New: The office") and "(503)" in note for note in told) == 1
            again = [note for note in told if "is read again since" in note]
            assert len(again) == 1
            assert "it was down since Wed 11:" in again[0]
            assert sum(note.startswith("The office") and "(503)" in note for note in told) >= 1, "still so, not new"

        titles = {item.title for item in world.store.read_now(lambda unit: unit.items.newest(99))}
        assert {f"Register of office {day}" for day in range(4)} <= titles
        asked = [at for at, source in world.visited if source == "office"]
        assert max(later - earlier for earlier, later in pairwise(asked)) <= timedelta(days=1)


LONGEST = timedelta(days=1)
COARSE = timedelta(hours=6)
"""Between two ticks once the pauses are long: a visit may be so much later than it was planned."""

FAULTS = {
    "office": Reason.SERVER_ERROR,
    "weekly": Reason.SERVER_ERROR,
    "agency": Reason.NOT_FOUND,
    "ministry": Reason.FORBIDDEN,
    "union": Reason.GONE,
}


async def test_p14_pauses_that_nobody_shortens_grow_to_a_day_at_most_and_end_by_themselves(tmp_path: Path) -> None:
    with days(tmp_path, *FAULTS, begin=BEGIN, recipients=NOBODY, weekly="7 d") as world:
        await world.pass_(TICK, tick=TICK)
        world.answer = lambda source, _now: FAULTS[source]
        await world.pass_(timedelta(days=6), tick=TICK)
        await world.pass_(timedelta(days=6), tick=COARSE)
        mended = world.clock.now
        for name, reason in FAULTS.items():
            assert world.condition(name).reason is reason
            visits = [at for at, source in world.visited if source == name][1:]
            pauses = [later - earlier for earlier, later in pairwise(visits)]
            assert LONGEST <= max(pauses) < LONGEST + COARSE, "longer would be giving up, shorter would be pestering"
            assert max(pauses[:-1]) >= LONGEST
            growing = pauses[: pauses.index(max(pauses))]
            assert growing == sorted(growing)

        world.answer = lambda _source, _now: Reason.NONE
        await world.pass_(LONGEST + COARSE, tick=COARSE)
        assert {source for at, source in world.visited if at > mended} == set(FAULTS)
        assert {world.condition(name).state for name in FAULTS} == {Health.OK}
