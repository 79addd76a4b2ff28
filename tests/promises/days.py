"""Days of one presswatch in minutes of nobody's time: the real storage, the real decisions, a clock set by hand.

Only the wire is played: `Days.answer` says for each visit how its source answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from crawler.crawl import Crawling
from crawler.inbox import Errand, Inbox, Response
from crawler.verdict import RESULTS
from news.health import Condition, Notice
from news.item import Draft
from news.settings import parse_settings
from news.source import AnySource
from news.visit import Reason, Visit
from scheduler.app import App
from scheduler.jobs import Jobs
from scheduler.wishes import next_slots
from storage import Store, open_store
from tests.scheduler.desk import Mailbox
from tests.scheduler.office import Clock, a_draft, an_intake

CONFIG = """
contact: desk@example.org
packs: []
sources:
{sources}
watches:
  - {{name: Registers, query: register}}
recipients:
{recipients}
"""
SOURCE = '  - {{id: {name}, kind: feed, url: "https://{name}.example/rss", publisher: The {name}, every: {every}}}'
RECIPIENTS = {"desk@example.org": "08:00", "press@example.org": "10:00"}
"""Address -> the hour of its digest."""

NOBODY: Mapping[str, str] = {}
"""Recipients of a presswatch whose visits nobody wishes for."""


@dataclass
class Days:
    """One presswatch and its clock. answer: why a visit fails, NONE where it brings the drafts that `lists` gives.

    visited: (instant, source) of each visit.
    """

    store: Store
    jobs: Jobs
    clock: Clock
    mailbox: Mailbox
    answer: Callable[[str, datetime], Reason] = lambda _source, _now: Reason.NONE
    lists: Callable[[str, datetime], tuple[Draft, ...]] = lambda _source, _now: (
        a_draft("The first register", at=None),
    )
    visited: list[tuple[datetime, str]] = field(default_factory=list)

    async def pass_(self, length: timedelta, *, tick: timedelta) -> None:
        """Let time pass, reading at each tick, each 5 minutes before a digest's hour, and telling each half hour."""
        end = self.clock.now + length
        while self.clock.now < end:
            before = self.clock.now
            soon = any(slot - before <= timedelta(minutes=30) for slot in self._slots())
            self.clock.now += min(tick, timedelta(minutes=5)) if soon else tick
            await self.jobs.read_due()
            if self.clock.now.minute % 30 == 0:
                await self.jobs.compose_due()
                await self.jobs.send_due()
            if before.date() != self.clock.now.date():
                await self.jobs.housekeep()

    def _slots(self) -> list[datetime]:
        return next_slots(self.jobs.app.settings.recipients, now=self.clock.now)

    def busy_hosts(self) -> frozenset[str]:
        return frozenset()

    async def crawl(self, errands: list[Errand], inbox: Inbox, *, now: Callable[[], datetime]) -> None:
        for errand in errands:
            self.visited.append((now(), errand.source.id))
            await inbox.accept(self._response(errand.source, now()))

    def _response(self, source: AnySource, now: datetime) -> Response:
        reason = self.answer(source.id, now)
        drafts = self.lists(source.id, now) if reason is Reason.NONE else ()
        status = {Reason.NONE: 200, Reason.SERVER_ERROR: 503}.get(reason, 0)
        visit = Visit(
            source=source.id,
            started_at=now,
            result=RESULTS[reason],
            reason=reason,
            url=source.url,
            status=status,
            entries=len(drafts),
        )
        return Response(source=source, visit=visit, drafts=drafts)

    def condition(self, source: str) -> Condition:
        """How a source is doing."""
        return self.store.read_now(lambda unit: unit.health.conditions())[source]

    def notices(self) -> list[Notice]:
        """Everything that was ever to be told once."""
        return self.store.read_now(lambda unit: unit.health.untold(0, since=None))

    def told(self, address: str) -> list[str]:
        """The lines below the coverages of all digests that came to an address."""
        texts = [message.text for to, message in self.mailbox.letters if to == address]
        return [line for text in texts for line in _notes(text)]


@contextmanager
def days(
    folder: Path,
    *names: str,
    begin: datetime,
    recipients: Mapping[str, str] = RECIPIENTS,
    every: str = "30 min",
    **paces: str,
) -> Iterator[Days]:
    """A presswatch that reads these sources, each on a host of its own, `every` so often or at a pace of its own."""
    with open_store(f"sqlite:///{folder}/press.db") as store:
        sources = "\n".join(SOURCE.format(name=name, every=paces.get(name, every)) for name in names)
        people = "\n".join(f'  - {{address: {to}, schedule: {{hour: "{hour}"}}}}' for to, hour in recipients.items())
        settings = parse_settings(CONFIG.format(sources=sources, recipients=people), {}, read_secret=lambda path: path)
        app, clock, mailbox = App(settings=settings, store=store, home=folder), Clock(begin), Mailbox()
        app.synchronise(now=begin)
        jobs = Jobs(
            app=app,
            crawling=cast(Crawling, None),
            intake=an_intake(store, clock),
            channels={"folder": mailbox},
            worker="days",
            clock=clock,
        )
        world = Days(store, jobs, clock, mailbox)
        object.__setattr__(jobs, "crawling", world)
        yield world


def _notes(text: str) -> list[str]:
    """The notes below the coverage of a digest, each on one line."""
    notes: list[str] = []
    for line in text.partition("\nCOVERAGE ")[2].splitlines()[1:]:
        if line.startswith((" ! ", " . ")):
            notes.append(line[3:])
        elif notes and line.startswith("   "):
            notes[-1] += f" {line.strip()}"
        elif notes:
            break
    return notes
