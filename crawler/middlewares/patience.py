"""Politeness towards hosts: one request at a time and a pause between two, however many crawls are open.

Scrapy keeps its pauses within one crawl, and two crawls on one host doubled its rate; so the turns are kept here,
for the whole process, around the very moment of dialling.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_REMEMBERED = 1_000  # hosts; beyond it those whose pause is long over are forgotten


def pause(delay: float, chance: float, *, jitter: float = 0.3) -> float:
    """Seconds to leave a host alone: at least `delay`, at most `jitter` more; `chance` is 0..1."""
    return delay * (1 + jitter * chance)


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    free_at: float = 0.0


class Patience:
    """Hands out turns at hosts."""

    def __init__(self, delay: float, *, chance: Callable[[], float] = random.random) -> None:
        self._delay, self._chance = delay, chance
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait until the host may be asked again, and keep others away until the block ends."""
        clock = asyncio.get_running_loop().time
        self._forget(clock())
        host = self._hosts.setdefault(name, _Host())
        host.users += 1
        try:
            async with host.lock:
                await asyncio.sleep(max(0.0, host.free_at - clock()))
                try:
                    yield
                finally:
                    host.free_at = clock() + pause(self._delay, self._chance())
        finally:
            host.users -= 1

    def _forget(self, now: float) -> None:
        if len(self._hosts) > _REMEMBERED:
            self._hosts = {name: host for name, host in self._hosts.items() if host.users or host.free_at > now}
