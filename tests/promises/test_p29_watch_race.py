"""P29: a watch counts for every item committed after `watch add` returned; and adding one never meets "locked"."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.inbox import Response
from news.item import Draft
from news.source import FeedSource
from news.visit import Visit, VisitResult
from scheduler.intake import Intake
from storage import Unit, open_store
from tests.fakemail import FakeMail
from tests.promises.world import (
    PRESSWATCH,
    Daemon,
    Press,
    environment,
    read_sources,
    stored,
    wait_until,
    write_config,
)

ADDED = 100
SECONDS = 30.0 if os.environ.get("PRESSWATCH_PROMISES") == "full" else 0.0
"""So long people go on; each gives one command at least."""

AT_ONCE = 10
SOURCE = FeedSource(id="office", url="https://office.example/rss", publisher="The office", language="en")


def a_response(number: int) -> Response:
    """A response with three items that every watch of the adder finds."""
    drafts = tuple(
        Draft(title=f"Register {number}, part {part}", url=f"https://office.example/{number}/{part}")
        for part in range(3)
    )
    visit = Visit(source=SOURCE.id, started_at=datetime.now(UTC), result=VisitResult.OK, entries=len(drafts))
    return Response(source=SOURCE, visit=visit, drafts=drafts)


async def test_p29_watches_added_by_another_process_100_times_miss_no_item_committed_later(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'press.db'}"
    with open_store(url) as store:
        intake = Intake(store, clock=lambda: datetime.now(UTC), fresh=timedelta(days=1))
        command = [sys.executable, "-m", "tests.promises.adder", url, str(ADDED)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adder:
            try:
                for number in itertools.count():
                    ended = adder.poll() is not None
                    await intake.accept(a_response(number))
                    if ended:
                        break
                    await asyncio.sleep(0.005)
                output, errors = adder.communicate()
            finally:
                adder.kill()
        assert adder.returncode == 0, errors
        added = [tuple(json.loads(line)) for line in output.splitlines()]
        missed = store.read_now(lambda unit: _missed(unit, dict(added)))
        last = store.read_now(lambda unit: unit.items.newest(1))[0].id
    assert len(added) == ADDED
    assert missed == []
    # It was a race: items were committed between most of the watches, and after the last one.
    bounds = [newest for _, newest in added]
    assert len(set(bounds)) > ADDED / 10
    assert last > bounds[-1]


def _missed(unit: Unit, bounds: dict[int, int]) -> list[tuple[int, int]]:
    """The (watch, item) pairs that must be a match and are none; bounds: watch -> last item that need not be."""
    missed = []
    for item in unit.items.newest(1_000_000):
        found = {match.watch for match in unit.matches.of_item(item.id)}
        missed += [(watch, item.id) for watch, bound in bounds.items() if item.id > bound and watch not in found]
    return missed


@dataclass(frozen=True, kw_only=True)
class Told:
    """How one command ended and all that it said."""

    command: tuple[str, ...]
    status: int
    said: str


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Path]:
    """The config of a daemon that has something to write at each of its ticks."""
    feeds = ("alpha", "beta", "gamma")
    over = threading.Event()

    def publish(press: Press) -> None:
        for number in itertools.count():
            for feed in feeds:
                press.publish(feed, f"Office of {feed} opens register {number}")
            if over.wait(0.1):
                return

    with Press() as press, FakeMail() as mail:
        config = write_config(tmp_path, press, smtp=mail.port, feeds=feeds, recipients=("desk@example.org",))
        publisher = threading.Thread(target=publish, args=(press,))
        publisher.start()
        try:
            with Daemon(config) as daemon:
                wait_until(lambda: read_sources(tmp_path) == len(feeds), seconds=60, what="the first visits")
                yield config
                assert daemon.terminate() == 0
                assert "locked" not in daemon.log.read_text()
        finally:
            over.set()
            publisher.join()


@pytest.mark.timeout(300 + 3 * SECONDS)
def test_ten_watch_add_and_ten_watch_list_at_once_beside_a_writing_daemon_never_meet_a_lock(
    busy: Path, tmp_path: Path
) -> None:
    names = itertools.count()
    end = time.monotonic() + SECONDS
    before = _items(tmp_path)

    def again_and_again(adds: bool) -> list[Told]:
        told: list[Told] = []
        while not told or time.monotonic() < end:
            # Broad as they are, they are saved without a question.
            add = ("add", f"Offices {next(names)}", "office", "--yes")
            told.append(_watch(busy, *(add if adds else ("list",))))
        return told

    with ThreadPoolExecutor(2 * AT_ONCE) as people:
        told = [one for some in people.map(again_and_again, [True, False] * AT_ONCE) for one in some]

    assert [one for one in told if one.status != 0 or "locked" in one.said] == []
    counts = Counter(one.command[0] for one in told)
    assert min(counts["add"], counts["list"]) >= AT_ONCE
    added = {one.command[1] for one in told if one.command[0] == "add"}
    nothing: set[str] = set()
    assert added <= stored(tmp_path, lambda unit: {watch.name for watch in unit.watches.all()}, nothing)
    wait_until(lambda: _items(tmp_path) > before, seconds=60, what="the daemon to write all the while")


def _watch(config: Path, *arguments: str) -> Told:
    command = [*PRESSWATCH, "watch", *arguments, "--config", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, env=environment())
    return Told(command=arguments, status=done.returncode, said=done.stdout + done.stderr)


def _items(folder: Path) -> int:
    return stored(folder, lambda unit: unit.items.count(), 0)
