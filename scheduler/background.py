"""Tasks that outlive the tick that started them, so that the clock never waits and never cancels half-done work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

_log = structlog.get_logger()


class Background:
    """Starts named work beside the clock and waits for it at the end; what fails is logged and comes again."""

    def __init__(self, on_failure: Callable[[BaseException], None] = lambda _: None) -> None:
        """on_failure: told each error that ended some work."""
        self._on_failure = on_failure
        self._running: dict[asyncio.Task[object], str] = {}

    def start(self, name: str, work: Callable[[], Coroutine[Any, Any, object]], *, overlapping: bool = False) -> bool:
        """Start `work`; returns False, and does nothing, while earlier work of that name runs unless `overlapping`."""
        if not overlapping and name in self._running.values():
            return False
        task: asyncio.Task[object] = asyncio.get_running_loop().create_task(work(), name=name)
        self._running[task] = name
        task.add_done_callback(self._finished)
        return True

    async def wait(self, seconds: float) -> bool:
        """Wait until everything has ended, `seconds` at most; returns whether it has."""
        if self._running:
            await asyncio.wait(tuple(self._running), timeout=max(seconds, 0.0))
        return not self._running

    async def cancel(self) -> None:
        """Cancel what still runs and wait until it has ended."""
        tasks = tuple(self._running)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _finished(self, task: asyncio.Task[object]) -> None:
        name = self._running.pop(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._on_failure(error)
            _log.error("job failed", job=name, error=str(error), kind=type(error).__name__, exc_info=error)
