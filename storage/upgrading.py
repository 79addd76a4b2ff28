"""Running migrations. Alembic is loaded here alone, by whoever has something to upgrade: most commands have not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.tables import metadata


def upgrade(connection: Connection, folder: str) -> None:
    """Run what is missing of the migrations in `folder`, in the transaction of `connection`."""
    scripts = ScriptDirectory(folder)

    def steps(revision: Any, _context: MigrationContext) -> Iterable[Any]:
        return scripts._upgrade_revs("head", revision)

    with EnvironmentContext(Config(), scripts, fn=steps, destination_rev="head") as environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()
