"""Sifting: what a query may find, looked at in portions and in any order; for samples and for long counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from news.watch.matcher import Matcher
from news.watch.stored import TOKENISER, Sought
from storage.archive_found import Found, found_in
from storage.items import Items
from storage.sql import portions, rows_of


class Sifting:
    """The candidates of one query in the archive, over one transaction.

    docs: the numbers of their rows, the newest first; more than will be found, and replaced versions among them.
    """

    def __init__(self, connection: Connection, matcher: Matcher, sought: Sought, docs: Sequence[int]) -> None:
        self._connection = connection
        self._matcher, self._sought = matcher, sought
        self.docs = docs

    def look_at(self, docs: Sequence[int]) -> Iterator[Found]:
        """Those of some of the candidates that the query finds."""
        place = "%s" if self._connection.dialect.name == "postgresql" else "?"
        for some in portions(docs):
            statement = (
                "SELECT item_id, packed FROM archived JOIN items ON items.id = item_id "
                f"AND items.version = archived.version WHERE tokeniser = {place} "
                f"AND doc IN ({', '.join([place] * len(some))})"
            )
            packed = {id: bytes(words) for id, words in rows_of(self._connection, statement, (TOKENISER, *some))}
            for item in Items(self._connection).load(list(packed)):
                yield from found_in(self._matcher, item, packed[item.id], self._sought)
