"""Many watches in columns of numbers: what the anchors name is sieved all at once by the clauses met.

Above some twenty thousand watches an item names a thousand candidates, too many for a look at each. Nearly all fall at
the first few features of their first guard, which lie side by side: one look at four flags for each candidate. Columns
only grow; a watch that is removed leaves some sixty bytes behind and is passed over.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray

from news.watch.clauses import Clause, Clauses

_Numbers = NDArray[np.int32]

# Flags of this many features are looked at as one number.
_NARROW = 4
_FOUR_FLAGS = np.uint32
# A feature that every item has, for rows that the first look must let pass.
_ALWAYS = 0


class Columns:
    """Numbers of watches by their anchors, with their guards and what must be absent in flat arrays."""

    def __init__(self) -> None:
        self._numbers: _Numbers = np.empty(0, np.int32)
        self._live: NDArray[np.bool_] = np.empty(0, np.bool_)
        # Feature -> the rows anchored on it; row -> a guard of at most four features; row -> its other guards; guard ->
        # its features; row -> its absent features: each but the second where the next one begins. Features are counted
        # from 1 here, see _ALWAYS.
        self._anchor_ends: _Numbers = np.zeros(1, np.int32)
        self._anchored: _Numbers = np.empty(0, np.int32)
        self._narrow: _Numbers = np.empty((0, _NARROW), np.int32)
        self._guards: _Numbers = np.zeros(1, np.int32)
        self._guard_ends: _Numbers = np.zeros(1, np.int32)
        self._guard_features: _Numbers = np.empty(0, np.int32)
        self._absent_ends: _Numbers = np.zeros(1, np.int32)
        self._absent_features: _Numbers = np.empty(0, np.int32)
        self._highest = 0
        self._removed = 0
        self._present: NDArray[np.bool_] = np.zeros(0, np.bool_)

    def __len__(self) -> int:
        return len(self._numbers) - self._removed

    def extend(self, watches: Iterable[tuple[int, Clauses]]) -> None:
        """File watches; their numbers ascend, and are higher than any filed before."""
        anchors, anchored, narrow = array("i"), array("i"), array("i")
        numbers, guards, guard_ends, guard_features = array("i"), array("i"), array("i"), array("i")
        absent_ends, absent_features = array("i"), array("i")
        first_row, first_guard = len(self._numbers), len(self._guard_ends) - 1
        first_feature, first_absent = len(self._guard_features), len(self._absent_features)
        for number, clauses in watches:
            row = first_row + len(numbers)
            numbers.append(number)
            anchors.extend(clauses.anchor)
            anchored.extend([row] * len(clauses.anchor))
            narrow.extend(_side_by_side(clauses))
            for guard in clauses.guards:
                if guard is not _narrow_guard(clauses):
                    guard_features.extend([feature + 1 for feature in guard])
                    guard_ends.append(first_feature + len(guard_features))
            guards.append(first_guard + len(guard_ends))
            absent_features.extend([feature + 1 for feature in clauses.absent])
            absent_ends.append(first_absent + len(absent_features))
        self._anchor(anchors, anchored)
        self._highest = max(self._highest, *(max(one, default=0) for one in (narrow, guard_features, absent_features)))
        self._numbers = _joined(self._numbers, numbers)
        self._live = np.concatenate((self._live, np.ones(len(numbers), np.bool_)))
        self._narrow = np.concatenate((self._narrow, np.array(narrow, np.int32).reshape(-1, _NARROW)))
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
        """The watches whose clauses an item with these features meets, ascending."""
        asked = np.fromiter(features, np.int32, len(features))
        rows = self._rows(asked)
        asked += 1
        present = self._mark(asked)
        try:
            rows = rows[present.take(self._narrow.take(rows, axis=0)).view(_FOUR_FLAGS).ravel() != 0]
            rows = rows[self._live.take(rows)]
            # A row is named by each of its anchors that the item has; of those left few are.
            rows.sort()
            rows = rows[np.diff(rows, prepend=np.int32(-1)) != 0]
            rows = rows[self._guarded(rows, present)]
            starts, counts = _stretch(self._absent_ends, rows)
            rows = rows[_sums(present.take(self._absent_features.take(_runs(starts, counts))), counts) == 0]
        finally:
            present[asked] = False
        found: list[int] = self._numbers.take(rows).tolist()
        return found

    def _anchor(self, anchors: array[int], rows: array[int]) -> None:
        """File each row under its anchor, after those filed there before."""
        known = np.repeat(np.arange(len(self._anchor_ends) - 1, dtype=np.int32), np.diff(self._anchor_ends))
        features, anchored = _joined(known, anchors), _joined(self._anchored, rows)
        self._anchored = anchored[np.argsort(features, kind="stable")]
        self._anchor_ends = np.concatenate((np.zeros(1, np.int32), np.cumsum(np.bincount(features), dtype=np.int32)))

    def _rows(self, features: _Numbers) -> _Numbers:
        """The rows that are anchored on `features`, once for each of them."""
        starts, counts = _stretch(self._anchor_ends, features[features < len(self._anchor_ends) - 1])
        return self._anchored.take(_runs(starts, counts))

    def _guarded(self, rows: _Numbers, present: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which rows have all their other guards met: the first of each row, then the second of those that are left."""
        met = np.ones(len(rows), np.bool_)
        starts, counts = _stretch(self._guards, rows)
        asked = np.flatnonzero(counts)
        at = 0
        while len(asked):
            of_guard, sizes = _stretch(self._guard_ends, starts[asked] + at)
            now = _sums(present.take(self._guard_features.take(_runs(of_guard, sizes))), sizes) > 0
            met[asked] = now
            at += 1
            asked = asked[now]
            asked = asked[counts[asked] > at]
        return met

    def _mark(self, features: _Numbers) -> NDArray[np.bool_]:
        """A flag for each feature, counted from 1, set for those of the item."""
        size = max(self._highest, int(features.max(initial=0))) + 1
        if size > len(self._present):
            self._present = np.zeros(size + size // 4, np.bool_)
            self._present[_ALWAYS] = True
        self._present[features] = True
        return self._present


def _narrow_guard(clauses: Clauses) -> Clause | None:
    """The guard that is looked at first: the first that is not wider than the look."""
    return next((guard for guard in clauses.guards if len(guard) <= _NARROW), None)


def _side_by_side(clauses: Clauses) -> list[int]:
    """The features of the guard that is looked at first, the last of them again where there are few."""
    features = [feature + 1 for feature in _narrow_guard(clauses) or ()]
    return features + [features[-1] if features else _ALWAYS] * (_NARROW - len(features))


def _joined(known: _Numbers, new: array[int]) -> _Numbers:
    return np.concatenate((known, np.array(new, np.int32)))


def _stretch(ends: _Numbers, rows: NDArray[np.integer]) -> tuple[_Numbers, _Numbers]:
    """Where the entries of each row begin, and how many there are."""
    starts = ends.take(rows)
    return starts, ends.take(rows + 1) - starts


def _runs(starts: _Numbers, counts: _Numbers) -> _Numbers:
    """The numbers start, start + 1, ... of each run, one run after the other."""
    ends = np.cumsum(counts, dtype=np.int32)
    numbers = np.repeat(starts - (ends - counts), counts)
    numbers += np.arange(len(numbers), dtype=np.int32)
    return numbers


def _sums(flags: NDArray[np.bool_], counts: _Numbers) -> _Numbers:
    """How many flags are set in each run; a run may be empty."""
    running = np.zeros(len(flags) + 1, np.int32)
    np.cumsum(flags, dtype=np.int32, out=running[1:])
    ends = np.cumsum(counts, dtype=np.int32)
    sums: _Numbers = running.take(ends) - running.take(ends - counts)
    return sums
