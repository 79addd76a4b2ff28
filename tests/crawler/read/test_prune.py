"""Known entries are cut out of a feed, and what is left is read as if nothing had been cut."""

from __future__ import annotations

import io
import re
import warnings
import xml.sax
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from crawler.read import read_page
from crawler.read.decode import xml_of
from crawler.read.page import Page
from crawler.read.prune import MOST_MARKS, lasting, marks_of, pruned
from crawler.verdict import body_hash
from news.source import FeedSource
from tests.shared import shared

NOW = datetime(2026, 11, 22, tzinfo=UTC)
URL = "http://example.com/feed"
SOURCE = FeedSource(id="agency", url=URL, publisher="Agency", language="en", zone="UTC")
DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'
RSS = (
    DECLARED + '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Agency</title>{head}<language>en</language>{entries}</channel></rss>{tail}"
)
ATOM = DECLARED + '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Agency</a:title>{entries}</a:feed>'
RDF = (
    DECLARED + '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<channel><title>Agency</title><items><rdf:Seq><rdf:li rdf:resource="x"/></rdf:Seq></items></channel>'
    "{entries}</rdf:RDF>"
)


def item(number: int, words: str = "") -> str:
    return (
        f"<item><title>The gauge reports, part {number}</title><link>https://example.com/{number}</link>"
        f"<guid>part-{number}</guid><pubDate>Sat, 21 Nov 2026 0{number % 10}:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[<p>Су деңгейі {number} {words}</p>]]></content:encoded></item>\n"
    )


def rss(*items: str, head: str = "", tail: str = "") -> bytes:
    return RSS.format(head=head, entries="".join(items), tail=tail).encode()


def page(body: bytes, content_type: str = "") -> Page:
    return Page(url=URL, body=body, content_type=content_type, fetched_at=NOW)


def parsed(whole: Page) -> Any:
    """What feedparser makes of a page as `read_feed` asks it."""
    body, content_type = xml_of(whole.body, whole.content_type)
    headers = {"content-location": URL, **({"content-type": content_type} if content_type else {})}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )


THREE = [item(1), item(2), item(3)]
KNOWN = marks_of(page(rss(*THREE)), 3)


def test_only_what_is_new_or_edited_is_left() -> None:
    edited = item(2, "corrected")
    cut = pruned(page(rss(item(4), item(1), edited, item(3))), KNOWN)

    assert cut is not None
    assert (cut.left, set(cut.known)) == (2, {KNOWN[0], KNOWN[2]})
    assert [entry.title for entry in parsed(cut.page).entries] == [
        "The gauge reports, part 4",
        "The gauge reports, part 2",
    ]


def test_marks_are_the_same_however_much_was_cut() -> None:
    body = rss(item(4), *THREE)
    whole = read_page(page(body), SOURCE)
    cut = pruned(page(body), KNOWN)

    assert cut is not None
    assert whole.marks == (*read_page(cut.page, SOURCE).marks, *cut.known)
    assert whole.marks[1:] == KNOWN


@pytest.mark.parametrize(
    "body",
    [
        rss(*THREE, head="<lastBuildDate>Sun, 22 Nov 2026 08:00:00 GMT</lastBuildDate>"),
        rss(*THREE, tail="<!-- cached at 08:00:00 -->\n"),
        rss(THREE[2], THREE[0], head="<!-- an <item> once -->").replace(b"<!-- an <item> once -->", b""),
    ],
    ids=["made later", "a cache's comment", "another order, one gone"],
)
def test_nothing_is_left_where_nothing_is_new(body: bytes) -> None:
    cut = pruned(page(body), KNOWN)

    assert cut is not None
    assert cut.left == 0


