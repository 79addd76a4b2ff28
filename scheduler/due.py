"""What is due: which sources to visit now, and when each is visited next. Pure decisions, time comes in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from news.health.declared import Declared
from news.health.pace import LONGEST, UNSAID, Pace, not_before
from news.health.rhythm import usual_pause
from news.hosts import host_of
from news.source import AnySource
from news.visit import Reason, Visit, VisitResult
from scheduler.wishes import wished

LONGEST_PAUSE = timedelta(days=1)
"""A source that fails is visited at least this often: never given up (READERS.md)."""

FIRST_RETRY = timedelta(minutes=5)
"""The first pause after a fault that is likely to pass by itself; a source polled more often keeps its own pause."""

ARTICLES_PAUSE = timedelta(minutes=5)
"""Between two visits while articles wait to be read, where the source's own pause is longer."""

OUTAGE_PAUSE = timedelta(minutes=10)
"""Between two visits while this computer reaches nothing, for some sources up to twice as long: so the pauses do not
grow for what no source has done, and afterwards the visits come one by one."""

GONE_AGAIN = timedelta(minutes=30)
"""A source that says for the first time that it is gone for good (410) is asked once more so soon, where its own pause
is longer, before that is believed; it may have been a slip of its server."""

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

    @property
    def failures(self) -> int:
        """Visits in a row that were not answered."""
        ...

    @property
    def pace(self) -> Pace:
        """How often its feed asks to be visited."""
        ...

    @property
    def declared(self) -> Declared | None:
        """How it was declared at its last visit; None where that is not known."""
        ...


def due_sources(
    sources: Iterable[AnySource],
    states: Mapping[str, SourceClock],
    *,
    now: datetime,
    busy_hosts: Collection[str] = (),
    articles: Mapping[str, datetime] | None = None,
    slots: Collection[datetime] = (),
    alerting: Collection[str] = (),
    everything: bool = False,
) -> list[AnySource]:
    """Return the enabled sources whose time has come and whose host no open crawl holds, longest waiting first.

    articles: for a source with articles still to be read, since or from when one of them may be; they bring its next
    visit forward. A source that fails keeps its own pauses: nothing of it is read before its list answers.
    slots: of the next digests, before which every source is visited once more, one that fails too. alerting: ids of
    sources that feed an instant watch. everything: of all sources, whatever was planned. Nobody's wish goes before what
    a server asked for.
    One whose declaration was edited since its last visit is due at once; one of a shorter pause, after that.
    What is planned for longer ahead than any pause lasts was planned by a clock that has been set back since, or under
    another declaration: it is due.
    A host belongs to at most one crawl: two crawls on one host doubled its rate (DESIGN.md "Process").
    """
    waiting: list[tuple[datetime, AnySource]] = []
    for source in sources:
        if not source.enabled or host_of(source.url) in busy_hosts:
            continue
        articles_from = (articles or {}).get(source.id)
        planned = _planned(source, states.get(source.id), articles_from, slots, source.id in alerting, everything)
        if planned is None or planned <= now or planned > now + max(LONGEST_PAUSE, source.every):
            waiting.append((planned or datetime.min.replace(tzinfo=now.tzinfo), source))
    waiting.sort(key=lambda pair: (pair[0], pair[1].id))
    return [source for _, source in waiting]


def _planned(
    source: AnySource,
    state: SourceClock | None,
    articles_from: datetime | None,
    slots: Collection[datetime],
    alerting: bool,
    everything: bool,
) -> datetime | None:
    if state is None or state.next_visit is None:
        return None
    last = state.last_visit
    if last is None:
        return state.next_visit
    wishes = wished(source, last, slots=slots, alerting=alerting, spread=_spread(source.id))
    if articles_from is not None and last.result.answered:
        wishes.append(max(articles_from, last.started_at + ARTICLES_PAUSE))
    if everything:
        wishes.append(last.started_at)
    answered_at = last.started_at + timedelta(seconds=last.took)
    asked = answered_at + min(timedelta(seconds=last.retry_after or 0), LONGEST_PAUSE)
    not_before = max(asked, state.not_before or asked)
    if state.declared is not None and state.declared.is_edited(source):
        # What was asked for by one server holds for that server.
        return not_before if host_of(last.url) == host_of(source.url) else last.started_at
    if state.declared is not None and source.every < state.declared.every:
        wishes.append(next_visit(source, last, failures=state.failures, now=answered_at, pace=state.pace))
    return min([state.next_visit, *(max(wish, not_before) for wish in wishes)])


def next_visit(
    source: AnySource,
    visit: Visit,
    *,
    failures: int,
    now: datetime,
    earlier: Sequence[Visit] = (),
    outage: bool = False,
    pace: Pace = UNSAID,
    fresh_for: timedelta | None = None,
) -> datetime:
    """Say when `source` is visited again after `visit`; `failures` counts failed visits in a row, this one included.

    A visit that was answered or empty: after the source's own pause, as `earlier` visits show its rhythm. A fault
    likely to pass: FIRST_RETRY, doubling. Any other failure: the source's pause, doubling. Never more than
    LONGEST_PAUSE, or the pause that the source itself declares where that is longer and it answered. outage: it failed
    because this computer reaches nothing. The server's Retry-After is obeyed up to a day, what the site says of its own
    pace (`pace`, `fresh_for`: `news.health.not_before`) up to four declared pauses, a 410 for a day
    once it is confirmed (GONE_AGAIN). A small jitter, fixed for each source, spreads the hosts.
    """
    if outage:
        return now + OUTAGE_PAUSE * (1 + _spread(f"{source.id} {now}"))
    longest = max(LONGEST_PAUSE, source.every)
    pause = usual_pause(source, [*earlier, visit], now=now)
    if not visit.result.answered and visit.result is not VisitResult.EMPTY:
        first = min(source.every, FIRST_RETRY) if visit.result is VisitResult.SOFT else source.every
        longest = LONGEST_PAUSE
        pause = min(first * 2 ** min(max(failures - 1, 0), 16), longest)
    if visit.reason is Reason.GONE:
        is_confirmed = bool(earlier) and earlier[-1].reason is Reason.GONE
        pause = longest if is_confirmed else min(source.every, GONE_AGAIN)
    if visit.retry_after is not None:
        pause = max(pause, min(timedelta(seconds=visit.retry_after), LONGEST_PAUSE))
    jitter = 1 + _JITTER * _spread(source.id)
    planned = min(pause * jitter, longest)
    if visit.result.answered:
        asked = not_before(now, source.every, pace=pace, fresh_for=fresh_for) - now
        planned = max(planned, min(asked * jitter, LONGEST * source.every))
    return now + planned


def _spread(source_id: str) -> float:
    """A number in [0, 1) that is always the same for a source: jitter without a random generator in pure code."""
    return hashlib.blake2b(source_id.encode(), digest_size=2).digest()[0] / 256
