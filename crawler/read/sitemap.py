"""Sitemaps (sitemaps.org 0.9), plain or of Google's news kind, and indexes of such, read as a stream.

Nothing that XML can do to its reader works here: entities are left alone, nothing is loaded, depth and text length are
libxml2's own small bounds, and elements are dropped as soon as they were read. What was sent before the fault counts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from crawler.read.decode import UTF_8_XML, text_of, unpacked, xml_of
from crawler.read.entries import distinct, language_tag, link_of, stated
from crawler.read.page import Page, Reading
from crawler.read.sniff import is_challenge, root_name
from news.errors import Unreadable
from news.item import Draft
from news.link import Link
from news.source import SitemapSource
from news.text.clean import one_line, plain_text
from news.visit import Reason

_ROOTS = frozenset({"urlset", "sitemapindex"})
# Addresses whose "&" nobody escaped are common, as are HTML's entities; after either the parser drops what follows. The
# entities that a page defines itself become text likewise, so that none of them expands.
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_ENDING = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex)\s*>")
_EMPTY_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex)\b[^<>]*/>")
_MOST_UNDATED = 2_000  # entries; nothing says which of them are new, and each costs its address and a look-up
_NUMBER = re.compile(r"\d{1,18}")
_LIMIT = "ERR_RESOURCE_LIMIT"
_BEFORE = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One <url> or <sitemap>: its fields by path below it ("loc", "news/title"), and whether it is a member."""

    member: bool
    fields: dict[str, str]

    @property
    def place(self) -> str:
        """The address as written."""
        return self.fields.get("loc", "")

    @property
    def stamp(self) -> datetime:
        """The instant it is sorted by; W3C's form of ISO 8601 is all that the protocol allows."""
        written = self.fields.get("news/publication_date") or self.fields.get("lastmod") or ""
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            return _BEFORE
        try:
            return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
        except OverflowError:
            return _BEFORE


def read_sitemap(page: Page, source: SitemapSource) -> Reading:
    """Read a sitemap's entries as links, or an index's members as `nested`; both newest first, undated ones last.

    Of the dated entries that `source.matching` allows the newest `source.newest` are given. Undated ones may stand in
    any order, oldest first too, so all are given, of very many the first and the last. Undated members are taken by
    the numbers in their names, highest first (WordPress begins a new one when the last is full), without any from the
    last one up. What is left out is noted. A day that only `lastmod` states is the draft's `updated`. Raises
    Unreadable: NOT_A_SITEMAP or CHALLENGE for something else, TRUNCATED where nothing could be saved.
    """
    body, cut = unpacked(page)
    root, entries, broken = _parsed(body, page)
    if root not in _ROOTS:
        raise _no_sitemap(root, body, page)
    cut = cut or broken or not _is_whole(body.replace(b"\0", b""), entries)
    if cut and entries and not broken:
        entries.pop()  # the one in which it breaks off
    if cut and not entries:
        raise Unreadable(Reason.TRUNCATED, "the sitemap breaks off before its first entry")
    chosen, left_out = _chosen(
        [one for one in entries if not one.member and re.search(source.matching, one.place)], source
    )
    links: dict[str, Link] = {}
    for entry in chosen:
        url = link_of(page.url, entry.place)
        if url is not None:
            link = _link(entry, url, page, source)
            links.setdefault(link.key, link)
    members = _by_age([one for one in entries if one.member and re.search(source.nested, one.place)])
    nested = [url for member in members if (url := link_of(page.url, member.place))]
    return Reading(
        drafts=(),
        links=tuple(links.values()),
        nested=tuple(dict.fromkeys(nested)),
        truncated=cut,
        note=left_out if links or nested else _note(source, len(entries)),
    )


def _is_whole(body: bytes, entries: list[_Entry]) -> bool:
    """Whether the root is closed, wherever: comments of any length may follow it. body: without the NULs of UTF-16."""
    return bool(_ENDING.search(body) or (not entries and _EMPTY_ROOT.search(body)))