@pytest.mark.parametrize(
    "odd",
    [
        rss(item(4), *THREE, head='<!DOCTYPE rss [<!ENTITY a "b">]>'),
        b"<!DOCTYPE rss>" + rss(item(4), *THREE)[len(DECLARED) :],
        rss(item(4), *THREE)[:-12],
        rss(item(4), *THREE, tail="<p>"),
        rss(item(4), *THREE, head="<link>http://example.com/?a=1&b=2</link>"),
        rss(item(4), *THREE, head="<image><item/></image>"),
        rss(item(4), *THREE, head="<x><y>") + b"</y></x>",
        rss(item(4).replace("<guid>", "<item>x</item><guid>"), *THREE),
        rss(item(4).replace("Су", "</item>"), *THREE),
        rss(item(4).replace("Су", "<item>Су</item>"), *THREE),
        rss("<!-- " + item(4) + " -->", *THREE),
        rss("<item/>", *THREE),
        rss("<entry><title>Another kind</title></entry>", *THREE),
        rss(item(4), *THREE).replace(b'<rss version="2.0"', b'<rss version="2.0" xml:base="http://example.org/"'),
        rss(item(4), *THREE).replace(b"<language>en", b"<language>ru"),
        rss(item(4), *THREE).replace(b'encoding="utf-8"', b'encoding="windows-1251"'),
        rss(item(4), *THREE).decode().encode("utf-16"),
        rss(item(4), *THREE).replace("Су".encode(), b"\xd1\xf3"),
        rss(item(4), item(5)),
        RDF.format(entries="".join(THREE)).encode(),
        b"",
        b"<html><body><p>Works until Monday</p></body></html>",
    ],
    ids=[
        "entity", "doctype", "broken off", "junk behind", "bare ampersand", "entry elsewhere", "not closed there",
        "entry in an entry", "end in CDATA", "entry in CDATA", "entry in a comment", "empty entry", "two kinds",
        "base", "language", "other charset declared", "utf-16", "no utf-8", "nothing known", "other namespaces",
        "nothing", "a page",
    ],
)  # fmt: skip
def test_whatever_is_odd_is_read_whole(odd: bytes) -> None:
    assert pruned(page(odd), KNOWN) is None


def test_a_declared_charset_that_is_not_ours_is_read_whole() -> None:
    assert pruned(page(rss(item(4), *THREE), "application/rss+xml; charset=windows-1251"), KNOWN) is None
    assert pruned(page(rss(item(4), *THREE), "application/rss+xml; charset=UTF-8"), KNOWN) is not None


def test_another_address_has_other_relative_links() -> None:
    assert pruned(replace(page(rss(item(4), *THREE)), url="http://example.org/feed"), KNOWN) is None


def test_a_list_with_further_pages_is_cut_only_where_its_end_is_known() -> None:
    assert pruned(page(rss(item(4), *THREE)), KNOWN, last=3) is not None
    assert pruned(page(rss(THREE[0], item(4), *THREE[1:])), KNOWN, last=3) is None  # one is pinned to the top
    assert pruned(page(rss(*THREE, item(4))), KNOWN, last=3) is None


@pytest.mark.parametrize(
    "form",
    [ATOM.replace("{entries}", "<a:entry><a:title>One</a:title></a:entry>" * 2), RDF.format(entries="<item><title>One"
     "</title></item>" * 2)],
    ids=["Atom with a prefix", "RDF"],
)  # fmt: skip
def test_other_forms_have_marks_too(form: str) -> None:
    whole = read_page(page(form.encode()), SOURCE)

    assert len(whole.marks) == len(whole.drafts) == 2
    cut = pruned(page(form.encode()), whole.marks)
    assert cut is not None
    assert cut.left == 0


@pytest.mark.parametrize(
    "body",
    [
        rss(*THREE, tail="<p>"),
        rss(*THREE)[:-30],
        rss(*THREE).replace(b"</title></channel>", b"&nbsp;</title></channel>").replace(b"<title>A", b"<title>&nbsp;A"),
        rss(),
        # What the entries of the one inherit those of the other do not.
        rss(item(1) + "</channel><channel xml:base='http://another.example/'>" + item(2)),
    ],
    ids=["junk behind", "broken off", "undeclared entity", "none", "two channels"],
)
def test_what_cannot_be_cut_for_certain_has_no_marks(body: bytes) -> None:
    assert read_page(page(body), SOURCE).marks == ()


def test_as_many_marks_as_feedparser_has_entries_and_not_too_many() -> None:
    long = page(rss(*(item(number) for number in range(MOST_MARKS + 1))))

    assert marks_of(page(rss(*THREE)), 2) == ()
    assert marks_of(long, MOST_MARKS + 1) == ()


