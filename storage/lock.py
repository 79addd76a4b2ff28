"""The lock that lets one daemon serve a database; advisory: claims and unique keys keep the promises without it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from news.errors import Occupied, StorageError
from storage.engine import DAEMON_LOCK, Engines
from storage.faults import explained


@contextmanager
def daemon_lock(engines: Engines) -> Iterator[None]:
    """Hold the daemon's place; raises StorageError at once where another has it. A killed process frees it."""
    with _file_lock(engines.file) if engines.file else _server_lock(engines):
        yield


@contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    path = database.with_name(database.name + ".daemon")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"cannot open {path}: {error.strerror}; check the folder and its rights") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise Occupied(
                f"another daemon (process {holder}) serves {database}: stop it first", holder=holder
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        # The file stays: removing it would let a third process lock a file that a second one no longer sees.
        yield
    finally:
        os.close(handle)


@contextmanager
def _server_lock(engines: Engines) -> Iterator[None]:
    # A session's lock needs a connection of its own for as long as the daemon lives.
    engine = create_engine(engines.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with explained():
        connection = engine.connect()
    with connection:
        with explained():
            query = text("SELECT pg_try_advisory_lock(:lock, hashtext(current_schema()))")
            taken = connection.execute(query, {"lock": DAEMON_LOCK}).scalar_one()
        if not taken:
            raise Occupied("another daemon serves this database: stop it first")
        yield