def _chosen(wanted: list[_Entry], source: SitemapSource) -> tuple[list[_Entry], str]:
    """The entries that are given, dated ones newest first, and what is to be noted of those left out."""
    dated, undated = _parted(wanted)
    notes = []
    if len(dated) > source.newest:
        notes.append(f"the newest {source.newest} of {len(dated)} dated entries were read")
    if len(undated) > _MOST_UNDATED:
        half = _MOST_UNDATED // 2
        notes.append(f"the first and the last {half} of {len(undated)} undated entries were read")
        undated = [*undated[:half], *undated[-half:]]
    return [*dated[: source.newest], *undated], "; ".join(notes)


def _by_age(members: list[_Entry]) -> list[_Entry]:
    """Members of an index, those first that are likely to hold what is newest."""
    dated, undated = _parted(members)
    numbered = any(map(_numbers, undated))
    # Stable: those of equal numbers are of several kinds (posts-1, pages-1, users-1), of which the first matters.
    ordered = sorted(undated, key=_numbers, reverse=True) if numbered else undated[::-1]
    return [*dated, *ordered]


def _numbers(member: _Entry) -> tuple[int, ...]:
    """The numbers in a member's name, in order: "posts-12.xml" or "2026-11.xml"."""
    return tuple(map(int, _NUMBER.findall(member.place.rstrip("/").rpartition("/")[2])))


def _parted(entries: list[_Entry]) -> tuple[list[_Entry], list[_Entry]]:
    """The dated ones newest first, and the undated ones in the order of the page."""
    dated = [entry for entry in entries if entry.stamp != _BEFORE]
    undated = [entry for entry in entries if entry.stamp == _BEFORE]
    return sorted(dated, key=lambda entry: entry.stamp, reverse=True), undated


def _link(entry: _Entry, url: str, page: Page, source: SitemapSource) -> Link:
    fields = entry.fields
    published, updated = fields.get("news/publication_date", ""), fields.get("lastmod", "")
    said = Draft(
        # HTML's entities, and those that were escaped twice, are resolved as in feeds.
        title=one_line(plain_text(fields.get("news/title", "").replace("<", "&lt;"))),
        url=url,
        published=stated(published, page, source) if published else None,
        published_raw=one_line(published),
        updated=stated(updated, page, source) if updated else None,
        language=language_tag(fields.get("news/publication/language") or fields.get("news/language")),
        image=link_of(page.url, fields.get("image/loc")) or "",
        tags=distinct(fields.get("news/keywords", "").split(",")),
    )
    return Link(url=url, said=said)


def _parsed(body: bytes, page: Page) -> tuple[str, list[_Entry], bool]:
    """The root's name, the entries, and whether the parser gave up at one of its bounds."""
    body, content_type = xml_of(body.lstrip(), page.content_type)
    parser = etree.iterparse(
        io.BytesIO(_BARE_AMPERSAND.sub(b"&amp;", body)),
        tag=("{*}url", "{*}sitemap"),
        encoding="utf-8" if content_type == UTF_8_XML else None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    entries = list(_entries(parser))
    root = _name(parser.root.tag) if parser.root is not None else root_name(body)
    return root, entries, any(error.type_name == _LIMIT for error in parser.error_log)


def _entries(parser: Any) -> Iterator[_Entry]:
    for _, element in parser:
        fields: dict[str, str] = {}
        _collect(element, "", fields)
        yield _Entry(member=_name(element.tag) == "sitemap", fields=fields)
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]


def _collect(element: Any, path: str, fields: dict[str, str]) -> None:
    """Note the texts below an element, of repeated ones the first; the parser's own bound keeps this shallow."""
    for child in element:
        if isinstance(child.tag, str):  # else an entity that was left alone
            name = f"{path}{_name(child.tag)}"
            fields.setdefault(name, "".join(child.itertext()).strip())
            _collect(child, f"{name}/", fields)


def _name(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _no_sitemap(root: str, body: bytes, page: Page) -> Unreadable:
    if root and is_challenge(page, text_of(body, page.content_type)):
        return Unreadable(Reason.CHALLENGE, "a challenge or maintenance page instead of a sitemap")
    return Unreadable(Reason.NOT_A_SITEMAP, f"<{root}> instead of a sitemap" if root else "no XML at all")


def _note(source: SitemapSource, entries: int) -> str:
    patterns = " or ".join(f'"{pattern}"' for pattern in (source.matching, source.nested) if pattern)
    return f"none of {entries} entries contains {patterns}" if entries and patterns else ""