def test_an_entry_whose_date_cannot_be_believed_yet_is_read_again() -> None:
    whole = read_page(page(rss(item(1), item(2).replace("2026", "2027"))), SOURCE)

    assert whole.drafts[1].published is None
    assert [bool(mark) for mark in whole.marks] == [True, False]


@pytest.mark.parametrize("tag", ["lastBuildDate", "pubDate", "updated", "dc:date"])
def test_when_a_feed_was_made_does_not_count(tag: str) -> None:
    made = [f"<{tag}>Sun, 22 Nov 2026 0{hour}:00:00 GMT</{tag}>" for hour in (7, 8)]

    assert body_hash(rss(*THREE, head=made[0])) == body_hash(rss(*THREE, head=made[1]))
    assert body_hash(rss(*THREE, head=made[0])) == body_hash(rss(*THREE))
    assert body_hash(rss(*THREE)) != body_hash(rss(*THREE[1:], head=made[0]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rss(item(1)), rss(item(1).replace("21 Nov 2026 01", "21 Nov 2026 02"))),
        (rss(item(1), head="<ttl>60</ttl>"), rss(item(1), head="<ttl>30</ttl>")),
        (b"<html><head><pubDate>1</pubDate></head><item>", b"<html><head><pubDate>2</pubDate></head><item>"),
        (b"<rss><pubDate>1</pubDate></rss>", b"<rss><pubDate>2</pubDate></rss>"),
        (b"<rss><pubDate>1<item></pubDate></rss>", b"<rss><pubDate>2<item></pubDate></rss>"),
        (b'{"a": "<pubDate>1</pubDate><item>"}', b'{"a": "<pubDate>2</pubDate><item>"}'),
    ],
    ids=["an entry's date", "another element", "a web page", "no entry", "not closed", "JSON"],
)
def test_everything_else_counts(before: bytes, after: bytes) -> None:
    assert lasting(before) != lasting(after)


def corpus() -> Iterator[tuple[Path, Page]]:
    for path in sorted(shared("corpora/feeds").rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            found = re.search(rb"^\s*Header:\s*Content-type:\s*(.+?)\s*$", body[:2000], re.M | re.I)
            yield path, page(body, found[1].decode() if found else "")


def test_every_feed_of_the_collections_gives_the_same_entries() -> None:
    """Each entry alone is new once, and a second, slightly different copy behind the known ones is."""
    compared, feeds, several = 0, 0, 0
    for path, whole in corpus():
        try:
            found = parsed(whole)
        except Exception:
            continue
        if not found.entries or isinstance(found.get("bozo_exception"), xml.sax.SAXException):
            continue
        marks = marks_of(whole, len(found.entries))
        feeds += bool(marks)
        for place, entry in enumerate(found.entries if marks else ()):
            cut = pruned(whole, set(marks) - {marks[place]})
            if cut is None:
                continue  # it is the only one, or all are alike
            several += 1
            same = [other for other, mark in zip(found.entries, marks, strict=True) if mark == marks[place]]
            assert [dict(one) for one in parsed(cut.page).entries] == [dict(one) for one in same], path
            assert dict(entry) in [dict(one) for one in same]
        doubled = with_a_copy(whole) if marks else None
        if doubled is not None and len(parsed(doubled).entries) == len(found.entries) + 1:
            cut = pruned(doubled, marks)
            assert cut is not None, path
            assert cut.left == 1, path
            (left,) = parsed(cut.page).entries
            assert dict(left) == dict(parsed(doubled).entries[-1]), path
            compared += 1
    assert feeds > 200
    assert compared > 200
    assert several > 20


def with_a_copy(whole: Page) -> Page | None:
    """The feed with its last entry once more at the end, a comment longer."""
    found = re.search(rb"<((?:\w+:)?(?:item|entry))(?=[\s>])", whole.body)
    closing = b"</" + found[1] + b">" if found else b"</>"
    start, end = whole.body.rfind(b"<" + closing[2:-1] + b">"), whole.body.rfind(closing)
    if start == -1 or end == -1:
        return None
    last = whole.body[start:end]
    after = end + len(closing)
    copy = last + b"<!-- once more -->" + closing
    return replace(whole, body=whole.body[:after] + copy + whole.body[after:])
