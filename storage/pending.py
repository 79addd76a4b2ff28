"""Pending: articles that a list named, until each is read or given up with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from news.item import KeyKind
from news.link import Link, Pending, PendingState
from storage import tables
from storage.item_rows import is_unread
from storage.plain import draft_from, plain_draft
from storage.sql import DROPPED_AT_ONCE, drop_some, insert_rows, portions

# A link that its list still names after that is read anew: what was wrong may have been put right.
GIVEN_UP_KEPT = timedelta(days=30)

# How long it is known after that as one that is not new: longer than lists go on naming what they hold.
LAPSED_KEPT = timedelta(days=730)

_NEW = ("source", "key", "url", "said", "found_at", "tries", "reason", "detail", "first", "quiet", "state")


@dataclass(frozen=True, kw_only=True)
class PendingCounts:
    """What is pending of one source. given_up: count by reason, of the last 30 days."""

    waiting: int = 0
    given_up: Mapping[str, int] = field(default_factory=dict)


class PendingLinks:
    """Articles that are still to be read, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, source_id: str, links: Sequence[Link], *, found_at: datetime, quiet: bool = False, first: bool = False
    ) -> int:
        """Let links wait that nobody knows yet, in the order given, and count them.

        Known are those whose item is or was stored, whichever source it is of, and those that wait or were given up. An
        item that is only a headline of this source is known while its link given up is kept, and read anew after that.
        One given up that lapsed waits as `first`, whatever the visit: it was named before, and alerts only where fresh.
        """
        by_key = {link.key: link for link in reversed(links) if link.key}
        if not by_key:
            return 0
        known = self._known(source_id, [*by_key])
        lapsed = self._lapsed(source_id, [key for key in by_key if key not in known])
        rows = (
            (
                source_id,
                key,
                link.url,
                plain_draft(link.said),
                found_at,
                0,
                "",
                "",
                first or key in lapsed,
                quiet,
                PendingState.WAITING,
            )
            for key, link in reversed(by_key.items())
            if key not in known
        )
        return len(insert_rows(self._connection, tables.pending, _NEW, rows, returning=["id"]))

    def known(self, source_id: str, links: Sequence[Link]) -> frozenset[str]:
        """The keys of those links whose article is stored, waits or was given up."""
        return frozenset(self._known(source_id, [*{link.key for link in links}]))

    def due(self, source_id: str, *, now: datetime, limit: int, quiet: bool = False) -> list[Pending]:
        """What is to be read now of a source: found last, read first; within one visit in the order of the list.

        quiet: those of reading back, which are asked for by themselves.
        """
        asked = {"of_source": source_id, "is_quiet": quiet, "now": now, "most": limit}
        return [pending_of(row) for row in self._connection.execute(_due(), asked).mappings()]

    def of_link(self, source_id: str, link: Link) -> Pending | None:
        """The link as it waits or was given up; None where it does neither."""
        table = tables.pending
        query = select(table).where(table.c.source == source_id, table.c.key == link.key)
        return next(iter(self._loaded(query)), None)

    def settle(self, pending: Pending) -> None:
        """Take a link off: its article is stored."""
        self._connection.execute(delete(tables.pending).where(tables.pending.c.id == pending.id))

    def fail(self, pending: Pending) -> None:
        """Write down what `pending` says of a reading that failed: tries, next try, reason and state."""
        values = {name: getattr(pending, name) for name in ("tries", "tried_at", "next_try", "reason", "detail")}
        table = tables.pending
        failed = update(table).where(table.c.id == pending.id).values(**values, state=pending.state.value)
        self._connection.execute(failed)

    def counts(self) -> dict[str, PendingCounts]:
        """What is pending, by source; sources of which nothing is are left out."""
        table = tables.pending
        query = select(table.c.source, table.c.state, table.c.reason, func.count())
        waiting: dict[str, int] = {}
        given_up: dict[str, dict[str, int]] = {}
        for source, state, reason, count in self._connection.execute(
            query.where(_current()).group_by(table.c.source, table.c.state, table.c.reason).order_by(table.c.reason)
        ):
            if state == PendingState.WAITING:
                waiting[source] = waiting.get(source, 0) + count
            else:
                given_up.setdefault(source, {})[reason] = count
        return {
            source: PendingCounts(waiting=waiting.get(source, 0), given_up=given_up.get(source, {}))
            for source in sorted(waiting.keys() | given_up.keys())
        }

    def of_source(self, source_id: str, limit: int) -> list[Pending]:
        """What waits of a source or was given up in the last 30 days, the newest first."""
        table = tables.pending
        query = select(table).where(table.c.source == source_id, _current())
        return self._loaded(query.order_by(table.c.found_at.desc(), table.c.id).limit(limit))

    def missing(self, *, since: datetime, waiting_since: datetime) -> list[Pending]:
        """What a digest has to tell as not read: given up from `since` on, or waiting and found before `waiting_since`.

        Links of reading back are no news, and left out. By source, in the order in which they were found.
        """
        table = tables.pending
        given_up = and_(table.c.state == PendingState.GIVEN_UP, table.c.tried_at >= since)
        long = and_(_waiting(), table.c.found_at < waiting_since)
        query = select(table).where(~table.c.quiet, or_(given_up, long))
        return self._loaded(query.order_by(table.c.source, table.c.found_at, table.c.id))

    def earliest(self) -> dict[str, datetime]:
        """For each source with links waiting for their article, but for those of reading back: since when one is due.

        An instant in the future where all of them are to be tried again later.
        """
        table = tables.pending
        due_at = func.min(func.coalesce(table.c.next_try, table.c.found_at), type_=table.c.found_at.type)
        query = (
            select(table.c.source, due_at.label("due_at")).where(_waiting(), ~table.c.quiet).group_by(table.c.source)
        )
        return {row.source: row.due_at for row in self._connection.execute(query)}

    def prune(self, *, now: datetime) -> int:
        """Let links lapse that were given up 30 days ago, and drop those that lapsed long ago.

        Some at once; how many they were, 0 once nothing is left.
        """
        table = tables.pending
        old = (table.c.state == PendingState.GIVEN_UP, table.c.tried_at < now - GIVEN_UP_KEPT)
        some = select(table.c.id).where(*old).limit(DROPPED_AT_ONCE)
        lapse = update(table).where(table.c.id.in_(some)).values(state=PendingState.LAPSED.value)
        lapsed = self._connection.execute(lapse).rowcount
        oldest = (table.c.state == PendingState.LAPSED, table.c.tried_at < now - LAPSED_KEPT)
        return lapsed + drop_some(self._connection, table.c.id, table, *oldest)

    def _lapsed(self, source_id: str, keys: Sequence[str]) -> set[str]:
        """Take the lapsed links of these keys off, which are to wait anew; gives their keys."""
        table = tables.pending
        found: set[str] = set()
        for some in portions(keys):
            lapsed = (table.c.source == source_id, table.c.key.in_(some), table.c.state == PendingState.LAPSED)
            found.update(self._connection.execute(delete(table).where(*lapsed).returning(table.c.key)).scalars())
        return found

    def _known(self, source_id: str, keys: Sequence[str]) -> set[str]:
        stored, gone, items, here = tables.item_keys, tables.dropped_keys, tables.items, tables.pending
        headline = exists().where(items.c.id == stored.c.item_id, items.c.source == source_id, is_unread())
        found: set[str] = set()
        for some in portions(keys):
            as_item = select(stored.c.key).where(stored.c.kind == KeyKind.URL, stored.c.scope == "").where(~headline)
            as_dropped = select(gone.c.key).where(gone.c.kind == KeyKind.URL, gone.c.scope == "")
            pending = select(here.c.key).where(here.c.source == source_id, _current())
            found.update(self._connection.execute(as_item.where(stored.c.key.in_(some))).scalars())
            found.update(self._connection.execute(as_dropped.where(gone.c.key.in_(some))).scalars())
            found.update(self._connection.execute(pending.where(here.c.key.in_(some))).scalars())
        return found

    def _loaded(self, query: Select[Any]) -> list[Pending]:
        return [pending_of(row) for row in self._connection.execute(query).mappings()]


@cache
def _due() -> Select[Any]:
    """What is due of a source: asked twice at every visit, so that it is put together once."""
    table = tables.pending
    come = or_(table.c.next_try.is_(None), table.c.next_try <= bindparam("now"))
    mine = (table.c.source == bindparam("of_source"), table.c.quiet == bindparam("is_quiet"))
    query = select(table).where(*mine, _waiting(), come).order_by(table.c.found_at.desc(), table.c.id)
    return query.limit(bindparam("most"))


def _current() -> ColumnElement[bool]:
    return tables.pending.c.state != PendingState.LAPSED


def _waiting() -> ColumnElement[bool]:
    return tables.pending.c.state == PendingState.WAITING


def pending_of(row: RowMapping) -> Pending:
    """The link that a row of `pending` holds."""
    return Pending(
        id=row["id"],
        source=row["source"],
        link=Link(url=row["url"], said=draft_from(row["said"])),
        found_at=row["found_at"],
        tries=row["tries"],
        tried_at=row["tried_at"],
        next_try=row["next_try"],
        reason=row["reason"],
        detail=row["detail"],
        first=row["first"],
        quiet=row["quiet"],
        state=PendingState(row["state"]),
    )
