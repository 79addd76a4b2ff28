"""What a feed repeats from visit to visit is not parsed again: known entries are cut out before feedparser sees it.

Cut by bytes, so that what is left is what the site sent: each entry from its opening tag to its closing one, known by
a digest of exactly these bytes and of what it inherits (its feed's address, the tags around it, the feed's language).
An edited entry has other bytes and is read anew. expat reads what stands around the entries; where anything there is
odd, nothing is cut. That every entry was well formed is known from the time it was read: only then it got its mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.parsers import expat

from crawler.read.decode import UTF_8_XML
from crawler.read.page import Page

if TYPE_CHECKING:
    from hashlib import _Hash as HASH

MOST_BYTES = 2_000_000
"""Larger bodies are read whole: the cutting is done in the loop, where everybody waits for it (5 ms at this size)."""

MOST_MARKS = 1_000
"""Entries beyond which a feed is read whole each time; its marks would be more than the rest of its history."""

_FORM = b"1"  # of what a mark is made of; another one has every feed read whole once
_ENTRY = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry))(?=[\s>])")
_PLACE = "presswatch-entry"
_FEED = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|feed|RDF)[\s>]")
_HEAD = 2_000  # bytes within which a feed says that it is one
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PLAIN = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_MOST_AROUND = 100_000  # bytes around the entries; expat asks us at each of their tags
_DEEPEST = 2  # rss/channel/item
# When a feed was made says nothing of what is in it.
_MADE = re.compile(rb"<((?:dc:|atom:)?(?:lastBuildDate|pubDate|updated|date))(?:\s[^<>]{0,200})?>[^<]{0,100}</\1\s*>")


@dataclass(frozen=True, kw_only=True)
class Pruned:
    """A feed without its known entries. page: what is left to be read; left: how many entries that holds.

    known: the marks of the entries that were cut out; where none is left, the page is as it came.
    """

    page: Page
    left: int
    known: tuple[str, ...]


def marks_of(page: Page, entries: int) -> tuple[str, ...]:
    """The marks of a page's entries, in page order; none where it cannot be cut for certain.

    entries: as many as feedparser found. The page must be well formed, which feedparser knows.
    """
    cut = _cut(page) if 0 < entries <= MOST_MARKS and _is_utf_8(page.body) else None
    return cut.marks if cut is not None and len(cut.entries) == entries else ()


def pruned(page: Page, known: Collection[str], *, last: int = 0) -> Pruned | None:
    """The page without the entries whose marks are known; None where it has to be read whole.

    last: entries at the page's end that have to be known, for a list of which further pages may hold news. Whoever
    reads what is left finds out whether it is well-formed UTF-8; of the rest that is known.
    """
    cut = _cut(page) if known else None
    if cut is None:
        return None
    is_known = [mark in known for mark in cut.marks]
    left = is_known.count(False)
    if left == len(is_known) or (last and not all(is_known[-last:])):
        return None
    if left:
        pieces = [cut.around[0]]
        for entry, drop, after in zip(cut.entries, is_known, cut.around[1:], strict=True):
            pieces += [after] if drop else [entry, after]
        page = replace(page, body=b"".join(pieces), content_type=UTF_8_XML)
    dropped = tuple(mark for mark, drop in zip(cut.marks, is_known, strict=True) if drop)
    return Pruned(page=page, left=left, known=dropped)


def lasting(body: bytes) -> bytes:
    """The body of a feed without the dates of its own making that stand before its first entry; any other as it is."""
    first = _ENTRY.search(body)
    if first is None or not _FEED.search(body, 0, min(first.start(), _HEAD)):
        return body
    return _MADE.sub(b"", body[: first.start()]) + body[first.start() :]


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """A feed cut into its entries and what stands around them (one piece more), with the mark of each entry."""

    entries: list[bytes]
    around: list[bytes]
    marks: tuple[str, ...]


def _cut(page: Page) -> _Cut | None:
    body = page.body
    if len(body) > MOST_BYTES or not _is_said_to_be_utf_8(body, page.content_type):
        return None
    pieces = _pieces(body)
    if pieces is None:
        return None
    entries, around = pieces
    inherited = _inherited(f"<?{_PLACE}?>".encode().join(around), len(entries))
    if inherited is None:
        return None
    blank = sha256(b"\0".join((_FORM, page.url.encode("utf-8", "replace"), inherited, b"")))
    return _Cut(entries=entries, around=around, marks=tuple(_mark(blank, entry) for entry in entries))


def _mark(blank: HASH, entry: bytes) -> str:
    one = blank.copy()
    one.update(entry)
    return one.hexdigest()[:16]


def _is_said_to_be_utf_8(body: bytes, content_type: str) -> bool:
    """Whether neither header nor body declares another charset: only then its parts read as the whole does."""
    declared = _CHARSET.search(content_type)
    within = _ENCODING.search(body[:500])
    named = {declared[1].lower() if declared else "utf-8", within[1].decode("ascii").lower() if within else "utf-8"}
    return named <= _PLAIN and b"\0" not in body


def _is_utf_8(body: bytes) -> bool:
    try:
        return body.isascii() or bool(body.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _pieces(body: bytes) -> tuple[list[bytes], list[bytes]] | None:
    """The entries and what is around them; None where an entry holds another, is empty or does not end."""
    first = _ENTRY.search(body)
    if first is None:
        return None
    parts = _tags(first[1]).split(body)  # around, opening, inside, closing, around, ...
    opening = b"<" + first[1]
    if len(parts) % 4 != 1 or set(parts[1::4]) != {opening} or opening in parts[3::4]:
        return None
    return [opening + inside + closing for inside, closing in zip(parts[2::4], parts[3::4], strict=True)], parts[::4]


@lru_cache(maxsize=16)
def _tags(name: bytes) -> re.Pattern[bytes]:
    """Where an entry of this name begins or ends; there are few names that entries have."""
    return re.compile(rb"(<" + re.escape(name) + rb"(?=[\s>])|</" + re.escape(name) + rb"\s*>)")


@dataclass(kw_only=True)
class _Surroundings:
    """What expat tells of a feed whose entries were taken out, each leaving an instruction in its place."""

    places: list[tuple[bytes, ...]] = field(default_factory=list)
    tags: list[bytes] = field(default_factory=list)
    language: list[str] = field(default_factory=list)
    in_language: bool = False
    odd: bool = False


def _inherited(surroundings: bytes, entries: int) -> bytes | None:
    """What the entries inherit, as bytes; None where what is around them is not well formed, or not simple."""
    if len(surroundings) > _MOST_AROUND or b"<!DOCTYPE" in surroundings:
        return None
    seen, parser = _Surroundings(), expat.ParserCreate(namespace_separator=" ")

    def begin(name: str, _: object) -> None:
        local = name.rpartition(" ")[2].lower()
        index = parser.CurrentByteIndex
        seen.tags.append(surroundings[index : surroundings.find(b">", index) + 1])
        seen.in_language = local == "language"
        seen.odd = seen.odd or local in ("item", "entry")

    def end(_: str) -> None:
        seen.tags.pop()
        seen.in_language = False

    def text(said: str) -> None:
        if seen.in_language:
            seen.language.append(said)

    def instruction(target: str, _: str) -> None:
        if target == _PLACE:
            seen.places.append(tuple(seen.tags[: _DEEPEST + 1]))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.ProcessingInstructionHandler = text, instruction
    try:
        parser.Parse(surroundings, True)
    except expat.ExpatError:
        return None
    one_place = len(set(seen.places)) == 1 and len(seen.places) == entries
    if seen.odd or not one_place or len(seen.places[0]) > _DEEPEST:
        return None
    return b"\0".join((*seen.places[0], "".join(seen.language).encode("utf-8", "replace")))
