"""What is due: which sources to visit now, and when each is visited next. Pure decisions, time comes in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from news.hosts import host_of
from news.source import AnySource
from news.visit import Visit, VisitResult

LONGEST_PAUSE = timedelta(days=1)
"""A source that fails is visited at least this often: never given up (READERS.md)."""

FIRST_RETRY = timedelta(minutes=5)
"""The first pause after a fault that is likely to pass by itself; a source polled more often keeps its own pause."""

ARTICLES_PAUSE = timedelta(minutes=5)
"""Between two visits while articles wait to be read, where the source's own pause is longer."""

_JITTER = 0.1


class SourceClock(Protocol):
    """What the decision needs of a source's stored state."""

    @property
    def next_visit(self) -> datetime | None:
        """When the source may be visited again; None if it never was."""
        ...

    @property
    def not_before(self) -> datetime | None:
        """Until when its server asked to be left alone, its articles too; None if it never did."""
        ...

    @property
    def last_visit(self) -> Visit | None:
        """Its last visit; None if it never was visited."""
        ...


def due_sources(
    sources: Iterable[AnySource],
    states: Mapping[str, SourceClock],
    *,
    now: datetime,
    busy_hosts: Collection[str] = (),
    articles: Mapping[str, datetime] | None = None,
) -> list[AnySource]:
    """Return the enabled sources whose time has come and whose host no open crawl holds, longest waiting first.

    articles: for a source with articles still to be read, since or from when one of them may be; they bring its next
    visit forward. A source that fails keeps its own pauses: nothing of it is read before its list answers.
    A host belongs to at most one crawl: two crawls on one host doubled its rate (DESIGN.md "Process").
    """
    waiting: list[tuple[datetime, AnySource]] = []
    for source in sources:
        if not source.enabled or host_of(source.url) in busy_hosts:
            continue
        planned = _planned(states.get(source.id), (articles or {}).get(source.id))
        if planned is None or planned <= now:
            waiting.append((planned or datetime.min.replace(tzinfo=now.tzinfo), source))
    waiting.sort(key=lambda pair: (pair[0], pair[1].id))
    return [source for _, source in waiting]


def _planned(state: SourceClock | None, articles_from: datetime | None) -> datetime | None:
    if state is None or state.next_visit is None:
        return None
    last = state.last_visit
    if articles_from is None or last is None or not last.result.answered:
        return state.next_visit
    sooner = max(articles_from, last.started_at + ARTICLES_PAUSE, state.not_before or articles_from)
    return min(state.next_visit, sooner)


def next_visit(source: AnySource, visit: Visit, *, failures: int, now: datetime) -> datetime:
    """Say when `source` is visited again after `visit`; `failures` counts failed visits in a row, this one included.

    A visit that was answered or empty: after the source's own pause. A fault likely to pass: FIRST_RETRY, doubling.
    Any other failure: the source's pause, doubling. Never more than LONGEST_PAUSE. The server's Retry-After is obeyed
    up to a day. A small jitter, fixed for each source, spreads the hosts.
    """
    pause = source.every
    if not visit.result.answered and visit.result is not VisitResult.EMPTY:
        first = min(source.every, FIRST_RETRY) if visit.result is VisitResult.SOFT else source.every
        pause = min(first * 2 ** min(max(failures - 1, 0), 16), LONGEST_PAUSE)
    if visit.retry_after is not None:
        pause = max(pause, min(timedelta(seconds=visit.retry_after), LONGEST_PAUSE))
    return now + pause * (1 + _JITTER * _spread(source.id))


def _spread(source_id: str) -> float:
    """A number in [0, 1) that is always the same for a source: jitter without a random generator in pure code."""
    return hashlib.blake2b(source_id.encode(), digest_size=2).digest()[0] / 256
