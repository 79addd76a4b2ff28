"""Notices: what is told of a source once. Kept for each recipient's next digest, and logged."""

from __future__ import annotations

from datetime import datetime

import structlog

from news.health import Condition, GapNews, Move, Notice, NoticeKind
from news.trouble import TroubleKind
from news.visit import Reason
from scheduler.trouble import end_trouble, note_trouble
from scheduler.trouble_lines import condition_line, span_line
from storage import Unit

_SAID = {NoticeKind.GAP: "possible gap", NoticeKind.READ_BACK: "read back"}

_log = structlog.get_logger()


def keep_change(unit: Unit, notice: Notice | None) -> None:
    """Keep a change of state; None is no change."""
    if notice is None or notice.before is None or notice.after is None:
        return
    unit.health.note(notice)
    _tell_owner(unit, notice.source, notice.after, at=notice.at)
    tell = _log.info if notice.after.state.is_good else _log.warning
    tell(
        "health",
        source=notice.source or "this computer",
        state=notice.after.state.value,
        was=notice.before.state.value,
        since=notice.after.since.isoformat(timespec="minutes"),
        reason=notice.after.reason.value,
        signs=[sign.kind.value for sign in notice.after.signs],
    )


def _tell_owner(unit: Unit, source_id: str, after: Condition, *, at: datetime) -> None:
    """A source that gets worse or better is one trouble, from its first fault to its recovery."""
    kind = TroubleKind.SOURCE if source_id else TroubleKind.OFFLINE
    if after.state.is_good:
        end_trouble(unit, kind, at=at, about=source_id)
        return
    if after.reason is Reason.GONE:
        note_trouble(unit, TroubleKind.GONE, condition_line(after), at=after.since, about=source_id)
        return
    note_trouble(unit, kind, condition_line(after), at=after.since, about=source_id, changed=True)


def keep_gaps(unit: Unit, source_id: str, gaps: GapNews, *, at: datetime) -> None:
    """Keep a time in which items of a source may have been missed, and one that was read back."""
    for kind, gap in ((NoticeKind.GAP, gaps.told), (NoticeKind.READ_BACK, gaps.closed)):
        if gap is not None:
            unit.health.note(Notice(source=source_id, kind=kind, at=at, since=gap.since, until=gap.until))
            if kind is NoticeKind.GAP:
                note_trouble(unit, TroubleKind.GAP, span_line(gap.since, gap.until), at=at, about=source_id)
            tell = _log.warning if kind is NoticeKind.GAP else _log.info
            tell(_SAID[kind], source=source_id, since=gap.since.isoformat(), until=gap.until.isoformat())


def keep_move(unit: Unit, source_id: str, move: Move, *, at: datetime) -> None:
    """Keep that the address of a source leads elsewhere for good."""
    unit.health.note(Notice(source=source_id, kind=NoticeKind.MOVED, at=at, since=move.first_at, detail=move.target))
    note_trouble(unit, TroubleKind.MOVED, move.target, at=at, about=source_id)
    _log.warning("moved", source=source_id, to=move.target, followed=move.followed)
