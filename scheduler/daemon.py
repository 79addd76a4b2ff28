"""The daemon: one asyncio loop that holds the clock and the crawls until a signal ends it.

An edit of config.yaml is taken over by ending the work at hand as for a stop and beginning anew with it.

APScheduler only ticks; the truth about what is due is in the database. Its executor cancels what runs when it shuts
down, so a tick starts background tasks and returns: a message between its delivery and its settling is never cut off.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from crawler import loop
from news.errors import SettingsError, StorageError
from scheduler import stopping
from scheduler.app import App, open_app
from scheduler.archiving import index_backlog
from scheduler.background import Background
from scheduler.delivery import Channel, open_channels
from scheduler.edits import Edits
from scheduler.feeds.files import FeedFiles
from scheduler.jobs import Jobs, open_jobs, utc_now
from scheduler.owner import Caretaker

_log = structlog.get_logger()

Service = Callable[[App, asyncio.Event], Coroutine[Any, Any, None]]
"""Work of another package that goes on beside the clock until its event is set: the web server."""

_Edition = tuple[App, Mapping[str, Channel]]
"""An installation by one edition of its settings, and the channels made of them."""


def run_daemon(config: Path, *, services: Sequence[Service] = ()) -> int:
    """Run until SIGTERM or SIGINT and return the exit status; StorageError where a daemon holds the database."""
    stopping.note_when_asked()
    edits = Edits(config)
    with open_app(config, now=utc_now()) as app, app.store.lock_daemon():
        return 0 if stopping.asked() else loop.run(partial(_serve, app, edits, services))


async def _serve(app: App, edits: Edits, services: Sequence[Service]) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if stopping.asked():
        return 0
    _log.info("daemon started", sources=len(app.settings.sources), database=str(app.store.file or "PostgreSQL"))
    edited: _Edition | None = app, open_channels(app.settings, app.home)
    while edited is not None:
        edited = await _work(*edited, edits, stop, services)
    _log.info("daemon stopped")
    return 0


async def _work(
    app: App, channels: Mapping[str, Channel], edits: Edits, stop: asyncio.Event, services: Sequence[Service]
) -> _Edition | None:
    """Work with these settings until the file brings others, which are returned with their channels, or until the end:
    None."""
    caretaker = Caretaker(app, clock=utc_now)
    background, over = Background(on_failure=caretaker.saw), asyncio.Event()
    for number, service in enumerate(services):
        background.start(f"service {number}", partial(service, app, over))
    async with open_jobs(app, channels) as jobs:
        clock = _clock(jobs, background, caretaker, seconds=app.settings.daemon.tick)
        clock.start()
        edited: _Edition | None = None
        while edited is None and not await _stopped_within(stop, app.settings.daemon.tick):
            edited = await asyncio.to_thread(_edited, app, edits)
        _log.info("the settings were edited" if edited else "daemon stopping")
        over.set()
        clock.pause()
        await asyncio.sleep(0)  # a tick that has begun starts its work; cancelled it would only be logged as an error
        clock.shutdown(wait=False)
        await _drain(jobs, background, grace=app.settings.daemon.grace)
    return None if stop.is_set() else edited


async def _stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), timeout=seconds)
    except TimeoutError:
        return False
    return True


def _edited(app: App, edits: Edits) -> _Edition | None:
    """Take an edit of the settings over into the database; None where there is none or it cannot be.

    Its channels are made before anything is ended: what keeps them from it, a key that is not there, is a fault of it.
    """
    settings = edits.taken()
    if settings is None:
        return None
    if settings.database != app.settings.database:
        _log.error("another database needs a restart; the edit of the settings is not taken over")
        return None
    edited = replace(app, settings=settings)
    try:
        channels = open_channels(settings, app.home)
        edited.synchronise(now=utc_now())
    except (SettingsError, StorageError) as error:
        edits.look_again(error)
        return None
    return edited, channels


def _clock(jobs: Jobs, background: Background, caretaker: Caretaker, *, seconds: float) -> AsyncIOScheduler:
    """Return a scheduler that starts reading, composing, sending and looking after at each tick, housekeeping daily.

    The first of each comes at once.
    """
    clock = AsyncIOScheduler(timezone=UTC)
    feeds = FeedFiles(app=jobs.app)

    async def tick() -> None:
        # Crawls overlap: one with a hung source stayed open 24 s, and nothing may wait for it (DESIGN.md "Process").
        background.start("read", jobs.read_due, overlapping=True)
        background.start("compose", jobs.compose_due)
        background.start("send", jobs.send_due)
        background.start("bounces", jobs.take_in_bounces)
        background.start("look after", caretaker.look)
        background.start("feeds", partial(feeds.write_changed, now=jobs.clock()))
        background.start("archive", partial(index_backlog, jobs.app.store))

    async def day() -> None:
        background.start("housekeep", jobs.housekeep)

    for work, pause in ((tick, timedelta(seconds=seconds)), (day, timedelta(days=1))):
        clock.add_job(
            work,
            IntervalTrigger(seconds=pause.total_seconds(), timezone=UTC),
            next_run_time=utc_now(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    return clock


async def _drain(jobs: Jobs, background: Background, *, grace: float) -> None:
    """End what runs: downloads are cancelled after half the grace period, deliveries broken off at its end."""
    await jobs.crawling.stop(grace / 2)
    if not await background.wait(grace / 2):
        for channel in jobs.channels.values():
            channel.abort()
        if not await background.wait(2.0):
            await background.cancel()
