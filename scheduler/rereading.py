"""Article pages that are read again: what becomes of each, and whether a missing one was withdrawn."""

from __future__ import annotations

from datetime import datetime

from crawler.inbox import Article
from news.hosts import host_of
from news.revisit import Revisit, after_miss, after_reading, after_trouble
from news.visit import Reason, VisitResult
from scheduler.waiting import WITHDRAWN, asked_pause
from storage import Unit, Withdrawal

AT_ONCE = 10
"""Pages that one visit reads again at most, after all that it reads for the first time."""


def note_reading(unit: Unit, article: Article, *, read: bool, now: datetime) -> None:
    """Write down how reading a page again went. read: it gave its item, whether that changed or not."""
    revisit = unit.revisits.get(article.pending.again)
    if revisit is None:
        return
    if read or article.result is VisitResult.NOT_MODIFIED:
        unit.changes.restore(revisit.item)
        revisit = after_reading(revisit, article.validators, now=now)
    elif article.reason in WITHDRAWN:
        revisit = after_miss(revisit, site_is_well=_site_is_well(unit, revisit), now=now)
        if revisit.is_withdrawn and revisit.missing_since is not None:
            status = 410 if article.reason is Reason.GONE else 404
            withdrawal = Withdrawal(status=status, missing_since=revisit.missing_since, found_at=now)
            unit.changes.withdraw(revisit.item, withdrawal)
    else:
        revisit = after_trouble(revisit, now=now)
    unit.revisits.save(revisit)
    not_before = asked_pause(article.retry_after, now=now)
    if not_before is not None:
        unit.visits.put_off(revisit.source, not_before)


def _site_is_well(unit: Unit, revisit: Revisit) -> bool:
    """Whether other pages were read well since this one was last missing, or last there, and most of them are there.

    A list proves it only for its own host; where more pages are missing than were read, it is the site.
    """
    since = revisit.missed_at or revisit.read_at
    missing = unit.revisits.missing(revisit.source, but=revisit.item)
    if missing > unit.revisits.read_well_since(revisit.source, revisit.read_at):
        return False
    if unit.revisits.read_well_since(revisit.source, since):
        return True
    state = unit.visits.state(revisit.source)
    if state is None or state.last_visit is None or state.last_ok_at is None:
        return False
    return state.last_ok_at >= since and host_of(state.last_visit.url) == host_of(revisit.link.url)
