"""Rounds in a process of their own: `python -m tests.scheduler.rounds` makes one for each line it reads.

A line is JSON: config (a path), at (the hour of that round), digest_now, and unwritable, an address whose digests
cannot be written. The answer is a line of JSON: the report as `run --once --json` prints it, or {"error": ...}.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from crawler import loop
from crawler.crawl import Crawling
from crawler.readers import Readers
from news.message import Message
from news.settings.sections import Readers as ReaderSettings
from scheduler import jobs, telling
from scheduler.app import open_app
from scheduler.digest.digest import Digest
from scheduler.digest.message import message_of
from scheduler.once import one_round
from ui.cli.run_report import shown


async def main() -> int:
    """Make rounds until stdin ends."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    readers = Readers(ReaderSettings())
    # One reader for all rounds: to start it takes as long as the rest of a round.
    jobs.Crawling = partial(Crawling, readers=readers)  # type: ignore[attr-defined,assignment]
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(await _round(json.loads(line)), default=str), flush=True)
    finally:
        await readers.close()
    return 0


async def _round(order: dict[str, Any]) -> dict[str, Any]:
    def unwritable(digest: Digest, **options: Any) -> Message:
        if digest.recipient.address == order["unwritable"]:
            raise RuntimeError("this digest cannot be written")
        return message_of(digest, **options)

    telling.message_of = unwritable  # type: ignore[attr-defined]
    at = datetime.fromisoformat(order["at"])
    with open_app(Path(order["config"]), now=at, env={}) as app:
        try:
            return shown(await one_round(app, digest_now=order["digest_now"], clock=lambda: at))
        except RuntimeError as error:
            return {"error": str(error)}


if __name__ == "__main__":
    loop.run(main)
