from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from scheduler.background import Background


class Work:
    """Work that waits until it is let go, and counts how often it began and ended."""

    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.go = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        try:
            await self.go.wait()
        finally:
            self.ended += 1


async def broken() -> None:
    raise ValueError("the register is closed")


@pytest.fixture
async def background() -> Background:
    return Background()


async def test_work_of_one_name_runs_once_at_a_time_and_again_afterwards(background: Background) -> None:
    work = Work()
    assert [background.start("send", work) for _ in range(3)] == [True, False, False]
    await asyncio.sleep(0)
    work.go.set()
    assert await background.wait(5)
    assert (work.begun, work.ended) == (1, 1)

    assert background.start("send", work)
    assert await background.wait(5)
    assert (work.begun, work.ended) == (2, 2)


async def test_overlapping_work_runs_beside_earlier_work_of_its_name_and_other_names_beside_it(
    background: Background,
) -> None:
    hung, other = Work(), Work()
    assert all(background.start("read", hung, overlapping=True) for _ in range(3))
    other.go.set()
    assert background.start("compose", other)
    assert not await background.wait(0)
    await asyncio.sleep(0)
    assert (hung.begun, hung.ended) == (3, 0)
    assert (other.begun, other.ended) == (1, 1)
    hung.go.set()
    assert await background.wait(5)
    assert hung.ended == 3


async def test_work_that_fails_is_logged_with_its_name_and_stops_neither_others_nor_its_next_turn(
    background: Background,
) -> None:
    other = Work()
    with capture_logs() as logs:
        background.start("send", broken)
        background.start("read", other)
        await asyncio.sleep(0)
        other.go.set()
        assert await background.wait(5)
        assert background.start("send", broken), "a failure does not hold the name"
        assert await background.wait(5)
    assert other.ended == 1
    assert [(one["event"], one["job"], one["error"], one["kind"]) for one in logs] == [
        ("job failed", "send", "the register is closed", "ValueError")
    ] * 2
    assert all(isinstance(one["exc_info"], ValueError) for one in logs)


async def test_waiting_gives_up_in_time_and_leaves_the_work_running(background: Background) -> None:
    work = Work()
    background.start("read", work)
    assert not await background.wait(0.02)
    assert not await background.wait(-1)
    assert work.ended == 0
    work.go.set()
    assert await background.wait(5)


async def test_waiting_for_nothing_is_done_at_once(background: Background) -> None:
    assert await background.wait(0)


async def test_cancel_ends_everything_waits_for_it_and_calls_nothing_a_failure(background: Background) -> None:
    works = [Work(), Work()]
    with capture_logs() as logs:
        for work in works:
            background.start("read", work, overlapping=True)
        await asyncio.sleep(0)
        await background.cancel()
    assert [(work.begun, work.ended) for work in works] == [(1, 1), (1, 1)]
    assert await background.wait(0), "nothing runs any more"
    assert logs == []


async def test_cancel_waits_for_work_that_carries_its_step_through(background: Background) -> None:
    settled = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.02)
            settled.set()

    background.start("send", stubborn)
    await asyncio.sleep(0)
    await background.cancel()
    assert settled.is_set()
