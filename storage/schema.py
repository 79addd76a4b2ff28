"""Bring a database to this program's schema by the migrations shipped beside this file; no alembic.ini anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from news.errors import Mismatch, StorageError
from storage.engine import Engines, lock_for_writing
from storage.faults import explained
from storage.tables import metadata

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engines: Engines, backup_dir: Path | None) -> None:
    """Create or upgrade all tables in one transaction.

    An existing SQLite database that is about to change is copied into `backup_dir` first (on PostgreSQL pg_dump is the
    administrator's). Raises StorageError for a schema newer than this program.
    """
    scripts = ScriptDirectory(str(_SCRIPTS))
    with explained():
        with engines.writer.connect() as connection:
            found = _revision(connection, scripts)
            used = found is not None or bool(inspect(connection).get_table_names())
        if found == scripts.get_current_head():
            return
        if used and backup_dir is not None and engines.file is not None:
            _back_up(engines.file, backup_dir, found or "unversioned")
        with engines.writer.begin() as connection:
            lock_for_writing(connection)
            _upgrade(connection, scripts)


def _revision(connection: Connection, scripts: ScriptDirectory) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None:
        try:
            scripts.get_revision(found)
        except CommandError as error:
            raise Mismatch(
                f"the database was written by a newer presswatch (schema {found}, this program knows up to "
                f"{scripts.get_current_head()}): upgrade presswatch, or restore the backup made before the upgrade"
            ) from error
    return found


def _upgrade(connection: Connection, scripts: ScriptDirectory) -> None:
    """Run what is missing; another process may have done so since we looked, so the revision is read again here."""

    def steps(revision: Any, _context: MigrationContext) -> Iterable[Any]:
        return scripts._upgrade_revs("head", revision)

    _revision(connection, scripts)
    with EnvironmentContext(Config(), scripts, fn=steps, destination_rev="head") as environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()


def _back_up(file: Path, folder: Path, revision: str) -> None:
    """Copy the database while it may be in use, named by its schema; an earlier copy is never replaced."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1
        while (target := folder / f"{file.stem}-schema-{revision}-{number}.db").exists():
            number += 1
        target.touch(mode=0o600)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"no backup could be made in {folder} ({error}), so the database was left as it is"
        ) from error
