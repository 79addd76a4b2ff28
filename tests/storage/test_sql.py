"""Rows in whole batches: those that clash are left out, the others told, however many statements it takes."""

from __future__ import annotations

from storage import Store, tables
from storage.sql import ROWS_A_STATEMENT, insert_rows
from storage.unit import Unit


def test_rows_that_clash_are_left_out_and_the_others_are_told(store: Store) -> None:
    names = [f"counter {number}" for number in range(2 * ROWS_A_STATEMENT + 1)]

    def work(unit: Unit) -> list[set[str]]:
        connection = unit.items._connection
        told = []
        for some in (names[::2], names, []):
            rows = ((name, 1) for name in some)
            given = insert_rows(connection, tables.revisions, ("name", "number"), rows, returning=["name"])
            told.append({name for (name,) in given})
        return told

    assert store.write_now(work) == [set(names[::2]), set(names[1::2]), set()]


def test_values_pass_the_types_of_their_columns(store: Store) -> None:
    def work(unit: Unit) -> list[str]:
        connection = unit.items._connection
        insert_rows(connection, tables.revisions, ("name", "number"), [("a\x00b", 1)])
        return list(connection.execute(tables.revisions.select().with_only_columns(tables.revisions.c.name)).scalars())

    assert "ab" in store.write_now(work)
