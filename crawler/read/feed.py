"""RSS, Atom and RDF through feedparser, JSON Feed through a reader of its own: bytes to drafts.

feedparser always gets bytes (a str may open a local file) and never cleans markup: nh3 does, once, for everything.
What it cannot date, `news.dates` can, and the other way round.
"""

from __future__ import annotations

import io
import re
import time
import xml.sax
from calendar import timegm
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import feedparser

from crawler.read.decode import UTF_8_XML, text_of, unpacked, xml_of
from crawler.read.entries import MOST_ENTRIES, distinct, language_tag, link_of, stated, too_many, whole_number
from crawler.read.json_feed import read_json_feed
from crawler.read.page import Page, Reading
from crawler.read.prune import marks_of
from crawler.read.sniff import is_challenge, is_json, root_name
from news.dates import in_the_future
from news.errors import Unreadable
from news.item import Draft, Enclosure, Stated
from news.source import AnySource, Clock
from news.text.clean import first_image, one_line, plain_text, safe_fragment
from news.visit import Reason
from news.zones import zone_of

_DECLARATION = re.compile(rb"<\?xml[^<>]{0,500}>")
_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)\b", re.IGNORECASE)
_HTML_ROOTS = frozenset({"html", "head", "body", "div", "script", "meta", "center", "h1", "p"})
_MARKUP = frozenset({"text/html", "application/xhtml+xml"})


def read_feed(page: Page, source: AnySource) -> Reading:
    """Read a feed of any kind; an entry without title or link still is a draft, in the feed's order.

    Raises Unreadable: CHALLENGE or NOT_A_FEED for something else, TRUNCATED where nothing could be saved.
    A feed without entries is a Reading without drafts.
    """
    body, cut = unpacked(page)
    if is_json(body):
        return read_json_feed(body, page, source)
    root = root_name(body)
    if root in _HTML_ROOTS or not root:
        raise _no_feed(root, body, page)
    parsed = _parsed(body, page)
    malformed = isinstance(parsed.get("bozo_exception"), xml.sax.SAXException)
    cut = cut or (malformed and not _is_closed(body, root))
    entries = parsed.entries[:MOST_ENTRIES]
    if not entries:
        if not parsed.version:
            raise _no_feed(root, body, page)
        if cut:
            raise Unreadable(Reason.TRUNCATED, "the feed breaks off before its first entry")
    feed = parsed.feed
    language = language_tag(feed.get("language"))
    drafts = tuple(_draft(entry, page, source, language) for entry in entries)
    return Reading(
        drafts=drafts,
        title=_plain(feed, "title"),
        link=link_of(page.url, feed.get("link")) or "",
        language=language,
        truncated=cut,
        note=too_many(len(parsed.entries)) or ("not well-formed XML" if malformed else ""),
        marks=() if cut or malformed else _marks(page, drafts),
    )


def _marks(page: Page, drafts: Sequence[Draft]) -> tuple[str, ...]:
    """What the entries are known by; a date that nobody could read yet may only lie in the future still."""
    marks = marks_of(page, len(drafts))
    return tuple(
        "" if draft.published_raw and draft.published is None else mark
        for mark, draft in zip(marks, drafts, strict=bool(marks))
    )


def _parsed(body: bytes, page: Page) -> Any:
    """What feedparser makes of the body; Unreadable where it breaks on it, which damaged charsets and names can do."""
    body, content_type = xml_of(body, page.content_type)
    try:
        return _asked(body, content_type, page)
    except Exception as error:
        # Its strict parser trips over what its loose one forgives. Signs before the root lead it to the loose one, and
        # without the declaration there is no charset left to trip over.
        repaired = b"-" + _DECLARATION.sub(b"", body.decode("utf-8", "replace").encode("utf-8"))
        try:
            return _asked(repaired, UTF_8_XML, page)
        except Exception:
            raise Unreadable(Reason.TRUNCATED, f"a damaged feed: {type(error).__name__}: {error}") from error


def _asked(body: bytes, content_type: str, page: Page) -> Any:
    headers = {"content-location": page.url, **({"content-type": content_type} if content_type else {})}
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _no_feed(root: str, body: bytes, page: Page) -> Unreadable:
    if root and is_challenge(page, text_of(body, page.content_type)):
        return Unreadable(Reason.CHALLENGE, "a challenge or maintenance page instead of a feed")
    return Unreadable(Reason.NOT_A_FEED, f"<{root}> instead of a feed" if root else "no markup at all")


def _is_closed(body: bytes, root: str) -> bool:
    """Whether the root element ends, and no entry begins after that: what is malformed inside still was sent whole.

    Junk may follow, as comments of a cache and what a site's statistics print.
    """
    text = body.replace(b"\0", b"").decode("latin-1")
    place = max((found.start() for found in _ending(root).finditer(text)), default=-1)
    return place >= 0 and not _ENTRY.search(text, place)


def _ending(root: str) -> re.Pattern[str]:
    return re.compile(rf"</(?:[\w.-]{{1,40}}:)?{re.escape(root)}\s*+>", re.IGNORECASE)


