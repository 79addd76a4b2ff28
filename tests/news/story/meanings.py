"""Vectors made up for tests: what is told points one way, the language another, and both are in the vector."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np

from news.story.semantic import DIMENSIONS, Vector, directed, pack
from news.story.semantic_means import shipped


def way(name: str) -> Vector:
    """A direction of length 1, far from that of any other name."""
    found = directed(np.random.default_rng(crc32(name.encode())).normal(size=DIMENSIONS).astype(np.float32))
    assert found is not None
    return found


def vector(told: str, language: str, *, closeness: float = 1.0) -> Vector:
    """A vector whose centred cosine with others of `told` is about `closeness` squared, across languages too."""
    own = (1 - closeness**2) ** 0.5
    return shipped(language) + 0.4 * (closeness * way(told) + own * way(f"{told} {language} alone"))


def meaning(told: str, language: str, *, closeness: float = 1.0) -> bytes:
    """The same, packed as a draft carries it."""
    return pack(vector(told, language, closeness=closeness))


class Knowing:
    """An embedder that knows what is told where a word stands in the text; the language is that of its letters."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self._told = told
        self.asked: list[str] = []

    def embed(self, text: str) -> Vector:
        self.asked.append(text)
        told = next((told for word, told in self._told.items() if word in text), text)
        return vector(told, "ru" if any("а" <= sign <= "я" for sign in text.lower()) else "en")


class Failing:
    """An embedder whose model breaks."""

    def embed(self, text: str) -> Vector:
        raise RuntimeError(f"the model broke on {text}")
