"""What needs no database: drafts become items, tokenised and signed, before the transaction that stores them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, repeat
from zoneinfo import ZoneInfo

import structlog

from crawler.inbox import Article, Response
from news.changes import Change
from news.errors import Unreadable, UnusableDraft
from news.item import Item, ItemKey, KeyKind
from news.link import Link, Pending
from news.normalise import normalise
from news.received import Received
from news.source import AnySource
from news.story import Signature, sign
from news.visit import HEADLINE, Reason
from news.watch.matcher import IndexedItem, index_item

FAILED = "failed"
"""The reason under which a draft is counted that broke our own code."""

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What an item changes about a stored one in this version."""

    item: int
    version: int
    change: Change


@dataclass(frozen=True, kw_only=True)
class Ready:
    """An item ready to be taken in: its words, which watches look at, and its signature, which finds its story.

    received: the page it was read from; article: where that is a page of its own; compared: with which stored version
    it was compared beforehand, if with any.
    """

    indexed: IndexedItem
    signature: Signature
    received: Received | None = None
    article: Article | None = None
    compared: Compared | None = None

    @property
    def item(self) -> Item:
        """The item itself, not stored yet."""
        return self.indexed.item


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Everything about a response that needs no database: its items, and what was unusable by reason."""

    items: tuple[Ready, ...]
    unusable: dict[str, int]


def prepare(response: Response, now: datetime) -> Prepared:
    """Normalise, tokenise and sign every draft of `response`; an unusable one is counted by its reason, never raised.

    One that breaks our own code is logged whole and counted as FAILED: its neighbours are not lost with it.
    """
    items: list[Ready] = []
    unusable: Counter[str] = Counter()
    pages = chain.from_iterable(repeat(page.received, page.drafts) for page in response.received)
    for draft, page in zip(response.drafts, chain(pages, repeat(None)), strict=False):
        try:
            ready = make_ready(normalise(draft, response.source, seen_at=now))
            items.append(replace(ready, received=page))
        except UnusableDraft as error:
            unusable[error.reason] += 1
        except Exception as error:
            _log.error("a draft could not be made an item", source=response.source.id, url=draft.url, exc_info=error)
            unusable[FAILED] += 1
    return Prepared(items=tuple(items), unusable=dict(unusable))


def prepare_article(article: Article, now: datetime) -> Ready:
    """Normalise, tokenise and sign an article; raises Unreadable with its `Reason` where there is no item in it."""
    if article.draft is None:
        raise Unreadable(article.reason, article.detail)
    try:
        item = normalise(article.draft, article.source, seen_at=now)
        ready = make_ready(_found_under(item, article.pending.link))
        return replace(ready, received=article.received, article=article)
    except UnusableDraft as error:
        raise Unreadable(Reason.NOT_AN_ARTICLE, str(error)) from error
    except Exception as error:
        url = article.pending.link.url
        _log.error("an article could not be made an item", source=article.source.id, url=url, exc_info=error)
        raise Unreadable(Reason.NOT_STORED, type(error).__name__) from error


def prepare_headline(source: AnySource, pending: Pending, now: datetime) -> Ready:
    """Make of a link given up the item that its list told: its headline, and what else stood there.

    Raises Unreadable where that is no item. Its version is another than that of any page, so that reading the page
    later changes it, even to the same words.
    """
    said = replace(pending.link.said, url=pending.link.url)
    ready = prepare_article(Article(source=source, pending=pending, draft=said), now)
    item = replace(ready.item, unread=pending.reason, content_hash=f"{ready.item.content_hash} {HEADLINE}")
    return replace(ready, indexed=replace(ready.indexed, item=item))


def is_fresh(item: Item, *, now: datetime, fresh: timedelta) -> bool:
    """Whether an item of a source's first visit may alert: stated within `fresh` before `now`, never undated (P10)."""
    if item.published is None:
        return False
    if item.published.at is not None:
        return item.published.at >= now - fresh
    return item.published.day >= (now - fresh).astimezone(ZoneInfo(item.published.zone)).date()


def make_ready(item: Item) -> Ready:
    """Cut an item into words and sign it."""
    indexed = index_item(item)
    return Ready(indexed=indexed, signature=sign(indexed))


def _found_under(item: Item, link: Link) -> Item:
    """The item with the address that its list names among its keys, asked before the one that its page calls its own.

    Without it the link would be unknown again at the next visit; and a page may call another's address its own.
    """
    named = ItemKey(kind=KeyKind.URL, scope="", key=link.key)
    keys = [key for key in item.keys if key != named]
    place = next((place for place, key in enumerate(keys) if key.kind is not KeyKind.NATIVE), len(keys))
    return replace(item, keys=(*keys[:place], named, *keys[place:]))
