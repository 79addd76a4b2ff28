"""Every storage test runs on SQLite and, where a server answers on loopback, on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest

from storage import Store, open_store
from storage.tables import metadata

SERVER = os.environ.get("PRESSWATCH_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")


@cache
def server_trouble() -> str:
    """Why no test can use PostgreSQL; empty where a server answers."""
    try:
        with psycopg.connect(SERVER, connect_timeout=3):
            return ""
    except psycopg.OperationalError as error:
        return f"no PostgreSQL server at {SERVER.rpartition('@')[2]}: {str(error).splitlines()[0]}"


def on_server(statement: str) -> None:
    """Run one statement on the test server."""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def own_schema() -> Iterator[str]:
    """The address of a schema of its own on the test server, dropped at the end."""
    if server_trouble():
        pytest.skip(server_trouble())
    schema = f"presswatch_{uuid.uuid4().hex}"
    on_server(f"CREATE SCHEMA {schema}")
    try:
        yield f"{SERVER}?options=-csearch_path%3D{schema}"
    finally:
        on_server(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """An empty schema on the test server."""
    with own_schema() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite file that does not exist yet, in a folder that does not either."""
    return f"sqlite:///{tmp_path}/var/presswatch.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of either kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with all tables and nothing in them, to be copied: quicker than migrating for each test."""
    file = tmp_path_factory.mktemp("migrated") / "presswatch.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def migrated_schema() -> Iterator[str]:
    """A schema with all tables, emptied for each test that uses it."""
    with own_schema() as url:
        open_store(url).close()
        yield url


@pytest.fixture
def migrated_sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """An SQLite database with all tables."""
    shutil.copy(migrated_file, tmp_path / "presswatch.db")
    return f"sqlite:///{tmp_path}/presswatch.db"


@pytest.fixture
def migrated_postgresql_url(migrated_schema: str) -> str:
    """A PostgreSQL schema with all tables, empty."""
    # Quicker than TRUNCATE, which makes new files for every table.
    statements = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
    statements += [
        f"SELECT setval('{table.name}_id_seq', 1, false)" for table in metadata.sorted_tables if "id" in table.c
    ]
    with psycopg.connect(migrated_schema, autocommit=True) as connection:
        months = connection.execute("SELECT tokeniser, month FROM archive_months").fetchall()
        statements += [f"DROP TABLE archive_{tokeniser}_{month}" for tokeniser, month in months]
        connection.execute("; ".join(statements))
    return migrated_schema


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A database of either kind with all tables and nothing in them."""
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    return url


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    """An open, empty store of either kind."""
    with Store(migrated_url) as opened:
        yield opened
