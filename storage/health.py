"""How sources are doing, what is usual for them, and which notices each recipient was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, or_, select

from news.health import HERE, Condition, Health, Newest, Norms, Notice, NoticeKind, Outage, Sign, SignKind
from news.hosts import host_of
from news.visit import Reason, Visit, VisitResult
from storage import tables
from storage.sql import drop_some, insert
from storage.visit_rows import visit_of

_EVER = datetime(1970, 1, 1, tzinfo=UTC)

NOTICES_KEPT = timedelta(days=60)
"""How long a notice waits for a recipient who gets no digests."""


@dataclass(frozen=True, kw_only=True)
class HealthRow:
    """The condition of a source, and the fingerprint of the declaration under which it is read, since when."""

    condition: Condition
    reading: str = ""
    reading_since: datetime | None = None


class HealthBook:
    """The health of sources, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, source_id: str) -> HealthRow | None:
        """How a source is doing; None before its first visit was judged."""
        table = tables.health
        row = self._connection.execute(select(table).where(table.c.source == source_id)).mappings().first()
        return None if row is None else _health_row(row)

    def known_of(self, source_id: str) -> tuple[HealthRow | None, HealthRow | None, Norms]:
        """How a source is doing, how this computer's own connection is, and what is usual for the source: one question,
        for it is asked at every visit."""
        rows = self._connection.execute(_known_of(), {"of_source": source_id}).mappings().all()
        found = {row["source"]: row for row in rows}
        usual = found[source_id]["norms"] if source_id in found else None
        own, here = (_health_row(found[name]) if name in found else None for name in (source_id, HERE))
        return own, here, Norms() if usual is None else Norms.from_json(usual)

    def conditions(self) -> dict[str, Condition]:
        """How each source is doing that was ever judged; this computer's own connection under `HERE`."""
        rows = self._connection.execute(select(tables.health)).mappings()
        return {row["source"]: _health_row(row).condition for row in rows}

    def save(self, source_id: str, row: HealthRow) -> None:
        """Write down how a source is doing."""
        values: dict[str, Any] = {"source": source_id, "condition": _plain(row.condition)}
        values |= {"reading": row.reading, "reading_since": row.reading_since}
        statement = insert(self._connection, tables.health).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))

    def note(self, notice: Notice) -> None:
        """Keep a notice until every recipient was told."""
        row: dict[str, Any] = {"source": notice.source, "kind": notice.kind.value, "at": notice.at}
        row |= {"before": notice.before and _plain(notice.before), "after": notice.after and _plain(notice.after)}
        row |= {"since": notice.since, "until": notice.until, "detail": notice.detail or None}
        self._connection.execute(tables.notices.insert().values(row))

    def outages(self, since: datetime, here: HealthRow | None) -> list[Outage]:
        """The outages of this computer that ended after `since`, the one that lasts too; here: its own health."""
        if here is None or (here.condition.state is Health.OK and here.condition.since < since):
            return []
        table = tables.notices
        query = select(table).where(table.c.source == HERE, table.c.at >= since).order_by(table.c.id)
        told = [_notice(row) for row in self._connection.execute(query).mappings()]
        ended = [
            Outage(began=one.before.since, ended=one.after.since)
            for one in told
            if one.before is not None and one.after is not None and one.after.state is Health.OK
        ]
        if here.condition.state is Health.DOWN:
            ended.append(Outage(began=here.condition.since))
        return ended

    def untold(self, recipient_id: int, *, since: datetime | None) -> list[Notice]:
        """What a recipient was not told yet of what was noticed since they came, oldest first."""
        table, told = tables.notices, tables.told_notices
        mine = select(told.c.notice_id).where(told.c.recipient_id == recipient_id)
        query = select(table).where(table.c.id.not_in(mine)).order_by(table.c.id)
        if since is not None:
            query = query.where(table.c.at >= since)
        return [_notice(row) for row in self._connection.execute(query).mappings()]

    def mark_told(self, recipient_id: int, notices: Iterable[int], *, at: datetime) -> None:
        """Write down that a recipient was told: in the transaction that freezes the digest which tells it."""
        rows = [{"recipient_id": recipient_id, "notice_id": notice, "told_at": at} for notice in notices]
        if rows:
            statement = insert(self._connection, tables.told_notices).on_conflict_do_nothing()
            self._connection.execute(statement, rows)

    def recent(self, source_id: str, *, since: datetime | None, limit: int) -> list[Visit]:
        """The newest visits to a source, since `since` where given, oldest first."""
        asked = {"of_source": source_id, "since": since or _EVER, "most": limit}
        rows = self._connection.execute(_recent(), asked).mappings().all()
        return [visit_of(row) for row in reversed(rows)]

    def history(self, source_id: str, *, since: datetime) -> list[Visit]:
        """Every visit to a source since then that is kept, oldest first."""
        table = tables.visits
        query = select(table).where(table.c.source == source_id, table.c.started_at >= since)
        ordered = query.order_by(table.c.started_at, table.c.id)
        return [visit_of(row) for row in self._connection.execute(ordered).mappings()]

    def last_new_at(self, source_id: str) -> datetime | None:
        """When the last visit to a source began that brought something new; None where none did."""
        table = tables.visits
        query = select(table.c.started_at).where(table.c.source == source_id, table.c.new > 0)
        newest = query.order_by(table.c.started_at.desc()).limit(1)
        found: datetime | None = self._connection.execute(newest).scalar()
        return found

    def newest(self) -> list[Newest]:
        """The newest visit to each source."""
        table, sources = tables.visits, tables.sources
        query = select(table.c.url, table.c.started_at, table.c.result, table.c.reason)
        rows = self._connection.execute(query.join(sources, sources.c.last_visit == table.c.id))
        return [
            Newest(
                host=host_of(row.url),
                started_at=row.started_at,
                result=VisitResult(row.result),
                reason=Reason(row.reason),
            )
            for row in rows
        ]

    def norms(self, source_id: str) -> Norms:
        """What is usual for a source; of one that nothing was learnt of, nothing is known."""
        table = tables.norms
        found = self._connection.execute(select(table.c.norms).where(table.c.source == source_id)).scalar()
        return Norms() if found is None else Norms.from_json(found)

    def all_norms(self) -> dict[str, Norms]:
        """What is usual for each source that something was learnt of."""
        rows = self._connection.execute(select(tables.norms)).mappings()
        return {row["source"]: Norms.from_json(row["norms"]) for row in rows}

    def learnt_at(self) -> dict[str, datetime]:
        """When the norms of each source were learnt last."""
        table = tables.norms
        return {
            row.source: row.learnt_at for row in self._connection.execute(select(table.c.source, table.c.learnt_at))
        }

    def save_norms(self, source_id: str, norms: Norms, *, at: datetime) -> None:
        """Replace what is usual for a source."""
        values = {"source": source_id, "learnt_at": at, "norms": norms.as_json()}
        statement = insert(self._connection, tables.norms).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))

    def prune(self, *, now: datetime) -> int:
        """Drop notices that are older than NOTICES_KEPT, told or not; some at once, how many."""
        table = tables.notices
        return drop_some(self._connection, table.c.id, table, table.c.at < now - NOTICES_KEPT)


