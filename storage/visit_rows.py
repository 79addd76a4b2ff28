"""Visits as rows of the history."""

from __future__ import annotations

from sqlalchemy import RowMapping

from news.visit import Reason, Visit, VisitResult


def row_of(visit: Visit) -> dict[str, object]:
    """The row of `visits` that holds a visit."""
    return {
        "source": visit.source,
        "started_at": visit.started_at,
        "result": visit.result.value,
        "reason": visit.reason.value,
        "detail": visit.detail,
        "url": visit.url,
        "status": visit.status,
        "took": visit.took,
        "size": visit.size,
        "entries": visit.entries,
        "new": visit.new,
        "changed": visit.changed,
        "known": visit.known,
        "unusable": dict(visit.unusable),
        "pages": visit.pages,
        "oddities": dict(visit.oddities),
        "retry_after": visit.retry_after,
    }


def visit_of(row: RowMapping) -> Visit:
    """The visit that a row of `visits` holds."""
    return Visit(
        source=row["source"],
        started_at=row["started_at"],
        result=VisitResult(row["result"]),
        reason=Reason(row["reason"]),
        detail=row["detail"],
        url=row["url"],
        status=row["status"],
        took=row["took"],
        size=row["size"],
        entries=row["entries"],
        new=row["new"],
        changed=row["changed"],
        known=row["known"],
        unusable=row["unusable"],
        pages=row["pages"],
        oddities=row["oddities"],
        retry_after=row["retry_after"],
    )
