"""The archive's index: a table for each month, of the words of every version, asked for items that hold some of them.

SQLite: FTS5 without the texts themselves, which is only ever added to (deleting from such a table with other words than
were indexed breaks it silently, and 3.40 knows no other way). PostgreSQL: a tsvector with GIN. What a month's table
gives may be of a version that is replaced, or gone; whoever asks looks at the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete

from news.watch.indexed import IndexedItem
from news.watch.stored import TOKENISER
from news.watch.tokens import tokens_of
from storage import tables
from storage.archive_docs import month_of
from storage.archive_terms import COLUMN_OF, EVERY_QUERY
from storage.sql import insert_rows, rows_of

_COLUMNS = ("title", "body", "tag")
# Between fields in one column: no phrase runs across.
_BORDER = " = "
# A tsvector holds a megabyte.
_LARGEST_VECTOR = 700_000
# A late item adds a piece to a month long over: the whole month is not written anew for each.
_MANY_PIECES = 4
_PAGES_A_STEP = 200


class Months:
    """The tables of the months, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postgresql = connection.dialect.name == "postgresql"
        # The months that this transaction saw.
        self._there: set[int] = set()

    def all(self, tokeniser: int) -> list[int]:
        """The months there are, as 202611, ascending."""
        # The driver's own way, here as below: it is asked of every query.
        place = "%s" if self._postgresql else "?"
        statement = f"SELECT month FROM archive_months WHERE tokeniser = {place} ORDER BY month"
        return [month for (month,) in rows_of(self._connection, statement, (tokeniser,))]

    def add(self, indexed: Mapping[int, IndexedItem]) -> None:
        """Index the words of versions, each under its number; the numbers ascending."""
        for month, docs in groupby(indexed, key=month_of):
            name = self._made(month)
            rows: list[tuple[Any, ...]]
            if self._postgresql:
                statement = f"INSERT INTO {name} (doc, tokens) VALUES (%s, array_to_tsvector(%s::text[]))"
                statement += " ON CONFLICT (doc) DO UPDATE SET tokens = excluded.tokens"
                rows = [(doc, _vector(indexed[doc])) for doc in docs]
            else:
                statement = f"INSERT INTO {name} (rowid, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?)"
                rows = [(doc, *_columns(indexed[doc])) for doc in docs]
            self._connection.exec_driver_sql(statement, rows)

    def docs(
        self, months: Sequence[int], terms: str, low: int, high: int, *, newest_first: bool = True, most: int = -1
    ) -> list[int]:
        """The numbers from `low` to below `high` of some months' rows that hold the terms; `most` where >= 0.

        months: in the order in which they are asked for; as soon as `most` are found the others are not looked at.
        """
        if not months:
            return []
        statement = _asking(tuple([_name(TOKENISER, month) for month in months]), newest_first, self._postgresql)
        if self._postgresql:
            limit = most if most >= 0 else None
            parameters: tuple[Any, ...] = (*(terms, low, high, limit) * len(months), limit)
        else:
            parameters = (terms, low, high, most)
        return [doc for (doc,) in rows_of(self._connection, statement, parameters)]

    def count(self, month: int, terms: str, low: int, high: int) -> int:
        """How many of a month's rows hold the terms, replaced versions included."""
        name = _name(TOKENISER, month)
        condition = "tokens @@ %s::tsquery AND doc >= %s AND doc < %s"
        if not self._postgresql:
            condition = f"{name} MATCH ? AND rowid >= ? AND rowid < ?"
        statement = f"SELECT count(*) FROM {name} WHERE {condition}"
        return int(rows_of(self._connection, statement, (terms, low, high))[0][0])

    def in_pieces(self) -> list[int]:
        """The months, but for the newest, whose index lies in many pieces, each of which every query has to look at.

        Those of SQLite, which writes a piece with nearly every transaction; PostgreSQL's autovacuum does the like.
        """
        if self._postgresql:
            return []
        pieces = "SELECT count(DISTINCT segid) FROM {}_idx"
        return [
            month
            for month in self.all(TOKENISER)[:-1]
            if rows_of(self._connection, pieces.format(_name(TOKENISER, month)), ())[0][0] >= _MANY_PIECES
        ]

    def merge(self, month: int) -> None:
        """Bring the pieces of a month's index together by a step of some milliseconds; again until it is in one."""
        name = _name(TOKENISER, month)
        # Below zero: all pieces into one, whatever their sizes (sqlite.org/fts5.html, "The 'merge' Command").
        self._connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)", (-_PAGES_A_STEP,))

    def remove(self, docs: Iterable[int]) -> None:
        """Take rows out, as far as the database can: on SQLite they stay with their month, and lead nowhere."""
        if not self._postgresql:
            return
        there = set(self.all(TOKENISER))
        for month, some in groupby(sorted(docs), month_of):
            if month in there:
                self._connection.exec_driver_sql(
                    f"DELETE FROM {_name(TOKENISER, month)} WHERE doc = ANY(%s)", (list(some),)
                )

    def drop(self, tokeniser: int, month: int) -> None:
        """Drop a month whole."""
        self._connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_name(tokeniser, month)}")
        table = tables.archive_months
        self._connection.execute(delete(table).where(table.c.tokeniser == tokeniser, table.c.month == month))

    def _made(self, month: int) -> str:
        """The name of the month's table, which is made where it is not there yet."""
        name = _name(TOKENISER, month)
        table = tables.archive_months
        if month not in self._there:
            self._there = set(self.all(TOKENISER))
        if month not in self._there:
            for statement in _made_by(name, postgresql=self._postgresql):
                self._connection.exec_driver_sql(statement)
            insert_rows(self._connection, table, ("tokeniser", "month"), [(TOKENISER, month)])
        return name