# The statements that are asked at every visit are put together once.


@cache
def _known_of() -> Select[Any]:
    table, norms = tables.health, tables.norms
    query = select(table, norms.c.norms).outerjoin(norms, norms.c.source == table.c.source)
    return query.where(or_(table.c.source == bindparam("of_source"), table.c.source == HERE))


@cache
def _recent() -> Select[Any]:
    table = tables.visits
    mine = (table.c.source == bindparam("of_source"), table.c.started_at >= bindparam("since"))
    ordered = select(table).where(*mine).order_by(table.c.started_at.desc(), table.c.id.desc())
    return ordered.limit(bindparam("most"))


def _plain(condition: Condition) -> dict[str, Any]:
    signs = [{"kind": sign.kind.value, "count": sign.count, "of": sign.of} for sign in condition.signs]
    return {
        "state": condition.state.value,
        "since": condition.since.isoformat(),
        "reason": condition.reason.value,
        "status": condition.status,
        "signs": signs,
    }


def _condition(plain: Mapping[str, Any]) -> Condition:
    return Condition(
        state=Health(plain["state"]),
        since=datetime.fromisoformat(plain["since"]),
        reason=Reason(plain["reason"]),
        status=plain["status"],
        signs=_signs(plain["signs"]),
    )


def _signs(plain: Sequence[Mapping[str, Any]]) -> tuple[Sign, ...]:
    return tuple(Sign(kind=SignKind(one["kind"]), count=one["count"], of=one["of"]) for one in plain)


def _health_row(row: RowMapping) -> HealthRow:
    condition = _condition(row["condition"])
    return HealthRow(condition=condition, reading=row["reading"], reading_since=row["reading_since"])


def _notice(row: RowMapping) -> Notice:
    return Notice(
        id=row["id"],
        source=row["source"],
        kind=NoticeKind(row["kind"]),
        at=row["at"],
        before=row["before"] and _condition(row["before"]),
        after=row["after"] and _condition(row["after"]),
        since=row["since"],
        until=row["until"],
        detail=row["detail"] or "",
    )
