"""The last transaction of a visit, of a page of the past and of an article that could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.inbox import Further, Response
from news.health.texts import odd_entries
from news.item import Outcome
from news.link import Link, Pending
from news.quarantine import Unread
from news.source import AnySource
from news.visit import HEADLINE, Reason
from scheduler.due import next_visit
from scheduler.health import note_further, note_health
from scheduler.learning import teach
from scheduler.rereading import AT_ONCE as REREAD_AT_ONCE
from storage import Backfill, Unit

UNUSABLE = "unusable_entries"
"""Why a page is kept that was read: some of its entries made no item."""

REMEMBERED = timedelta(days=30)
"""How long items of pages that broke off end a source's first visit; a source is visited daily at least."""

AT_ONCE = 200
"""Articles that one visit is given at most; its deadline ends before them."""

LEFT_OVER = 10
"""Articles left over from reading back that a usual visit is given besides its own, after them."""


def was_read(unit: Unit, source: AnySource, now: datetime) -> bool:
    """Whether items of this source were stored before, also where none of its pages ever came whole."""
    state = unit.visits.state(source.id)
    if state is None or state.read_once:
        return state is not None and state.read_as(source.reading_fingerprint)
    return any(visit.new + visit.known for visit in unit.health.history(source.id, since=now - REMEMBERED))


def close_visit(unit: Unit, *, response: Response, first: bool, now: datetime) -> Sequence[Pending]:
    """Record a visit with its links and validators; gives what is to be read now, nothing after a visit that failed.

    first: the source was never read before, so that only fresh articles alert.
    """
    visit, source = response.visit, response.source
    state = unit.visits.state(visit.source)
    visit = replace(visit, oddities={**visit.oddities, **odd_entries(response.drafts)})
    outlook = note_health(unit, replace(response, visit=visit), state, now=now)
    taught = teach(unit, response, state, missed=outlook.missed, now=now)
    planned = next_visit(
        source,
        visit,
        failures=outlook.failures,
        now=now,
        earlier=outlook.earlier,
        outage=outlook.outage,
        pace=taught.pace,
        fresh_for=response.fresh_for,
    )
    reading = source.reading_fingerprint
    unit.visits.record(visit, next_visit=planned, reading=reading, gap=response.gap)
    taught.save(unit)
    unit.pending.add(source.id, response.links, found_at=now, first=first)
    for page in _unused(response):
        unit.quarantine.keep(page)
    if response.validators is not None:
        unit.visits.save_validators(visit.source, response.validators, reading)
    if not visit.result.answered:
        return ()
    return _to_read_now(unit, source, now)


def close_further(unit: Unit, *, response: Response, further: Further, now: datetime) -> Sequence[Pending]:
    """Save what another way to a source brought for a gap: it is no visit, and its links are news like any other."""
    source = response.source
    unit.pending.add(source.id, response.links, found_at=now)
    note_further(unit, source.id, further, now=now)
    return _to_read_now(unit, source, now)


def _to_read_now(unit: Unit, source: AnySource, now: datetime) -> Sequence[Pending]:
    own = unit.pending.due(source.id, now=now, limit=AT_ONCE)
    again = unit.revisits.due(source.id, now=now, limit=REREAD_AT_ONCE)
    left_over = unit.pending.due(source.id, now=now, limit=LEFT_OVER, quiet=True)
    return [*own, *left_over, *(one.pending for one in again)]


def close_past(unit: Unit, *, response: Response, progress: Backfill, now: datetime) -> Sequence[Pending]:
    """Save how far a source was read back, with the links of the page; gives those to be read now.

    Neither its history nor its validators hear of it: they tell how the source is doing today.
    """
    source = response.source
    links = response.links
    for page in _unused(response):
        unit.quarantine.keep(page)
    if response.depth is not None and response.depth.first == 0:
        news = _links_above_known(links, unit.pending.known(source.id, links))
        unit.pending.add(source.id, news, found_at=now)
        links = links[len(news) :]
    unit.pending.add(source.id, links, found_at=now, quiet=True)
    unit.backfills.save(progress)
    return unit.pending.due(source.id, now=now, limit=AT_ONCE, quiet=True)


def note_failure(
    unit: Unit, *, pending: Pending, reason: Reason, headline: Outcome | None = None, not_before: datetime | None = None
) -> None:
    """Write down that an article could not be read, and count it for the visit that tried.

    headline: what storing its headline instead did. not_before: until when the server asked to be left alone, which
    holds for all that is read of the source.
    """
    unit.pending.fail(pending)
    if not_before is not None:
        unit.visits.put_off(pending.source, not_before)
    if not pending.quiet:
        oddities = [] if headline in (None, Outcome.KNOWN) else [HEADLINE]
        unit.visits.count_article(pending.source, outcome=headline, unusable=reason.value, oddities=oddities)


def _links_above_known(links: Sequence[Link], known: Collection[str]) -> Sequence[Link]:
    """What stands above everything known on the newest page: published since the last visit, and no past."""
    place = next((place for place, link in enumerate(links) if link.key in known), 0)
    return links[:place]


def _unused(response: Response) -> Iterator[Unread]:
    """The pages of a list that are kept for reading them again: they were of no use, or not all of their entries."""
    unusable = ", ".join(f"{count} {reason}" for reason, count in sorted(response.visit.unusable.items()))
    for page in response.pages:
        if page.reason:
            yield page
        elif unusable:
            yield replace(page, reason=UNUSABLE, detail=f"entries that could not be used: {unusable}")
