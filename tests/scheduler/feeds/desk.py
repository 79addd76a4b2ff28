"""An installation with two watches, two recipients and three sources that let out different amounts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import feedparser

from news.item import Draft
from scheduler.app import App, open_app
from scheduler.feeds.atom import as_atom
from scheduler.feeds.feed import Feed
from scheduler.feeds.feeds import Listed, listed_feeds, read_feed
from scheduler.intake import Intake
from tests.scheduler.office import NOW, a_draft, answered

BEGUN = NOW - timedelta(hours=1)

CONFIG = """
contact: owner@example.org
packs: []
database: {url: "sqlite:///press.db"}
smtp: {sender: presswatch@example.org}
sources:
  - {id: office, kind: feed, url: "https://office.example/rss", publisher: The office, quote: full}
  - {id: agency, kind: feed, url: "https://agency.example/rss", publisher: The agency, quote: headline, credit: By us}
watches:
  - {name: Floods, query: flood}
  - {name: Registers, query: register}
recipients:
  - {address: desk@example.org}
  - {address: chief@example.org, watches: [Registers]}
"""


@contextmanager
def open_desk(folder: Path, config: str = CONFIG) -> Iterator[App]:
    """Open the installation in `folder`; it was made an hour before NOW."""
    file = folder / "config.yaml"
    file.write_text(config, encoding="utf-8")
    with open_app(file, now=BEGUN, env={}) as app:
        yield app


def bring(app: App, *drafts: Draft, source: str = "office", at: datetime = NOW) -> None:
    """Take in what a source's visit brought at this hour."""
    declared = next(one for one in app.settings.sources if one.id == source)
    intake = Intake(app.store, clock=lambda: at, fresh=timedelta(days=1), lexicon=app.settings.lexicon)
    asyncio.run(intake.accept(answered(declared, *drafts, at=at)))


def published(title: str, **fields: object) -> Draft:
    """A draft stated at NOW."""
    return a_draft(title, **fields)


def feeds(app: App) -> dict[str, Listed]:
    """Every feed, by what it is of."""
    listed = app.store.read_now(lambda unit: list(listed_feeds(unit, key=app.key)))
    return {getattr(one.of, "address", one.of.name): one for one in listed}


def feed_of(app: App, name: str, *, now: datetime = NOW) -> Feed:
    """The feed of this watch or recipient as it reads now."""
    listed = feeds(app)[name]
    return app.store.read_now(lambda unit: read_feed(unit, listed, app=app, now=now))


def titles(app: App, name: str, *, now: datetime = NOW) -> list[str]:
    """The titles of its entries as a feed reader sees them, the newest first."""
    return [str(entry.title) for entry in feedparser.parse(as_atom(feed_of(app, name, now=now))).entries]
