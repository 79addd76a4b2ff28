"""Storing: the batched insert that tells which items were new, and the whole of Items.add, against raw sqlite3.

The same items of about 2.5 kB, the same table with the same indexes and pragmas, 500 a transaction, one way after the
other in every round, each second round backwards. Raw is what one would write by hand for speed: tuples made for this
one table, executemany, which cannot tell which rows were new. It does the same work as ours (from Item objects to
committed rows); how fast it is when somebody else has made the tuples is shown too. The ratios are of CPU seconds of
this process, kernel included: machines are shared, and a ratio of wall clock would say who else was at work.
"""

from __future__ import annotations

import gc
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from news.item import Item, ItemKey, KeyKind, Stated
from news.source import Standing
from storage import Store, open_store
from storage.adding import insert_items
from storage.engine import SQLITE_PRAGMAS
from storage.item_rows import CONTENT

ITEMS = 5_000
BATCH = 500
ROUNDS = 16
# What the insert must reach of raw's rate.
PROMISED = 0.75
_START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_WORDS = (
    "Қазақстан",
    "министр",
    "встреча",
    "early",
    "warning",
    "су",
    "тасқыны",
    "предупреждение",
    "office",
    "агентство",
)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, kw_only=True)
class Took:
    """Seconds of this process's CPU and of the wall clock."""

    cpu: float
    wall: float


def run() -> Iterator[str]:
    """Measure and give the rows of the table, medians over the rounds with their spread, and whether ours keeps up."""
    items = made_up(ITEMS)
    # A process that stores fifty items at a time does not have thousands for the collector to look through.
    gc.freeze()
    ways = {"raw": _raw, "ready": _raw_ready, "returning": _returning, "add": _add, "known": _known}
    taken: dict[str, list[Took]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            for name in reversed(ways) if number % 2 else ways:
                taken[name].append(ways[name](Path(folder) / f"{name}-{number}.db", items))
    yield f"{ITEMS:,} items of about 2.5 kB, {BATCH} a transaction, {ROUNDS} rounds"
    yield "items a CPU second: median (least to most), ratio to raw in the same round; items a second of wall clock"
    yield _row("raw sqlite3, executemany", taken["raw"], taken["raw"])
    yield _row("raw sqlite3, executemany, tuples made beforehand", taken["ready"], taken["raw"])
    yield _row("batched insert with RETURNING", taken["returning"], taken["raw"])
    yield _row("Items.add, all new (keys, story keys, outcomes)", taken["add"], taken["raw"])
    yield _row("Items.add, all known", taken["known"], taken["raw"])
    ratio = _ratio(taken["returning"], taken["raw"])
    yield f"batched insert with RETURNING at least {PROMISED} of raw: {'holds' if ratio >= PROMISED else 'MISSED'}"


def made_up(count: int) -> list[Item]:
    """Items as normalising gives them, all different, in three scripts."""
    chance = random.Random(7)
    bodies = [" ".join(chance.choices(_WORDS, k=200)) for _ in range(200)]
    items = []
    for number in range(count):
        digest = f"{number:032x}"
        items.append(
            Item(
                title=f"Release {number} {bodies[number % 200][:60]}",
                url=f"https://press.example/news/{number}",
                source=f"source-{number % 7}",
                publisher="Press office",
                standing=Standing.OFFICIAL,
                language="ru",
                seen_at=_START + timedelta(seconds=number),
                keys=(
                    ItemKey(kind=KeyKind.URL, scope="", key=f"press.example/news/{number}"),
                    ItemKey(kind=KeyKind.GUID, scope=f"source-{number % 7}", key=f"urn:{number}"),
                    ItemKey(kind=KeyKind.TEXT, scope=f"source-{number % 7}", key=digest),
                ),
                text_hash=digest,
                content_hash=digest,
                lead=bodies[number % 200][:200],
                text=bodies[number % 200],
                published=Stated(day=date(2026, 11, 22), zone="Asia/Almaty", at=_START),
                published_raw="Sun, 22 Nov 2026 08:00:00 +0500",
                story_keys=(f"press:{number}",),
            )
        )
    return items


def _raw(file: Path, items: Sequence[Item]) -> Took:
    """Insert as by hand, making the tuples of each transaction on the way."""
    return _executemany(file, (map(_by_hand, items[start : start + BATCH]) for start in range(0, len(items), BATCH)))


def _raw_ready(file: Path, items: Sequence[Item]) -> Took:
    """Insert as by hand, from tuples; making them is not counted."""
    rows = [_by_hand(item) for item in items]
    return _executemany(file, (rows[start : start + BATCH] for start in range(0, len(rows), BATCH)))


def _executemany(file: Path, batches: Iterable[Iterable[tuple[object, ...]]]) -> Took:
    open_store(f"sqlite:///{file}").close()
    columns = ("identity", "version", "first_seen_at", *CONTENT)
    places = ", ".join("?" * len(columns))
    statement = f"INSERT INTO items ({', '.join(columns)}) VALUES ({places}) ON CONFLICT (identity) DO NOTHING"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        clock = _clock()
        for rows in batches:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, rows)
            connection.execute("COMMIT")
        return clock()


