"""The health of a source after each visit: evidence gathered, judged by `news.health`, written down, logged once.

In the transaction of the visit, so that a change of state and the visit that showed it appear together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from crawler.inbox import Further, Response
from news.health import (
    Condition,
    Evidence,
    Gap,
    GapNews,
    Health,
    Norms,
    OpenGap,
    Weather,
    after_pursuit,
    after_visit,
    before_list,
    change,
    failed_in_a_row,
    judge,
    learn,
    overrun,
    telling,
    weather,
)
from news.health.outage import NETWORK
from news.hosts import host_of
from news.source import AnySource
from news.visit import Visit
from scheduler.notices import keep_change, keep_gaps
from scheduler.outages import as_outages_stand
from storage import HealthRow, SourceState, Store, Unit

VISITS_LOOKED_AT = 24
"""Newest visits that a source is judged by; its norms rest on all that are kept."""

LEARNT_AGAIN = timedelta(hours=20)
"""Norms older than this are learnt anew when the house is kept."""

HISTORY = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What planning the next visit needs of a source's health.

    earlier: its newest visits before this one that tell something of it, oldest first. failures: how many in a row
    failed. outage: whether this one failed because this computer reaches nothing at present. missed: a gap that may
    still be closed.
    """

    earlier: Sequence[Visit]
    failures: int
    outage: bool = False
    missed: OpenGap | None = None


def note_health(unit: Unit, response: Response, state: SourceState | None, *, now: datetime) -> Outlook:
    """Judge a source whose visit has just ended, before that visit is recorded; state: as it was before."""
    source, visit = response.source, response.visit
    row, here, norms = unit.health.known_of(source.id)
    reading, reading_since = _reading(response, row)
    if reading_since == visit.started_at:
        norms = norms.read_otherwise()
        unit.health.save_norms(source.id, norms, at=now)
    visits = [*unit.health.recent(source.id, since=reading_since, limit=VISITS_LOOKED_AT), visit]
    outages = as_outages_stand(unit, visits, here, now=now)
    told = telling(visits, outages)
    run = failed_in_a_row(told)
    network = Weather.FINE
    if visit.reason in NETWORK and run:
        network = weather(unit.health.newest(), host=host_of(visit.url), since=run[0].started_at, now=now)
    novel = visit.new + _novel_links(unit, response)
    evidence = Evidence(
        visits=visits,
        norms=norms,
        brought=novel > 0,
        last_new_at=None if norms.silence is None or novel else unit.health.last_new_at(source.id),
        outages=outages,
        weather=network,
    )
    before = row.condition if row is not None else Condition(state=Health.UNREAD, since=visit.started_at)
    after = judge(source, evidence, before, now=now)
    judged = HealthRow(condition=after, reading=reading, reading_since=reading_since)
    if judged != row:
        unit.health.save(source.id, judged)
        keep_change(unit, change(source.id, before, after, at=now))
    gaps = _gaps(response, state, novel)
    if gaps.closed is None and gaps.open is None and gaps.told is None and before.is_failing and after.state.is_good:
        # Whoever was told that a source fails is told that nothing of it is missing.
        gaps = replace(gaps, closed=Gap(since=before.since, until=visit.started_at))
    keep_gaps(unit, source.id, gaps, at=now)
    lasts = any(outage.ended is None for outage in outages)
    return Outlook(
        earlier=told[:-1] if told and told[-1] is visit else told,
        failures=len(run),
        outage=lasts and visit.reason in NETWORK,
        missed=gaps.open,
    )


def note_further(unit: Unit, source_id: str, further: Further, *, now: datetime) -> None:
    """Write down what asking other ways for a gap came to, in the transaction that stores what the last one brought."""
    state = unit.visits.state(source_id)
    if not further.last or state is None or state.missed is None:
        return
    gaps = after_pursuit(state.missed, reached=further.reached, exhausted=further.exhausted)
    if gaps.open is None:
        unit.visits.learn(
            source_id,
            pace=state.pace,
            move=state.move,
            missed=None,
            first_tried_at=state.first_tried_at,
            declared=state.declared,
        )
    keep_gaps(unit, source_id, gaps, at=now)


async def learn_norms(store: Store, sources: Iterable[AnySource], *, now: datetime) -> None:
    """Learn from its history what is usual for each source, where that was not done today already."""
    learnt = await store.read(lambda unit: unit.health.learnt_at())
    for source in sources:
        if source.id in learnt and learnt[source.id] > now - LEARNT_AGAIN:
            continue
        norms = await store.read(partial(_learnt, source=source, now=now))
        await store.write(partial(_keep, source=source, norms=norms, now=now))


def _learnt(unit: Unit, *, source: AnySource, now: datetime) -> Norms:
    row = unit.health.of(source.id)
    history = unit.health.history(source.id, since=now - HISTORY)
    return learn(history, source, reading_since=row.reading_since if row is not None else None, now=now)


def _keep(unit: Unit, *, source: AnySource, norms: Norms, now: datetime) -> None:
    unit.health.save_norms(source.id, norms, at=now)


def _reading(response: Response, row: HealthRow | None) -> tuple[str, datetime | None]:
    """Under which declaration the source is read, and since when; of another's list nothing usual is known."""
    source, visit = response.source, response.visit
    reading, since = (row.reading, row.reading_since) if row is not None else ("", None)
    if not visit.result.answered or reading == source.reading_fingerprint:
        return reading, since
    if not reading:
        return source.reading_fingerprint, None
    return source.reading_fingerprint, visit.started_at


def _novel_links(unit: Unit, response: Response) -> int:
    if not response.links:
        return 0
    return len({link.key for link in response.links} - unit.pending.known(response.source.id, response.links))


def _gaps(response: Response, state: SourceState | None, novel: int) -> GapNews:
    """What the visit makes of a gap between it and the one before; a source that was never read so has none."""
    source, visit = response.source, response.visit
    if state is None or not state.read_as(source.reading_fingerprint):
        return GapNews(open=state.missed if state is not None and not visit.result.answered else None)
    stated = [draft.published for draft in response.drafts] + [link.said.published for link in response.links]
    find = before_list if response.short else overrun
    found = find(visit, stated, novel=novel, last_ok_at=state.last_ok_at)
    return after_visit(
        visit, state.missed, found, missed=response.gap, pursued=response.pursued, last_ok_at=state.last_ok_at
    )
