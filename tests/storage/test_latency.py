"""From publication to the mailbox: what is counted, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import update

from news.item import Item, Stated
from news.message import ParcelState
from news.visit import Visit, VisitResult
from storage import Store, Unit, tables
from storage.latency import Latency, Span
from tests.storage.samples import NOW, TODAY, a_match, a_message, a_recipient, a_watch, add_one, numbered

MINUTE = timedelta(minutes=1)
PUBLISHED = NOW - 60 * MINUTE


def published(number: int, at: datetime, *, seen: datetime) -> Item:
    return numbered(number, published=Stated(day=at.date(), zone="UTC", at=at), seen_at=seen)


def test_every_step_is_told_of_exact_items_published_since_the_first_visit(store: Store) -> None:
    watch, reader = a_watch(store), a_recipient(store)

    def work(unit: Unit) -> None:
        visit = Visit(source="press", started_at=NOW - timedelta(days=1), result=VisitResult.OK)
        unit.visits.record(visit, next_visit=NOW, reading="")
        for number in range(1, 21):
            item = add_one(unit, published(number, PUBLISHED, seen=PUBLISHED + number * MINUTE))
            found_at = PUBLISHED + (number + 1) * MINUTE
            unit.matches.record([a_match(item, watch.id)], at=found_at, muted=number == 20)
            if number <= 10:
                (match,) = (
                    told.match_id for told in unit.matches.untold(reader, "instant", limit=99) if told.item.id == item
                )
                message = replace(a_message(f"{number}"), id=f"{number}@presswatch.example")
                # Who is alerted alone has their alerts under their schedule's name.
                schedule, kind = (
                    ("instant", "instant") if number % 2 else ("daily", "rollup" if number == 2 else "instant")
                )
                unit.digests.freeze(reader, schedule, f"{kind}/{number}", [match], message, "email", at=NOW)
            elif number <= 12:
                message = replace(a_message(f"{number}"), id=f"{number}@presswatch.example")
                (match,) = (
                    told.match_id for told in unit.matches.untold(reader, "daily", limit=99) if told.item.id == item
                )
                unit.digests.freeze(reader, "daily", f"2026-11-{number}", [match], message, "email", at=NOW)
        add_one(unit, published(98, NOW - timedelta(days=2), seen=NOW))
        add_one(unit, numbered(99, published=TODAY))
        settled = {"state": ParcelState.SENT.value, "settled_at": NOW - 30 * MINUTE}
        unit.visits._connection.execute(update(tables.outbox).values(settled))

    store.write_now(work)
    found = store.read_now(lambda unit: unit.visits.latencies(now=NOW))
    assert found == {
        "press": Latency(
            seen=Span(items=20, p50=10 * MINUTE, p95=19 * MINUTE),
            matched=Span(items=19, p50=MINUTE, p95=MINUTE),
            accepted=Span(items=10, p50=23 * MINUTE, p95=28 * MINUTE),
            told=Span(items=10, p50=30 * MINUTE, p95=30 * MINUTE),
        )
    }
