"""Which items of other languages mean nearly the same: one product over a bounded matrix of centred vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from news.story.semantic import DIMENSIONS, Vector

MOST = 2_000
"""How many vectors are looked at, at least; twice as many are held before the oldest go."""

NEAREST = 8
"""How many items the look-up gives at most."""

LEAST_CLOSENESS = 0.4
"""The least centred cosine that makes two items lookalikes: of translated news documents two in a hundred lie below."""

DAYS = 2
"""Items told further apart are no lookalikes by their meaning."""

_FIRST_ROWS = 64


class Recent:
    """Centred vectors of recent items, in the order in which they came."""

    def __init__(self) -> None:
        self._vectors: Vector = np.empty((_FIRST_ROWS, DIMENSIONS), np.float32)
        # A row an item: its id, the number of its language, the day it tells of.
        self._facts: NDArray[np.int64] = np.empty((_FIRST_ROWS, 3), np.int64)
        self._rows = 0
        self._row_of: dict[int, int] = {}
        self._languages: dict[str, int] = {}

    def __len__(self) -> int:
        return self._rows

    def add(self, item: int, vector: Vector, *, language: str, day: int) -> None:
        """Keep an item's vector; that of its earlier version is replaced. day: the day's ordinal."""
        row = self._row_of.get(item)
        if row is None:
            self._make_room()
            row = self._row_of[item] = self._rows
            self._rows += 1
        self._vectors[row] = vector
        self._facts[row] = (item, self._languages.setdefault(language, len(self._languages)), day)

    def closeness(self, item: int, vector: Vector) -> float | None:
        """The cosine with one item, None where it is not held."""
        row = self._row_of.get(item)
        return None if row is None else float(self._vectors[row] @ vector)

    def closest(self, vector: Vector, *, language: str, day: int) -> dict[int, float]:
        """The nearest items of other languages told within `DAYS` of `day`, with their cosine; the nearest first."""
        if not self._rows:
            return {}
        facts = self._facts[: self._rows]
        # On one thread: BLAS shares it among several, which on a busy machine wait for each other, 10 ms now and then.
        scores = np.einsum("ij,j->i", self._vectors[: self._rows], vector)
        mine = self._languages.get(language, -1)
        fits = (scores >= LEAST_CLOSENESS) & (facts[:, 1] != mine) & (np.abs(facts[:, 2] - day) <= DAYS)
        rows = np.flatnonzero(fits)
        nearest = rows[np.argsort(-scores[rows], kind="stable")][:NEAREST]
        return {int(facts[row, 0]): float(scores[row]) for row in nearest}

    def _make_room(self) -> None:
        if self._rows < len(self._vectors):
            return
        if self._rows < 2 * MOST:
            self._vectors = np.concatenate([self._vectors, np.empty_like(self._vectors)])[: 2 * MOST]
            self._facts = np.concatenate([self._facts, np.empty_like(self._facts)])[: 2 * MOST]
            return
        self._vectors[:MOST], self._facts[:MOST] = self._vectors[MOST:], self._facts[MOST:]
        self._rows = MOST
        self._row_of = {int(item): row for row, item in enumerate(self._facts[:MOST, 0])}