def _columns(indexed: IndexedItem) -> Iterator[str]:
    """The text of each of `_COLUMNS`."""
    columns: dict[str, list[str]] = {column: [] for column in _COLUMNS}
    for field in indexed.fields:
        if field.name != "lead" or field.by_default:
            columns[COLUMN_OF[field.name]].append(" ".join(tokens_of(field.words.raw)))
    return (_BORDER.join(columns[column]) for column in _COLUMNS)


def _vector(indexed: IndexedItem) -> list[str]:
    """The tokens of all fields, or the one that every query is told where they are too long."""
    tokens = list({token for field in indexed.fields for token in tokens_of(field.spellings)})
    return [EVERY_QUERY] if sum(len(token.encode()) for token in tokens) > _LARGEST_VECTOR else tokens


def _name(tokeniser: int, month: int) -> str:
    return f"archive_{tokeniser}_{month}"


@lru_cache(maxsize=256)
def _asking(names: tuple[str, ...], newest_first: bool, postgresql: bool) -> str:
    """The statement that asks the tables of some months: one for all of them, for a rare word is asked of every month.

    Both databases work out the parts one after the other, and none that is not needed for the limit at the end.
    """
    order = "DESC" if newest_first else "ASC"
    if postgresql:
        part = "SELECT doc FROM {0} WHERE tokens @@ %s::tsquery AND doc >= %s AND doc < %s ORDER BY doc {1} LIMIT %s"
        limit = "%s"
    else:
        part = "SELECT rowid FROM {0} WHERE {0} MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid {1} LIMIT ?4"
        limit = "?4"
    parts = (f"SELECT * FROM ({part.format(name, order)}) AS of_{name}" for name in names)
    return f"{' UNION ALL '.join(parts)} LIMIT {limit}"


def _made_by(name: str, *, postgresql: bool) -> Iterator[str]:
    if postgresql:
        yield f"CREATE TABLE IF NOT EXISTS {name} (doc bigint PRIMARY KEY, tokens tsvector NOT NULL)"
        yield f"CREATE INDEX IF NOT EXISTS ix_{name} ON {name} USING gin (tokens)"
        return
    # Words come apart at spaces alone: tokens are made of letters, digits, apostrophes and the sign of abbreviations.
    tokenize = "\"ascii tokenchars '''='\""
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5"
        f"({', '.join(_COLUMNS)}, content='', columnsize=0, tokenize={tokenize})"
    )
