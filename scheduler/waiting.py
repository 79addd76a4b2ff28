"""What becomes of a link whose article could not be read: tried again later, or given up. Pure decisions.

Nothing that is known is lost: what is given up becomes an item of what its list said of it, its headline at least.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from news.link import Pending, PendingState
from news.source import AnySource, FeedSource, JsonSource
from news.visit import Reason

PAUSES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""Before the second try, the third and so on; a server that asks for more gets it, up to LONGEST_PAUSE."""

LONGEST_PAUSE = timedelta(days=1)

TRIES = len(PAUSES) + 1
"""Tries until an article is given up."""

FEWER_TRIES = 2
"""Tries where the answer was plain; one more than one, for lists name articles a moment before they are there."""

WITHDRAWN = frozenset({Reason.NOT_FOUND, Reason.GONE})

PLAIN = WITHDRAWN | {Reason.NOT_AN_ARTICLE, Reason.ROBOTS, Reason.FORBIDDEN, Reason.ADDRESS}


def after_failure(
    pending: Pending, reason: Reason, detail: str = "", *, retry_after: float | None = None, now: datetime
) -> Pending:
    """Say how a link goes on whose article could not be read; retry_after: seconds that the server asked for.

    What only we broke off, because the process ends, counts as no try.
    """
    if reason is Reason.CANCELLED:
        return pending
    tries = pending.tries + 1
    failed = replace(pending, tries=tries, tried_at=now, reason=reason.value, detail=detail)
    if tries >= (FEWER_TRIES if reason in PLAIN else TRIES):
        return replace(failed, state=PendingState.GIVEN_UP, next_try=None)
    pause_over = now + PAUSES[tries - 1]
    return replace(failed, next_try=max(pause_over, asked_pause(retry_after, now=now) or pause_over))


def asked_pause(retry_after: float | None, *, now: datetime) -> datetime | None:
    """Until when a server asked to be left alone, up to LONGEST_PAUSE; None where it did not."""
    return now + min(timedelta(seconds=retry_after), LONGEST_PAUSE) if retry_after else None


def is_kept_as_headline(pending: Pending, source: AnySource) -> bool:
    """Whether a link given up becomes an item of what its list said: where that was a title, in letters.

    A page that is not there was withdrawn, or never was: a listing or a sitemap only points to it. An entry of a feed
    is a publication of its own, which its missing page does not take back.
    """
    if pending.state is not PendingState.GIVEN_UP or not any(sign.isalnum() for sign in pending.link.said.title):
        return False
    return pending.reason not in WITHDRAWN or isinstance(source, FeedSource | JsonSource)
