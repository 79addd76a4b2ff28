"""A daemon that dies at any step of its work, in a test's own process: its database raises what nothing catches."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeVar

from storage import Store, Unit

T = TypeVar("T")


class Killed(BaseException):
    """The process ends here; what was committed stays, everything else is gone."""


class MortalStore(Store):
    """A store whose every transaction may be the last thing its daemon did, not begun or just committed.

    chance: of dying at each transaction; 0 for never.
    """

    def __init__(self, url: str, *, seed: random.Random) -> None:
        super().__init__(url)
        self._seed = seed
        self.chance = 0.0

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Read as any store, or die."""
        self._perhaps_die()
        return await super().read(work)

    async def write(self, work: Callable[[Unit], T]) -> T:
        """Write as any store, or die before or after."""
        self._perhaps_die()
        done = await super().write(work)
        self._perhaps_die()
        return done

    def _perhaps_die(self) -> None:
        if self._seed.random() < self.chance:
            raise Killed