def _draft(entry: Any, page: Page, source: AnySource, feed_language: str) -> Draft:
    content = _richest(_parts(entry, "content"))
    summary_html, base = _markup(entry, "summary", page.url)
    content_html, content_base = _part_markup(content, page.url)
    published_raw = next((raw for name in ("published", "created", "updated") if (raw := _raw(entry, name))), "")
    updated_raw = _raw(entry, "updated")
    enclosures = _enclosures(entry, page.url)
    shown, shown_base = (content_html, content_base) if content_html else (summary_html, base)
    return Draft(
        title=_plain(entry, "title"),
        url=link_of(page.url, entry.get("link")),
        guid=one_line(str(entry.get("id") or "")) or None,
        summary=plain_text(summary_html),
        text=plain_text(content_html),
        html=safe_fragment(shown, base=shown_base),
        published=_stated(entry, published_raw, page, source),
        published_raw=one_line(published_raw),
        updated=_stated(entry, updated_raw, page, source) if updated_raw else None,
        authors=distinct([_name(author) for author in _parts(entry, "authors")]),
        language=language_tag(content.get("language")) or _detail_language(entry) or feed_language,
        enclosures=enclosures,
        tags=distinct([str(tag.get("term") or tag.get("label") or "") for tag in _parts(entry, "tags")]),
        image=_image(entry, enclosures, page.url) or first_image(content_html or summary_html, base=shown_base),
    )


def _part(owner: Any, name: str) -> Any:
    # An unknown element may bear the name of one of feedparser's own; then it is a text where a mapping is expected.
    value = owner.get(name)
    return value if isinstance(value, dict) else {}


def _parts(owner: Any, name: str) -> list[Any]:
    value = owner.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _raw(entry: Any, name: str) -> str:
    # dict.get, because feedparser's own answers "updated" with the publication date and a warning.
    return str(dict.get(entry, name) or "")


def _plain(owner: Any, name: str) -> str:
    return one_line(plain_text(_markup(owner, name, "")[0]))


def _markup(owner: Any, name: str, base: str) -> tuple[str, str]:
    """An element as HTML with its own base."""
    value = owner.get(name)
    # feedparser copies an entry's only content into its summary, but not what kind of text it is.
    copied: Any = next((part for part in _parts(owner, "content") if part.get("value") == value), {})
    detail = dict(_part(owner, f"{name}_detail") or copied)
    detail["value"] = value
    return _part_markup(detail, base)


def _part_markup(part: Any, base: str) -> tuple[str, str]:
    """A text as HTML: what is not markup is escaped first, so that both kinds are read alike."""
    value = str(part.get("value") or "")
    if part.get("type") not in _MARKUP:
        # Only the brackets: a publisher's entity that was escaped twice is resolved by the HTML parser.
        value = value.replace("<", "&lt;").replace(">", "&gt;")
    else:
        value = value.replace("<>", "")  # SGML's empty tag, which HTML 5 would show as two signs
    return value, str(part.get("base") or base)


def _richest(contents: list[Any]) -> Any:
    """The longest of an entry's contents: media descriptions and teasers come beside the body."""
    texts = [part for part in contents if part.get("type", "text/plain").startswith(("text/", "application/xhtml"))]
    return max(texts, key=lambda part: len(part.get("value") or ""), default={})


def _stated(entry: Any, raw: str, page: Page, source: AnySource) -> Stated | None:
    if not raw:
        return None
    found = stated(raw, page, source)
    if found is not None:
        return found
    parsed = next((dict.get(entry, f"{name}_parsed") for name in ("published", "created", "updated")
                   if _raw(entry, name) == raw), None)  # fmt: skip
    return _from_parsed(parsed, page, source) if parsed else None


def _from_parsed(parsed: time.struct_time, page: Page, source: AnySource) -> Stated | None:
    # feedparser knows forms that we do not (Korean, Hungarian and Greek months, W3CDTF without a day).
    try:
        at = datetime.fromtimestamp(timegm(parsed), tz=UTC).astimezone(zone_of(source.zone))
    except (OverflowError, ValueError, OSError):
        return None
    nominal = source.clock is Clock.DAY
    found = Stated(day=at.date(), zone=source.zone, at=None if nominal else at)
    return None if in_the_future(found, now=page.fetched_at) else found


def _name(author: Any) -> str:
    return str(author.get("name") or author.get("email") or "")


def _detail_language(entry: Any) -> str:
    return language_tag(_part(entry, "summary_detail").get("language")) or language_tag(
        _part(entry, "title_detail").get("language")
    )


def _enclosures(entry: Any, base: str) -> tuple[Enclosure, ...]:
    found = []
    for link in _parts(entry, "links"):
        url = link_of(base, link.get("href"))
        if link.get("rel") == "enclosure" and url:
            found.append(Enclosure(url=url, type=one_line(str(link.get("type") or "")),
                                   length=whole_number(link.get("length"))))  # fmt: skip
    return tuple(found)


def _image(entry: Any, enclosures: tuple[Enclosure, ...], base: str) -> str:
    candidates = [thumbnail.get("url") for thumbnail in _parts(entry, "media_thumbnail")]
    candidates += [media.get("url") for media in _parts(entry, "media_content") if _is_picture(media)]
    candidates += [enclosure.url for enclosure in enclosures if enclosure.type.startswith("image/")]
    candidates.append(_part(entry, "image").get("href"))
    return next((url for candidate in candidates if (url := link_of(base, candidate))), "")


def _is_picture(media: Any) -> bool:
    return media.get("medium") == "image" or str(media.get("type") or "").startswith("image/")
