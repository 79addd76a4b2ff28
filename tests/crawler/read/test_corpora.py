"""What other projects' feed tests expect of entries: as much must hold for our drafts as for feedparser alone.

Three collections state expectations: feedparser's own files (an expression in a comment), gofeed's (a JSON file beside
each feed) and the validator's date file (a sentence in each entry). Markup is compared as plain text, dates as
instants; expectations on what a draft does not keep (guid flags, e-mail addresses, content types) are left out.
Run with `-s` to see the figures.
"""

from __future__ import annotations

import ast
import io
import json
import re
import warnings
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from crawler.read import read_page
from crawler.read.page import Page
from news.errors import Unreadable, UnusableDraft
from news.item import Draft, Stated
from news.normalise import normalise
from news.source import FeedSource
from news.text.clean import one_line, plain_text
from tests.shared import shared

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SOURCE = FeedSource(id="corpus", url="http://example.com/feed", publisher="Corpus", language="en", zone="UTC")
URL = "http://example.com/feed"
KEPT = re.compile(
    r"\['(title|link|id|guid|summary|description|published|updated|created|author|value|name|"
    r"(published|updated|created)_parsed)'\]|\.(link|summary)\b|has_key\('link'\)"
)
LEFT_OUT = re.compile(r"guidislink|'email'|'type'|'links'|enclosures|'source'|contributors|publisher")


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One stated expectation: the file, and which of two entry lists it holds for."""

    path: Path
    expression: str
    content_type: str = ""


class Words(str):
    """Plain text that equals markup with the same visible words."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and one_line(str(self)) in (one_line(plain_text(other)), one_line(other))

    __hash__ = str.__hash__


class Moment(str):
    """A stated date that equals the same instant, written as text or as the nine numbers of `time.struct_time`."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple):
            return datetime.fromisoformat(str(self)).timestamp() == timegm(other)
        parsed = feedparser.datetimes._parse_date(str(other))
        return parsed is not None and datetime.fromisoformat(str(self)).timestamp() == timegm(parsed)

    __hash__ = str.__hash__


class Entry(dict[str, Any]):
    """An entry as feedparser's expressions address it."""

    def __getattr__(self, name: str) -> Any:
        return self[name]

    def has_key(self, name: str) -> bool:
        return name in self


def body_and_type(path: Path) -> tuple[bytes, str]:
    """The bytes of a corpus file and the content type that its comment asks for."""
    body = path.read_bytes()
    found = re.search(rb"^\s*Header:\s*Content-type:\s*(.+?)\s*$", body[:2000], re.M | re.I)
    return body, found[1].decode() if found else ""


def our_drafts(path: Path) -> tuple[Draft, ...]:
    """Our drafts of a file; none where it is refused."""
    body, content_type = body_and_type(path)
    try:
        return read_page(Page(url=URL, body=body, content_type=content_type, fetched_at=NOW), SOURCE).drafts
    except Unreadable:
        return ()


def our_entry(draft: Draft) -> Entry:
    """A draft in feedparser's terms."""
    entry = Entry(
        title=Words(draft.title), summary=Words(draft.summary), description=Words(draft.summary),
        author=Words(", ".join(draft.authors)), authors=[{"name": Words(name)} for name in draft.authors],
        author_detail={"name": Words(next(iter(draft.authors), ""))}, content=[{"value": Words(draft.text)}],
    )  # fmt: skip
    if draft.url:
        entry["link"] = draft.url
    if draft.guid:
        entry["id"] = entry["guid"] = draft.guid
    for name, stated in (("published", draft.published), ("created", draft.published),
                         ("updated", draft.updated or draft.published)):  # fmt: skip
        if stated is not None:
            entry[name] = entry[f"{name}_parsed"] = Moment(instant(stated))
    return entry


def instant(stated: Stated) -> str:
    """The stated date as ISO text in UTC."""
    return (stated.at or datetime.combine(stated.day, datetime.min.time(), tzinfo=UTC)).isoformat()


def feedparser_entries(path: Path) -> list[Any]:
    """What feedparser alone makes of a file, in its default settings."""
    body, content_type = body_and_type(path)
    headers = {"content-location": URL, **({"content-type": content_type} if content_type else {})}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(feedparser.parse(io.BytesIO(body), response_headers=headers).entries)


