"""What words mean is worked out once and remembered, in bounded memory: what was asked for lately stays.

News never runs out of new spellings: a year of three languages has a million, and most stand in one text. So what is
remembered lies in two halves. A full one becomes the former, what is asked for again moves on, the rest goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

LONGEST = 64
"""A spelling of more letters is worked out anew each time: nobody looks for it, and memory is bounded."""

SPELLINGS = 80_000
"""How many spellings a memory holds: with some 110 bytes each that is 9 MB."""

_Told = TypeVar("_Told")


def same(one: str, other: str) -> str:
    """`other` itself where both are equal: most words are their own form, and one string is kept instead of three."""
    return other if one == other else one


class Remembered(dict[str, _Told]):
    """Spelling -> what `told` says of it, for at most `most` spellings."""

    def __init__(self, told: Callable[[str], _Told], *, most: int = SPELLINGS) -> None:
        super().__init__()
        self._told, self._half = told, most // 2
        self._former: dict[str, _Told] = {}

    def __missing__(self, raw: str) -> _Told:
        found = self._former.get(raw)
        if found is None:
            found = self._told(raw)
        if len(raw) <= LONGEST:
            if len(self) >= self._half:
                self._former = self.copy()
                self.clear()
            self[raw] = found
        return found

    @property
    def held(self) -> int:
        """How many spellings it holds now; one that moved on counts twice."""
        return len(self) + len(self._former)
