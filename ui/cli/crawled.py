"""Crawling for a command: started, used once and ended, in a process that does nothing else."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from crawler import loop
from crawler.crawl import Crawling
from crawler.readers import Readers
from news.settings import Settings
from ui.cli.logs import log_to_stderr

_Result = TypeVar("_Result")

_GRACE = 5.0  # seconds that what is under way gets to end


def crawled(
    settings: Settings, work: Callable[[Crawling], Awaitable[_Result]], *, readers: Readers | None = None
) -> _Result:
    """Run `work` with a started Crawling and give its result; once in a process, since a reactor runs once.

    readers: to read pages with, started and closed here; None where `work` needs none of its own.
    """
    log_to_stderr(logging.ERROR)
    results: list[_Result] = []

    async def main() -> int:
        crawling = Crawling(settings, readers=readers)
        await crawling.start()
        try:
            results.append(await work(crawling))
        finally:
            await crawling.stop(_GRACE)
            if readers is not None:
                await readers.close()
        return 0

    loop.run(main)
    return results[0]
