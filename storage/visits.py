"""Visits: the history of reading, and what each visit changes of where its source stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, case, func, literal, select, update

from news.health import UNSAID, Declared, Move, OpenGap, Pace
from news.item import Outcome
from news.visit import Validators, Visit, VisitResult
from storage import tables
from storage.latency import Latency, latencies
from storage.source_states import SourceState, states_in
from storage.sql import drop_some, insert, insert_in
from storage.visit_rows import row_of, visit_of

# Coverage compares a digest's period with 28 like it; a daily digest may be late by a day.
KEPT = timedelta(days=60)

_VALIDATORS = ("etag", "last_modified", "body_hash")


class Visits:
    """The history of reading, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, visit: Visit, *, next_visit: datetime, reading: str, gap: bool = False) -> None:
        """Write a visit into the history and move its source on.

        reading: `Source.reading_fingerprint` of the declaration that was visited. Answered under another than before,
        the source has no validators until `save_validators` gives it those of this answer. gap: pages of the list were
        missed; it is remembered until a visit with OK says otherwise.
        """
        answered = visit.result.answered
        visit_id = self._connection.execute(_into_history(), row_of(visit)).scalar_one()
        standing = {
            "source": visit.source,
            "last_visit": visit_id,
            "last_ok_at": visit.started_at if answered else None,
            "failures": 0 if answered else 1,
            "visits": 1,
            "next_visit": next_visit,
            "gap": gap,
            "reading": reading if answered else "",
            **_columns(Validators()),
        }
        moved = _moved_on(self._connection.dialect.name, visit.result)
        self._connection.execute(moved, standing)

    def validators(self, source_id: str, reading: str) -> Validators:
        """What makes the next request conditional; empty before the first answer to a declaration of this fingerprint.

        An address may answer 304 to the validators of another, and then nothing of it would ever be read.
        """
        table = tables.sources
        same = (table.c.source == source_id, table.c.reading == reading)
        query = select(*(table.c[name] for name in _VALIDATORS)).where(*same)
        row = self._connection.execute(query).first()
        if row is None:
            return Validators()
        marks = tables.marks
        read = (marks.c.source == source_id, marks.c.reading == reading)
        entries = self._connection.execute(select(marks.c.entries).where(*read)).scalar() or ""
        return Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash, entries=entries)

    def save_validators(self, source_id: str, validators: Validators, reading: str) -> None:
        """Replace a source's validators: only in the transaction that stores the last items of their response."""
        columns = {"reading": reading, **_columns(validators)}
        statement = insert(self._connection, tables.sources).values(
            source=source_id, failures=0, visits=0, gap=False, **columns
        )
        self._connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=columns))
        read = {"reading": reading, "entries": validators.entries}
        marks = insert(self._connection, tables.marks).values(source=source_id, **read)
        self._connection.execute(marks.on_conflict_do_update(index_elements=["source"], set_=read))

    def learn(
        self,
        source_id: str,
        *,
        pace: Pace = UNSAID,
        move: Move | None = None,
        missed: OpenGap | None = None,
        first_tried_at: datetime | None = None,
        declared: Declared | None = None,
    ) -> None:
        """Replace what visits taught of a source that was visited before: fields of SourceState."""
        table = tables.sources
        columns = {
            "pace": _pace_column(pace, declared),
            "move": move and move.as_json(),
            "missed": missed and missed.as_json(),
            "first_tried_at": first_tried_at,
        }
        self._connection.execute(update(table).where(table.c.source == source_id).values(columns))

    def put_off(self, source_id: str, until: datetime) -> None:
        """Leave a source that was visited before alone until then, as its server asked; never sooner than planned."""
        table = tables.sources
        columns = (table.c.next_visit, table.c.not_before)
        later = {one.name: case((one > until, one), else_=literal(until, one.type)) for one in columns}
        self._connection.execute(update(table).where(table.c.source == source_id).values(**later))

    def state(self, source_id: str) -> SourceState | None:
        """Where a source stands; None before its first visit."""
        return states_in(self._connection, source_id).get(source_id)

    def states(self) -> dict[str, SourceState]:
        """Where every source stands that was ever visited, by its id."""
        return states_in(self._connection)

    def count_article(
        self, source_id: str, *, outcome: Outcome | None = None, unusable: str = "", oddities: Iterable[str] = ()
    ) -> None:
        """Let the last visit of a source grow by one of its articles, which are read after the list.

        outcome: of storing it; unusable: why it could not be read; oddities: what was odd about it.
        """
        history, table = tables.visits, tables.sources
        last = select(history.c.id, history.c.unusable, history.c.oddities)
        last = last.join(table, table.c.last_visit == history.c.id).where(table.c.source == source_id)
        row = self._connection.execute(last).first()
        if row is None:
            return
        grown: dict[str, object] = {
            "unusable": dict(Counter(row.unusable) + Counter([unusable] if unusable else [])),
            "oddities": dict(Counter(row.oddities) + Counter(oddities)),
        }
        if outcome is not None:
            grown[outcome.value] = history.c[outcome.value] + 1
        self._connection.execute(update(history).where(history.c.id == row.id).values(grown))

    def newest(self) -> int:
        """The number of the visit that was recorded last, whichever source it was to; 0 before the first."""
        return self._connection.execute(select(func.max(tables.visits.c.id))).scalar() or 0

    def after(self, number: int) -> list[Visit]:
        """Every visit that was recorded after the one of this number, in the order of recording."""
        table = tables.visits
        query = select(table).where(table.c.id > number).order_by(table.c.id)
        return [visit_of(row) for row in self._connection.execute(query).mappings()]

    def between(self, since: datetime, until: datetime) -> list[Visit]:
        """Every visit that began in [since, until), in the order of their beginning."""
        table = tables.visits
        query = select(table).where(table.c.started_at >= since, table.c.started_at < until)
        ordered = query.order_by(table.c.started_at, table.c.id)
        return [visit_of(row) for row in self._connection.execute(ordered).mappings()]

    def latencies(self, *, now: datetime) -> dict[str, Latency]:
        """How long the items of each source took from publication on (`storage.latency`)."""
        return latencies(self._connection, now=now)

    def prune(self, *, now: datetime) -> int:
        """Drop what is older than 60 days from the history, but the last visit of each source.

        Some at once; how many they were, 0 once nothing is left.
        """
        history, table = tables.visits, tables.sources
        last = select(table.c.last_visit).where(table.c.last_visit.is_not(None))
        old = (history.c.started_at < now - KEPT, history.c.id.not_in(last))
        return drop_some(self._connection, history.c.id, history, *old)


