"""Thirty days among sites that move, throttle, challenge, empty, break off, lie about charset and dates, number anew
and bring back the old: no item is lost, none announced twice, every fault told once and every recovery once.

In full with `make promises`: more desks, more seeds, a tick an hour.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from news.health import Health, NoticeKind
from news.visit import Reason
from tests.promises.bad_site import FAULTS, Act, Desk, Kind, a_press, a_script
from tests.promises.bad_site_world import Month, a_month
from tests.scheduler.office import Clock

pytestmark = pytest.mark.usefixtures("shared_crawling")

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
END = BEGIN + timedelta(days=30)
LAST_NEWS = END - timedelta(days=3)
FULL = os.environ.get("PRESSWATCH_PROMISES") == "full"
SEEDS = (1, 2, 3, 4, 5) if FULL else (1,)
DESKS = tuple((f"{kind}-{number}", kind) for number in range(2 if FULL else 1) for kind in Kind)
TICK = timedelta(hours=1 if FULL else 2)
ADDRESSES = ("desk@example.org", "press@example.org")
SEEN_AS = {
    Act.THROTTLED: {Reason.THROTTLED},
    Act.UNAVAILABLE: {Reason.SERVER_ERROR},
    Act.CHALLENGE: {Reason.CHALLENGE},
    Act.FORBIDDING_CHALLENGE: {Reason.CHALLENGE},
    Act.EMPTIED: {Reason.NO_ENTRIES},
    Act.TRUNCATED: {Reason.TRUNCATED, Reason.NOT_JSON},
    Act.REPLACED: {Reason.NOT_A_FEED, Reason.NOT_JSON, Reason.NO_ENTRIES},
    Act.NOT_FOUND: {Reason.NOT_FOUND},
}
TOLD_CHANGED = ("changed since you read it", "withdrawn", "no longer there")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.timeout(900)
def test_thirty_days_of_bad_sites_lose_nothing_repeat_nothing_and_are_told_once(
    seed: int, tmp_path: Path, loop_thread: asyncio.AbstractEventLoop
) -> None:
    clock, chance = Clock(BEGIN), Random(seed)
    with ExitStack() as open_sites:
        desks = [
            open_sites.enter_context(
                Desk(
                    f"127.3.{seed}.{number}",
                    name,
                    kind,
                    news=a_press(chance, begin=BEGIN, end=LAST_NEWS),
                    script=a_script(chance, begin=BEGIN, end=END),
                    clock=clock,
                )
            )
            for number, (name, kind) in enumerate(DESKS, 1)
        ]
        asyncio.run_coroutine_threadsafe(_the_month(tmp_path, desks, clock), loop_thread).result(900)


async def _the_month(folder: Path, desks: list[Desk], clock: Clock) -> None:
    async with a_month(folder, desks, clock) as month:
        await month.pass_days(30, tick=TICK)
        _every_item_is_stored_once(month, desks)
        for address in ADDRESSES:
            _none_is_announced_twice(month, desks, address)
        for desk in desks:
            _every_fault_is_told_once(month, desk)
            _each_recipient_is_told_once(month, desk)


def _every_item_is_stored_once(month: Month, desks: Iterable[Desk]) -> None:
    stored = Counter((item.source, item.title) for item in month.items())
    assert stored == Counter((desk.name, one.title) for desk in desks for one in desk.news)


def _none_is_announced_twice(month: Month, desks: Iterable[Desk], address: str) -> None:
    """Nor not at all: what came out since the first visit is told, what was there for long before it is not."""
    # Below the coverage stands what is still to be read, by its headline, which is not the announcement.
    texts = [message.text.partition("\nCOVERAGE ")[0] for to, message in month.mailbox.letters if to == address]
    letters = [" ".join(text.replace("*", "").split()) for text in texts]
    told = {one.title: sum(one.title in text for text in letters) for desk in desks for one in desk.news}
    expected = {one.title: int(one.published > BEGIN) for desk in desks for one in desk.news}
    assert {title: times for title, times in told.items() if times != expected[title]} == {}
    assert not [words for words in TOLD_CHANGED for text in letters if words in text.lower()]


def _every_fault_is_told_once(month: Month, desk: Desk) -> None:
    """In the order of the script, each with its own reason, a recovery after each, and nothing else."""
    changes = month.changes(desk.name)
    faults = sorted((spell for spell in desk.script if spell.act in FAULTS), key=lambda spell: spell.begins)
    told = [change for change in changes if change.after is not None and change.after.is_failing]
    assert len(told) == len(faults) == len(FAULTS)
    for spell, change in zip(faults, told, strict=True):
        assert change.after is not None
        assert change.after.reason in SEEN_AS[spell.act]
        assert spell.begins < change.at < spell.ends
    states = [change.after.state for change in changes if change.after is not None]
    assert states[-1] is Health.OK
    assert states.count(Health.OK) == len(FAULTS)
    assert len(changes) == 2 * len(FAULTS)
    assert not [one for one in month.notices() if one.source == desk.name and one.kind is NoticeKind.GAP]


def _each_recipient_is_told_once(month: Month, desk: Desk) -> None:
    """Each digest's lines: a fault is new in one of them, its end is told in one, in between it is still so.

    One that began and ended between two digests of a recipient is told with its end alone.
    """
    told = [change for change in month.changes(desk.name) if change.after is not None]
    lasted = [(fault.at, end.at) for fault, end in pairwise(told) if fault.after is not None and fault.after.is_failing]
    for address in ADDRESSES:
        digests = [message.date for to, message in month.mailbox.letters if to == address]
        met = sum(any(began <= digest < ended for digest in digests) for began, ended in lasted)
        assert met >= len(FAULTS) - 2, "faults last for a day and a half"
        notes = [note for note in month.told(address) if f"The {desk.name} " in note]
        new = [note for note in notes if note.startswith("New: ") and "would be missed" in note]
        again = [note for note in notes if "is read again since" in note]
        assert (len(new), len(again)) == (met, len(FAULTS)), "\n".join(notes)
