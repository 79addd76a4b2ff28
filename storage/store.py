"""The store: one database, one thread that writes, transactions that happen whole or not at all."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from news.errors import StorageError
from storage.engine import READERS, lock_for_writing, open_engines
from storage.faults import explained
from storage.lock import daemon_lock
from storage.schema import migrate
from storage.unit import Unit

T = TypeVar("T")


def open_store(url: str, *, backup_dir: Path | None = None) -> Store:
    """Open the database at `url` and bring its schema up to date; raises StorageError with what to do."""
    store = Store(url)
    try:
        store.migrate(backup_dir)
    except BaseException:
        store.close()
        raise
    return store


class Store:
    """One database, opened by one process.

    `work` is a function of a Unit: it runs inside one transaction, and may neither be slow nor do anything that cannot
    be undone; what it raises rolls everything back and comes out unchanged. What the database itself complains of comes
    out as StorageError, and nothing of that transaction is stored.
    """

    def __init__(self, url: str) -> None:
        self._engines = open_engines(url)
        self._process = os.getpid()
        # Threads start with the first work they are given.
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage-writer")
        self._readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="storage-reader")
        self._closed = False

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return self._engines.file

    def migrate(self, backup_dir: Path | None) -> None:
        """Create or upgrade the tables; an existing SQLite database that changes is copied to `backup_dir` first."""
        self._check()
        self._writer.submit(migrate, self._engines, backup_dir).result()

    def lock_daemon(self) -> AbstractContextManager[None]:
        """Hold the place of the one daemon of this database; entering raises StorageError where another has it."""
        self._check()
        return daemon_lock(self._engines)

    async def write(self, work: Callable[[Unit], T]) -> T:
        """Do `work` in a writing transaction; returns once it is committed.

        A caller that is cancelled meanwhile leaves the transaction to its end: committed or rolled back, never half.
        """
        self._check()
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write, work)

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Do `work` on one steady picture of the database, beside any writer."""
        self._check()
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def write_now(self, work: Callable[[Unit], T]) -> T:
        """Do `work` in a writing transaction and wait for its commit; for commands, not inside another `work`."""
        self._check()
        return self._writer.submit(self._write, work).result()

    def read_now(self, work: Callable[[Unit], T]) -> T:
        """Do `work` on one steady picture of the database in the calling thread."""
        self._check()
        return self._read(work)

    def close(self) -> None:
        """Let the transactions under way end, then close every connection and thread. Closing twice is fine."""
        if self._closed:
            return
        self._closed = True
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._engines.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, work: Callable[[Unit], T]) -> T:
        with explained(), self._engines.writer.begin() as connection:
            lock_for_writing(connection)
            return work(Unit(connection))

    def _read(self, work: Callable[[Unit], T]) -> T:
        with explained(), self._engines.reader.begin() as connection:
            return work(Unit(connection))

    def _check(self) -> None:
        if self._closed:
            raise StorageError("the database was closed already")
        if os.getpid() != self._process:
            # A forked child shares the sockets and file locks of its parent, and has none of its threads.
            raise StorageError("a forked process must open the database by itself")
