"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): a JSON body to drafts."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from crawler.read.decode import text_of
from crawler.read.entries import MOST_ENTRIES, distinct, language_tag, link_of, stated, too_many, whole_number
from crawler.read.page import Page, Reading
from news.errors import Unreadable
from news.item import Draft, Enclosure
from news.source import AnySource
from news.text.clean import first_image, one_line, plain_text, printable, safe_fragment
from news.visit import Reason


def read_json_feed(body: bytes, page: Page, source: AnySource) -> Reading:
    """Read a JSON Feed; raises Unreadable: TRUNCATED for broken JSON, NOT_A_FEED for JSON that is none."""
    try:
        feed = json.loads(text_of(body, page.content_type))
    except (ValueError, RecursionError) as error:
        raise Unreadable(Reason.TRUNCATED, f"JSON that cannot be read: {error}") from error
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list):
        raise Unreadable(Reason.NOT_A_FEED, 'JSON without a list "items"')
    language = language_tag(feed.get("language"))
    feed_authors = _authors(feed)
    return Reading(
        drafts=tuple(
            _draft(entry, page, source, language, feed_authors)
            for entry in entries[:MOST_ENTRIES]
            if isinstance(entry, dict)
        ),
        title=one_line(_text(feed.get("title"))),
        link=link_of(page.url, feed.get("home_page_url")) or "",
        language=language,
        note=too_many(len(entries)),
    )


def _draft(
    entry: dict[str, Any], page: Page, source: AnySource, feed_language: str, feed_authors: tuple[str, ...]
) -> Draft:
    base = link_of(page.url, entry.get("url")) or page.url
    markup = _text(entry.get("content_html"))
    text = plain_text(markup) if markup else printable(_text(entry.get("content_text"))).strip()
    published, updated = _text(entry.get("date_published")), _text(entry.get("date_modified"))
    pictures = (link_of(page.url, entry.get(name)) for name in ("image", "banner_image"))
    return Draft(
        title=one_line(_text(entry.get("title"))),
        url=link_of(page.url, entry.get("url")) or link_of(page.url, entry.get("external_url")),
        guid=one_line(_text(entry.get("id"))) or None,
        summary=printable(_text(entry.get("summary"))).strip(),
        text=text,
        html=safe_fragment(markup or f"<p>{escape(text)}</p>", base=base) if text or markup else "",
        published=stated(published or updated, page, source),
        published_raw=one_line(published or updated),
        updated=stated(updated, page, source) if updated else None,
        authors=_authors(entry) or feed_authors,
        language=language_tag(entry.get("language")) or feed_language,
        enclosures=_attachments(entry.get("attachments"), page.url),
        tags=distinct([_text(tag) for tag in _list(entry.get("tags"))]),
        image=next((url for url in pictures if url), "") or first_image(markup, base=base),
    )


def _text(value: object) -> str:
    # Version 1 asks readers to take numbers where ids should be text.
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _authors(owner: dict[str, Any]) -> tuple[str, ...]:
    # 1.1 has a list, 1.0 a single object.
    people = [*_list(owner.get("authors")), owner.get("author")]
    return distinct([_text(person.get("name")) for person in people if isinstance(person, dict)])


def _attachments(value: object, base: str) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(url=url, type=one_line(_text(one.get("mime_type"))), length=whole_number(one.get("size_in_bytes")))
        for one in _list(value)
        if isinstance(one, dict) and (url := link_of(base, one.get("url")))
    )
