"""One round without a daemon: read what is due, send what is due, tell what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler import loop
from news.errors import StorageError
from news.message import Message
from news.visit import Visit
from news.watch.watch import Recipient
from scheduler.app import App, open_app
from scheduler.archiving import index_backlog
from scheduler.composing import compose_from
from scheduler.delivery import open_channels
from scheduler.delivery.send import Counts
from scheduler.digest.calendar import sample_slot
from scheduler.digest.digest import Digest
from scheduler.digest.render import render
from scheduler.feeds.files import FeedFiles
from scheduler.jobs import open_jobs, utc_now
from scheduler.owner import Caretaker
from storage import Unit

RECENT_PARCELS = 50
"""Newest parcels that are looked at for why something was not delivered."""

SAMPLE_MATCHES = 60
"""Newest matches that the sample after the first round shows."""


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """What one round did.

    sample: a digest of what was just read, after the first round that read anything and where no digest was made.
    troubles: why parcels were not delivered, each reason once.
    """

    visits: tuple[Visit, ...]
    digests: int
    parcels: Counts
    sample: Message | None = None
    troubles: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        """How many sources were read."""
        return sum(visit.result.answered for visit in self.visits)

    @property
    def nobody_answered(self) -> bool:
        """Whether sources were visited and none was read: that is not "no news"."""
        return bool(self.visits) and not self.answered


def run_once(config: Path, *, digest_now: bool = False, everything: bool = False) -> RunReport:
    """Read every due source, send every due digest, end; with `digest_now` close an extra slot for what is untold.

    everything: read the sources whose time has not come, too, but for those whose server asked to be left alone.

    Raises StorageError where a daemon holds the database: it does the same by itself.
    """
    with open_app(config, now=utc_now()) as app, app.store.lock_daemon():
        reports: list[RunReport] = []

        async def main() -> int:
            reports.append(await one_round(app, digest_now=digest_now, everything=everything))
            return 0

        loop.run(main)
        return reports[0]


async def one_round(
    app: App, *, digest_now: bool, everything: bool = False, clock: Callable[[], datetime] = utc_now
) -> RunReport:
    """Do one round over an open installation, inside a running loop."""
    before = await app.store.read(lambda unit: unit.visits.newest())
    never_read = not await app.store.read(lambda unit: any(state.read_once for state in unit.visits.states().values()))
    async with open_jobs(app, open_channels(app.settings, app.home), clock=clock) as jobs:
        caretaker, unstored = Caretaker(app, clock=clock), None
        try:
            await jobs.read_due(everything=everything)
        except StorageError as error:
            caretaker.saw(error)
            unstored = error
        try:
            digests = await jobs.compose_due(closing_now=digest_now)
        finally:
            # Also where one digest could not be made: the others are on their way to somebody.
            await caretaker.look()
            parcels = await jobs.send_due()
        if unstored is not None:
            raise unstored  # "nothing was due" would be another thing than "nothing could be stored"
        await jobs.housekeep()
        await index_backlog(app.store)
        feeds = FeedFiles(app=app)
        while await feeds.write_changed(now=clock()):
            pass
        # A digest that was made shows by itself what one looks like; a sample beside it would only confuse.
        sample = await _sample(app, clock()) if never_read and not digests else None
        troubles = await app.store.read(_troubles) if parcels.total > parcels.sent else ()
        visits = tuple(await app.store.read(lambda unit: unit.visits.after(before)))
        return RunReport(visits=visits, digests=digests, parcels=parcels, sample=sample, troubles=troubles)


def _troubles(unit: Unit) -> tuple[str, ...]:
    """Why parcels were not delivered, each reason once."""
    return tuple(dict.fromkeys(one.last_error for one in unit.outbox.list(RECENT_PARCELS) if one.last_error))


async def _sample(app: App, now: datetime) -> Message | None:
    """Show what a digest of everything just read looks like, old items too; it is not counted as sent."""

    def work(unit: Unit) -> Digest | None:
        recipient = next(iter(unit.recipients.all()), Recipient(address="sample"))
        told = unit.matches.newest(SAMPLE_MATCHES)
        return compose_from(unit, told, app=app, recipient=recipient, slot=sample_slot(now), now=now) if told else None

    digest = await app.store.read(work)
    return render(digest, domain=app.domain, templates=app.templates) if digest is not None else None
