"""Matches: which watch found which item, and which of them a recipient was not told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, exists, select

from news.item import Item
from news.story import Relation
from news.watch.watch import Hit, Match, Mode, Recipient, Watch
from storage import tables
from storage.follows import newest_match
from storage.items import Items
from storage.match_rows import hit_rows, hits_of
from storage.revisions import bump, found_by
from storage.sql import insert
from storage.standing import retire_others
from storage.watches import watch_of


@dataclass(frozen=True, kw_only=True)
class ToldMatch:
    """A match as a digest tells it: what found what, where, and in which story.

    story: id, 0 where the item was not put into one; relation: how the item stands to that story. score: distinct terms
    that were found.
    """

    match_id: int
    recorded_at: datetime
    watch: Watch
    item: Item
    hits: tuple[Hit, ...]
    story: int
    relation: Relation
    score: float = 1.0


class Matches:
    """What was found, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, matches: Sequence[Match], *, at: datetime, muted: bool = False) -> int:
        """Store matches and count the new ones: a watch finds an item once, whatever its versions.

        A match that is there keeps its id and what was told of it, and takes the hits of the item's present version.
        A muted match is kept and shown but told to nobody (old items of a first visit). It stays so when its item is
        corrected: a correction makes old news no newer.
        """
        if not matches:
            return 0
        table = tables.matches
        rows = [
            {
                "watch_id": match.watch,
                "item_id": match.item,
                "score": match.score,
                "hits": hit_rows(match.hits),
                "recorded_at": at,
                "muted": muted,
                "retired": False,
            }
            for match in {(match.watch, match.item): match for match in matches}.values()
        ]
        before = newest_match(self._connection)
        statement = insert(self._connection, table)
        latest = {"hits": statement.excluded.hits, "score": statement.excluded.score, "retired": False}
        statement = statement.on_conflict_do_update(index_elements=["watch_id", "item_id"], set_=latest)
        ids = self._connection.execute(statement.returning(table.c.id), rows).scalars().all()
        bump(self._connection, (found_by(match.watch) for match in matches))
        return len({number for number in ids if number > before})

    def retire_others(self, item_id: int, found_by: Sequence[int]) -> None:
        """Take back what is still to be told of an item after a change of it, but for the watches `found_by`."""
        retire_others(self._connection, item_id, found_by)

    def of_item(self, item_id: int) -> list[Match]:
        """Every match of an item that stands, the earliest first."""
        table = tables.matches
        query = select(table).where(table.c.item_id == item_id, ~table.c.retired).order_by(table.c.id)
        return [_match_of(row) for row in self._connection.execute(query).mappings()]

    def of_watch(self, watch_id: int, limit: int) -> list[Match]:
        """The last matches of a watch that stand, the newest first."""
        table = tables.matches
        query = select(table).where(table.c.watch_id == watch_id, ~table.c.retired).order_by(table.c.id.desc())
        return [_match_of(row) for row in self._connection.execute(query.limit(limit)).mappings()]

    def newest(self, limit: int) -> list[ToldMatch]:
        """The last matches of watches in force, the newest first, muted and told ones too; to show, not to tell."""
        found = tables.matches
        return self._told(self._connection.execute(_with_story().order_by(found.c.id.desc()).limit(limit)).all())

    def recent(self, *, watch_id: int | None = None, recipient_id: int | None = None, limit: int) -> list[ToldMatch]:
        """The last matches that may be told, the newest first: of one watch, or of all that a recipient follows."""
        found, follows = tables.matches, tables.follows
        query = _with_story().where(~found.c.muted).order_by(found.c.id.desc()).limit(limit)
        if watch_id is not None:
            query = query.where(found.c.watch_id == watch_id)
        if recipient_id is not None:
            own = and_(follows.c.watch_id == found.c.watch_id, follows.c.recipient_id == recipient_id)
            query = query.join(follows, own).where(found.c.id > follows.c.after_match)
        return self._told(self._connection.execute(query).all())

    def untold(self, recipient: Recipient, schedule: str, *, limit: int, mode: Mode | None = None) -> list[ToldMatch]:
        """The earliest matches that no digest of this recipient and schedule held yet, in the order of their recording.

        Counted are those recorded since the recipient follows the watch, of watches in force, that stand and are not
        muted. By match, never by time: a clock that jumps or a daemon that was down changes nothing. `mode` narrows to
        watches of it, INSTANT also to what they found since they became instant.
        """
        found, watches = tables.matches, tables.watches
        follows, told = tables.follows, tables.digest_matches
        following = and_(
            follows.c.watch_id == found.c.watch_id,
            follows.c.recipient_id == recipient.id,
            found.c.id > follows.c.after_match,
        )
        in_a_digest = exists().where(
            told.c.recipient_id == recipient.id, told.c.schedule == schedule, told.c.match_id == found.c.id
        )
        query = (
            _with_story().join(follows, following).where(~found.c.muted, ~in_a_digest).order_by(found.c.id).limit(limit)
        )
        if mode is not None:
            query = query.where(watches.c.mode == mode)
        if mode is Mode.INSTANT:
            query = query.where(found.c.id > watches.c.instant_after)
        rows = self._connection.execute(query).all()
        return self._told(rows)

    def _told(self, rows: Sequence[Any]) -> list[ToldMatch]:
        watches = tables.watches
        items = {item.id: item for item in Items(self._connection).load(sorted({row.item_id for row in rows}))}
        wanted = select(watches).where(watches.c.id.in_({row.watch_id for row in rows}))
        known = {row["id"]: watch_of(row) for row in self._connection.execute(wanted).mappings()}
        return [
            ToldMatch(
                match_id=row.id,
                recorded_at=row.recorded_at,
                watch=known[row.watch_id],
                item=items[row.item_id],
                hits=hits_of(row.hits),
                story=row.story_id or 0,
                relation=Relation(row.relation) if row.relation else Relation.NEW,
                score=row.score,
            )
            for row in rows
        ]


def _with_story() -> Select[Any]:
    """Select matches that stand, of watches in force, with the story of their item."""
    found, watches, members = tables.matches, tables.watches, tables.story_items
    return (
        select(found.c.id, found.c.item_id, found.c.watch_id, found.c.hits, found.c.recorded_at, found.c.score)
        .add_columns(members.c.story_id, members.c.relation)
        .join(watches, watches.c.id == found.c.watch_id)
        .outerjoin(members, members.c.item_id == found.c.item_id)
        .where(~found.c.retired, watches.c.enabled, ~watches.c.removed)
    )


def _match_of(row: RowMapping) -> Match:
    return Match(item=row["item_id"], watch=row["watch_id"], score=row["score"], hits=hits_of(row["hits"]))
