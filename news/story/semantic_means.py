"""The mean vector of each language, which is taken out before vectors of two languages are compared.

It starts as the one shipped, measured on news documents translated sentence by sentence (NTREX-128), so that what the
means differ in is the language alone; it counts as `SEEDED` items and moves on with what is stored.
"""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from news.story.semantic import DIMENSIONS, Vector, directed

SEEDED = 200
"""As so many items the shipped means count."""

MOST_COUNTED = 5_000
"""Beyond so many items of a language the oldest fade from its mean."""


@dataclass(frozen=True, kw_only=True)
class Mean:
    """The mean of so many vectors of one language."""

    items: int
    vector: Vector


class Means:
    """The means as one process knows them. changed: the languages whose mean moved since this was made."""

    def __init__(self, stored: Mapping[str, Mean] | None = None) -> None:
        self._of = dict(stored or {})
        self.changed: set[str] = set()

    def of(self, language: str) -> Mean:
        """The mean of a language; that of all shipped ones for a language never seen."""
        found = self._of.get(language)
        return Mean(items=SEEDED, vector=shipped(language)) if found is None else found

    def add(self, language: str, vector: Vector) -> None:
        """Count one more item."""
        before = self.of(language)
        items = min(before.items + 1, MOST_COUNTED)
        self._of[language] = Mean(items=items, vector=before.vector + (vector - before.vector) / np.float32(items))
        self.changed.add(language)

    def centred(self, language: str, vector: Vector) -> Vector | None:
        """The vector without what its language alone says, at length 1; None where nothing is left."""
        return directed(vector - self.of(language).vector)


def shipped(language: str) -> Vector:
    """The shipped mean of a language, or the mean of them all."""
    known = _shipped()
    return known[language] if language in known else _of_all()


@cache
def _shipped() -> Mapping[str, Vector]:
    packed = tomllib.loads((files("news.story") / "semantic_means.toml").read_text(encoding="utf-8"))["means"]
    found = {name: np.frombuffer(base64.b64decode(text), "<f2").astype(np.float32) for name, text in packed.items()}
    if any(len(one) != DIMENSIONS for one in found.values()):
        raise ValueError("a shipped mean is not of the model's length")
    return found


@cache
def _of_all() -> Vector:
    mean: Vector = np.mean(list(_shipped().values()), axis=0)
    return mean
