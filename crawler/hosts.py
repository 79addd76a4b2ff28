"""A host belongs to one crawl at a time (two crawls on one host doubled its rate)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from crawler.inbox import Errand
from news.hosts import host_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Round:
    """The errands of one crawl at one host, in their order."""

    host: str
    errands: tuple[Errand, ...]


class Hosts:
    """Who holds which host, and who waits for it.

    `busy`: the hosts that some open crawl holds or waits for; replaced whole, so that other threads may look.
    """

    def __init__(self) -> None:
        self._waiting: set[Round] = set()
        self.busy: frozenset[str] = frozenset()
        self._locks: dict[str, asyncio.Lock] = {}

    def rounds(self, errands: Iterable[Errand]) -> list[Round]:
        """The errands by host; the hosts count as busy from now on, each until its round is made or given up."""
        grouped: dict[str, list[Errand]] = {}
        for errand in errands:
            grouped.setdefault(host_of(errand.source.url), []).append(errand)
        rounds = [Round(host=host, errands=tuple(group)) for host, group in grouped.items()]
        self._waiting.update(rounds)
        self._count()
        return rounds

    @asynccontextmanager
    async def held(self, mine: Round) -> AsyncIterator[None]:
        """Hold the round's host for the length of the block, after whoever has it."""
        try:
            async with self._locks.setdefault(mine.host, asyncio.Lock()):
                yield
        finally:
            self.give_up([mine])

    def give_up(self, rounds: Iterable[Round]) -> None:
        """Let go of these rounds, made or not."""
        self._waiting.difference_update(rounds)
        self._count()
        self._locks = {host: lock for host, lock in self._locks.items() if host in self.busy}

    def _count(self) -> None:
        self.busy = frozenset(waiting.host for waiting in self._waiting)
