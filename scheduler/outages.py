"""The outages of this computer, as a visit shows that one began or is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from news.health import (
    HERE,
    Condition,
    Health,
    Newest,
    Outage,
    Weather,
    change,
    failed_in_a_row,
    is_over,
    telling,
    weather,
)
from news.health.outage import FAILURES_NEEDED, NETWORK
from news.hosts import host_of
from news.visit import Visit
from scheduler.notices import keep_change
from storage import HealthRow, Unit

REMEMBERED = timedelta(days=14)
"""How long what failed in an outage is told apart; failures older than that are no longer looked at."""


def as_outages_stand(unit: Unit, visits: Sequence[Visit], here: HealthRow | None, *, now: datetime) -> list[Outage]:
    """The outages of late, after the last of these visits to one source; a beginning or an end is written down.

    here: the health of this computer's connection before it.
    """
    outages, visit = unit.health.outages(now - REMEMBERED, here), visits[-1]
    lasting = outages[-1] if outages and outages[-1].ended is None else None
    if visit.reason in NETWORK:
        return outages if lasting is not None else [*outages, *_begun(unit, visits, outages, now)]
    if lasting is None or here is None or not is_over([*unit.health.newest(), _newest(visit)], lasting):
        return outages
    restored = Condition(state=Health.OK, since=visit.started_at)
    unit.health.save(HERE, HealthRow(condition=restored))
    keep_change(unit, change(HERE, here.condition, restored, at=now))
    return [*outages[:-1], Outage(began=lasting.began, ended=visit.started_at)]


def _begun(unit: Unit, visits: Sequence[Visit], outages: Sequence[Outage], now: datetime) -> list[Outage]:
    """The outage that a failed visit shows to have begun; none where the network may be well."""
    run, visit = failed_in_a_row(telling(visits, outages)), visits[-1]
    if len(run) < FAILURES_NEEDED:
        return []
    since = run[0].started_at
    if weather(unit.health.newest(), host=host_of(visit.url), since=since, now=now) is not Weather.OUTAGE:
        return []
    before = Condition(state=Health.OK, since=since)
    down = Condition(state=Health.DOWN, since=since, reason=visit.reason)
    unit.health.save(HERE, HealthRow(condition=down))
    keep_change(unit, change(HERE, before, down, at=now))
    return [Outage(began=since)]


def _newest(visit: Visit) -> Newest:
    return Newest(host=host_of(visit.url), started_at=visit.started_at, result=visit.result, reason=visit.reason)
