"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from scheduler.feeds.feed import Entry, Feed

MEDIA_TYPE = "application/feed+json; charset=utf-8"


def as_json(feed: Feed) -> bytes:
    """Return the feed as a JSON Feed document; the same feed gives the same bytes."""
    document: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if feed.address:
        document["feed_url"] = f"{feed.address}.json"
    document["items"] = [_item(entry) for entry in feed.entries]
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(entry: Entry) -> dict[str, Any]:
    text = "\n".join(line for line in (entry.summary or entry.title, *entry.credits) if line)
    item: dict[str, Any] = {"id": entry.id, "title": entry.title, "content_text": text}
    if entry.url:
        item["url"] = entry.url
    if entry.summary:
        item["summary"] = entry.summary
    return item | {
        "date_published": _instant(entry.published),
        "date_modified": _instant(entry.updated),
        "authors": [{"name": publisher} for publisher in entry.publishers],
        "tags": list(entry.watches),
        "language": entry.language,
    }


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
