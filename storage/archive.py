"""The archive: stored items found by the language of watches, with exactly the meaning that alerts have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from news.lexicon import Lexicon
from news.watch.indexed import IndexedItem, index_item
from news.watch.matcher import Matcher
from news.watch.query import Query
from news.watch.watch import Match, Watch
from storage import tables
from storage.items import Items

_AT_ONCE = 100
_SAMPLED = 2_000


@dataclass(frozen=True, kw_only=True)
class Found:
    """A stored item that a query finds, and where; `match.watch` is 0."""

    indexed: IndexedItem
    match: Match


class Archive:
    """Stored items as queries see them, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, indexed: IndexedItem) -> None:
        """Make an item findable whose `item` has its stored id and version; in the transaction that stores it."""

    def matching(
        self,
        query: Query,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        sources: Collection[str] = (),
        languages: Collection[str] = (),
        newest_first: bool = True,
        lexicon: Lexicon | None = None,
    ) -> Iterator[Found]:
        """The items in force that `query`, a tree that `check_watch` let pass, finds: what its watch would find.

        since, until: when an item was published, where that is not stated first seen; `since` is included, `until` is
        not. sources, languages: only these; all where empty. lexicon: what concepts mean, the shipped one unless given.
        """
        matcher = Matcher(lexicon=lexicon)
        matcher.register(Watch(name="", query=""), matcher.compile(query))
        for some in self._ids(since, until, sources, languages, newest_first=newest_first):
            for indexed in self.indexed(some):
                for match in matcher.matches(indexed):
                    yield Found(indexed=indexed, match=replace(match, item=indexed.item.id))

    def count_candidates(
        self,
        query: Query,  # noqa: ARG002
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        sources: Collection[str] = (),
        languages: Collection[str] = (),
        lexicon: Lexicon | None = None,  # noqa: ARG002
    ) -> int:
        """How many items `matching` would look at: no fewer than it finds, and cheap to tell."""
        return sum(len(some) for some in self._ids(since, until, sources, languages, newest_first=True))

    def indexed(self, ids: Sequence[int]) -> list[IndexedItem]:
        """The items of these ids as the matcher takes them, in that order; ids without an item are left out."""
        return [index_item(item) for item in Items(self._connection).load(ids)]

    def words(self, limit: int) -> Iterable[tuple[str, int]]:
        """The most frequent spellings, each with how many of the newest items hold it; at most `limit`."""
        counted: Counter[str] = Counter()
        for item in Items(self._connection).newest(_SAMPLED):
            counted.update(index_item(item).spellings)
        return counted.most_common(limit)

    def _ids(
        self,
        since: datetime | None,
        until: datetime | None,
        sources: Collection[str],
        languages: Collection[str],
        *,
        newest_first: bool,
    ) -> Iterator[Sequence[int]]:
        rows = tables.items.c
        moment = func.coalesce(rows.published_at, rows.first_seen_at)
        query = select(rows.id)
        if since is not None:
            query = query.where(moment >= since)
        if until is not None:
            query = query.where(moment < until)
        if sources:
            query = query.where(rows.source.in_(sources))
        if languages:
            query = query.where(rows.language.in_(languages))
        ids = self._connection.execute(query.order_by(rows.id.desc() if newest_first else rows.id)).scalars().all()
        for start in range(0, len(ids), _AT_ONCE):
            yield ids[start : start + _AT_ONCE]