def holds(expression: str, entries: list[Any]) -> bool:
    """Whether a feedparser expression holds for a list of entries; an error in it is a no."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser warns when "updated" stands in for "published"
        try:
            return bool(eval(compile(ast.parse(expression, mode="eval"), "expectation", "eval"), {"entries": entries}))
        except (LookupError, AttributeError, TypeError, ValueError):
            return False


def feedparser_expectations() -> Iterator[Expectation]:
    for path in sorted(shared("corpora/feeds/feedparser").rglob("*.xml")):
        text = path.read_bytes().replace(b"\0", b"").decode("latin-1")
        found = re.search(r"^\s*Expect:\s*(?:(?:not )?bozo and )?(.*entries\[.*?)\s*$", text, re.M)
        if found and KEPT.search(found[1]) and not LEFT_OUT.search(found[1]):
            yield Expectation(path=path, expression=found[1])


def gofeed_expectations() -> Iterator[Expectation]:
    texts = {"title": "title", "link": "link", "guid": "id", "description": "summary"}
    for path in sorted(shared("corpora/feeds/gofeed/translator-rss").glob("*.xml")):
        expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        for place, item in enumerate(expected.get("items") or []):
            for theirs, ours in texts.items():
                if item.get(theirs):
                    yield Expectation(path=path, expression=f"entries[{place}][{ours!r}] == {item[theirs]!r}")
            for name in ("published", "updated"):
                if item.get(f"{name}Parsed"):
                    numbers = tuple(datetime.fromisoformat(item[f"{name}Parsed"]).utctimetuple())
                    yield Expectation(path=path, expression=f"entries[{place}]['{name}_parsed'] == {numbers!r}")
            for who, author in enumerate(item.get("authors") or []):
                if author.get("name"):
                    wanted = f"entries[{place}]['authors'][{who}]['name'] == {author['name']!r}"
                    yield Expectation(path=path, expression=wanted)


def dated_expectations() -> Iterator[Expectation]:
    path = shared("corpora/feeds/feedvalidator/rss20/data-types-datetime/everything.xml")
    sentence = re.compile(r"should be (\w+), (\d+)(?:st|nd|rd|th) (\d{4}), (\d\d:\d\d:\d\d) GMT")
    for place, found in enumerate(re.findall(r"<item>(.*?)</item>", path.read_text("utf-8"), re.S)):
        said = sentence.search(found)
        if said:
            moment = datetime.strptime(" ".join(said.groups()), "%B %d %Y %H:%M:%S").replace(tzinfo=UTC)
            wanted = f"entries[{place}]['published_parsed'] == {tuple(moment.utctimetuple())!r}"
            yield Expectation(path=path, expression=wanted)


@pytest.mark.parametrize(
    "collection", [feedparser_expectations, gofeed_expectations, dated_expectations], ids=lambda one: one.__name__
)
def test_as_many_expectations_hold_as_with_feedparser_alone(collection: Any) -> None:
    ours, theirs, stated, lost = 0, 0, 0, []
    for expectation in collection():
        kept = holds(expectation.expression, [our_entry(draft) for draft in our_drafts(expectation.path)])
        alone = holds(expectation.expression, feedparser_entries(expectation.path))
        stated, ours, theirs = stated + 1, ours + kept, theirs + alone
        if alone and not kept:
            lost.append(f"{expectation.path.name}: {expectation.expression}")
    print(f"\n{collection.__name__}: {stated} stated, {ours} hold for our drafts, {theirs} for feedparser alone")
    assert stated > 10
    assert ours >= theirs, lost


def test_no_file_crashes_the_reader_and_every_draft_has_an_outcome() -> None:
    files = [path for path in sorted(shared("corpora/feeds").rglob("*")) if path.is_file()]
    assert len(files) > 500
    outcomes = set()
    for path in files:
        for draft in our_drafts(path):
            outcomes.add(outcome(draft))
    assert outcomes == {"item", "no_title", "no_address"}


def outcome(draft: Draft) -> str:
    """What normalising makes of a draft: an item, or the reason why not."""
    try:
        return "item" if normalise(draft, SOURCE, seen_at=NOW).url.startswith(("http://", "https://")) else "no address"
    except UnusableDraft as unusable:
        return unusable.reason
