"""What a visit teaches of its source beside its state: how often the site asks to be visited, where it moved to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.inbox import Response
from news.health import UNSAID, Declared, Move, OpenGap, Pace, seen
from news.visit import Reason
from scheduler.notices import keep_move
from storage import SourceState, Unit

_NOTHING: tuple[Pace, Move | None, OpenGap | None, datetime | None, Declared | None] = (UNSAID, None, None, None, None)


@dataclass(frozen=True, kw_only=True)
class Taught:
    """What is known of a source after a visit; fields as those of SourceState. is_new: whether anything changed."""

    source: str
    pace: Pace
    move: Move | None
    missed: OpenGap | None
    first_tried_at: datetime | None
    declared: Declared
    is_new: bool

    def save(self, unit: Unit) -> None:
        """Write it down where it changed, after the visit was recorded."""
        if self.is_new:
            unit.visits.learn(
                self.source,
                pace=self.pace,
                move=self.move,
                missed=self.missed,
                first_tried_at=self.first_tried_at,
                declared=self.declared,
            )


def teach(
    unit: Unit, response: Response, state: SourceState | None, *, missed: OpenGap | None, now: datetime
) -> Taught:
    """What is known after this visit; a move that can be believed from now on becomes a notice. state: as before it."""
    known = _NOTHING if state is None else (state.pace, state.move, state.missed, state.first_tried_at, state.declared)
    pace, before, _, first_tried_at, _ = known
    move = _move(response, before)
    if move is not None and move.settled_at is not None and (before is None or before.settled_at is None):
        keep_move(unit, response.source.id, move, at=now)
    pace = pace if response.pace is None else response.pace
    first_tried_at = response.visit.started_at if response.first_failed else first_tried_at
    declared = Declared.of(response.source)
    return Taught(
        source=response.source.id,
        pace=pace,
        move=move,
        missed=missed,
        first_tried_at=first_tried_at,
        declared=declared,
        is_new=(pace, move, missed, first_tried_at, declared) != known,
    )


def _move(response: Response, before: Move | None) -> Move | None:
    """Where the source has moved to; forgotten as soon as its declared address answers by itself again."""
    visit, reading = response.visit, response.source.reading_fingerprint
    if response.moved is not None:
        found = response.moved
        return seen(before, reading=reading, target=found.target, followed=found.followed, at=visit.started_at)
    is_asked_as_declared = not response.at and before is not None and before.reading == reading
    if is_asked_as_declared and (visit.result.answered or visit.reason is Reason.GONE):
        return None
    return before
