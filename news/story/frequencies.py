"""In how many items a passage or a name stands: kept in buckets, so that what everybody writes weighs little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

BUCKETS = 65_536


class Frequencies(Protocol):
    """Document frequencies by bucket (0..BUCKETS-1), as stored so far."""

    @property
    def documents(self) -> int:
        """How many items were counted."""

    def counts(self, buckets: Sequence[int]) -> Sequence[int]:
        """In how many items each of `buckets` stood, in their order."""


def seeded() -> tuple[int, Mapping[int, int]]:
    """The start of the frequencies: how many documents, and bucket -> count."""
    return 0, {}
