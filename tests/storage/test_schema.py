"""The schema: migrations build what the tables say, once, after a backup, and never touch what is newer."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from news.errors import Mismatch, StorageError
from storage import migrations, open_store
from storage.engine import open_engines
from storage.tables import metadata
from tests.storage.conftest import on_server
from tests.storage.samples import a_watch, numbered

HEAD = str(ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head())
"""The schema of this program."""


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The database file as anybody sees it."""
    connection = sqlite3.connect(file)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def declared(file: Path) -> dict[str, list[str]]:
    """Every table and index as SQLite keeps its text: its parts, in whatever order they came to be."""
    with opened(file) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    ours = ((name, sql) for name, sql in rows if name not in ("alembic_version", "sqlite_sequence"))
    return {name: sorted(parts(sql)) for name, sql in ours}


def parts(sql: str) -> list[str]:
    """A statement cut at its line ends and at the commas that stand in no inner parenthesis."""
    found, depth = [""], 0
    for sign in sql:
        depth += (sign == "(") - (sign == ")")
        if sign == "\n" or (sign == "," and depth == 1):
            found.append("")
        else:
            found[-1] += sign
    # A column that came by ALTER TABLE has the closing parenthesis on its line.
    cut = (part.strip(" \t") for part in found)
    return [part[:-1] if part.count(")") > part.count("(") else part for part in cut if part.strip(")")]


def test_migrations_build_exactly_the_tables_declared(migrated_file: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/direct.db")
    metadata.create_all(engine)
    engine.dispose()
    assert declared(migrated_file) == declared(tmp_path / "direct.db")


def test_migrations_and_tables_agree_by_alembics_own_judgement(migrated_url: str) -> None:
    engines = open_engines(migrated_url)
    try:
        with engines.reader.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    finally:
        engines.dispose()


def test_migrating_twice_changes_nothing_and_makes_no_backup(database_url: str, tmp_path: Path) -> None:
    for _ in range(2):
        with open_store(database_url, backup_dir=tmp_path / "backup") as store:
            store.migrate(tmp_path / "backup")
            if not store.read_now(lambda unit: unit.watches.all()):
                a_watch(store)
    assert not (tmp_path / "backup").exists()


def pretend(url: str, revision: str) -> None:
    """Mark a database as one of another schema."""
    statement = f"UPDATE alembic_version SET version_num = '{revision}'"
    if url.startswith("sqlite"):
        with opened(Path(url.removeprefix("sqlite:///"))) as connection:
            connection.execute(statement)
    else:
        on_server(statement.replace("alembic_version", f"{url.rpartition('%3D')[2]}.alembic_version"))


def test_a_newer_schema_is_refused_and_left_alone(database_url: str, tmp_path: Path) -> None:
    with open_store(database_url) as store:
        a_watch(store)
    pretend(database_url, "9999")
    with pytest.raises(Mismatch, match=r"newer presswatch \(schema 9999.*upgrade presswatch"):
        open_store(database_url, backup_dir=tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    pretend(database_url, HEAD)
    with open_store(database_url) as store:
        assert len(store.read_now(lambda unit: unit.watches.all())) == 1


def test_an_existing_database_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "presswatch.db"
    for attempt in (1, 2):
        with opened(file) as connection:
            connection.execute(f"CREATE TABLE old_{attempt} (word TEXT)")
            connection.execute(f"INSERT INTO old_{attempt} VALUES ('kept')")
            connection.execute("DROP TABLE IF EXISTS alembic_version")
            for name in [table.name for table in reversed(metadata.sorted_tables)]:
                connection.execute(f"DROP TABLE IF EXISTS {name}")
        with open_store(f"sqlite:///{file}", backup_dir=tmp_path / "backup") as store:
            store.write_now(lambda unit: unit.items.add([numbered(1)]))
    copies = sorted((tmp_path / "backup").iterdir())
    assert [copy.name for copy in copies] == [
        "presswatch-schema-unversioned-1.db",
        "presswatch-schema-unversioned-2.db",
    ]
    for attempt, copy in enumerate(copies, 1):
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with opened(copy) as connection:
            assert connection.execute(f"SELECT word FROM old_{attempt}").fetchall() == [("kept",)]


def test_without_a_backup_nothing_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "presswatch.db"
    with opened(file) as connection:
        connection.execute("CREATE TABLE old (word TEXT)")
    (tmp_path / "backup").write_text("in the way")
    with pytest.raises(StorageError, match="left as it is"):
        open_store(f"sqlite:///{file}", backup_dir=tmp_path / "backup")
    assert set(declared(file)) == {"old"}


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "presswatch.db"
    with opened(file) as connection:
        # Something of the same name in the way, met only after other tables were made.
        connection.execute("CREATE TABLE matches (word TEXT)")
    with pytest.raises(StorageError):
        open_store(f"sqlite:///{file}")
    assert set(declared(file)) == {"matches"}
