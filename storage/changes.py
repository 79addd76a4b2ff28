"""Changes: what publishers changed or took back after it was told, and who is still to hear of it.

By rows, never by time: of every item a recipient was told, the version is kept that they were told last. A later
version of substance is news for them until a digest of theirs told it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select, update

from news.changes import What
from news.item import Item
from storage import tables
from storage.item_rows import item_of
from storage.items import Items
from storage.revisions import bump, found_by
from storage.sql import insert, portions


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A page that is there no more. status: 404 or 410; missing_since: its first miss; found_at: when it was sure."""

    status: int
    missing_since: datetime
    found_at: datetime


@dataclass(frozen=True, kw_only=True)
class ToldChange:
    """An item that a recipient was told and that is another now. was: the version they had; now: the one in force.

    told_at: when they were told last. withdrawn: where they do not know of it yet.
    """

    was: Item
    now: Item
    told_at: datetime | None
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a digest tells of an item: its version, and whether it says that it was withdrawn.

    before: the version that the digest takes the recipient to have had, None where it tells the item as news.
    """

    item: int
    version: int
    withdrawn: bool = False
    before: int | None = None


class Changes:
    """What changed, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, item_id: int, version: int, what: Sequence[What], *, at: datetime) -> None:
        """Write down that this version says something else than the one before it."""
        row = {"item_id": item_id, "version": version, "what": [one.value for one in what], "seen_at": at}
        self._connection.execute(insert(self._connection, tables.changes).values(row).on_conflict_do_nothing())
        watches = select(tables.matches.c.watch_id).where(tables.matches.c.item_id == item_id)
        bump(self._connection, map(found_by, self._connection.execute(watches).scalars()))

    def before(self, item: Item) -> Item | None:
        """The version before this one of a stored item; None of the first."""
        return self._version(item, item.version - 1) if item.version > 1 else None

    def of_item(self, item_id: int) -> dict[int, tuple[What, ...]]:
        """What each version of substance of an item changed, by its number."""
        table = tables.changes
        rows = self._connection.execute(select(table).where(table.c.item_id == item_id).order_by(table.c.version))
        return {row.version: tuple(What(one) for one in row.what) for row in rows}

    def withdraw(self, item_id: int, withdrawal: Withdrawal) -> None:
        """Write down that an item's page is there no more; a second time changes nothing."""
        row = {
            "item_id": item_id,
            "status": withdrawal.status,
            "missing_since": withdrawal.missing_since,
            "found_at": withdrawal.found_at,
        }
        self._connection.execute(insert(self._connection, tables.withdrawals).values(row).on_conflict_do_nothing())

    def restore(self, item_id: int) -> None:
        """Forget that an item was withdrawn: its page is back, and may be withdrawn anew."""
        gone, told = tables.withdrawals, tables.told_items
        self._connection.execute(delete(gone).where(gone.c.item_id == item_id))
        self._connection.execute(
            update(told).where(told.c.item_id == item_id, told.c.withdrawn).values(withdrawn=False)
        )

    def withdrawal(self, item_id: int) -> Withdrawal | None:
        """Whether the item's page is there no more."""
        return self._withdrawals([item_id]).get(item_id)

    def untold(self, recipient_id: int, limit: int, *, alerted_by: str = "") -> list[ToldChange]:
        """Items that this recipient was told in a version before one of substance, or before they were withdrawn.

        In the order in which the items came, whatever schedule told them. alerted_by: only later versions of what a
        mail of this schedule told, for an alert.
        """
        told, changed, gone = tables.told_items, tables.changes, tables.withdrawals
        later = exists().where(and_(changed.c.item_id == told.c.item_id, changed.c.version > told.c.version))
        missing = and_(~told.c.withdrawn, exists().where(gone.c.item_id == told.c.item_id))
        news = and_(later, self._alerted(recipient_id, alerted_by)) if alerted_by else or_(later, missing)
        query = (
            select(told.c.item_id, told.c.version)
            .where(told.c.recipient_id == recipient_id, news)
            .order_by(told.c.item_id)
            .limit(limit)
        )
        rows = self._connection.execute(query).all()
        ids = [row.item_id for row in rows]
        items = {item.id: item for item in Items(self._connection).load(ids)}
        withdrawn = self._withdrawals(ids)
        return [
            ToldChange(
                was=self._version(items[row.item_id], row.version),
                now=items[row.item_id],
                told_at=self._told_at(recipient_id, row.item_id),
                withdrawn=withdrawn.get(row.item_id),
            )
            for row in rows
        ]

    def is_current(self, recipient_id: int, shown: Iterable[Shown]) -> bool:
        """Whether the recipient still has the versions that were taken for theirs: no other digest told them more."""
        table = tables.told_items
        before = {one.item: one.before for one in shown if one.before is not None}
        for some in portions([*before]):
            query = select(table.c.item_id, table.c.version)
            query = query.where(table.c.recipient_id == recipient_id, table.c.item_id.in_(some))
            found = {row.item_id: row.version for row in self._connection.execute(query)}
            if any(found.get(item) != before[item] for item in some):
                return False
        return True

    def told(self, recipient_id: int, shown: Collection[Shown]) -> None:
        """Write down what a digest tells its recipient; one frozen before with a later version is not undone."""
        if not shown:
            return
        table = tables.told_items
        rows = [
            {"recipient_id": recipient_id, "item_id": one.item, "version": one.version, "withdrawn": one.withdrawn}
            for one in shown
        ]
        statement = insert(self._connection, table)
        latest = {"version": statement.excluded.version, "withdrawn": statement.excluded.withdrawn}
        statement = statement.on_conflict_do_update(
            index_elements=["recipient_id", "item_id"],
            set_=latest,
            where=or_(table.c.version < statement.excluded.version, statement.excluded.withdrawn),
        )
        self._connection.execute(statement, rows)

    def _alerted(self, recipient_id: int, schedule: str) -> ColumnElement[bool]:
        """Whether a mail of this schedule told the item."""
        digests, told, matches = tables.digests, tables.digest_matches, tables.matches
        return exists().where(
            matches.c.item_id == tables.told_items.c.item_id,
            told.c.match_id == matches.c.id,
            told.c.recipient_id == recipient_id,
            told.c.schedule == schedule,
            digests.c.id == told.c.digest_id,
            digests.c.parcel_key != "",
        )

    def _version(self, current: Item, version: int) -> Item:
        """An earlier version of an item; the one in force where that is not kept."""
        table = tables.versions
        query = select(table).where(table.c.item_id == current.id, table.c.version == version)
        row = self._connection.execute(query).mappings().first()
        return current if row is None else item_of(row, current.id, current.keys, current.story_keys)

    def _told_at(self, recipient_id: int, item_id: int) -> datetime | None:
        digests, told, matches = tables.digests, tables.digest_matches, tables.matches
        query = (
            select(digests.c.created_at)
            .join(told, told.c.digest_id == digests.c.id)
            .join(matches, matches.c.id == told.c.match_id)
            .where(told.c.recipient_id == recipient_id, matches.c.item_id == item_id, digests.c.parcel_key != "")
            .order_by(digests.c.id.desc())
            .limit(1)
        )
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def _withdrawals(self, ids: Sequence[int]) -> dict[int, Withdrawal]:
        table = tables.withdrawals
        return {
            row.item_id: Withdrawal(status=row.status, missing_since=row.missing_since, found_at=row.found_at)
            for some in portions(ids)
            for row in self._connection.execute(select(table).where(table.c.item_id.in_(some)))
        }
