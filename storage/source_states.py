"""Where each source stands after its visits: what the next one goes by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, select

from news.health import UNSAID, Declared, Move, OpenGap, Pace
from news.visit import Visit
from storage import tables
from storage.visit_rows import visit_of


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """Where a source stands after its visits.

    last_ok_at: the start of its last answered visit; failures: visits in a row that were not answered; visits: all ever
    made; read_once: whether it ever answered; reading: fingerprint of the declaration under which it last did.
    not_before: until when its server asked to be left alone; gap: whether pages of its list were missed. pace: how
    often its feed asks to be visited; move: a permanent redirect; missed: a gap that may still be closed.
    first_tried_at: when its first way was last tried in vain while another one answered. declared: what the last visit
    went by; None where it was made before that was kept.
    """

    last_visit: Visit | None
    last_ok_at: datetime | None
    failures: int
    next_visit: datetime | None
    visits: int
    read_once: bool
    reading: str = ""
    not_before: datetime | None = None
    gap: bool = False
    pace: Pace = UNSAID
    move: Move | None = None
    missed: OpenGap | None = None
    first_tried_at: datetime | None = None
    declared: Declared | None = None

    def read_as(self, reading: str) -> bool:
        """Whether the source answered before under the declaration of this fingerprint."""
        return self.read_once and self.reading == reading


def states_in(connection: Connection, source_id: str | None = None) -> dict[str, SourceState]:
    """Where every source stands that was ever visited, or only the one of this id, by its id."""
    one = source_id is not None
    asked = {"of_source": source_id} if one else {}
    last = connection.execute(_last_visits(one), asked).mappings()
    visits = {row["source"]: visit_of(row) for row in last}
    return dict(_state_pairs(connection.execute(_standings(one), asked).mappings(), visits))


@cache
def _standings(one: bool) -> Select[Any]:
    table = tables.sources
    return select(table).where(table.c.source == bindparam("of_source")) if one else select(table)


@cache
def _last_visits(one: bool) -> Select[Any]:
    table, history = tables.sources, tables.visits
    last = select(history).join(table, table.c.last_visit == history.c.id)
    return last.where(table.c.source == bindparam("of_source")) if one else last


def _state_pairs(rows: Iterable[RowMapping], visits: dict[str, Visit]) -> Iterable[tuple[str, SourceState]]:
    for row in rows:
        yield (
            row["source"],
            SourceState(
                last_visit=visits.get(row["source"]),
                last_ok_at=row["last_ok_at"],
                failures=row["failures"],
                next_visit=row["next_visit"],
                visits=row["visits"],
                read_once=row["last_ok_at"] is not None,
                reading=row["reading"],
                not_before=row["not_before"],
                gap=row["gap"],
                pace=UNSAID if row["pace"] is None else Pace.from_json(row["pace"]),
                move=row["move"] and Move.from_json(row["move"]),
                missed=row["missed"] and OpenGap.from_json(row["missed"]),
                first_tried_at=row["first_tried_at"],
                declared=row["pace"] and Declared.from_json(row["pace"]),
            ),
        )
