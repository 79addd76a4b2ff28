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
from hashlib import blake2b
from xml.parsers import expat

from crawler.read.decode import UTF_8_XML
from crawler.read.page import Page
from crawler.read.sniff import root_name

MOST_BYTES = 1_000_000
"""Larger bodies are read whole: the cutting is done in the loop, where everybody waits for it (2 ms at this size)."""

MOST_MARKS = 1_000
"""Entries beyond which a feed is read whole each time; its marks would be more than the rest of its history."""

_ENTRY = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry))(?=[\s>])")
_PLACE = b"presswatch-entry"
_FEEDS = frozenset({"rss", "feed", "rdf"})
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

    known: the marks of the entries that were cut out.
    """

    page: Page
    left: int
    known: tuple[str, ...]


def marks_of(page: Page, entries: int) -> tuple[str, ...]:
    """The marks of a page's entries, in page order; none where it cannot be cut for certain.

    entries: as many as feedparser found. The page must be well formed, which feedparser knows.
    """
    cut = _cut(page) if 0 < entries <= MOST_MARKS else None
    return cut.marks if cut is not None and len(cut.entries) == entries else ()


def pruned(page: Page, known: Collection[str], *, last: int = 0) -> Pruned | None:
    """The page without the entries whose marks are known; None where it has to be read whole.

    last: entries at the page's end that have to be known, for a list of which further pages may hold news.
    """
    cut = _cut(page) if known else None
    if cut is None or not cut.marks:
        return None
    is_known = [mark in known for mark in cut.marks]
    if not any(is_known) or not all(is_known[len(is_known) - last :] if last else ()):
        return None
    pieces = [cut.around[0]]
    for entry, drop, after in zip(cut.entries, is_known, cut.around[1:], strict=True):
        pieces += [after] if drop else [entry, after]
    return Pruned(
        page=replace(page, body=b"".join(pieces), content_type=UTF_8_XML),
        left=is_known.count(False),
        known=tuple(mark for mark, drop in zip(cut.marks, is_known, strict=True) if drop),
    )


def lasting(body: bytes) -> bytes:
    """The body of a feed without the dates of its own making that stand before its first entry; any other as it is."""
    first = _ENTRY.search(body)
    if first is None or root_name(body) not in _FEEDS:
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
    if len(body) > MOST_BYTES or not _is_plain(body, page.content_type):
        return None
    pieces = _pieces(body)
    if pieces is None:
        return None
    entries, around = pieces
    inherited = _inherited(f"<?{_PLACE.decode()}?>".encode().join(around), len(entries))
    if inherited is None:
        return None
    key = blake2b(b"\0".join((page.url.encode("utf-8", "replace"), inherited)), digest_size=32).digest()
    marks = tuple(blake2b(entry, digest_size=8, key=key).hexdigest() for entry in entries)
    return _Cut(entries=entries, around=around, marks=marks)


def _is_plain(body: bytes, content_type: str) -> bool:
    """Whether the body is UTF-8 and nothing says otherwise: only then its parts read as the whole does."""
    declared = _CHARSET.search(content_type)
    within = _ENCODING.search(body[:500])
    named = {declared[1].lower() if declared else "utf-8", within[1].decode("ascii").lower() if within else "utf-8"}
    if not named <= _PLAIN or b"\0" in body:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _pieces(body: bytes) -> tuple[list[bytes], list[bytes]] | None:
    """The entries and what is around them; None where an entry holds another, is empty or does not end."""
    first = _ENTRY.search(body)
    if first is None:
        return None
    opening, closing = b"<" + first[1], b"</" + first[1]
    entries: list[bytes] = []
    around: list[bytes] = []
    ended, start = 0, first.start()
    while start != -1:
        if body[start + len(opening) : start + len(opening) + 1] not in (b">", b" ", b"\t", b"\r", b"\n"):
            start = body.find(opening, start + 1)  # <items> of RDF
            continue
        end = body.find(closing, start)
        stop = body.find(b">", end) + 1
        if end == -1 or body[end + len(closing) : stop].strip() != b">" or body.find(opening, start + 1, end) != -1:
            return None
        around.append(body[ended:start])
        entries.append(body[start:stop])
        ended, start = stop, body.find(opening, stop)
    return entries, [*around, body[ended:]]


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
        if target.encode() == _PLACE:
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
