"""How often words stand in texts, counted from items: what a matcher looks a watch up by is chosen by it.

A wrong table costs time, never a hit, so counts are rounded down and forgotten freely: memory is bounded whatever the
texts hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate

from news.text.words import word_forms
from news.watch.indexed import IndexedItem

MOST_WORDS = 100_000
_AFTER_ANY = "\U0010ffff"


class WordCounts:
    """In how many items each word (lower case, ё as е) stands; beyond `most` words the rarest are forgotten."""

    def __init__(self, most: int = MOST_WORDS) -> None:
        self._most = most
        self._counts: Counter[str] = Counter()
        self._items = 0

    def add(self, indexed: IndexedItem) -> None:
        """Count the words of one more item: those of the fields that watches search by default."""
        self._counts.update({word_forms(raw).form for raw in indexed.spellings})
        self._items += 1
        if len(self._counts) > self._most:
            self._forget()

    def per_thousand(self) -> Mapping[str, float]:
        """Word -> the number of items with it in a thousand; empty before the first item."""
        scale = 1_000 / max(1, self._items)
        return {word: count * scale for word, count in self._counts.items()}

    def _forget(self) -> None:
        """Keep the more frequent half."""
        kept = self._counts.most_common(self._most // 2)
        self._counts = Counter(dict(kept))


class Frequencies:
    """A table of words as a vocabulary asks it: for a word, for its forms, for everything that begins alike."""

    def __init__(self, table: Mapping[str, float]) -> None:
        self._table = table

    def of(self, forms: Iterable[str]) -> float:
        """How often any of some forms stands, at most: an item with two of them is counted twice."""
        return float(sum(self._table.get(form, 0) for form in forms))

    def beginning(self, prefix: str) -> float:
        """How often words stand that begin with `prefix`, at most."""
        words, sums = self._sorted
        return sums[bisect_left(words, prefix + _AFTER_ANY)] - sums[bisect_left(words, prefix)]

    @cached_property
    def _sorted(self) -> tuple[list[str], list[float]]:
        """The words in order, and what those before each of them add up to."""
        words = sorted(self._table)
        return words, [0.0, *accumulate(self._table[word] for word in words)]
