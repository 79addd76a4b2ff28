"""How long an item takes from its publication to a reader's mailbox: one question over what is stored anyway.

Published is what the source states, seen the first visit that named it, matched the first hit of a watch that is told,
accepted the moment a mail server took the first message that held it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from news.message import ParcelState
from storage import tables
from storage.slots import is_alert

PERIOD = timedelta(days=30)
"""How far back items are looked at."""

AIM = timedelta(minutes=30)
"""Published to accepted, for 95 of 100 items that are told at once."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """How long a step took for `items` items: the half that was quickest within `p50`, 95 of 100 within `p95`."""

    items: int
    p50: timedelta
    p95: timedelta


@dataclass(frozen=True, kw_only=True)
class Latency:
    """The steps of one source's items; None where no item took that step. told: from publication to acceptance of an
    alert; of a daily digest that would say when its hour is."""

    seen: Span | None = None
    matched: Span | None = None
    accepted: Span | None = None
    told: Span | None = None


def latencies(connection: Connection, *, now: datetime) -> dict[str, Latency]:
    """How long the items of each source took, over PERIOD.

    Only items with an exact time, published since their source was first visited: what a first visit or reading back
    brings was published long before anybody looked.
    """
    items, matches, visits = tables.items, tables.matches, tables.visits
    told, digests, outbox = tables.digest_matches, tables.digests, tables.outbox
    since = now - PERIOD
    begun = select(visits.c.source, func.min(visits.c.started_at).label("at")).group_by(visits.c.source).subquery()
    accepted = (
        select(matches.c.item_id, func.min(outbox.c.settled_at).label("at"))
        .join(told, told.c.match_id == matches.c.id)
        .join(digests, digests.c.id == told.c.digest_id)
        .join(outbox, outbox.c.key == digests.c.parcel_key)
        .where(is_alert(), outbox.c.state == ParcelState.SENT, digests.c.created_at >= since)
        .group_by(matches.c.item_id)
        .subquery()
    )
    found = (
        select(matches.c.item_id, func.min(matches.c.recorded_at).label("at"))
        .where(~matches.c.muted, matches.c.recorded_at >= since)
        .group_by(matches.c.item_id)
        .subquery()
    )
    query = (
        select(
            items.c.source,
            items.c.published_at,
            items.c.first_seen_at,
            found.c.at.label("matched_at"),
            accepted.c.at.label("accepted_at"),
        )
        .join(begun, begun.c.source == items.c.source)
        .outerjoin(found, found.c.item_id == items.c.id)
        .outerjoin(accepted, accepted.c.item_id == items.c.id)
        .where(items.c.first_seen_at >= since, items.c.published_at >= begun.c.at)
    )
    steps: dict[str, dict[str, list[timedelta]]] = defaultdict(lambda: defaultdict(list))
    for source, published, seen, matched, taken in connection.execute(query):
        of = steps[source]
        of["seen"].append(seen - published)
        if matched is not None:
            of["matched"].append(matched - seen)
        if taken is not None and matched is not None:
            of["accepted"].append(taken - matched)
            of["told"].append(taken - published)
    return {source: Latency(**{step: _span(times) for step, times in of.items()}) for source, of in steps.items()}


def _span(times: Iterable[timedelta]) -> Span:
    """Nearest ranks; a clock of a site that is ahead of ours counts as no time at all."""
    ordered = sorted(max(time, timedelta()) for time in times)
    last = len(ordered) - 1
    return Span(items=len(ordered), p50=ordered[last // 2], p95=ordered[min(-(-95 * len(ordered) // 100) - 1, last)])
