"""The process that `bench.endurance` measures: crawl after crawl in one loop, memory and descriptors now and then.

`python -m bench.endurance_crawls ADDRESS CRAWLS EVERY SECONDS FOLDER` prints a line of JSON for each sample.
Everything is what the daemon uses: the crawl, the reader process, the intake into SQLite with health and watches; only
the clock is set by hand, ten minutes on at each crawl, so that a long run also passes days and months. What is kept in
memory within bounds is filled before the first crawl, as it is in a process of some months: what still grows is a leak.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.endurance_memory import held
from bench.endurance_texts import sentence, title, unheard
from crawler.crawl import Crawling
from crawler.inbox import Errand, Response
from crawler.loop import run
from news.item import Draft
from news.source import AnySource, ArticleRules, FeedSource, JsonSource, LinkRules, ListingSource
from news.visit import Visit, VisitResult
from news.watch.watch import Watch
from scheduler.intake import Intake
from storage import Store, Unit, open_store
from tests.crawler.crawls import settings
from tests.scheduler.office import Clock

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
STEP = timedelta(minutes=10)
DAY = timedelta(days=1) // STEP
FULL, WORDS_AN_ITEM = 100_000, 4_000
"""Spellings that fill every memory of them once, in items of so many words."""
BEFORE, USUAL, ITEMS_A_VISIT = 10_000_000, 3_000, 20
"""The first of the usual items before the crawls, and their number: they fill SQLite's page cache and the signatures of
lookalikes that stay unpacked."""


def sources(address: str) -> tuple[AnySource, ...]:
    """One of each kind of visit, good and bad; each crawl makes the next one."""
    feeds = ("news", "same", "validated", "large", "unavailable", "challenge", "truncated")
    read: list[AnySource] = [
        FeedSource(id=name, url=f"{address}/{name}", publisher=f"The {name}", language="en") for name in feeds
    ]
    links, articles = LinkRules(entry="li"), ArticleRules(title=("h1",), body=(".text p",))
    read.append(
        ListingSource(
            id="list", url=f"{address}/list", publisher="The list", language="en", links=links, articles=articles
        )
    )
    read.append(JsonSource(id="json", url=f"{address}/json", publisher="The json", language="en", items="items"))
    return tuple(read)


async def crawls(address: str, count: int, every: int, seconds: float, folder: Path) -> int:
    """Make so many crawls, or as many as `seconds` are enough for; samples: empty, with full caches, each `every`."""
    until = time.monotonic() + seconds
    clock = Clock(BEGIN)
    with open_store(f"sqlite:///{folder}/press.db") as store:
        store.write_now(lambda unit: unit.watches.add(Watch(name="Registers", query="register"), at=BEGIN))
        intake = Intake(store, clock=clock, fresh=timedelta(days=1))
        crawling = Crawling(settings(delay=0.0, timeout=30.0, deadline=60.0, readers_deadline=20.0))
        await crawling.start()
        turns = sources(address)
        _sample(0)
        await _fill(intake, clock, turns[0])
        _sample(0)
        for number in range(1, count + 1):
            clock.now += STEP
            errand = await store.read(partial(_errand, source=turns[number % len(turns)]))
            await crawling.crawl([errand], intake, now=clock)
            if number % DAY == 0:
                await store.write(partial(Unit.housekeep, now=clock()))
            if number % every == 0:
                _sample(number)
                if time.monotonic() > until:
                    break
        await crawling.stop(5.0)
        print(json.dumps({"visits": _visits(store)}), flush=True)
    return 0


async def _fill(intake: Intake, clock: Clock, source: AnySource) -> None:
    """Take in so many words never seen, and then usual items, that whatever is kept in memory is full."""
    drafts = [*_unheard(), *_usual()]
    for at in range(0, len(drafts), ITEMS_A_VISIT):
        clock.now += STEP
        some = tuple(drafts[at : at + ITEMS_A_VISIT])
        answer = Visit(source=source.id, started_at=clock(), result=VisitResult.OK, entries=len(some), status=200)
        await intake.accept(Response(source=source, visit=answer, drafts=some))


def _unheard() -> Iterator[Draft]:
    for n in range(FULL // WORDS_AN_ITEM):
        yield Draft(title=f"Words {n}", url=f"https://words.example/{n}", text=unheard(n, WORDS_AN_ITEM))


def _usual() -> Iterator[Draft]:
    for n in range(BEFORE, BEFORE + USUAL):
        text = " ".join(sentence(n, part) for part in range(4))
        yield Draft(title=title(n), url=f"https://usual.example/{n}", text=text)


def _errand(unit: Unit, *, source: AnySource) -> Errand:
    return Errand(source=source, validators=unit.visits.validators(source.id, source.reading_fingerprint))


def _sample(number: int) -> None:
    """Print what this process holds now."""
    gc.collect()
    print(json.dumps({"crawls": number, **asdict(held())}), flush=True)


def _visits(store: Store) -> dict[str, int]:
    """How many of the visits that are still kept ended in which way."""
    counts: dict[str, int] = {}
    for visit in store.read_now(lambda unit: unit.visits.after(0)):
        name = f"{visit.source} {visit.result.value} {visit.reason.value}".strip()
        counts[name] = counts.get(name, 0) + 1
    return counts


if __name__ == "__main__":
    address, count, every, seconds, folder = sys.argv[1:]
    sys.exit(run(lambda: crawls(address, int(count), int(every), float(seconds), Path(folder))))
