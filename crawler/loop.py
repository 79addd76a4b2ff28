"""The loop of the process: asyncio's, owned by Twisted's reactor; the only file that knows how the two live together.

If `asyncio.run` owned the loop, no request of Scrapy's would ever complete and the reactor's threads would keep the
process alive (tried, see ARCHITECTURE.md). So the reactor runs, and `main` runs inside it as a task.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine
from typing import Any, cast

from scrapy.utils.reactor import install_reactor, is_reactor_installed

from crawler.allocator import keep_large_blocks_apart

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def run(main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` to its end under the reactor and give its result; once in a process (a reactor cannot be restarted).

    Signals are left to `main` (`loop.add_signal_handler`); until it says otherwise Ctrl-C cancels it and then raises
    KeyboardInterrupt, as asyncio.run does. What `main` left running is cancelled, threads are joined.
    """
    if is_reactor_installed():
        raise RuntimeError("the loop runs once in a process, and nothing may import twisted.internet.reactor before it")
    keep_large_blocks_apart()
    install_reactor(_REACTOR)
    from twisted.internet import reactor as installed  # only after the line above: importing it installs one

    reactor = cast(Any, installed)
    loop = asyncio.get_event_loop()
    ended: list[asyncio.Task[int]] = []
    interrupted: list[bool] = []

    def begin() -> None:
        task = loop.create_task(main())
        ended.append(task)
        task.add_done_callback(lambda _: reactor.stop())
        if threading.current_thread() is threading.main_thread():
            loop.add_signal_handler(signal.SIGINT, interrupt, task)

    def interrupt(task: asyncio.Task[int]) -> None:
        interrupted.append(True)
        task.cancel()

    reactor.callWhenRunning(begin)
    reactor.run(installSignalHandlers=False)  # stopping it also ends its thread pool
    _tidy(loop)
    if interrupted and ended[0].cancelled():
        raise KeyboardInterrupt
    return ended[0].result()


def install_resolver(resolver: object) -> None:
    """Let everything that Twisted dials be looked up by `resolver`, an IHostnameResolver.

    Scrapy installs the one of its settings only where it starts the reactor itself, so ours would be ignored.
    """
    from twisted.internet import reactor

    cast(Any, reactor).installNameResolver(resolver)


def _tidy(loop: asyncio.AbstractEventLoop) -> None:
    """End what asyncio has left: tasks, asynchronous generators, the threads of `to_thread`."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
