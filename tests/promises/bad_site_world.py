"""A month of one presswatch among sites that misbehave: real HTTP, crawls, intake and digests, a clock set by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from news.health import Notice
from news.item import Item
from news.settings import parse_settings
from scheduler.app import App
from scheduler.jobs import Jobs
from scheduler.wishes import next_slots
from storage import open_store
from tests.crawler.crawls import crawling
from tests.promises.bad_site import Desk, Kind
from tests.promises.days import Days
from tests.scheduler.desk import Mailbox
from tests.scheduler.office import Clock, an_intake

HEAD = """
contact: desk@example.org
crawler: {delay: 0.01, allow_networks: [127.0.0.0/8]}
packs: []
watches:
  - {name: Registers, query: реестр}
recipients:
  - {address: desk@example.org, schedule: {hour: "08:00"}}
  - {address: press@example.org, schedule: {hour: "17:00"}}
sources:
"""
SOURCES = {
    Kind.FEED: "",
    Kind.LISTING: "\n    links: {entry: li}\n    articles: {title: h1, body: .text p, published: time@datetime}",
    Kind.JSON: "\n    items: items\n    fields: {id: id, title: title, link: '{url}', text: text, published: date}",
}


@dataclass
class Month(Days):
    """Days whose wire is real: the sites answer over HTTP."""

    async def pass_days(self, days: float, *, tick: timedelta = timedelta(hours=1)) -> None:
        """Let days pass, each tick as the daemon does it; a tick falls shortly before each digest and at its hour."""
        end = self.clock.now + timedelta(days=days)
        while self.clock.now < end:
            before = self.clock.now
            slots = next_slots(self.jobs.app.settings.recipients, now=before)
            stops = [stop for slot in slots for stop in (slot - timedelta(minutes=10), slot) if stop > before]
            self.clock.now = min([before + tick, *stops])
            await self.jobs.read_due()
            if self.clock.now in slots:
                await self.jobs.compose_due()
                await self.jobs.send_due()
            if before.date() != self.clock.now.date():
                await self.jobs.housekeep()

    def items(self) -> list[Item]:
        """Everything that is stored."""
        return self.store.read_now(lambda unit: unit.items.newest(9_999))

    def changes(self, source: str) -> list[Notice]:
        """The changes of state that were to be told of one source."""
        return [one for one in self.notices() if one.source == source and one.after is not None]


@asynccontextmanager
async def a_month(folder: Path, desks: Sequence[Desk], clock: Clock) -> AsyncIterator[Month]:
    """A presswatch that reads these desks, opened in the loop that crawls."""
    text = HEAD + "".join(
        f"  - id: {desk.name}\n    kind: {desk.kind}\n    publisher: The {desk.name}\n    language: ru\n"
        f"    url: {desk.list_address}\n    every: 6 h{SOURCES[desk.kind]}\n"
        for desk in desks
    )
    settings = parse_settings(text, {}, read_secret=lambda path: path)
    with open_store(f"sqlite:///{folder}/press.db") as store:
        app, mailbox = App(settings=settings, store=store, home=folder), Mailbox()
        app.synchronise(now=clock())
        async with crawling(timeout=20.0, deadline=60.0) as subject:
            jobs = Jobs(
                app=app,
                crawling=subject,
                intake=an_intake(store, clock),
                channels={"folder": mailbox},
                worker="month",
                clock=clock,
            )
            yield Month(store, jobs, clock, mailbox)
