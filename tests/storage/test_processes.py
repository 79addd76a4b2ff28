"""Several processes on one database: nothing claimed twice, no watch missed, no half transaction after a kill."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import ExitStack
from pathlib import Path

from news.message import ParcelState
from storage import Store, Unit
from tests.storage.processes import ended, worker
from tests.storage.samples import NOW, a_message, a_watch, numbered
from tests.storage.workers import KILLS


def test_two_processes_send_every_parcel_once(store: Store, migrated_url: str) -> None:
    keys = [f"digest/{number}" for number in range(40)]

    def queue(unit: Unit) -> None:
        for key in keys:
            unit.outbox.queue(a_message(key), "desk@example.org", key=key, channel="folder", at=NOW)

    store.write_now(queue)
    with ExitStack() as stack:
        workers = [stack.enter_context(worker("claim", migrated_url)) for _ in range(2)]
        settled = [line for process in workers for line in ended(process)]
    assert sorted(settled) == sorted([key, True] for key in keys)
    assert store.read_now(lambda unit: unit.outbox.counts())[ParcelState.SENT] == 40


def test_a_watch_counts_for_every_item_committed_after_it_was_added(store: Store, migrated_url: str) -> None:
    known: tuple[int, frozenset[str]] = (0, frozenset())
    matched_by: dict[int, frozenset[str]] = {}

    def take_in(unit: Unit, number: int) -> None:
        nonlocal known
        # As intake does: the revision is compared inside the writing transaction, before anything is matched.
        if unit.watches.revision() != known[0]:
            known = (unit.watches.revision(), frozenset(watch.name for watch in unit.watches.all()))
        matched_by[unit.items.add([numbered(number)])[0].item.id] = known[1]

    with worker("watches", migrated_url) as process:
        number = 0
        while process.poll() is None and number < 20_000:
            number += 1
            store.write_now(lambda unit, number=number: take_in(unit, number))  # type: ignore[misc]
        added = ended(process)
    for _ in range(3):
        number += 1
        store.write_now(lambda unit, number=number: take_in(unit, number))  # type: ignore[misc]
    assert len(added) == 25
    assert len({newest for _, newest in added}) > 1, "the two processes never overlapped"
    for name, newest in added:
        assert all(name in names for item, names in matched_by.items() if item > newest), name


def test_after_a_kill_a_transaction_is_there_whole_or_not_at_all(store: Store, migrated_url: str) -> None:
    a_watch(store)
    with worker("kills", migrated_url) as process:
        rounds = [acknowledged for (acknowledged,) in ended(process)]
    assert len(rounds) == KILLS
    assert all(rounds)
    if store.file is not None:
        assert integrity(store.file) == "ok"

    def look(unit: Unit) -> tuple[set[int], bool]:
        items = unit.items.newest(100_000)
        whole = all(unit.stories.of_item(item.id) and unit.matches.of_item(item.id) for item in items)
        return {item.id for item in items}, whole

    stored, whole = store.read_now(look)
    assert whole
    assert {item for acknowledged in rounds for item in acknowledged} <= stored
    # At most the one transaction of each round that was committed but not acknowledged.
    assert len(stored) <= sum(len(acknowledged) for acknowledged in rounds) + KILLS


def integrity(file: Path) -> str:
    """What SQLite itself says about the file."""
    connection = sqlite3.connect(file)
    try:
        answer: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
        return answer
    finally:
        connection.close()


def test_ten_writers_at_once_never_meet_a_lock(migrated_url: str) -> None:
    troubles: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            with Store(migrated_url) as own:
                for number in range(writer * 100, writer * 100 + 15):
                    own.write_now(lambda unit, number=number: unit.items.add([numbered(number)]))  # type: ignore[misc]
                    own.read_now(lambda unit: unit.items.newest(5))
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    with Store(migrated_url) as own:
        assert own.read_now(lambda unit: unit.items.count()) == 150


def test_processes_that_open_a_new_database_at_once_all_succeed(database_url: str) -> None:
    with ExitStack() as stack:
        workers = [stack.enter_context(worker("open", database_url)) for _ in range(3)]
        assert [ended(process) for process in workers] == [[["opened"]]] * 3
