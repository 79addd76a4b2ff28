"""Feeds as files, for as long as no web server hands them out: written again when what they tell has changed."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from scheduler.app import App
from scheduler.feeds.atom import as_atom
from scheduler.feeds.feed import Feed
from scheduler.feeds.feeds import Listed, listed_feeds, read_feed
from scheduler.feeds.json_feed import as_json
from scheduler.feeds.secrets import FeedKind
from storage import Unit

FOLDER = Path("var") / "feeds"
"""Where they lie below the folder of config.yaml, for its owner's eyes alone."""

AT_ONCE: Final = 50
"""Feeds that one call writes at most; the others follow with the next."""

AGAIN: Final = timedelta(hours=1)
"""So often a feed is looked at although nothing new was found: an embargo ends without a sign."""

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """What a feed told when it was written last: who it is of, its newest match, the newest change, the hour."""

    of: object
    match: int
    change: datetime | None
    at: datetime


@dataclass(kw_only=True)
class FeedFiles:
    """Keeps the files of one installation in step with its database, from one process."""

    app: App
    _marks: dict[str, _Mark] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self.app.home / FOLDER

    async def write_changed(self, *, now: datetime) -> int:
        """Write the feeds that have changed, AT_ONCE at most, take away those that are over, and count the written.

        Where a web server hands feeds out there are no files.
        """
        if self.app.settings.web.listen:
            self._sweep(frozenset())
            return 0
        listed, due = await self.app.store.read(partial(self._due, now=now))
        self._sweep({one.name for one in listed})
        for one, mark in due[:AT_ONCE]:
            feed = await self.app.store.read(partial(read_feed, listed=one, app=self.app, now=now))
            await asyncio.to_thread(write_feed, self.folder, one.name, feed)
            self._marks[one.name] = mark
        if due:
            _log.info("feeds written", feeds=len(due[:AT_ONCE]))
        return len(due[:AT_ONCE])

    def _due(self, unit: Unit, *, now: datetime) -> tuple[list[Listed], list[tuple[Listed, _Mark]]]:
        listed = list(listed_feeds(unit, key=self.app.key))
        newest, followed, change = unit.feeds.newest_matches(), unit.feeds.followed(), unit.feeds.newest_change()
        due = []
        for one in listed:
            watches = [one.of.id] if one.kind is FeedKind.WATCH else followed.get(one.of.id, [])
            match = max((newest.get(watch, 0) for watch in watches), default=0)
            mark, last = _Mark(of=one.of, match=match, change=change, at=now), self._marks.get(one.name)
            same = last is not None and (last.of, last.match, last.change) == (mark.of, mark.match, mark.change)
            if last is None or not same or now - last.at >= AGAIN:
                due.append((one, mark))
        # Who waited longest comes first: where there are more than AT_ONCE, a busy watch must not hold up the others.
        due.sort(key=lambda pair: self._written_at(pair[0].name))
        return listed, due

    def _written_at(self, name: str) -> float:
        mark = self._marks.get(name)
        return mark.at.timestamp() if mark is not None else 0.0

    def _sweep(self, names: Set[str]) -> None:
        for file in self.folder.glob("*.*") if self.folder.is_dir() else ():
            if file.suffix in (".atom", ".json") and file.stem not in names:
                file.unlink(missing_ok=True)
        self._marks = {name: mark for name, mark in self._marks.items() if name in names}


def write_feed(folder: Path, name: str, feed: Feed) -> None:
    """Write both forms of a feed, each whole or not at all; one that says the same stays as it is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for suffix, body in ((".atom", as_atom(feed)), (".json", as_json(feed))):
        file = folder / f"{name}{suffix}"
        if not file.is_file() or file.read_bytes() != body:
            _replace(file, body)


def _replace(file: Path, body: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".")  # readable by its owner alone
    try:
        with open(descriptor, "wb") as opened:
            opened.write(body)
        os.replace(draft, file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
