"""What words mean is worked out once and remembered, in bounded memory: what was asked for lately stays.

News never runs out of new spellings: a year of three languages has a million, and most stand in one text. So what is
remembered lies in two generations. A full one becomes the former; what is asked for again moves on, and for everything
new one of the former goes, the rarest first. So memory that is full stays as large as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import TypeVar

LONGEST = 64
"""A spelling of more letters is worked out anew each time: nobody looks for it, and memory is bounded."""

SPELLINGS = 60_000
"""How many spellings a memory holds: with some 110 bytes each that is 7 MB."""

_Asked = TypeVar("_Asked", bound=Hashable)
_Told = TypeVar("_Told")


def same(one: str, other: str) -> str:
    """`other` itself where both are equal: most words are their own form, and one string is kept instead of three."""
    return other if one == other else one


class Kept(dict[_Asked, _Told]):
    """What was asked -> what `told` says of it, for at most `most` questions. Several threads may ask."""

    def __init__(self, told: Callable[[_Asked], _Told], *, most: int) -> None:
        super().__init__()
        self._told, self._most = told, most
        self._former: dict[_Asked, _Told] = {}

    def __missing__(self, asked: _Asked) -> _Told:
        found = self._former.pop(asked, None)
        if found is None:
            found = self._told(asked)
        self._keep(asked, found)
        return found

    def _keep(self, asked: _Asked, found: _Told) -> None:
        if len(self) >= self._most:
            self._former = self.copy()
            self.clear()
        if self.held >= self._most:
            # The last to come: what is common has moved on long before, and come early again. A thread may have been
            # quicker.
            with suppress(KeyError):
                self._former.popitem()
        self[asked] = found

    @property
    def held(self) -> int:
        """How many answers it holds now."""
        return len(self) + len(self._former)


class Remembered(Kept[str, _Told]):
    """Spelling -> what `told` says of it; of endless ones nothing is kept."""

    def __init__(self, told: Callable[[str], _Told], *, most: int = SPELLINGS) -> None:
        super().__init__(told, most=most)

    def _keep(self, asked: str, found: _Told) -> None:
        if len(asked) <= LONGEST:
            super()._keep(asked, found)
