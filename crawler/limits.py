"""Wall-clock limits that can be called in early: at the end of the process every open one ends at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from news.errors import Unreachable
from news.visit import Reason


class Limits:
    """The limits now open. `closing` is True once `end_all` was called: nothing new begins then."""

    def __init__(self) -> None:
        self._open: set[asyncio.Timeout] = set()
        self.closing = False

    @asynccontextmanager
    async def until(self, instant: float) -> AsyncIterator[None]:
        """Run a block until this instant of the loop's clock.

        Raises Unreachable with DEADLINE when the time is over, with CANCELLED when `end_all` was called.
        """
        limit = asyncio.timeout_at(0 if self.closing else instant)
        try:
            async with limit:
                self._open.add(limit)
                yield
        except TimeoutError as error:
            if not limit.expired():
                raise
            if self.closing:
                raise Unreachable(Reason.CANCELLED, "presswatch was stopped") from error
            raise Unreachable(Reason.DEADLINE, "the time for one visit was over") from error
        finally:
            self._open.discard(limit)

    def end_all(self) -> None:
        """End every open block now, and let later ones end as they begin."""
        self.closing = True
        for limit in self._open:
            if not limit.expired():
                limit.reschedule(0)
