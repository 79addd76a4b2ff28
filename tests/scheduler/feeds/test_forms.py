"""Atom and JSON Feed as readers of feeds understand them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest.safe import one_line
from scheduler.feeds.atom import as_atom
from scheduler.feeds.feed import Entry, Feed
from scheduler.feeds.json_feed import as_json

AT = datetime(2026, 11, 22, 3, 0, 7, 123456, tzinfo=UTC)
ENTRY = Entry(
    id="tag:example.org,2026:story/7",
    title="Су тасқыны: «Қызыл Жарты Ай» & <others>",
    url="https://office.example/7?a=1&b=2",
    language="kk",
    summary="Water rose & fell.",
    publishers=("The office", "The agency"),
    watches=("Floods",),
    published=AT,
    updated=AT.replace(hour=5),
    credits=("By us",),
)
FEED = Feed(
    id="tag:example.org,2026:watch/1",
    title="presswatch: Floods",
    address="https://press.example.org/feeds/w1-x",
    updated=ENTRY.updated,
    entries=(ENTRY,),
)


def test_atom_says_everything_to_a_feed_reader() -> None:
    read = feedparser.parse(as_atom(FEED))
    assert not read.bozo
    assert (read.version, read.feed.title, read.feed.id) == ("atom10", FEED.title, FEED.id)
    assert [link.href for link in read.feed.links if link.rel == "self"] == [f"{FEED.address}.atom"]
    (entry,) = read.entries
    assert (entry.id, entry.title, entry.link) == (ENTRY.id, ENTRY.title, ENTRY.url)
    assert (entry.published, entry.updated) == ("2026-11-22T03:00:07Z", "2026-11-22T05:00:07Z")
    assert entry.summary == ENTRY.summary
    assert [author.name for author in entry.authors] == list(ENTRY.publishers)
    assert [tag.term for tag in entry.tags] == ["Floods"]
    assert entry.rights == "By us"
    assert entry.title_detail.language == "kk"


def test_atom_has_what_the_rfc_demands() -> None:
    for entry in (ENTRY, replace(ENTRY, url=""), replace(ENTRY, url="", summary="")):
        root = ElementTree.fromstring(as_atom(replace(FEED, entries=(entry,))))
        atom = "{http://www.w3.org/2005/Atom}"
        assert all(len(root.findall(atom + name)) == 1 for name in ("id", "title", "updated"))
        (found,) = root.findall(f"{atom}entry")
        assert all(len(found.findall(atom + name)) == 1 for name in ("id", "title", "updated"))
        assert found.findall(f"{atom}author")
        links = [link for link in found.findall(f"{atom}link") if link.get("rel") == "alternate"]
        assert bool(links) != bool(found.findall(f"{atom}content"))


def test_json_feed_says_the_same() -> None:
    read = json.loads(as_json(FEED))
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert (read["title"], read["feed_url"]) == (FEED.title, f"{FEED.address}.json")
    (item,) = read["items"]
    assert item == {
        "id": ENTRY.id,
        "title": ENTRY.title,
        "url": ENTRY.url,
        "content_text": "Water rose & fell.\nBy us",
        "summary": ENTRY.summary,
        "date_published": "2026-11-22T03:00:07Z",
        "date_modified": "2026-11-22T05:00:07Z",
        "authors": [{"name": "The office"}, {"name": "The agency"}],
        "tags": ["Floods"],
        "language": "kk",
    }


@given(st.text())
def test_any_printable_text_comes_back_as_it_was(text: str) -> None:
    shown = one_line(text) or "…"
    feed = replace(FEED, entries=(replace(ENTRY, title=shown, summary=shown, watches=(shown,)),))
    root = ElementTree.fromstring(as_atom(feed))
    entry = root.find("{http://www.w3.org/2005/Atom}entry")
    assert entry is not None
    assert entry.findtext("{http://www.w3.org/2005/Atom}title") == shown
    assert json.loads(as_json(feed))["items"][0]["title"] == shown
