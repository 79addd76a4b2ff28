"""What the clock starts: read what is due, compose what is due, send what is due.

`now` enters here and is passed down; below this module no function reads the clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from crawler.crawl import Crawling
from crawler.inbox import Errand
from news.watch.watch import Mode, Recipient
from scheduler.alerting import is_alerted_only
from scheduler.app import App
from scheduler.delivery import Channel, open_channels
from scheduler.delivery.send import Counts, send_due, worker_name
from scheduler.digest.render import render
from scheduler.digest.worth import Closing, Worth, worth
from scheduler.due import due_sources
from scheduler.due_digests import alert_due, digest_due
from scheduler.errands import errand_of
from scheduler.health import learn_norms
from scheduler.intake import Intake
from scheduler.ways import ways_in
from scheduler.wishes import alerting_sources, next_slots
from storage import Unit

_log = structlog.get_logger()


def utc_now() -> datetime:
    """What time it is, for the daemon and for a round; commands ask at their own edge (`ui.cli.opened.right_now`)."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Jobs:
    """The work of one tick over one installation; every method may be called at any time and repeats nothing."""

    app: App
    crawling: Crawling
    intake: Intake
    channels: Mapping[str, Channel]
    worker: str
    clock: Callable[[], datetime] = utc_now

    async def read_due(self) -> None:
        """Visit the sources that are due and return when the last of them is taken in."""
        await self.intake.warm_up()
        errands = await self.app.store.read(partial(_errands, app=self.app, crawling=self.crawling, now=self.clock()))
        if errands:
            await self.crawling.crawl(errands, self.intake, now=self.clock)

    async def compose_due(self, *, closing_now: bool = False) -> int:
        """Freeze every digest that is due, with `closing_now` also what is untold before its hour; return how many.

        One that cannot be made holds up nobody else's: its error is logged, and the first one raised at the end.
        """
        now, frozen = self.clock(), 0
        failures: list[Exception] = []
        people, silent, stopped, alerting = await self.app.store.read(_people)
        for recipient in people:
            if not recipient.enabled or recipient.id in silent:
                continue
            asked = partial(digest_due, app=self.app, recipient=recipient, now=now, closing_now=closing_now)
            drafts: list[Callable[[Unit], Closing | None]] = [asked]
            if alerting or is_alerted_only(recipient):
                drafts.insert(0, partial(alert_due, app=self.app, recipient=recipient, now=now))
            for draw in drafts:
                try:
                    closing = await self.app.store.read(draw)
                    if closing is not None and (recipient.id, closing.schedule) not in stopped:
                        frozen += await self._freeze(recipient, closing, now)
                except Exception as error:
                    _log.error("digest failed", recipient=recipient.id, error=str(error))
                    failures.append(error)
        if failures:
            raise failures[0]
        return frozen

    async def send_due(self) -> Counts:
        """Hand every parcel that is due to its channel."""
        lease = self.app.settings.delivery.lease
        return await send_due(self.app.store, self.channels, now=self.clock, worker=self.worker, lease=lease)

    async def housekeep(self) -> None:
        """Drop what grows with every day and is of no use any more."""
        now = self.clock()
        await self.app.store.write(lambda unit: unit.housekeep(now=now))
        while await self.app.store.write(lambda unit: unit.stories.prune(now=now)):
            pass  # a busy day brings more items than one transaction should take out
        settled = now - timedelta(days=self.app.settings.delivery.keep_days)
        await self.app.store.write(lambda unit: unit.outbox.drop_bodies(before=settled))
        oldest = now - timedelta(days=self.app.settings.copies.keep_days)
        await self.app.store.write(lambda unit: unit.copies.prune(before=oldest))
        await learn_norms(self.app.store, self.app.settings.sources, now=now)

    async def _freeze(self, recipient: Recipient, closing: Closing, now: datetime) -> bool:
        """Write down what closes a slot; False where that was done before, or no mail comes of it."""
        becomes, digest = worth(closing), closing.digest
        if becomes is Worth.NOTHING:
            return False
        message, notices, shown = None, [], digest.shown if digest else ()
        if becomes is Worth.MAIL and digest is not None:
            message = await asyncio.to_thread(render, digest, domain=self.app.domain)
            notices = [notice.id for notice in digest.coverage.notices]
        channel = recipient.channel or self.app.settings.default_channel

        def work(unit: Unit) -> int | None:
            frozen = unit.digests.freeze(
                recipient, closing.schedule, closing.slot.name, closing.match_ids, message, channel, at=now, shown=shown
            )
            if frozen is not None:
                unit.health.mark_told(recipient.id, notices, at=now)
            return frozen

        frozen = await self.app.store.write(work)
        if frozen is None or message is None or digest is None:
            return False
        _log.info(
            "digest", slot=closing.slot.name, schedule=closing.schedule, stories=digest.stories, recipient=recipient.id
        )
        return True


@asynccontextmanager
async def open_jobs(app: App, *, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[Jobs]:
    """Start what the work of a tick needs: the crawl with its reader processes, the channels; end them afterwards."""
    crawling = Crawling(app.settings)
    await crawling.start()
    channels = open_channels(app.settings, app.home)
    try:
        yield Jobs(
            app=app,
            crawling=crawling,
            intake=Intake(app.store, clock=clock, fresh=app.settings.daemon.fresh, lexicon=app.settings.lexicon),
            channels=channels,
            worker=worker_name(),
            clock=clock,
        )
    finally:
        await crawling.stop(app.settings.daemon.grace / 2)
        for channel in channels.values():
            channel.close()


def _errands(unit: Unit, *, app: App, crawling: Crawling, now: datetime) -> list[Errand]:
    # Asked before the states are read: of a crawl that ends in between the visits are seen then, and not made again.
    busy = crawling.busy_hosts()
    states = unit.visits.states()
    firsts = [ways_in(one, states.get(one.id), now=now).first for one in app.settings.sources if one.enabled]
    due = due_sources(
        firsts,
        states,
        now=now,
        busy_hosts=busy,
        articles=unit.pending.earliest(),
        slots=next_slots(unit.recipients.all(), now=now),
        alerting=alerting_sources(unit.watches.all(enabled_only=True), firsts),
    )
    declared = {one.id: one for one in app.settings.sources}
    return [errand_of(unit, declared[first.id], states.get(first.id), now=now) for first in due]


def _people(unit: Unit) -> tuple[list[Recipient], Collection[int], Collection[tuple[int, str]], bool]:
    """Everyone; who is not written to, as a whole or by one schedule; whether any watch alerts."""
    alerting = any(watch.mode is Mode.INSTANT for watch in unit.watches.all(enabled_only=True))
    return unit.recipients.all(), unit.subscriptions.silent(), unit.subscriptions.stopped(), alerting
