"""What a visit is sent out with: by which way and address, conditional on what, and what else may be asked. Pure but
for its one question to the database."""

from __future__ import annotations

from datetime import datetime

from crawler.inbox import Errand
from news.health import address_now
from news.source import AnySource
from scheduler.ways import ways_in
from storage import SourceState, Unit


def errand_of(unit: Unit, source: AnySource, state: SourceState | None, *, now: datetime) -> Errand:
    """The errand to a source as declared; state: as it stands, None before its first visit."""
    ways = ways_in(source, state, now=now)
    first = ways.first
    reading = first.reading_fingerprint
    failed = state is not None and state.last_visit is not None and not state.last_visit.result.answered
    return Errand(
        source=first,
        validators=unit.visits.validators(first.id, reading),
        others=ways.others,
        gap=state is not None and (state.gap or state.missed is not None),
        at=address_now(state.move if state is not None else None, reading=reading, failed=failed, now=now),
        beside=tuple(way for way in (source, *source.alternatives) if way != first),
        read_at=state.last_ok_at if state is not None else None,
    )
