"""JSON Feed, both versions, with fields of the wrong kind."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crawler.read import read_page
from crawler.read.page import Reading
from news.errors import Unreadable
from tests.crawler.read.pages import FEED, made
from tests.shared import shared


def read(feed: Any) -> Reading:
    return read_page(made(json.dumps(feed).encode()), FEED)


def test_every_field_of_an_entry_is_read() -> None:
    reading = read(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "News",
            "home_page_url": "https://example.kz/",
            "language": "kk-KZ",
            "authors": [{"name": "Office"}],
            "items": [
                {
                    "id": 17,
                    "url": "/news/17",
                    "title": "One\n headline",
                    "content_html": '<p>Text</p><img src="a.png"><script>x</script>',
                    "summary": "Short",
                    "date_published": "2026-09-18T10:00:00+05:00",
                    "date_modified": "2026-09-19T10:00:00+05:00",
                    "tags": ["water", "", 5],
                    "attachments": [{"url": "/f.pdf", "mime_type": "application/pdf", "size_in_bytes": 12}, {}],
                },
                {"id": "18", "external_url": "https://other.kz/18", "content_text": "a < b", "author": {"name": "A"}},
            ],
        }
    )
    first, second = reading.drafts
    assert (reading.title, reading.link, reading.language) == ("News", "https://example.kz/", "kk")
    assert (first.guid, first.url, first.title) == ("17", "https://example.kz/news/17", "One headline")
    assert (first.summary, first.text, first.authors, first.language) == ("Short", "Text", ("Office",), "kk")
    assert first.html == '<p>Text</p><img src="https://example.kz/news/a.png">'
    assert first.image == "https://example.kz/news/a.png"
    assert first.published is not None
    assert first.updated is not None
    assert (first.published.day.day, first.updated.day.day) == (18, 19)
    assert first.tags == ("water", "5")
    assert [(one.url, one.length) for one in first.enclosures] == [("https://example.kz/f.pdf", 12)]
    assert (second.url, second.text, second.html, second.authors) == (
        "https://other.kz/18",
        "a < b",
        "<p>a &lt; b</p>",
        ("A",),
    )


def test_a_real_feed_is_read_whole() -> None:
    body = shared("corpora/feeds/trafilatura/feed.json").read_bytes()
    reading = read_page(made(body), FEED)
    assert len(reading.drafts) == len(json.loads(body)["items"]) > 0
    assert all(draft.url and draft.guid for draft in reading.drafts)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
_NAMES = ["id", "url", "title", "content_html", "content_text", "summary", "date_published", "authors", "author",
          "tags", "attachments", "language", "image"]  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(_NAMES), _ANY) | _ANY, max_size=3) | _ANY)
def test_fields_of_any_kind_are_read_or_refused(items: Any) -> None:
    try:
        drafts = read({"items": items}).drafts
    except Unreadable:
        assert not isinstance(items, list)
    else:
        assert len(drafts) == sum(isinstance(item, dict) for item in items)
