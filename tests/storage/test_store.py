"""The store: transactions whole or not at all, readers beside the writer, troubles that pass by themselves (P12)."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from news.errors import StorageError
from storage import Store, Unit, open_store
from tests.storage.conftest import on_server
from tests.storage.samples import NOW, a_watch, numbered


def count(store: Store) -> int:
    """How many items are stored."""
    return store.read_now(lambda unit: unit.items.count())


def test_what_the_work_raises_comes_out_unchanged_and_undoes_everything(store: Store) -> None:
    def work(unit: Unit) -> None:
        unit.items.add([numbered(1)])
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        store.write_now(work)
    assert count(store) == 0


async def test_writing_and_reading_from_a_loop(store: Store) -> None:
    saved = await asyncio.gather(*(store.write(lambda unit, n=n: unit.items.add([numbered(n)])) for n in range(20)))  # type: ignore[misc]
    assert len({one[0].item.id for one in saved}) == 20
    counts = await asyncio.gather(*(store.read(lambda unit: unit.items.count()) for _ in range(20)))
    assert counts == [20] * 20


async def test_a_cancelled_caller_leaves_the_transaction_to_its_end(store: Store) -> None:
    started, proceed = threading.Event(), threading.Event()

    def work(unit: Unit) -> None:
        unit.items.add([numbered(1)])
        started.set()
        proceed.wait(10)
        unit.items.add([numbered(2)])

    writing = asyncio.create_task(store.write(work))
    await asyncio.to_thread(started.wait, 10)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    proceed.set()
    assert await store.write(lambda unit: unit.items.count()) == 2


def test_readers_see_a_steady_picture_beside_the_writer(store: Store) -> None:
    store.write_now(lambda unit: unit.items.add([numbered(1)]))

    def read(unit: Unit) -> tuple[int, int]:
        before = unit.items.count()
        store.write_now(lambda other: other.items.add([numbered(2)]))
        return before, unit.items.count()

    assert store.read_now(read) == (1, 1)
    assert count(store) == 2


def test_what_is_not_committed_is_not_seen(store: Store) -> None:
    def work(unit: Unit) -> int:
        unit.items.add([numbered(1)])
        return count(store)

    assert store.write_now(work) == 0


def test_a_reading_transaction_cannot_write(store: Store) -> None:
    with pytest.raises(StorageError):
        store.read_now(lambda unit: unit.items.add([numbered(1)]))
    assert count(store) == 0


def test_closing_ends_the_threads_and_may_be_done_twice(migrated_url: str) -> None:
    store = Store(migrated_url)
    a_watch(store)
    asyncio.run(store.read(lambda unit: unit.items.count()))
    store.close()
    store.close()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("storage")] == []
    with pytest.raises(StorageError, match="closed"):
        count(store)


def test_a_forked_process_is_told_to_open_its_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(StorageError, match="forked"):
        count(store)


def test_file_and_folder_are_for_their_owner_alone(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store:
        a_watch(store)
        assert store.file == tmp_path / "var" / "presswatch.db"
        assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
        files = sorted((tmp_path / "var").iterdir())
        assert [file.name for file in files] == ["presswatch.db", "presswatch.db-shm", "presswatch.db-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_what_was_written_is_there_after_reopening(migrated_url: str) -> None:
    with Store(migrated_url) as store:
        a_watch(store, "Су тасқыны")
    with open_store(migrated_url) as store:
        assert [watch.name for watch in store.read_now(lambda unit: unit.watches.all())] == ["Су тасқыны"]


def test_a_write_waits_for_another_process_that_holds_the_file(migrated_sqlite_url: str) -> None:
    with Store(migrated_sqlite_url) as store, locked(store) as let_go:
        timer = threading.Timer(0.3, let_go)
        timer.start()
        assert a_watch(store).id == 1
        timer.join()


def test_p12_a_file_locked_for_too_long_is_said_and_passes(migrated_sqlite_url: str) -> None:
    with Store(migrated_sqlite_url) as store:
        impatient(store)
        with locked(store), pytest.raises(StorageError, match="another process has been writing for a long time"):
            a_watch(store)
        assert a_watch(store).id == 1


@contextmanager
def locked(store: Store) -> Iterator[Callable[[], None]]:
    """Hold the write lock of the store's file from outside; what is yielded lets go early."""
    assert store.file is not None
    other = sqlite3.connect(store.file, isolation_level=None, check_same_thread=False)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield other.rollback
    finally:
        other.rollback()
        other.close()


def impatient(store: Store) -> None:
    """Let the writer wait a moment instead of half a minute."""
    store.write_now(lambda unit: unit.items._connection.execute(text("PRAGMA busy_timeout=50")))


def test_p12_a_full_disk_loses_that_transaction_alone(migrated_sqlite_url: str) -> None:
    with Store(migrated_sqlite_url) as store:
        store.write_now(lambda unit: unit.items.add([numbered(1)]))
        pages = store.write_now(lambda unit: unit.items._connection.execute(text("PRAGMA page_count")).scalar_one())
        store.write_now(lambda unit: unit.items._connection.execute(text(f"PRAGMA max_page_count={pages + 2}")))
        large = [numbered(number, text="text " * 2000) for number in range(2, 9)]
        with pytest.raises(StorageError, match="free some space"):
            store.write_now(lambda unit: unit.items.add(large))
        assert count(store) == 1
        store.write_now(lambda unit: unit.items._connection.execute(text("PRAGMA max_page_count=1000000")))
        store.write_now(lambda unit: unit.items.add(large))
        assert count(store) == 8


def backend(unit: Unit) -> int:
    """The server process behind a transaction."""
    found: int = unit.items._connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return found


def test_p12_a_server_restarted_in_a_transaction_loses_that_one_alone(migrated_postgresql_url: str) -> None:
    with Store(migrated_postgresql_url) as store:

        def work(unit: Unit) -> None:
            unit.items.add([numbered(1)])
            on_server(f"SELECT pg_terminate_backend({backend(unit)})")
            unit.items.add([numbered(2)])

        with pytest.raises(StorageError, match="try again"):
            store.write_now(work)
        assert count(store) == 0
        store.write_now(lambda unit: unit.items.add([numbered(1), numbered(2)]))
        assert count(store) == 2


def test_p12_a_server_restarted_between_transactions_is_not_noticed(migrated_postgresql_url: str) -> None:
    with Store(migrated_postgresql_url) as store:
        for process in (store.write_now(backend), store.read_now(backend)):
            on_server(f"SELECT pg_terminate_backend({process})")
        assert a_watch(store).id == 1
        assert store.read_now(lambda unit: unit.watches.revision()) == 1


def test_ids_are_never_given_again(store: Store) -> None:
    def remove_last(unit: Unit) -> None:
        unit.items._connection.execute(text("DELETE FROM items"))

    first = store.write_now(lambda unit: unit.items.add([numbered(1)]))[0].item.id
    store.write_now(remove_last)
    assert store.write_now(lambda unit: unit.items.add([numbered(2)]))[0].item.id == first + 1


def test_naive_now_is_refused_by_claiming_too(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        store.write_now(lambda unit: unit.outbox.claim(now=naive, lease=timedelta(minutes=1), limit=1, worker="w"))
