"""Troubles of the installation: noted once, told once, told once more when they are over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, func, or_, select, update

from news.trouble import LASTING, Trouble
from storage import tables
from storage.sql import drop_some

KEPT = timedelta(days=60)
"""How long a trouble that is over is kept, told or not."""

MOST_LINES = 20
"""Details kept of one event; of further ones only the number."""


class Troubles:
    """What went wrong, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, kind: str, text: str, *, at: datetime, about: str = "", changed: bool = False) -> bool:
        """Write a trouble down; False where it joins one that is known.

        One that lasts joins the row that lasts, or one whose end nobody was told of, and is told again only if
        `changed`. An event joins the one of its kind and subject that nobody was told of yet; its text is added.
        """
        table = tables.troubles
        lasting = kind in LASTING
        unsaid = table.c.told_end_at.is_(None) if lasting else table.c.told_at.is_(None)
        query = select(table).where(table.c.kind == kind, table.c.about == about, unsaid)
        row = self._connection.execute(query.order_by(table.c.id.desc()).limit(1)).mappings().first()
        if row is None:
            values = {"kind": kind, "about": about, "text": text, "began_at": at, "last_at": at, "times": 1}
            self._connection.execute(table.insert().values(values))
            return True
        values = {"text": text if lasting else _added(row["text"], text), "last_at": at, "times": row["times"] + 1}
        if lasting:
            values["ended_at"] = None
        if changed:
            values["told_at"] = None
        self._connection.execute(update(table).where(table.c.id == row["id"]).values(values))
        return False

    def end(self, kind: str, *, at: datetime, about: str = "") -> bool:
        """Write down that a trouble that lasted is over; False where there was none."""
        table = tables.troubles
        lasting = (table.c.kind == kind, table.c.about == about, table.c.ended_at.is_(None))
        return self._connection.execute(update(table).where(*lasting).values(ended_at=at)).rowcount > 0

    def untold(self) -> list[Trouble]:
        """What the owner was not told yet, that it is so or that it is over, the oldest first."""
        table = tables.troubles
        over = and_(table.c.ended_at.is_not(None), table.c.told_end_at.is_(None))
        query = select(table).where(or_(table.c.told_at.is_(None), over)).order_by(table.c.id)
        return [_trouble(row) for row in self._connection.execute(query).mappings()]

    def lasting(self) -> list[Trouble]:
        """What is wrong now, the oldest first."""
        table = tables.troubles
        query = select(table).where(table.c.kind.in_(sorted(LASTING)), table.c.ended_at.is_(None)).order_by(table.c.id)
        return [_trouble(row) for row in self._connection.execute(query).mappings()]

    def last_told(self) -> datetime | None:
        """When the owner was told something last; None where that was never so, or too long ago to matter."""
        table = tables.troubles
        query = select(func.max(table.c.told_at), func.max(table.c.told_end_at))
        return max((one for one in self._connection.execute(query).one() if one is not None), default=None)

    def mark_told(self, troubles: Iterable[Trouble], *, at: datetime) -> None:
        """Write down that the owner was told of these as they stand; in the transaction that queues the mail."""
        table = tables.troubles
        for trouble in troubles:
            values = {"told_at": at} | ({} if trouble.ended_at is None else {"told_end_at": at})
            self._connection.execute(update(table).where(table.c.id == trouble.id).values(values))

    def prune(self, *, now: datetime) -> int:
        """Drop what was noted last before KEPT, unless it still lasts; some at once, how many."""
        table = tables.troubles
        lasts = and_(table.c.kind.in_(sorted(LASTING)), table.c.ended_at.is_(None))
        return drop_some(self._connection, table.c.id, table, table.c.last_at < now - KEPT, ~lasts)


def _added(lines: str, line: str) -> str:
    known = lines.split("\n")
    return lines if line in known or len(known) >= MOST_LINES else f"{lines}\n{line}"


def _trouble(row: RowMapping) -> Trouble:
    return Trouble(
        id=row["id"],
        kind=row["kind"],
        about=row["about"],
        text=row["text"],
        began_at=row["began_at"],
        last_at=row["last_at"],
        times=row["times"],
        ended_at=row["ended_at"],
        told_at=row["told_at"],
    )
