"""Items, watches, recipients and messages to store, each made from what a test cares about."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from news.item import Item, ItemKey, KeyKind, Stated
from news.message import Message
from news.source import Standing
from news.story import Choice, Relation
from news.urls import canonical_url
from news.watch.watch import Hit, Match, Recipient, Watch
from storage import Store, Unit

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = Stated(day=date(2026, 11, 22), zone="Asia/Almaty")


def an_item(
    title: str = "Release 1",
    *,
    url: str = "https://press.example/1",
    source: str = "press",
    guid: str = "",
    native: str = "",
    scope: str = "",
    **fields: Any,
) -> Item:
    """An item with the keys that its address, guid, native id and text give it, as normalising makes them."""
    told = hashlib.sha256(f"{title}|{fields.get('text', '')}".encode(errors="ignore")).hexdigest()[:16]
    shown = hashlib.sha256(f"{told}|{fields.get('lead', '')}".encode(errors="ignore")).hexdigest()[:16]
    keys = [
        ItemKey(kind=KeyKind.NATIVE, scope=scope or source, key=native),
        ItemKey(kind=KeyKind.URL, scope="", key=canonical_url(url).key),
        ItemKey(kind=KeyKind.GUID, scope=source, key=guid),
        ItemKey(kind=KeyKind.TEXT, scope=source, key=told),
    ]
    values: dict[str, Any] = {
        "title": title,
        "url": url,
        "source": source,
        "publisher": "Press office",
        "standing": Standing.OFFICIAL,
        "language": "en",
        "seen_at": NOW,
        "published": TODAY,
        "keys": tuple(key for key in keys if key.key),
        "text_hash": told,
        "content_hash": shown,
    }
    return Item(**{**values, **fields})


def numbered(number: int, **fields: Any) -> Item:
    """One of many items that have nothing in common."""
    return an_item(f"Release {number}", url=f"https://press.example/{number}", guid=f"guid-{number}", **fields)


def a_message(name: str = "digest") -> Message:
    """A message as the outbox takes it."""
    return Message(
        id=f"{name}@presswatch.example",
        subject="3 оқиға: Қызыл Жарты Ай",
        text="Қазақстан\n" * 200,
        html="<p>Қазақстан</p>" * 200,
        date=NOW,
        headers={"List-Id": "digest.presswatch.example"},
    )


def a_match(item: int, watch: int) -> Match:
    """A match of a watch's one term in an item's title."""
    hit = Hit(field="title", start=0, end=7, text="Release", term="release")
    return Match(item=item, watch=watch, score=1.0, hits=(hit,))


def add_one(unit: Unit, item: Item, *, at: datetime = NOW) -> int:
    """Store an item that starts a story, as intake does; gives its id."""
    saved = unit.items.add([item])[0]
    unit.stories.assign(saved.item.id, Choice(story=None, relation=Relation.NEW), at=at)
    return saved.item.id


def found(unit: Unit, watch: Watch, *numbers: int, muted: bool = False) -> None:
    """Store numbered items and let `watch` find each of them."""
    matches = [a_match(add_one(unit, numbered(number)), watch.id) for number in numbers]
    unit.matches.record(matches, at=NOW, muted=muted)


def a_watch(store: Store, name: str = "releases", **fields: Any) -> Watch:
    """Store a watch."""
    return store.write_now(lambda unit: unit.watches.add(Watch(name=name, query="release", **fields), at=NOW))


def a_recipient(store: Store, address: str = "desk@example.org", **fields: Any) -> Recipient:
    """Store a recipient."""
    return store.write_now(lambda unit: unit.recipients.add(Recipient(address=address, **fields), at=NOW))
