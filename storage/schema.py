"""Bring a database to this program's schema by the migrations shipped beside this file; no alembic.ini anywhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from news.errors import Mismatch, StorageError
from storage.engine import Engines, lock_for_writing
from storage.faults import explained

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engines: Engines, backup_dir: Path | None) -> None:
    """Create or upgrade all tables in one transaction.

    An existing SQLite database that is about to change is copied into `backup_dir` first (on PostgreSQL pg_dump is the
    administrator's). Raises StorageError for a schema newer than this program.
    """
    with explained():
        with engines.writer.connect() as connection:
            found = _revision(connection)
            used = found is not None or bool(inspect(connection).get_table_names())
        if found == schemas()[-1]:
            return
        if used and backup_dir is not None and engines.file is not None:
            _back_up(engines.file, backup_dir, found or "unversioned")
        from storage.upgrading import upgrade

        with engines.writer.begin() as connection:
            lock_for_writing(connection)
            # Another process may have done so since we looked, or a newer presswatch more than that.
            _revision(connection)
            upgrade(connection, str(_SCRIPTS))


def schemas() -> list[str]:
    """The schemas that this program knows, ascending; each is the number that its migration begins with."""
    return sorted(file.stem.partition("_")[0] for file in (_SCRIPTS / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> str | None:
    """The schema that the database has; None where it has none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    known = schemas()
    if found is not None and found not in known:
        raise Mismatch(
            f"the database was written by a newer presswatch (schema {found}, this program knows up to "
            f"{known[-1]}): upgrade presswatch, or restore the backup made before the upgrade"
        )
    return found


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
