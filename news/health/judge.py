"""How a source is doing, judged from its newest visits, its norms and the network: one pure decision after each visit.

A fault is called one only after some patience, graded by its kind; from then on the condition stays until the evidence
is plain again, so that each change is one change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from news.health.norms import Norms
from news.health.outage import NETWORK, Outage, Weather
from news.health.signs import signs_of, silence_of
from news.health.state import Condition, Health, SignKind
from news.source import AnySource
from news.visit import Reason, Visit, VisitResult

PATIENCE = timedelta(hours=1)
"""A fault that may pass by itself must have lasted so long, over FAILURES visits, before anybody is told."""

FLAKY_PATIENCE = timedelta(hours=12)
"""A source of which it was told that some visits fail is down only when all have failed for so long."""

FAILURES = 3
PLAIN_FAILURES = 2
"""Visits in a row after which a fault counts that does not pass by itself."""

LONG = timedelta(days=1)
"""Where visits are that rare, two of them suffice for any fault."""

_REFUSALS = frozenset({Reason.ROBOTS, Reason.FORBIDDEN, Reason.CHALLENGE, Reason.ADDRESS})
_NOT_THERE = frozenset({Reason.SERVER_ERROR, Reason.NOT_FOUND, Reason.GONE, Reason.HTTP_ERROR}) | NETWORK


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known of a source when a visit to it has ended.

    visits: its newest visits under the present declaration, oldest first, the one that ended last. norms: as learnt.
    brought: whether the last one named anything new. last_new_at: start of the last visit before that did. outages: of
    this computer, lately. weather: asked only where the visit failed to reach the network.
    """

    visits: Sequence[Visit]
    norms: Norms = field(default_factory=Norms)
    brought: bool = False
    last_new_at: datetime | None = None
    outages: Sequence[Outage] = ()
    weather: Weather = Weather.FINE


def judge(source: AnySource, evidence: Evidence, before: Condition | None, *, now: datetime) -> Condition:
    """The condition of a source now; before: as of the visit before this one, None before the first."""
    visits = telling(evidence.visits, evidence.outages)
    started = evidence.visits[0].started_at if evidence.visits else now
    before = before or Condition(state=Health.UNREAD, since=started)
    if not visits or visits[-1] is not evidence.visits[-1]:
        return before
    if not visits[-1].result.answered:
        return _failing(failed_in_a_row(visits), before, evidence.weather)
    return _answering(source, visits, evidence, before, now)


def telling(visits: Sequence[Visit], outages: Sequence[Outage] = ()) -> list[Visit]:
    """The visits that say something of their source: neither cut short by us nor failed in an outage of our own."""
    return [
        visit
        for visit in visits
        if visit.reason is not Reason.CANCELLED
        and not (visit.reason in NETWORK and any(outage.covers(visit.started_at) for outage in outages))
    ]


def failed_in_a_row(visits: Sequence[Visit]) -> list[Visit]:
    """The visits since the last one that was answered."""
    answered = [number for number, visit in enumerate(visits) if visit.result.answered]
    return list(visits[answered[-1] + 1 :] if answered else visits)


def reason_of(visit: Visit) -> Reason:
    """Why a visit failed; an empty list may come without a name of its own."""
    if visit.reason is Reason.NONE and visit.result is VisitResult.EMPTY:
        return Reason.NO_ENTRIES
    return visit.reason


def _failing(run: Sequence[Visit], before: Condition, weather: Weather) -> Condition:
    last = run[-1]
    state = _state_of(reason_of(last))
    if before.is_failing:
        if before.state is state:
            return before
        # From one fault to another is a change too, but a site that alternates between two has not changed.
        others = [number for number, visit in enumerate(run) if _state_of(reason_of(visit)) is not state]
        run = run[others[-1] + 1 :] if others else run
        patient = len(run) >= FAILURES and last.started_at - run[0].started_at >= PATIENCE
    else:
        patient = _is_over(run, flaky=any(sign.kind is SignKind.FLAKY for sign in before.signs))
    if not patient or (last.reason in NETWORK and weather is not Weather.FINE):
        return before
    return Condition(state=state, since=run[0].started_at, reason=reason_of(last), status=last.status)


def _is_over(run: Sequence[Visit], *, flaky: bool) -> bool:
    """Whether patience with these failures in a row is at its end; flaky: that visits fail was told already."""
    last = run[-1]
    lasted = last.started_at - run[0].started_at
    if last.reason is Reason.GONE:
        return len(run) > 1 and run[-2].reason is Reason.GONE
    if flaky:
        return len(run) >= FAILURES and lasted >= FLAKY_PATIENCE
    if last.result is not VisitResult.SOFT:
        return len(run) >= PLAIN_FAILURES
    return (len(run) >= FAILURES and lasted >= PATIENCE) or (len(run) >= PLAIN_FAILURES and lasted >= LONG)


def _state_of(reason: Reason) -> Health:
    if reason in _REFUSALS:
        return Health.REFUSED
    return Health.DOWN if reason in _NOT_THERE else Health.DEGRADED


def _answering(
    source: AnySource, visits: Sequence[Visit], evidence: Evidence, before: Condition, now: datetime
) -> Condition:
    last = visits[-1]
    signs, since = signs_of(source, visits, evidence.norms, before, now=now)
    if signs:
        same = before.state is Health.DEGRADED and not before.is_failing
        return Condition(state=Health.DEGRADED, since=before.since if same else since, signs=signs)
    if not evidence.brought and evidence.last_new_at is not None and not before.is_failing:
        heard_since = [before.since] if before.state is Health.OK else []
        heard_since += [outage.ended for outage in evidence.outages if outage.ended is not None]
        since = max(evidence.last_new_at, *heard_since) if heard_since else evidence.last_new_at
        silent = silence_of(evidence.norms, source, since, now)
        if silent is not None:
            return Condition(state=Health.QUIET, since=since, signs=(silent,))
    if before.state is Health.OK:
        return before
    return Condition(state=Health.OK, since=last.started_at)
