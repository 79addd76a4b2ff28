"""Dropping items that are past their time, once a day, in steps that hold up no other writer."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import structlog

from storage import Step, Store, Unit

_log = structlog.get_logger()


async def drop_old_items(store: Store, keep_days: int | None, *, now: datetime) -> int:
    """Drop what was kept for so many days and nobody needs, and months of the index that are left empty; how many.

    None keeps everything. Broken off anywhere, the next time goes on: each step is a transaction of its own.
    """
    if keep_days is None:
        return 0
    before = now - timedelta(days=keep_days)
    dropped, step = 0, await store.write(partial(_next, before=before, now=now, after=None))
    while step is not None:
        dropped += step.dropped
        step = await store.write(partial(_next, before=before, now=now, after=step))
    months = 0
    while await store.write(lambda unit: unit.retention.drop_month(now=now)) is not None:
        months += 1
    if dropped or months:
        _log.info("items were dropped", items=dropped, months=months, first_seen_before=before.date().isoformat())
    return dropped


def _next(unit: Unit, *, before: datetime, now: datetime, after: Step | None) -> Step | None:
    return unit.retention.drop(before=before, now=now, after=after)
