"""In how many items a passage or a name stands: kept in buckets, so that what everybody writes weighs little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

import numpy as np

from news.story.passages import hash_of_form, passages
from news.text.kazakh_latin import fold
from news.text.words import tokenise

BUCKETS = 65_536
_SEEDED_DOCUMENTS, _SEEDED_COUNT = 1_000, 100


class Frequencies(Protocol):
    """Document frequencies by bucket (0..BUCKETS-1), as stored so far."""

    @property
    def documents(self) -> int:
        """How many items were counted."""

    def counts(self, buckets: Sequence[int]) -> Sequence[int]:
        """In how many items each of `buckets` stood, in their order."""


@lru_cache(maxsize=1)
def seeded() -> tuple[int, Mapping[int, int]]:
    """The start of the frequencies: how many documents, and bucket -> count."""
    counts: dict[int, int] = {}
    for line in files(__package__).joinpath("boilerplate.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, _, text = line.partition(" ")
        forms = tokenise(text).forms
        hashes = [hash_of_form(fold(form) if language == "kk" else form) for form in forms]
        for passage in passages(np.array(hashes, np.uint64)):
            counts[passage_bucket(int(passage) >> 32)] = _SEEDED_COUNT
    return _SEEDED_DOCUMENTS, counts


def passage_bucket(passage: int) -> int:
    """The bucket in which a passage is counted, by its 32 bits."""
    return passage % BUCKETS
