"""What the clock starts: read what is due, compose what is due, send what is due.

`now` enters here and is passed down; below this module no function reads the clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from crawler.crawl import Crawling
from crawler.inbox import Errand
from news.watch.watch import Recipient
from scheduler.app import App
from scheduler.composing import INSTANT, draw_up
from scheduler.delivery import Channel, open_channels
from scheduler.delivery.send import Counts, send_due, worker_name
from scheduler.digest.calendar import Slot, SlotKind, due_slot, instant_slot, manual_slot
from scheduler.digest.render import render
from scheduler.due import due_sources
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
        for recipient in await self.app.store.read(lambda unit: unit.recipients.all()):
            if not recipient.enabled:
                continue
            due = await self.app.store.read(partial(_due, recipient=recipient, closing_now=closing_now, now=now))
            for schedule, slot in due:
                try:
                    frozen += await self._freeze(recipient, schedule, slot, now)
                except Exception as error:
                    _log.error(
                        "digest failed", slot=slot.name, schedule=schedule, recipient=recipient.id, error=str(error)
                    )
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

    async def _freeze(self, recipient: Recipient, schedule: str, slot: Slot, now: datetime) -> bool:
        """Compose and write down one digest; False where it was made before, or an extra slot has nothing to tell."""
        digest = await self.app.store.read(
            partial(draw_up, app=self.app, recipient=recipient, schedule=schedule, slot=slot, now=now)
        )
        if digest is None or (slot.kind is not SlotKind.DAILY and not digest.match_ids and not digest.revised):
            return False
        message = await asyncio.to_thread(render, digest, domain=self.app.domain)
        channel = recipient.channel or self.app.settings.default_channel
        notices = [notice.id for notice in digest.coverage.notices]

        def work(unit: Unit) -> int | None:
            frozen = unit.digests.freeze(
                recipient, schedule, slot.name, digest.match_ids, message, channel, at=now, shown=digest.shown
            )
            if frozen is not None:
                unit.health.mark_told(recipient.id, notices, at=now)
            return frozen

        frozen = await self.app.store.write(work)
        if frozen is not None:
            _log.info("digest", slot=slot.name, schedule=schedule, stories=digest.stories, recipient=recipient.id)
        return frozen is not None


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
    ways = {one.id: ways_in(one, states.get(one.id)) for one in app.settings.sources if one.enabled}
    firsts = [way.first for way in ways.values()]
    due = due_sources(
        firsts,
        states,
        now=now,
        busy_hosts=busy,
        articles=unit.pending.earliest(),
        slots=next_slots(unit.recipients.all(), now=now),
        alerting=alerting_sources(unit.watches.all(enabled_only=True), firsts),
    )
    return [
        Errand(
            source=first,
            validators=unit.visits.validators(first.id, first.reading_fingerprint),
            others=ways[first.id].others,
            gap=(state := states.get(first.id)) is not None and state.gap,
        )
        for first in due
    ]


def _due(unit: Unit, *, recipient: Recipient, closing_now: bool, now: datetime) -> list[tuple[str, Slot]]:
    """Return the slots to try for `recipient`, each with its schedule; an extra one is frozen only with matches."""
    schedule = recipient.schedule
    due = [(INSTANT, instant_slot(now, since=unit.digests.last_at(recipient.id, INSTANT)))]
    last = unit.digests.last_slot(recipient.id, schedule.name)
    calendar = due_slot(schedule, now=now, last=last, begun=recipient.created_at)
    if calendar is not None:
        due.append((schedule.name, calendar))
    elif closing_now:
        due.append((schedule.name, manual_slot(now, since=unit.digests.last_at(recipient.id, schedule.name))))
    return due
