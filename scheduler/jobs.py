"""What the clock starts: read what is due, compose what is due, send what is due.

`now` enters here and is passed down; below this module no function reads the clock.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from crawler.crawl import Crawling
from crawler.inbox import Errand
from news.hosts import host_of
from scheduler.app import App
from scheduler.bounces import look_into_maildir
from scheduler.confirming import ask_newcomers
from scheduler.delivery import Channel
from scheduler.delivery.send import Counts, send_due, worker_name
from scheduler.due import due_sources
from scheduler.errands import errand_of
from scheduler.every_watch import every_watch
from scheduler.everybody import everybody
from scheduler.health import learn_norms
from scheduler.intake import Intake
from scheduler.retention import drop_old_items
from scheduler.telling import tell_due
from scheduler.untold import Looked
from scheduler.ways import ways_in
from scheduler.wishes import next_slots
from storage import Unit


def utc_now() -> datetime:
    """What time it is, for the daemon and for a round; commands ask at their own edge (`ui.cli.opened.right_now`)."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Jobs:
    """The work of one tick over one installation; every method may be called at any time and repeats nothing.

    looked: whom composing need not ask again.
    """

    app: App
    crawling: Crawling
    intake: Intake
    channels: Mapping[str, Channel]
    worker: str
    clock: Callable[[], datetime] = utc_now
    looked: Looked = field(default_factory=Looked)

    async def read_due(self, *, everything: bool = False) -> None:
        """Visit the sources that are due, or everything that may be, and return when the last of them is taken in.

        Raises StorageError at the end where not all of it could be stored, which is read again at later visits.
        """
        await self.intake.warm_up()
        choose = partial(_errands, app=self.app, crawling=self.crawling, everything=everything, now=self.clock())
        errands = await self.app.store.read(choose)
        # Ticks overlap: another one that chose at the same moment may have begun to crawl since.
        busy = self.crawling.busy_hosts()
        errands = [errand for errand in errands if host_of(errand.source.url) not in busy]
        if errands and (trouble := await self.crawling.crawl(errands, self.intake, now=self.clock)) is not None:
            raise trouble

    async def compose_due(self, *, closing_now: bool = False) -> int:
        """Freeze every digest that is due, with `closing_now` also what is untold before its hour; count the mails.

        One that cannot be made holds up nobody else's: its error is logged, and the first one raised at the end.
        """
        await ask_newcomers(self.app, now=self.clock())
        return await tell_due(self.app, now=self.clock(), closing_now=closing_now, looked=self.looked)

    async def take_in_bounces(self) -> None:
        """Take in reports about mails that came back."""
        await look_into_maildir(self.app, now=self.clock())

    async def send_due(self) -> Counts:
        """Hand every parcel that is due to its channel."""
        lease = self.app.settings.delivery.lease
        return await send_due(self.app.store, self.channels, now=self.clock, worker=self.worker, lease=lease)

    async def housekeep(self) -> None:
        """Drop what grows with every day and is of no use any more."""
        now = self.clock()
        await self._drop(lambda unit: unit.housekeep(now=now))
        await self._drop(lambda unit: unit.stories.prune(now=now))
        settled = now - timedelta(days=self.app.settings.delivery.keep_days)
        await self.app.store.write(lambda unit: unit.outbox.drop_bodies(before=settled))
        oldest = now - timedelta(days=self.app.settings.copies.keep_days)
        await self._drop(lambda unit: unit.copies.prune(before=oldest))
        await drop_old_items(self.app.store, self.app.settings.archive.keep_days, now=now)
        await learn_norms(self.app.store, self.app.settings.sources, now=now)

    async def _drop(self, some: Callable[[Unit], int]) -> None:
        """Have some taken out until nothing is left: one transaction would hold up every other writer."""
        while await self.app.store.write(some):
            pass


@asynccontextmanager
async def open_jobs(
    app: App, channels: Mapping[str, Channel], *, clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[Jobs]:
    """Start what the work of a tick needs, the crawl with its reader processes; end it afterwards with the channels.

    channels: made by the caller, for there are settings that none can be made of, and nothing is to be begun by those.
    """
    crawling = Crawling(app.settings)
    await crawling.start()
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


def _errands(unit: Unit, *, app: App, crawling: Crawling, everything: bool, now: datetime) -> list[Errand]:
    # Asked before the states are read: of a crawl that ends in between the visits are seen then, and not made again.
    busy = crawling.busy_hosts()
    states = unit.visits.states()
    firsts = [ways_in(one, states.get(one.id), now=now).first for one in app.settings.sources if one.enabled]
    alerting = every_watch(unit, app.store).alerting
    due = due_sources(
        firsts,
        states,
        now=now,
        busy_hosts=busy,
        articles=unit.pending.earliest(),
        slots=next_slots(everybody(unit, app.store), now=now),
        alerting=frozenset(one.id for one in firsts) if alerting is None else alerting,
        everything=everything,
    )
    declared = {one.id: one for one in app.settings.sources}
    return [errand_of(unit, declared[first.id], states.get(first.id), now=now) for first in due]
