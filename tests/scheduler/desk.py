"""One presswatch in the hands of a test: a wire that plays the crawl, a mailbox, a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from crawler.crawl import Crawling
from crawler.inbox import Errand, Inbox, Response
from news.item import Draft
from news.message import Message
from news.settings import parse_settings
from scheduler.app import App
from scheduler.jobs import Jobs
from storage import DigestRow, Store
from tests.scheduler.office import Clock, a_draft, an_intake, answered

CONFIG = """
contact: desk@example.org
database: {{url: "sqlite:///press.db"}}
packs: []
sources:
  - {{id: office, kind: feed, url: "https://office.example/rss", publisher: The office, every: 10 min}}
  - {{id: agency, kind: feed, url: "https://agency.example/rss", publisher: The agency, every: 10 min}}
watches:
  - {{name: Registers, query: register}}
  - {{name: Alarms, query: alarm, mode: instant}}
recipients:
{recipients}
"""
DESK = "desk@example.org"
FIRST_DAY = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""Saturday 09:00 in Almaty: the hour of the day's digest has passed."""

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""The hour of the next one, 08:00 in Almaty."""


@dataclass
class Wire:
    """Plays the crawl: for each errand it hands in what was put there for its source, an ETag with it.

    answers: makes the response instead, where a test cares how the source answers.
    """

    waiting: dict[str, list[Draft]] = field(default_factory=dict)
    errands: list[Errand] = field(default_factory=list)
    busy: Callable[[], frozenset[str]] = frozenset
    answers: Callable[..., Response] | None = None

    def brings(self, *titles: str, source: str = "office") -> None:
        """Let the source's next visit bring items of these titles, undated."""
        self.waiting.setdefault(source, []).extend(a_draft(title, at=None) for title in titles)

    def busy_hosts(self) -> frozenset[str]:
        return self.busy()

    async def crawl(self, errands: list[Errand], inbox: Inbox, *, now: Callable[[], datetime]) -> None:
        for errand in errands:
            self.errands.append(errand)
            if self.answers is not None:
                await inbox.accept(self.answers(errand.source, at=now()))
                continue
            drafts = self.waiting.pop(errand.source.id, [])
            await inbox.accept(answered(errand.source, *drafts, at=now(), etag=f'"{len(self.errands)}"'))


@dataclass
class Mailbox:
    """A channel that keeps what it is given."""

    name: str = "folder"
    letters: list[tuple[str, Message]] = field(default_factory=list)

    def send(self, message: Message, address: str) -> None:
        self.letters.append((address, message))

    def close(self) -> None:
        """Nothing is held open."""

    def abort(self) -> None:
        """Nothing takes long."""

    def texts(self, beginning: str = "") -> list[str]:
        """The text parts of what came with a subject that begins so, on one line, without the marks of hits."""
        letters = [message for _, message in self.letters if message.subject.startswith(beginning)]
        return [" ".join(message.text.replace("*", "").split()) for message in letters]


@dataclass
class Desk:
    """One presswatch, its clock and its wire in the hands of the test."""

    jobs: Jobs
    clock: Clock
    wire: Wire
    mailbox: Mailbox

    async def tick(self, **options: Any) -> int:
        """What one tick of the daemon does, one after the other; how many digests it froze."""
        await self.jobs.read_due()
        frozen = await self.jobs.compose_due(**options)
        await self.jobs.send_due()
        return frozen

    async def tick_at(self, *instants: datetime) -> None:
        """Set the clock to each instant in turn, and tick."""
        for instant in instants:
            self.clock.now = instant
            await self.tick()

    def digests(self, schedule: str = "daily") -> list[DigestRow]:
        rows = self.jobs.app.store.read_now(lambda unit: unit.digests.list(9_999))
        return [row for row in reversed(rows) if row.schedule == schedule]


def a_desk(
    store: Store,
    folder: Path,
    *,
    clock: Clock,
    recipients: str = f"  - {{address: {DESK}, schedule: {{empty: always}}}}",
) -> Desk:
    """A presswatch over `store` whose settings were read at the clock's hour."""
    text = CONFIG.format(recipients=recipients)
    app = App(settings=parse_settings(text, {}, read_secret=lambda path: path), store=store, home=folder)
    app.synchronise(now=clock())
    wire, mailbox = Wire(), Mailbox()
    jobs = Jobs(
        app=app,
        crawling=cast(Crawling, wire),
        intake=an_intake(store, clock),
        channels={"folder": mailbox},
        worker=f"worker {id(wire)}",
        clock=clock,
    )
    return Desk(jobs, clock, wire, mailbox)


async def first_visits(desk: Desk) -> None:
    """Let the visits pass that mute what is undated."""
    await desk.jobs.read_due()
    desk.clock.passes(hours=1)
