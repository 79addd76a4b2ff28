"""Notices: what is told of a source once. Kept for each recipient's next digest, and logged."""

from __future__ import annotations

from datetime import datetime

import structlog

from news.health import Condition, Gap, Notice, NoticeKind
from news.trouble import TroubleKind
from scheduler.trouble import end_trouble, note_trouble
from storage import Unit

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
    code = f" {after.status}" if after.status >= 400 else ""
    why = [after.reason.value + code] if after.is_failing else [sign.kind.value for sign in after.signs]
    text = f"{after.state.value} ({', '.join(why)})" if why else after.state.value
    note_trouble(unit, kind, text.replace("_", " "), at=after.since, about=source_id, changed=True)


def keep_gap(unit: Unit, source_id: str, gap: Gap, *, at: datetime) -> None:
    """Keep a time in which items of a source may have been missed."""
    unit.health.note(Notice(source=source_id, kind=NoticeKind.GAP, at=at, since=gap.since, until=gap.until))
    span = f"{gap.since.isoformat(timespec='minutes')} - {gap.until.isoformat(timespec='minutes')}"
    note_trouble(unit, TroubleKind.GAP, span, at=at, about=source_id)
    _log.warning("possible gap", source=source_id, since=gap.since.isoformat(), until=gap.until.isoformat())
