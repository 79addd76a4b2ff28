"""Which watches are worth a look at an item: the small engine for the newest, columns for the many."""

from __future__ import annotations

from collections.abc import Set

from news.watch.clauses import Clauses
from news.watch.columns import Columns
from news.watch.postings import Postings

COLUMNS_FROM = 20_000
"""From how many watches on columns are quicker than dictionaries (PERFORMANCE.md section 1)."""

_NEWEST = 4_000


class Sieve:
    """The clauses of numbered watches; the numbers ascend as watches come."""

    def __init__(self, columns_from: int = COLUMNS_FROM) -> None:
        self._columns_from = columns_from
        self._newest = Postings()
        self._columns = Columns()

    def file(self, number: int, clauses: Clauses) -> None:
        """Add a watch; its number is higher than any before."""
        self._newest.file(number, clauses)
        if len(self._newest) > max(2 * _NEWEST, 0 if len(self._columns) else self._columns_from):
            # Many at once, with no item between: in columns they need a tenth of the memory.
            self._settle()

    def remove(self, number: int) -> None:
        """Take out a watch that was filed."""
        if number in self._newest:
            self._newest.remove(number)
        else:
            self._columns.remove(number)

    def candidates(self, features: Set[int]) -> list[int]:
        """The watches whose clauses an item with these features meets, in the order of filing."""
        if len(self._newest) > (min(_NEWEST, self._columns_from) if len(self._columns) else self._columns_from):
            self._settle()
        found = self._columns.candidates(features) if len(self._columns) else []
        return found + sorted(self._newest.candidates(features))

    def _settle(self) -> None:
        self._columns.extend(self._newest.items())
        self._newest = Postings()
