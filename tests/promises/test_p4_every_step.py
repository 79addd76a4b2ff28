"""P4 at every step: wherever the process dies, nothing is lost behind a 304, and nothing is told twice.

A response is taken in again and again, each time by a process that dies one transaction later, before it or right after
its commit; the site answers the next one with "not modified" to what was left behind.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from crawler.inbox import Response
from news.link import Pending
from news.source import AnySource
from news.visit import Reason, Validators
from scheduler.intake import BATCH, Intake
from storage import Store, open_store
from tests.promises.mortal import Killed, MortalStore
from tests.scheduler.newsroom import NEWSROOM, listed, read, unchanged, unread
from tests.scheduler.office import (
    OFFICE,
    Clock,
    a_draft,
    add_recipient,
    an_intake,
    answered,
    look_for,
    told_titles,
    validators,
)

MARKS = Validators(etag='"one"', last_modified="Sun, 22 Nov 2026 02:00:00 GMT", body_hash="1" * 32, entries="a b c")
"""Of the one list that the site shows."""

ENTRIES = [f"Register {number}" for number in range(2 * BATCH + 3)]
ARTICLES = [f"Register {number}" for number in range(4)]
SLOW = ARTICLES[1]
ROUNDS = 4

Visit = Callable[[Store, Clock], Awaitable[None]]


class Doomed(MortalStore):
    """A store whose process dies at one step."""

    def __init__(self, url: str, *, step: int) -> None:
        super().__init__(url, seed=Random(0))
        self._left = step

    def _perhaps_die(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise Killed


def shown(store: Store, source: AnySource, whole: Response) -> Response:
    """The site's answer to whoever knows what the store knows."""
    known = validators(store, source)
    if known == Validators():
        return replace(whole, validators=MARKS)
    assert known == MARKS
    return unchanged(source, at=whole.visit.started_at)


async def visit_of_a_feed(store: Store, clock: Clock) -> None:
    whole = answered(OFFICE, *(a_draft(title) for title in ENTRIES), at=clock())
    await an_intake(store, clock).accept(shown(store, OFFICE, whole))


async def visit_of_a_listing(store: Store, clock: Clock) -> None:
    """One of its articles is not there in time when it is asked for at first."""
    intake = an_intake(store, clock)
    pending = await intake.accept(shown(store, NEWSROOM, listed(*ARTICLES, at=clock())))
    for one in pending:
        await _article(intake, one)


async def _article(intake: Intake, one: Pending) -> None:
    slow = one.link.said.title == SLOW and one.tries == 0
    await intake.accept_article(unread(one, Reason.TIMEOUT) if slow else read(one))


async def deaths(folder: Path, visit: Visit) -> AsyncIterator[tuple[int, str, Clock]]:
    """The address of a database for every step at which a process died over one visit, and what time it is there."""
    blank = folder / "blank.db"
    with open_store(f"sqlite:///{blank}") as store:
        look_for(store, "register")
        add_recipient(store)
    step, died = 0, True
    while died:
        step += 1
        file, clock = folder / f"{step}.db", Clock()
        shutil.copy(blank, file)
        url = f"sqlite:///{file}"
        with Doomed(url, step=step) as store:
            try:
                await visit(store, clock)
                died = False
            except Killed:
                yield step, url, clock


@pytest.mark.parametrize(
    ("visit", "titles"),
    [(visit_of_a_feed, ENTRIES), (visit_of_a_listing, ARTICLES)],
    ids=["feed", "listing"],
)
async def test_p4_wherever_the_process_dies_every_item_is_stored_and_told_once(
    tmp_path: Path, visit: Visit, titles: list[str]
) -> None:
    steps = 0
    async for step, url, clock in deaths(tmp_path, visit):
        with Store(url) as store:
            for _ in range(ROUNDS):
                clock.passes(hours=1)
                await visit(store, clock)
            stored = Counter(item.title for item in store.read_now(lambda unit: unit.items.newest(999)))
            assert stored == Counter(titles), f"dead at step {step}"
            assert Counter(told_titles(store)) == Counter(titles), f"dead at step {step}"
        steps = step
    assert steps >= 2 * (len(titles) // BATCH + 1)