@cache
def _into_history() -> Insert:
    """The statement that records a visit; put together once, as the one below."""
    history = tables.visits
    return history.insert().returning(history.c.id)


@cache
def _moved_on(dialect: str, result: VisitResult) -> Insert:
    """The statement that moves a source on after a visit that ended so."""
    table = tables.sources
    statement = insert_in(dialect, table)
    new = statement.excluded
    moved: dict[str, Any] = {
        "last_visit": new.last_visit,
        "failures": table.c.failures + 1,
        "visits": table.c.visits + 1,
        "next_visit": new.next_visit,
    }
    if result is VisitResult.OK:
        moved["gap"] = new.gap
    if result.answered:
        moved |= {"reading": new.reading, "last_ok_at": new.last_ok_at, "failures": new.failures}
        moved |= {name: case((table.c.reading == new.reading, table.c[name]), else_="") for name in _VALIDATORS}
    return statement.on_conflict_do_update(index_elements=["source"], set_=moved)


def _pace_column(pace: Pace, declared: Declared | None) -> dict[str, Any] | None:
    """How often the site and the declaration ask for a visit, in one column."""
    values = pace.as_json() if pace != UNSAID or declared is not None else None
    return values if declared is None else {**(values or {}), **declared.as_json()}


def _columns(validators: Validators) -> dict[str, str]:
    return {name: getattr(validators, name) for name in _VALIDATORS}
