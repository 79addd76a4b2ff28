"""Numbers that grow with every change of something: who kept what it was finds out cheaply whether it still is."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from storage import tables
from storage.sql import insert

WATCHES = "watches"
"""Grows with any change of a watch."""

RECIPIENTS = "recipients"
"""Grows with any change of a recipient."""


def found_by(watch_id: int) -> str:
    """The name of the number that grows when there may be more to tell of what a watch found."""
    return f"found/{watch_id}"


def bump(connection: Connection, names: Iterable[str]) -> None:
    """Make these numbers grow, in the transaction of the change; one that is not there begins at 1."""
    table = tables.revisions
    rows = [{"name": name, "number": 1} for name in sorted(set(names))]
    if rows:
        statement = insert(connection, table)
        grown = {"number": table.c.number + 1}
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=grown), rows)


class Revisions:
    """The numbers, over one transaction. Kept beyond it, only those that a reading one gave are sure to come to be."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, int]:
        """Every number by its name; what never changed has none."""
        table = tables.revisions
        return {row.name: row.number for row in self._connection.execute(select(table.c.name, table.c.number))}

    def get(self, name: str) -> int:
        """One number; 0 for what never changed."""
        table = tables.revisions
        return self._connection.execute(select(table.c.number).where(table.c.name == name)).scalar() or 0
