"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from scheduler.feeds.feed import Entry, Feed

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


def as_atom(feed: Feed) -> bytes:
    """Return the feed as an Atom document; the same feed gives the same bytes."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _instant(feed.updated))
    SubElement(root, "generator").text = "presswatch"
    if feed.address:
        SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{feed.address}.atom"})
    for entry in feed.entries:
        root.append(_entry(entry))
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _entry(entry: Entry) -> Element:
    element = Element("entry", {"xml:lang": entry.language})
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "published", _instant(entry.published))
    _text(element, "updated", _instant(entry.updated))
    # RFC 4287 section 4.1.2: an author each, where the feed has none.
    for publisher in entry.publishers:
        _text(SubElement(element, "author"), "name", publisher)
    if entry.url:
        SubElement(element, "link", {"rel": "alternate", "href": entry.url})
    else:
        # Section 4.1.1.1: an entry without that link has content.
        _text(element, "content", entry.summary or entry.title)
    if entry.summary:
        _text(element, "summary", entry.summary)
    for watch in entry.watches:
        SubElement(element, "category", {"term": watch})
    if entry.credits:
        _text(element, "rights", "; ".join(entry.credits))
    return element


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
