"""Which spellings seen in texts a new word of a watch concerns: so the memory of spellings is patched, never emptied.

A hundred thousand spellings have some half a million keys. Their hashes lie in one sorted array, the newest in a tail;
adding to the tail costs nothing worth naming, and finding the spellings of a word a few microseconds. The hashes are
Python's own, 64 bits with a secret of the process: that two of a million keys share one is less likely than a fault of
the machine, and nobody outside can bring it about.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

_TAIL = 8_192
_PREFIX_TAIL = 2_048


class KnownKeys:
    """Spellings by the keys they answer."""

    def __init__(self) -> None:
        self._spellings: list[str] = []
        self._hashes: NDArray[np.int64] = np.empty(0, np.int64)
        self._owners: NDArray[np.int32] = np.empty(0, np.int32)
        self._new_hashes, self._new_owners = array("q"), array("i")

    def note(self, spelling: str, keys: Iterable[str]) -> None:
        """Remember that `spelling`, not noted before, answers `keys`."""
        hashes = [hash(key) for key in keys]
        self._new_hashes.extend(hashes)
        self._new_owners.extend([len(self._spellings)] * len(hashes))
        self._spellings.append(spelling)
        if len(self._new_hashes) >= _TAIL:
            self.settle()

    def settle(self) -> None:
        """Sort the tail in: before many questions, each of which would look through it."""
        if self._new_hashes:
            self._merge()

    def answering(self, keys: Iterable[str]) -> Iterator[str]:
        """The spellings that answer one of `keys`; one may come twice."""
        wanted = np.array(sorted(hash(key) for key in keys), np.int64)
        starts = np.searchsorted(self._hashes, wanted, "left").tolist()
        ends = np.searchsorted(self._hashes, wanted, "right").tolist()
        for start, end in zip(starts, ends, strict=True):
            for owner in self._owners[start:end].tolist():
                yield self._spellings[owner]
        if not self._new_hashes:
            return
        tail = np.frombuffer(self._new_hashes, np.int64)
        for at in np.flatnonzero(np.isin(tail, wanted)).tolist():
            yield self._spellings[self._new_owners[at]]

    def _merge(self) -> None:
        hashes = np.array(self._new_hashes, np.int64)
        order = np.argsort(hashes, kind="stable")
        hashes, owners = hashes[order], np.array(self._new_owners, np.int32)[order]
        places = np.searchsorted(self._hashes, hashes)
        self._hashes = np.insert(self._hashes, places, hashes)
        self._owners = np.insert(self._owners, places, owners)
        self._new_hashes, self._new_owners = array("q"), array("i")


class KnownForms:
    """Spellings by the beginning of their form."""

    def __init__(self) -> None:
        self._sorted: list[tuple[str, str]] = []
        self._tail: list[tuple[str, str]] = []

    def note(self, spelling: str, form: str) -> None:
        """Remember a spelling, not noted before."""
        self._tail.append((form, spelling))
        if len(self._tail) >= _PREFIX_TAIL:
            self._sorted += self._tail
            self._sorted.sort()
            self._tail.clear()

    def beginning(self, prefix: str) -> Iterator[str]:
        """The spellings whose form begins with `prefix`."""
        at = bisect_left(self._sorted, (prefix, ""))
        while at < len(self._sorted) and self._sorted[at][0].startswith(prefix):
            yield self._sorted[at][1]
            at += 1
        yield from (spelling for form, spelling in self._tail if form.startswith(prefix))
