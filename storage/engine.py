"""Two engines for one database: one connection that writes, several that read a steady picture.

SQLite: WAL; the driver in autocommit, so that every writing transaction can open with BEGIN IMMEDIATE (one that starts
by reading and upgrades later fails at once instead of waiting); readers begin deferred and may not write.
synchronous=NORMAL: a killed process loses nothing; a power cut may lose the last commits, never half of one. Items,
matches and validators are committed in order, so the next visit brings again what was lost, and a digest whose settling
was lost goes out again under the same Message-ID.

PostgreSQL: the first statement of a writing transaction takes one advisory lock, so that there is one writer there too
and ids grow in the order of their commits; readers see one snapshot.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from news.errors import Mismatch, StorageError
from storage.faults import explained

# Longer than any transaction of ours (at most 50 items), so that a command waits for the daemon instead of failing.
PATIENCE_SECONDS = 30
READERS = 4
# First half of the advisory lock; the second is the schema, so that two installations in one database do not meet.
WRITE_LOCK = 0x70727777
DAEMON_LOCK = 0x70727764

SQLITE_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=NORMAL",
    "temp_store=MEMORY",
    "cache_size=-16000",
    "journal_size_limit=67108864",
    # Pages are read where the system has them: a look-up touches some thirty, and a call for each costs more than it.
    "mmap_size=2147418112",
)


@dataclass(frozen=True, kw_only=True)
class Engines:
    """The writing and the reading engine of one database; `file` is None on PostgreSQL."""

    url: URL
    writer: Engine
    reader: Engine
    file: Path | None

    def dispose(self) -> None:
        """Close every idle connection."""
        self.writer.dispose()
        self.reader.dispose()


def open_engines(address: str) -> Engines:
    """Prepare both engines; creates an SQLite file (0600) and its folder (0700) where they are missing.

    Raises StorageError where the address cannot be used.
    """
    url = _taken_apart(address)
    with explained():
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        if url.get_backend_name() == "postgresql":
            return _postgresql(url)
    raise Mismatch(f"database.url names {url.get_backend_name()}: use sqlite:///... or postgresql+psycopg://...")


def _taken_apart(address: str) -> URL:
    with suppress(ArgumentError, ValueError):
        return make_url(address)
    # Raised out here: the library's complaint may quote the password, and would be shown as this error's context.
    raise Mismatch(
        "database.url is not an address: write sqlite:///... or postgresql+psycopg://user:password@host/database, "
        "with @ as %40 and : as %3A in a user or password"
    )


def lock_for_writing(connection: Connection) -> None:
    """Make the open transaction the only writer (PostgreSQL; on SQLite BEGIN IMMEDIATE already did)."""
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:lock, hashtext(current_schema()))")
        connection.execute(lock, {"lock": WRITE_LOCK})


def _sqlite(url: URL) -> Engines:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise Mismatch("database.url must name a file: sqlite:///var/presswatch.db")
    file = Path(url.database)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made before SQLite does, so that nobody else can read it even for a moment; WAL files inherit its mode.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StorageError(
            f"cannot open the database {file}: {error.strerror}; check the folder and its rights"
        ) from error
    options: dict[str, Any] = {"timeout": PATIENCE_SECONDS, "isolation_level": None, "check_same_thread": False}
    url = url.set(drivername="sqlite+pysqlite")
    writer = create_engine(url, connect_args=options, pool_size=1, max_overflow=0)
    reader = create_engine(url, connect_args=options, pool_size=READERS, max_overflow=20)
    event.listen(writer, "connect", _prepare_writer)
    event.listen(reader, "connect", _prepare_reader)
    event.listen(writer, "begin", _begin_immediate)
    event.listen(reader, "begin", _begin_deferred)
    return Engines(url=url, writer=writer, reader=reader, file=file)


def _prepare_writer(connection: Any, _record: object) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    # Kept in the file. The switch does not wait as other statements do, so processes opening a new file at once retry.
    deadline = time.monotonic() + PATIENCE_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        except connection.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _prepare_reader(connection: Any, _record: object) -> None:
    # What readers look at is mapped; only what is still in the log takes memory of their own, and there are several.
    for pragma in (*SQLITE_PRAGMAS, "cache_size=-4000", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _postgresql(url: URL) -> Engines:
    given = url.query.get("options", "")
    ours = f"-c timezone=UTC -c lock_timeout={PATIENCE_SECONDS}s"
    url = url.set(drivername="postgresql+psycopg").update_query_dict({"options": f"{given} {ours}".strip()})
    # A pinged connection survives a restarted server: the dead one is thrown away before the transaction begins.
    common: dict[str, Any] = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}
    writer = create_engine(url, pool_size=1, max_overflow=0, **common)
    reader = create_engine(
        url,
        pool_size=READERS,
        max_overflow=20,
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        **common,
    )
    return Engines(url=url, writer=writer, reader=reader, file=None)
