"""Many watches in columns of numbers: what the anchors name is sieved all at once by counting the clauses met.

Above some twenty thousand watches an item names a thousand candidates, too many for a look at each. Columns only grow;
a watch that is removed leaves some forty bytes behind and is passed over.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray

from news.watch.clauses import Clauses

_Numbers = NDArray[np.int32]


class Columns:
    """Numbers of watches by their anchors, with their guards and what must be absent in flat arrays."""

    def __init__(self) -> None:
        self._numbers: _Numbers = np.empty(0, np.int32)
        self._live: NDArray[np.bool_] = np.empty(0, np.bool_)
        # Feature -> the rows anchored on it; row -> its guards; guard -> its features; row -> its absent features: each
        # where the next one begins.
        self._anchor_ends: _Numbers = np.zeros(1, np.int32)
        self._anchored: _Numbers = np.empty(0, np.int32)
        self._guards: _Numbers = np.zeros(1, np.int32)
        self._guard_ends: _Numbers = np.zeros(1, np.int32)
        self._guard_features: _Numbers = np.empty(0, np.int32)
        self._absent_ends: _Numbers = np.zeros(1, np.int32)
        self._absent_features: _Numbers = np.empty(0, np.int32)
        self._highest = -1
        self._removed = 0
        self._present: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._named: NDArray[np.bool_] = np.zeros(0, np.bool_)

    def __len__(self) -> int:
        return len(self._numbers) - self._removed

    def extend(self, watches: Iterable[tuple[int, Clauses]]) -> None:
        """File watches; their numbers ascend, and are higher than any filed before."""
        anchors, anchored = array("i"), array("i")
        numbers, guards, guard_ends, guard_features = array("i"), array("i"), array("i"), array("i")
        absent_ends, absent_features = array("i"), array("i")
        first_row, first_guard = len(self._numbers), len(self._guard_ends) - 1
        first_feature, first_absent = len(self._guard_features), len(self._absent_features)
        for number, clauses in watches:
            row = first_row + len(numbers)
            numbers.append(number)
            anchors.extend(clauses.anchor)
            anchored.extend([row] * len(clauses.anchor))
            for guard in clauses.guards:
                guard_features.extend(guard)
                guard_ends.append(first_feature + len(guard_features))
            guards.append(first_guard + len(guard_ends))
            absent_features.extend(clauses.absent)
            absent_ends.append(first_absent + len(absent_features))
        self._anchor(anchors, anchored)
        self._highest = max(self._highest, max(guard_features, default=-1), max(absent_features, default=-1))
        self._numbers = _joined(self._numbers, numbers)
        self._live = np.concatenate((self._live, np.ones(len(numbers), np.bool_)))
        self._named = np.zeros(len(self._live), np.bool_)
        self._guards = _joined(self._guards, guards)
        self._guard_ends = _joined(self._guard_ends, guard_ends)
        self._guard_features = _joined(self._guard_features, guard_features)
        self._absent_ends = _joined(self._absent_ends, absent_ends)
        self._absent_features = _joined(self._absent_features, absent_features)

    def remove(self, number: int) -> None:
        """Take out a watch that is filed."""
        self._live[np.searchsorted(self._numbers, number)] = False
        self._removed += 1

    def candidates(self, features: Set[int]) -> list[int]:
        """The watches whose clauses an item with these features meets."""
        asked = np.fromiter(features, np.int32, len(features))
        rows = self._rows(asked)
        present = self._mark(asked)
        try:
            rows = rows[self._guarded(rows, present)]
            starts, counts = _stretch(self._absent_ends, rows)
            rows = rows[_sums(present[self._absent_features[_runs(starts, counts)]], counts) == 0]
        finally:
            present[asked] = False
        found: list[int] = self._numbers[rows].tolist()
        return found

    def _anchor(self, anchors: array[int], rows: array[int]) -> None:
        """File each row under its anchor, after those filed there before."""
        known = np.repeat(np.arange(len(self._anchor_ends) - 1, dtype=np.int32), np.diff(self._anchor_ends))
        features, anchored = _joined(known, anchors), _joined(self._anchored, rows)
        self._anchored = anchored[np.argsort(features, kind="stable")]
        self._anchor_ends = np.concatenate((np.zeros(1, np.int32), np.cumsum(np.bincount(features), dtype=np.int32)))

    def _rows(self, features: _Numbers) -> NDArray[np.int64]:
        """The rows in force that are anchored on one of `features`, ascending."""
        starts, counts = _stretch(self._anchor_ends, features[features < len(self._anchor_ends) - 1])
        named = self._anchored[_runs(starts, counts)]
        # A flag for each row is cleared and read in a fraction of the time that sorting takes.
        self._named[named] = True
        self._named &= self._live
        rows = np.flatnonzero(self._named)
        self._named[rows] = False
        return rows

    def _guarded(self, rows: NDArray[np.int64], present: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which rows have all their guards met: the first guard of each row, then the second of those that are left."""
        met = np.ones(len(rows), np.bool_)
        starts, counts = _stretch(self._guards, rows)
        asked = np.flatnonzero(counts)
        at = 0
        while len(asked):
            of_guard, sizes = _stretch(self._guard_ends, starts[asked] + at)
            now = _sums(present[self._guard_features[_runs(of_guard, sizes)]], sizes) > 0
            met[asked] = now
            at += 1
            asked = asked[now]
            asked = asked[counts[asked] > at]
        return met

    def _mark(self, features: _Numbers) -> NDArray[np.bool_]:
        """A flag for each feature, set for those of the item."""
        size = max(self._highest, int(features.max(initial=0))) + 1
        if size > len(self._present):
            self._present = np.zeros(size + size // 4, np.bool_)
        self._present[features] = True
        return self._present


def _joined(known: _Numbers, new: array[int]) -> _Numbers:
    return np.concatenate((known, np.array(new, np.int32)))


def _stretch(ends: _Numbers, rows: NDArray[np.integer]) -> tuple[_Numbers, _Numbers]:
    """Where the entries of each row begin, and how many there are."""
    starts = ends[rows]
    return starts, ends[rows + 1] - starts


def _runs(starts: _Numbers, counts: _Numbers) -> NDArray[np.int64]:
    """The numbers start, start + 1, ... of each run, one run after the other."""
    ends = np.cumsum(counts, dtype=np.int64)
    before = ends - counts
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - before, counts) + np.arange(total)


def _sums(flags: NDArray[np.bool_], counts: _Numbers) -> NDArray[np.int64]:
    """How many flags are set in each run; a run may be empty."""
    running = np.concatenate((np.zeros(1, np.int64), np.cumsum(flags, dtype=np.int64)))
    ends = np.cumsum(counts, dtype=np.int64)
    sums: NDArray[np.int64] = running[ends] - running[ends - counts]
    return sums
