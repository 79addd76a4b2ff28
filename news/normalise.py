"""From a draft to an item: one address, one line of title, one language, and the keys by which it is recognised.

Its text is split into the news and what only surrounds it (`news.boilerplate`), which no watch is to match. A draft
without a title takes its text's headline or first words (channels and short notices have none); without any words, or
without an address that a reader can open, it is unusable, and its reason is counted.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime

from news.boilerplate import Parts, split_text
from news.dates import in_the_future
from news.errors import UnusableDraft
from news.item import Draft, Item, ItemKey, KeyKind, Stated
from news.language import UNDETERMINED
from news.source import AnySource
from news.text.clean import one_line, printable
from news.urls import Canonical, canonical_url

_LONGEST_TITLE = 500
_LONGEST_LEAD = 1_000
_LONGEST_TEXT = 500_000
_LONGEST_HEADLINE = 200
_SENTENCE_END = re.compile(r"[.!?:;,…][»”\")\]]*$")
_WORDS_FOR_TITLE = 12
# Below this a text is a phrase that many items share ("Please refer to the attached file"), not an identity.
_SHORTEST_IDENTITY = 120
_SURE = 0.6
# ReliefWeb opens its descriptions with these lines; they are tags, not the lead.
_LABEL_LINE = re.compile(r"(Country|Countries|Sources?): |Please refer to the attached files?\.$")


def normalise(draft: Draft, source: AnySource, *, seen_at: datetime) -> Item:
    """Make an item of a draft; raises UnusableDraft (no_title, no_address, bad_address). `seen_at` is aware UTC.

    keys, in the order in which they are asked: native id (per family and language), address, guid (trusted by the store
    only while unique in the source), text. The text key is minted for dated texts of some length without a native id;
    it holds the day, so that a daily notice repeated word for word stays an item a day.
    text_hash is empty where the text is too short to tell a copy from a coincidence; like content_hash it knows
    nothing of what was split off.
    """
    stated = one_line(draft.title)
    summary = _split(draft.summary, stated, source)
    parts = _split(draft.text, stated, source)
    title = _title(draft, stated or _headline(parts.body) or _first_words(summary.body or parts.body))
    address = _address(draft)
    language = _language(draft, source)
    body = _without_title(parts.body, title)
    lead = _lead(summary.body, title) or _lead(body, title)
    text = body or (summary.body if summary.body != lead else "")
    published = _believable(draft.published, seen_at)
    text_hash = _text_hash(title, text or lead)
    return Item(
        title=title,
        url=address.url or "",
        source=source.id,
        publisher=source.publisher,
        standing=source.standing,
        language=language,
        language_sure=draft.language_sure if language == draft.language else 0.0,
        seen_at=seen_at,
        keys=_keys(draft, source, address, language, text_hash, published),
        text_hash=text_hash,
        content_hash=_digest(
            title, lead, text, published.day.isoformat() if published else "", *draft.authors,
            *(enclosure.url for enclosure in draft.enclosures),
        ),
        lead=lead,
        text=text,
        html=draft.html,
        published=published,
        published_raw=draft.published_raw,
        updated=_believable(draft.updated, seen_at),
        authors=draft.authors,
        tags=tuple(dict.fromkeys((*draft.tags, *source.tags))),
        enclosures=draft.enclosures,
        image=draft.image,
        aside=parts.aside if draft.text else summary.aside,
        meaning=draft.meaning,
        story_keys=(f"native:{source.family}:{draft.native_id}",) if source.family and draft.native_id else (),
    )  # fmt: skip


def _split(text: str, title: str, source: AnySource) -> Parts:
    return split_text(_tidy(text), title=title, notices=source.notices)


def _title(draft: Draft, title: str) -> str:
    if not any(sign.isalnum() for sign in title):
        raise UnusableDraft("no_title", draft.url or draft.guid or "")
    return _cut(title, _LONGEST_TITLE)


def _headline(text: str) -> str:
    """The first line where it stands above a text like a headline: short, and no sentence."""
    first, _, rest = text.partition("\n")
    return first if rest and len(first) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(first) else ""


def _first_words(text: str) -> str:
    words = text.split(maxsplit=_WORDS_FOR_TITLE)
    return " ".join(words[:_WORDS_FOR_TITLE]) + ("…" if len(words) > _WORDS_FOR_TITLE else "")


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if first == title else text


def _address(draft: Draft) -> Canonical:
    if not draft.url:
        raise UnusableDraft("no_address", draft.title)
    address = canonical_url(draft.url)
    if address.url is None:
        raise UnusableDraft("bad_address", f"{draft.url}: {address.why}")
    return address


def _language(draft: Draft, source: AnySource) -> str:
    if draft.language and draft.language_sure >= _SURE:
        return draft.language
    return source.language or draft.language or UNDETERMINED


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in printable(text).splitlines())
    return _cut("\n".join(line for line in lines if line), _LONGEST_TEXT)


def _lead(text: str, title: str) -> str:
    """The first paragraph that is neither the headline again nor a label."""
    for line in text.split("\n"):
        if line and line != title and not _LABEL_LINE.match(line):
            return _cut(line, _LONGEST_LEAD)
    return ""


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return (head[: head.rfind(" ")] if " " in head[longest // 2 :] else head).rstrip() + "…"


def _believable(stated: Stated | None, seen_at: datetime) -> Stated | None:
    return None if stated is None or in_the_future(stated, now=seen_at) else stated


def _keys(
    draft: Draft, source: AnySource, address: Canonical, language: str, text_hash: str, published: Stated | None
) -> tuple[ItemKey, ...]:
    keys = []
    if draft.native_id:
        # The edition that was asked for, where there is one: a detected language may change with the text.
        edition = source.language or language
        keys.append(ItemKey(kind=KeyKind.NATIVE, scope=f"{source.native_scope}/{edition}", key=draft.native_id))
    keys.append(ItemKey(kind=KeyKind.URL, scope="", key=address.key))
    if draft.guid:
        keys.append(ItemKey(kind=KeyKind.GUID, scope=source.id, key=draft.guid))
    if text_hash and published and not draft.native_id:
        day = published.day.isoformat()
        keys.append(ItemKey(kind=KeyKind.TEXT, scope=source.publisher, key=f"{day}/{text_hash}"))
    return tuple(keys)


def _text_hash(title: str, text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", f"{title}\n{text}").casefold().split())
    return _digest(plain) if len(text) >= _SHORTEST_IDENTITY else ""


def _digest(*parts: str) -> str:
    # Each part is closed by a separator, so that moving words between two parts changes the digest.
    joined = "".join(f"{part}\x1f" for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "replace"), digest_size=20).hexdigest()
