"""Notices: what is told of a source once. Kept for each recipient's next digest, and logged."""

from __future__ import annotations

from datetime import datetime

import structlog

from news.health import Gap, Notice, NoticeKind
from storage import Unit

_log = structlog.get_logger()


def keep_change(unit: Unit, notice: Notice | None) -> None:
    """Keep a change of state; None is no change."""
    if notice is None or notice.before is None or notice.after is None:
        return
    unit.health.note(notice)
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


def keep_gap(unit: Unit, source_id: str, gap: Gap, *, at: datetime) -> None:
    """Keep a time in which items of a source may have been missed."""
    unit.health.note(Notice(source=source_id, kind=NoticeKind.GAP, at=at, since=gap.since, until=gap.until))
    _log.warning("possible gap", source=source_id, since=gap.since.isoformat(), until=gap.until.isoformat())
