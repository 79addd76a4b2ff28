"""Which feeds there are, and each as it reads now: one a watch, one a recipient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from news.watch.watch import Recipient, Watch
from scheduler.app import App
from scheduler.digest.safe import one_line
from scheduler.feeds.feed import Feed
from scheduler.feeds.gather import MOST_MATCHES, entries_of, tag_of
from scheduler.feeds.secrets import FeedKind, feed_name, is_name, read_name
from storage import Unit


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A feed that there is. name: its secret name; of: the watch or recipient."""

    kind: FeedKind
    name: str
    of: Watch | Recipient


def listed_feeds(unit: Unit, *, key: bytes) -> Iterator[Listed]:
    """Give every feed: of the watches in force, then of the recipients. key: `App.key`."""
    for watch in unit.watches.all(enabled_only=True):
        yield Listed(kind=FeedKind.WATCH, name=feed_name(FeedKind.WATCH, watch.id, generation=0, key=key), of=watch)
    standings = unit.subscriptions.all()
    for person in unit.recipients.all():
        if person.enabled:
            generation = standings[person.id].generation if person.id in standings else 0
            name = feed_name(FeedKind.RECIPIENT, person.id, generation=generation, key=key)
            yield Listed(kind=FeedKind.RECIPIENT, name=name, of=person)


def find_feed(unit: Unit, name: str, *, key: bytes) -> Listed | None:
    """Return the feed of this name; None for a name that was never given, or is not in force any more."""
    read = read_name(name)
    if read is None:
        return None
    of: Watch | Recipient | None
    if read.kind is FeedKind.WATCH:
        generation = 0
        of = next((watch for watch in unit.watches.all(enabled_only=True) if watch.id == read.id), None)
    else:
        generation = unit.subscriptions.generation(read.id)
        person = unit.linked.recipient(read.id)
        of = person if person is not None and person.enabled else None
    if of is None or not is_name(name, read.kind, read.id, generation=generation, key=key):
        return None
    return Listed(kind=read.kind, name=name, of=of)


def read_feed(unit: Unit, listed: Listed, *, app: App, now: datetime) -> Feed:
    """Return a feed as it reads now."""
    of, address = listed.of, app.settings.web.served_at
    if isinstance(of, Watch):
        matches = unit.matches.recent(watch_id=of.id, limit=MOST_MATCHES)
        title, language = of.name, "en"
    else:
        matches = unit.matches.recent(recipient_id=of.id, limit=MOST_MATCHES)
        title, language = of.name or of.address, of.language
    entries = entries_of(
        unit,
        matches,
        sources=app.settings.sources,
        lexicon=app.settings.lexicon,
        language=language,
        domain=app.domain,
        now=now,
    )
    begun = of.created_at or now
    return Feed(
        id=f"{tag_of(app.domain)}{listed.kind.name.lower()}/{of.id}",
        title=f"presswatch: {one_line(title)}",
        address=f"{address}/feeds/{listed.name}" if address else "",
        updated=max((entry.updated for entry in entries), default=begun),
        entries=entries,
    )
