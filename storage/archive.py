"""The archive: stored items found by the language of watches, with exactly the meaning that alerts have.

The index names candidates, the matcher decides on the stored words. Only versions in force are found. Items that are
not indexed yet (stored by an earlier presswatch, or under other rules of what a word is) are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select, update

from news.item import Item
from news.lexicon import Lexicon
from news.watch.candidates import candidates
from news.watch.indexed import IndexedItem, index_item, texts_of
from news.watch.matcher import Matcher
from news.watch.query import Query
from news.watch.stored import TOKENISER, Sought, pack
from news.watch.watch import Watch
from storage import tables
from storage.archive_docs import HIGHEST, doc_of, first_doc, moment_of, moment_of_doc, month_of
from storage.archive_found import Found, found_in, unpacked
from storage.archive_index import Months
from storage.archive_terms import NOTHING, fts_terms, tsquery_terms
from storage.archive_words import Dictionary
from storage.items import Items
from storage.sifting import Sifting
from storage.sql import insert, insert_rows, portions, rows_of

_FIRST_PAGE, _LARGEST_PAGE = 50, 256
_LOADED_AT_ONCE = 50
_SAMPLED = 1_000
_DROPPED_AT_ONCE = 5_000


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """The next items to index; all that were stored before the index, from id `down_to` on, are among them."""

    items: tuple[Item, ...]
    down_to: int


@dataclass(frozen=True, kw_only=True)
class _Narrowed:
    """Which rows come into question: from number `low` to below `high`, of these sources and languages, all if none."""

    low: int
    high: int
    sources: tuple[str, ...]
    languages: tuple[str, ...]


class Archive:
    """Stored items as queries see them, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._months = Months(connection)
        self._dictionary = Dictionary(connection)
        self._begun = False

    def add(self, indexed: IndexedItem) -> None:
        """Make an item findable whose `item` has its stored id and version; in the transaction that stores it."""
        self.add_all([indexed])

    def add_all(self, indexed: Sequence[IndexedItem]) -> None:
        """The same for some items at once, which costs less."""
        self._begin()
        by_doc = self._numbered([_as_stored(one) for one in indexed])
        rows = ((doc, one.item.id, one.item.version, TOKENISER, pack(one)) for doc, one in by_doc.items())
        columns = ("doc", "item_id", "version", "tokeniser", "packed")
        taken = [doc for (doc,) in insert_rows(self._connection, tables.archived, columns, rows, returning=["doc"])]
        self._months.add({doc: by_doc[doc] for doc in sorted(taken)})
        self._dictionary.enter(set().union(*(field.spellings for doc in taken for field in by_doc[doc].fields)))

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
        not. sources, languages: only these; all where empty. newest_first: else the oldest; what is not indexed yet
        comes last, in the order of its numbers. lexicon: what concepts mean, the shipped one unless given.
        """
        narrowed = _narrowed(since, until, sources, languages)
        matcher = Matcher(lexicon=lexicon)
        matcher.register(Watch(name="", query=""), matcher.compile(query))
        terms, sought = self._asked(query, lexicon)
        items = Items(self._connection)
        for rows in self._pages(terms, narrowed, newest_first=newest_first):
            packed = {item_id: bytes(words) for _, item_id, words in rows}
            # No more than are asked for: whoever shows fifty needs no hundred loaded.
            for some in portions(list(packed), _LOADED_AT_ONCE):
                for item in items.load(some):
                    yield from found_in(matcher, item, packed[item.id], sought)
        for ids in self._unindexed(narrowed, newest_first=newest_first):
            for item in items.load(list(ids)):
                if narrowed.low <= first_doc(moment_of(item, ids[item.id])) < narrowed.high:
                    yield from found_in(matcher, item, None, sought)

    def count_candidates(
        self,
        query: Query,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        sources: Collection[str] = (),
        languages: Collection[str] = (),
        lexicon: Lexicon | None = None,
    ) -> int:
        """How many items `matching` would look at: no fewer than it finds, and cheap to tell."""
        narrowed = _narrowed(since, until, sources, languages)
        terms, _ = self._asked(query, lexicon)
        rows, items = tables.archived.c, tables.items.c
        unindexed = select(func.count()).select_from(tables.items).where(items.id < self._before())
        counted: int = self._connection.execute(unindexed).scalar_one()
        if terms is None:
            archived = select(func.count()).select_from(tables.archived).where(rows.tokeniser == TOKENISER)
            archived = archived.where(rows.doc >= narrowed.low, rows.doc < narrowed.high)
            return counted + self._connection.execute(archived).scalar_one()
        if not narrowed.sources and not narrowed.languages:
            months = self._between(terms, narrowed)
            return counted + sum(self._months.count(month, terms, narrowed.low, narrowed.high) for month in months)
        return counted + sum(len(page) for page in self._pages(terms, narrowed, newest_first=True))

    def sift(self, query: Query, *, since: datetime | None = None, lexicon: Lexicon | None = None) -> Sifting:
        """What `matching` would look at of the time since, for portions of it; only what is indexed already."""
        narrowed = _narrowed(since, None, (), ())
        matcher = Matcher(lexicon=lexicon)
        matcher.register(Watch(name="", query=""), matcher.compile(query))
        terms, sought = self._asked(query, lexicon)
        if terms is not None:
            months = self._between(terms, narrowed)[::-1]
            docs = self._months.docs(months, terms, narrowed.low, narrowed.high)
        else:
            rows = tables.archived.c
            every = select(rows.doc).where(rows.tokeniser == TOKENISER, rows.doc >= narrowed.low)
            docs = list(self._connection.execute(every.order_by(rows.doc.desc())).scalars())
        return Sifting(self._connection, matcher, sought, docs)

    def indexed(self, ids: Sequence[int]) -> list[IndexedItem]:
        """The items of these ids as the matcher takes them, in that order; ids without an item are left out."""
        rows, items = tables.archived.c, tables.items.c
        packed: dict[int, bytes] = {}
        for some in portions(ids):
            query = select(rows.item_id, rows.packed).join(
                tables.items, and_(items.id == rows.item_id, items.version == rows.version)
            )
            query = query.where(rows.item_id.in_(some), rows.tokeniser == TOKENISER)
            packed.update({row.item_id: bytes(row.packed) for row in self._connection.execute(query)})
        return [unpacked(item, packed.get(item.id)) for item in Items(self._connection).load(ids)]

    def span(self) -> tuple[datetime, datetime] | None:
        """The oldest and the newest instant that an indexed item is of; None where there is none."""
        rows = tables.archived.c
        ends = select(func.min(rows.doc), func.max(rows.doc))
        first, last = self._connection.execute(ends).one()
        return None if first is None else (moment_of_doc(first), moment_of_doc(last))

    def sample(self) -> list[IndexedItem]:
        """The thousand newest items."""
        ids = select(tables.items.c.id).order_by(tables.items.c.id.desc()).limit(_SAMPLED)
        return self.indexed(list(self._connection.execute(ids).scalars()))

    def backlog(self, limit: int) -> Backlog | None:
        """The next items to be indexed that were stored before this index was begun; None where none is left."""
        before = self._before()
        if not before:
            return None
        rows = tables.items.c
        query = select(rows.id).where(rows.id < before).order_by(rows.id.desc()).limit(limit)
        ids = list(self._connection.execute(query).scalars())
        missing = self._without_words(ids)
        items = Items(self._connection).load([number for number in ids if number in missing])
        return Backlog(items=tuple(items), down_to=ids[-1] if len(ids) == limit else 0)

    def catch_up(self, indexed: Sequence[IndexedItem], *, down_to: int) -> None:
        """Index the items of a backlog, but those that have another version by now: that one is indexed already."""
        self._begin()
        rows = tables.items.c
        query = select(rows.id, rows.version).where(rows.id.in_([one.item.id for one in indexed]))
        in_force = {(row.id, row.version) for row in self._connection.execute(query)}
        self.add_all([one for one in indexed if (one.item.id, one.item.version) in in_force])
        table = tables.archive_builds
        self._connection.execute(
            update(table).where(table.c.tokeniser == TOKENISER, table.c.before_id > down_to).values(before_id=down_to)
        )

    def drop_former(self) -> bool:
        """Drop a piece of an index of other rules of what a word is; False where there is none left.

        Only once all items are indexed by the present rules.
        """
        if self._before():
            return False
        months, rows = tables.archive_months, tables.archived
        former = select(months).where(months.c.tokeniser != TOKENISER).limit(1)
        if month := self._connection.execute(former).first():
            self._months.drop(month.tokeniser, month.month)
            return True
        some = select(rows.c.doc).where(rows.c.tokeniser != TOKENISER).limit(_DROPPED_AT_ONCE)
        if self._connection.execute(delete(rows).where(rows.c.doc.in_(some))).rowcount:
            return True
        return self._dictionary.drop_former(_DROPPED_AT_ONCE)

    def in_pieces(self) -> list[int]:
        """The months whose index would answer sooner if it were merged, as 202611."""
        return self._months.in_pieces()

    def merge(self, month: int) -> None:
        """Take one short step of merging a month's index; `in_pieces` says whether there is more to do."""
        self._months.merge(month)

    def _asked(self, query: Query, lexicon: Lexicon | None) -> tuple[str | None, Sought]:
        """The terms for the index, and what an item needs to be known of."""
        asked = candidates(query, lexicon)
        meant = self._dictionary.meant(asked.wanted)
        spelled = tsquery_terms if self._connection.dialect.name == "postgresql" else fts_terms
        prefixes = [wanted.prefix for wanted in asked.wanted if wanted.prefix]
        return spelled(asked.plan, meant), Sought(frozenset().union(*meant.values()), prefixes)

    def _between(self, terms: str, narrowed: _Narrowed) -> list[int]:
        """The months to ask for the terms, ascending."""
        low, high = month_of(narrowed.low), month_of(narrowed.high)
        return [] if terms == NOTHING else [month for month in self._months.all(TOKENISER) if low <= month <= high]

    def _pages(
        self, terms: str | None, narrowed: _Narrowed, *, newest_first: bool
    ) -> Iterator[Sequence[tuple[int, int, bytes]]]:
        """The rows of versions in force that the index names, in order, page by page: item id and packed words."""
        place = "%s" if self._connection.dialect.name == "postgresql" else "?"
        order = "DESC" if newest_first else "ASC"
        given: tuple[Any, ...] = (TOKENISER,)
        narrower = ""
        for column, values in (("source", narrowed.sources), ("language", narrowed.languages)):
            if values:
                narrower += f" AND items.{column} IN ({', '.join([place] * len(values))})"
                given += values

        # Straight to the driver: most queries have one page or two, and each is asked in other words.
        def rows(which: str, parameters: tuple[int, ...], end: str) -> Sequence[tuple[int, int, bytes]]:
            statement = (
                "SELECT doc, item_id, packed FROM archived JOIN items ON items.id = item_id "
                f"AND items.version = archived.version WHERE tokeniser = {place}{narrower} AND {which} "
                f"ORDER BY doc {order}{end}"
            )
            return [*rows_of(self._connection, statement, (*given, *parameters))]

        if terms is not None:
            for docs in self._docs(terms, narrowed, newest_first=newest_first):
                if page := rows(f"doc IN ({', '.join([place] * len(docs))})", tuple(docs), ""):
                    yield page
            return
        low, high, size = narrowed.low, narrowed.high, _FIRST_PAGE
        while page := rows(f"doc >= {place} AND doc < {place}", (low, high, size), f" LIMIT {place}"):
            yield page
            last = page[-1][0]
            low, high = (low, last) if newest_first else (last + 1, high)
            size = min(2 * size, _LARGEST_PAGE)

    def _docs(self, terms: str, narrowed: _Narrowed, *, newest_first: bool) -> Iterator[Sequence[int]]:
        """The numbers that the index names, month after month, in pages that run across months."""
        months = self._between(terms, narrowed)
        if newest_first:
            months.reverse()
        size = _FIRST_PAGE
        page: list[int] = []
        # What is asked for often fills a page with the first month alone; what is rare is asked of all others at once.
        for some in (months[:1], months[1:]):
            low, high = narrowed.low, narrowed.high
            while True:
                most = size - len(page)
                docs = self._months.docs(some, terms, low, high, newest_first=newest_first, most=most)
                page += docs
                if len(docs) < most:
                    break
                yield page
                low, high = (low, page[-1]) if newest_first else (page[-1] + 1, high)
                page, size = [], min(2 * size, _LARGEST_PAGE)
        if page:
            yield page

    def _unindexed(self, narrowed: _Narrowed, *, newest_first: bool) -> Iterator[dict[int, datetime]]:
        """Items that are not indexed yet, page by page: id -> when first seen."""
        rows = tables.items.c
        low, high = 0, self._before()
        while low < high:
            query = select(rows.id, rows.first_seen_at).where(rows.id >= low, rows.id < high)
            if narrowed.sources:
                query = query.where(rows.source.in_(narrowed.sources))
            if narrowed.languages:
                query = query.where(rows.language.in_(narrowed.languages))
            query = query.order_by(rows.id.desc() if newest_first else rows.id).limit(_LARGEST_PAGE)
            page = {row.id: row.first_seen_at for row in self._connection.execute(query)}
            if not page:
                return
            missing = self._without_words([*page])
            if missing:
                yield {number: seen for number, seen in page.items() if number in missing}
            low, high = (low, min(page)) if newest_first else (max(page) + 1, high)

    def _without_words(self, ids: Sequence[int]) -> set[int]:
        """Those of the items whose version in force is not indexed."""
        rows, items = tables.archived.c, tables.items.c
        there = select(rows.item_id).join(tables.items, and_(items.id == rows.item_id, items.version == rows.version))
        missing = set(ids)
        for some in portions(ids):
            query = there.where(rows.item_id.in_(some), rows.tokeniser == TOKENISER)
            missing.difference_update(self._connection.execute(query).scalars())
        return missing

    def _before(self) -> int:
        """Items with lower ids may not be indexed; 0 where all are."""
        place = "%s" if self._connection.dialect.name == "postgresql" else "?"
        statement = f"SELECT before_id FROM archive_builds WHERE tokeniser = {place}"
        begun = rows_of(self._connection, statement, (TOKENISER,))
        return int(begun[0][0]) if begun else self._above_all()

    def _above_all(self) -> int:
        return (self._connection.execute(select(func.max(tables.items.c.id))).scalar() or -1) + 1

    def _begin(self) -> None:
        """Note, once for these rules of what a word is, that what is stored up to now has yet to be looked at."""
        if self._begun:
            return
        statement = insert(self._connection, tables.archive_builds)
        statement = statement.values(tokeniser=TOKENISER, before_id=self._above_all())
        if self._connection.execute(statement.on_conflict_do_nothing()).rowcount:
            # What is stored from now on is in no other index: a presswatch put back to other rules has to look again.
            table = tables.archive_builds
            self._connection.execute(delete(table).where(table.c.tokeniser != TOKENISER))
        self._begun = True

    def _first_seen(self, item: Item) -> datetime:
        if item.version == 1:
            return item.seen_at
        query = select(tables.items.c.first_seen_at).where(tables.items.c.id == item.id)
        return self._connection.execute(query).scalar() or item.seen_at

    def _numbered(self, indexed: Sequence[IndexedItem]) -> dict[int, IndexedItem]:
        """Each under a number of the second it is of, by the item's own where no other version has it."""
        by_doc: dict[int, IndexedItem] = {}
        moved: list[tuple[int, IndexedItem]] = []
        wanted = [doc_of(moment_of(one.item, self._first_seen(one.item)), one.item.id) for one in indexed]
        held = self._held(wanted)
        for doc, one in zip(wanted, indexed, strict=True):
            if doc in held or doc in by_doc:
                moved.append((doc, one))
            else:
                by_doc[doc] = one
        for doc, one in moved:
            while doc in by_doc or self._held([doc]):
                doc += 1
            by_doc[doc] = one
        return by_doc

    def _held(self, docs: Sequence[int]) -> set[int]:
        """Those of the numbers that are in use."""
        place = "%s" if self._connection.dialect.name == "postgresql" else "?"
        held: set[int] = set()
        for some in portions(docs):
            statement = f"SELECT doc FROM archived WHERE doc IN ({', '.join([place] * len(some))})"
            held.update(doc for (doc,) in rows_of(self._connection, statement, tuple(some)))
        return held


def _as_stored(indexed: IndexedItem) -> IndexedItem:
    """The item made ready anew where it was stored without signs that no database takes: its words stand elsewhere."""
    given = (field.words.text for field in indexed.fields)
    same = all(text == stored for text, stored in zip(given, texts_of(indexed.item), strict=True))
    return indexed if same else index_item(indexed.item)


def _narrowed(
    since: datetime | None, until: datetime | None, sources: Collection[str], languages: Collection[str]
) -> _Narrowed:
    return _Narrowed(
        low=0 if since is None else first_doc(since),
        high=HIGHEST if until is None else first_doc(until),
        sources=tuple(sources),
        languages=tuple(languages),
    )
