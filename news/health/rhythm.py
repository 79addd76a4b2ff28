"""How often a source is worth a visit, from what its last visits brought. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from news.health.days import in_office_hours
from news.source import AnySource
from news.visit import Visit

WINDOW = 8
"""Newest answered visits that the rhythm is taken from; before there are more than these, the declared pause holds."""

SHORTEST, LONGEST = 0.5, 3.0
"""Bounds of the pause, in declared pauses."""

TURNED_OVER = 0.5
"""Share of new entries in one list from which on it moves too fast for the pause."""

AT_REST = 1.5
"""By how much the pause grows outside office hours."""


def usual_pause(source: AnySource, visits: Sequence[Visit], *, now: datetime) -> timedelta:
    """The pause until the next visit, around `source.every`; visits: the newest ones, oldest first."""
    answered = [visit for visit in visits if visit.result.answered]
    if len(answered) <= WINDOW:
        return source.every
    lately = answered[-WINDOW:]
    share = max((visit.new / visit.entries for visit in lately if visit.entries), default=0.0)
    factor = 0.5 if share >= TURNED_OVER else _by_visits(sum(visit.new > 0 for visit in lately) / WINDOW)
    if not in_office_hours(now, zone=source.zone, country=source.country):
        factor *= AT_REST
    return source.every * min(max(factor, SHORTEST), LONGEST)


def _by_visits(bringing: float) -> float:
    """The factor where this share of the visits brought something new."""
    if bringing >= 0.75:
        return 0.75
    if bringing > 0.25:
        return 1.0
    return 1.5 if bringing else 2.0