def _returning(file: Path, items: Sequence[Item]) -> Took:
    """Insert as Items.add does once it knows who is new, and read which were, from items on."""
    with open_store(f"sqlite:///{file}") as store:
        clock = _clock()
        new = 0
        for start in range(0, len(items), BATCH):
            batch = [(_identity(item), item) for item in items[start : start + BATCH]]
            new += store.write_now(
                lambda unit, batch=batch: len(insert_items(unit.items._connection, batch))  # type: ignore[misc]
            )
        took = clock()
        assert new == len(items)
        return took


def _add(file: Path, items: Sequence[Item]) -> Took:
    """Items.add of items nobody has."""
    with open_store(f"sqlite:///{file}") as store:
        return _added(store, items)


def _known(file: Path, items: Sequence[Item]) -> Took:
    """Items.add of items that are all stored, seen again a day later."""
    with open_store(f"sqlite:///{file}") as store:
        _added(store, items)
        return _added(store, [replace(item, seen_at=_START + timedelta(days=1)) for item in items])


def _added(store: Store, items: Sequence[Item]) -> Took:
    clock = _clock()
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        store.write_now(lambda unit, batch=batch: unit.items.add(batch))  # type: ignore[misc]
    return clock()


def _clock() -> Callable[[], Took]:
    """Start measuring; calling what is given back tells what it took so far."""
    cpu, wall = time.process_time(), time.perf_counter()
    return lambda: Took(cpu=time.process_time() - cpu, wall=time.perf_counter() - wall)


def _identity(item: Item) -> str:
    return f"url  {item.keys[0].key}"


def _by_hand(item: Item) -> tuple[object, ...]:
    """A row of `items`, as sqlite3 takes them: what one would write for this one table."""
    published = item.published
    seen_at = (item.seen_at - _EPOCH) // _MICROSECOND
    details: dict[str, object] = {}
    if item.language_sure:
        details["language_sure"] = item.language_sure
    if item.published_raw:
        details["published_raw"] = item.published_raw
    if item.authors:
        details["authors"] = item.authors
    if item.tags:
        details["tags"] = item.tags
    if item.image:
        details["image"] = item.image
    return (
        _identity(item),
        1,
        seen_at,
        item.source,
        item.publisher,
        item.standing.value,
        item.language,
        item.url,
        item.title,
        item.lead,
        item.text,
        item.html,
        published.day.isoformat() if published else None,
        published.zone if published else None,
        (published.at - _EPOCH) // _MICROSECOND if published and published.at else None,
        _ENCODE(details),
        item.text_hash,
        item.content_hash,
        seen_at,
    )


def _row(name: str, taken: Sequence[Took], raw: Sequence[Took]) -> str:
    rates = [ITEMS / took.cpu for took in taken]
    spread = f"{statistics.median(rates):9,.0f} ({min(rates):,.0f} to {max(rates):,.0f})"
    wall = statistics.median(ITEMS / took.wall for took in taken)
    return f"{name:50s} {spread:28s} {_ratio(taken, raw):.2f} {wall:9,.0f}"


def _ratio(taken: Sequence[Took], raw: Sequence[Took]) -> float:
    return statistics.median(base.cpu / took.cpu for took, base in zip(taken, raw, strict=True))


def main() -> None:
    """Print the table."""
    for row in run():
        print(row)


if __name__ == "__main__":
    main()
