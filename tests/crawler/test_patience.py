"""Turns at hosts, without a network."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from crawler.middlewares import patience
from crawler.middlewares.patience import Patience, pause


def test_a_pause_is_never_shorter_than_asked() -> None:
    assert pause(1.5, 0.0) == 1.5
    assert pause(1.5, 1.0) == 1.5 * 1.3


async def taken(subject: Patience, host: str, turns: list[tuple[float, float]], length: float = 0.02) -> None:
    clock = asyncio.get_running_loop().time
    async with subject.turn(host):
        began = clock()
        await asyncio.sleep(length)
        turns.append((began, clock()))


async def test_one_at_a_time_and_a_pause_between() -> None:
    subject, turns = Patience(0.05, chance=lambda: 0.0), list[tuple[float, float]]()

    await asyncio.gather(*(taken(subject, "one.example", turns) for _ in range(4)))

    assert all(after[0] - before[1] >= 0.049 for before, after in pairwise(turns))


async def test_hosts_do_not_wait_for_each_other() -> None:
    subject, turns = Patience(5.0), list[tuple[float, float]]()

    await asyncio.wait_for(asyncio.gather(*(taken(subject, f"{n}.example", turns) for n in range(50))), 2.0)

    assert len(turns) == 50


async def test_a_turn_that_is_cancelled_passes_on() -> None:
    subject, turns = Patience(0.0), list[tuple[float, float]]()
    stuck = asyncio.ensure_future(taken(subject, "one.example", turns, length=60.0))
    await asyncio.sleep(0.01)
    waiting = asyncio.ensure_future(taken(subject, "one.example", turns))
    stuck.cancel()

    await asyncio.wait_for(waiting, 2.0)
    assert len(turns) == 1


async def test_hosts_long_left_alone_are_forgotten() -> None:
    subject, turns = Patience(0.0), list[tuple[float, float]]()
    for number in range(patience._REMEMBERED + 50):
        await taken(subject, f"{number}.example", turns, length=0.0)

    assert len(subject._hosts) <= patience._REMEMBERED + 1
