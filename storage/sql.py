"""Common ground of the two databases: INSERT ... ON CONFLICT one row or many, and lists cut to a bearable length."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Dialect, Row, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

PLACES = {"qmark": "?", "pyformat": "%s"}

# Well below the 32,766 parameters SQLite takes in a statement (PostgreSQL: 65,535).
LONGEST_LIST = 2_000

DROPPED_AT_ONCE = 500
"""Rows that one transaction of housekeeping takes out of one table."""

# More rows a statement gain nothing: SQLite sets them all aside before it stores the first.
ROWS_A_STATEMENT = 100


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of `connection`; both spell it alike."""
    return insert_in(connection.dialect.name, table)


def insert_in(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The same for a dialect by its name, for statements that are put together once."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_rows(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    *,
    returning: Sequence[str] = (),
) -> list[Row[*tuple[Any, ...]]]:
    """Insert rows but those that clash with a stored one; gives the columns `returning` of the others, in any order.

    Values pass the types of their columns and then go straight to the driver: handling each parameter by its name in
    between costs more than storing it (`bench.storing`).
    """
    dialect = connection.dialect
    quote = dialect.identifier_preparer.quote
    types = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]
    converted = [(place, convert) for place, convert in enumerate(types) if convert is not None]
    start = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, columns))}) VALUES "
    one = f"({', '.join([PLACES[dialect.paramstyle]] * len(columns))})"
    end = " ON CONFLICT DO NOTHING" + (f" RETURNING {', '.join(map(quote, returning))}" if returning else "")
    given: list[Row[*tuple[Any, ...]]] = []
    coming = iter(rows)
    while some := list(islice(coming, ROWS_A_STATEMENT)):
        values: list[Sequence[Any]] = list(zip(*some, strict=True))
        for place, convert in converted:
            values[place] = list(map(convert, values[place]))
        parameters = tuple(chain.from_iterable(zip(*values, strict=True)))
        result = connection.exec_driver_sql(start + ", ".join([one] * len(some)) + end, parameters)
        if returning:
            given += result.all()
    return given


def rows_of(connection: Connection, statement: str, parameters: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
    """All rows of a statement of the driver's own, as the driver gives them.

    For what is asked for every item: SQLAlchemy's way around a statement costs as much as such a look-up.
    """
    driver = connection.dialect.loaded_dbapi
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
    except driver.Error as error:
        raise DBAPIError.instance(
            statement, tuple(parameters), error, driver.Error, dialect=connection.dialect
        ) from error
    finally:
        cursor.close()


@lru_cache(maxsize=64)
def _converters(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> list[Callable[[Any], Any] | None]:
    """What makes of a driver's values those of the columns' types; None where they are the same."""
    return [table.c[name].type.dialect_impl(dialect).result_processor(dialect, None) for name in columns]


def rows_with(
    connection: Connection, table: Table, columns: Sequence[str], key: str, values: Sequence[Any], *, order: str = ""
) -> Iterator[tuple[Any, ...]]:
    """The `columns` of the rows whose column `key` is one of `values`, at most `LONGEST_LIST` of them.

    order: a column to sort by. What the driver gives passes the types of the columns; values are handed to it as given.
    """
    dialect = connection.dialect
    quote = dialect.identifier_preparer.quote
    places = ", ".join([PLACES[dialect.paramstyle]] * len(values))
    statement = f"SELECT {', '.join(map(quote, columns))} FROM {quote(table.name)} WHERE {quote(key)} IN ({places})"
    rows = rows_of(connection, statement + (f" ORDER BY {quote(order)}" if order else ""), tuple(values))
    types = _converters(dialect, table, tuple(columns))
    if not rows or not any(types):
        return iter(rows)
    given = list(zip(*rows, strict=True))
    return zip(
        *(column if convert is None else map(convert, column) for column, convert in zip(given, types, strict=True)),
        strict=True,
    )


def drop_some(connection: Connection, key: ColumnElement[Any], table: Table, *which: ColumnElement[bool]) -> int:
    """Delete at most DROPPED_AT_ONCE rows of a table, by the column that tells them apart; how many they were.

    A transaction that takes out what a month brought would have everybody else who writes wait for it.
    """
    some = select(key).where(*which).limit(DROPPED_AT_ONCE)
    return connection.execute(delete(table).where(key.in_(some))).rowcount


def portions(values: Sequence[T], size: int = LONGEST_LIST) -> Iterator[Sequence[T]]:
    """Cut a list that goes into `IN (...)` into pieces no statement refuses; nothing for an empty list."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
