"""In which order the ways to a source's news are tried: the one that last worked first. Pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from news.source import AnySource
from news.visit import Visit, VisitResult

TRUSTED_FAILURES = 3
"""Visits in a row that the way that last worked may fail SOFT before others are tried: most such faults pass."""

FIRST_AGAIN = timedelta(days=7)
"""A source that is read by another way than its first is tried from the first again so often: it may be well again."""


class SourceReading(Protocol):
    """What the decision needs of a source's stored state."""

    @property
    def last_visit(self) -> Visit | None:
        """How it was last visited; None before that."""
        ...

    @property
    def failures(self) -> int:
        """Visits in a row that were not answered."""
        ...

    @property
    def reading(self) -> str:
        """Fingerprint of the declaration under which it last answered; empty before the first answer."""
        ...

    @property
    def first_tried_at(self) -> datetime | None:
        """When its first way was last tried in vain while another one answered; None before that."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ways:
    """first: the way to be tried now; others: what is tried after it in the same visit, in this order."""

    first: AnySource
    others: tuple[AnySource, ...] = ()


def ways_in(source: AnySource, state: SourceReading | None, *, now: datetime) -> Ways:
    """Order the source itself and its alternatives; a way that is not declared any more is forgotten.

    The way that last worked is alone until it failed TRUSTED_FAILURES times in a row, or once with a fault that does
    not pass by itself (not found, refused, no feed, an empty list). Before any worked, and each FIRST_AGAIN while it is
    not the first, all are tried in declared order, so that a source returns to its best way.
    """
    declared = (source, *source.alternatives)
    remembered = state.reading if state is not None else ""
    worked = next((way for way in declared if remembered and way.reading_fingerprint == remembered), None)
    if worked is None or (worked != source and _is_long_ago(state, now)):
        return Ways(first=declared[0], others=declared[1:])
    if state is not None and _may_pass(state):
        return Ways(first=worked)
    return Ways(first=worked, others=tuple(way for way in declared if way != worked))


def _is_long_ago(state: SourceReading | None, now: datetime) -> bool:
    return state is None or state.first_tried_at is None or state.first_tried_at <= now - FIRST_AGAIN


def _may_pass(state: SourceReading) -> bool:
    if state.last_visit is None or state.last_visit.result.answered:
        return True
    return state.last_visit.result is VisitResult.SOFT and state.failures < TRUSTED_FAILURES
