"""Searching the archive: what the index costs an item, and how long a query takes until its first 50 rows are shown.

News in brief (see search_texts), spread over three years. A query is parsed, expanded, asked of the index, decided by
the matcher on stored words, its items are loaded and the best piece of each text is cut out; wall clock, in the second
round of the same queries, and CPU of this process beside it.

`--keep FILE` builds the archive into FILE where it is not there yet, and asks it there. `--database URL` takes a
PostgreSQL database instead: a schema of its own, dropped at the end.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import make_url

from bench.search_texts import WORDS, Texts
from news.text.snippet import best_snippet
from news.watch.compiler import check_watch
from news.watch.indexed import IndexedItem, index_item
from storage import Store, Unit, open_store

ITEMS = 20_000
SHOWN = 50
PROMISED = {"rare word": 5.0, "two words": 10.0, "phrase": 30.0}
_QUERIES, _BATCH = 60, 500
_SNIPPET = 300
_SCHEMA = "presswatch_bench_search"


def run(items: int = ITEMS, *, keep: Path | None = None, database: str = "") -> Iterator[str]:
    """Build an archive of so many items, or take the one kept, and ask it; one line a measurement."""
    texts = Texts(items)
    yield f"{items:,} items of about {WORDS} words, {'real' if texts.real else 'made-up'} sentences"
    with ExitStack() as opened:
        if database:
            store = opened.enter_context(open_store(opened.enter_context(_own_schema(database))))
            yield from _built(store, texts, items)
        else:
            file = keep or Path(opened.enter_context(tempfile.TemporaryDirectory())) / "archive.db"
            if not file.exists():
                # Under its own name only when it is whole.
                part = file.with_name(file.name + ".part")
                with open_store(f"sqlite:///{part}") as building:
                    yield from _built(building, texts, items)
                part.rename(file)
            store = opened.enter_context(open_store(f"sqlite:///{file}"))
            if (stored := store.read_now(lambda unit: unit.items.count())) != items:
                raise SystemExit(f"{file} holds {stored:,} items: ask it with --items {stored}")
            yield "bytes an item: " + ", ".join(f"{name} {size / items:,.0f}" for name, size in _sizes(file).items())
        yield from _asked(store, texts)


@contextmanager
def _own_schema(database: str) -> Iterator[str]:
    """The address of a schema of its own in a PostgreSQL database, dropped at the end."""
    import psycopg

    address = make_url(database).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {_SCHEMA}")
        try:
            own = address.update_query_dict({"options": f"-csearch_path={_SCHEMA}"})
            yield own.render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP SCHEMA {_SCHEMA} CASCADE")


def _built(store: Store, texts: Texts, items: int) -> Iterator[str]:
    taken = {"storing": 0.0, "indexing": 0.0}

    def add(unit: Unit, batch: Sequence[IndexedItem]) -> None:
        started = time.process_time()
        saved = unit.items.add([one.item for one in batch])
        stored = time.process_time()
        unit.archive.add_all([replace(one, item=its.item) for one, its in zip(batch, saved, strict=True)])
        taken["storing"] += stored - started
        taken["indexing"] += time.process_time() - stored

    late = 0.0
    started = time.perf_counter()
    # What was broken off goes on.
    there = store.read_now(lambda unit: unit.items.count())
    for start in range(there, items, _BATCH):
        batch = [index_item(texts.item(number)) for number in range(start, min(start + _BATCH, items))]
        before = taken["indexing"]
        store.write_now(lambda unit, batch=batch: add(unit, batch))  # type: ignore[misc]
        late = (taken["indexing"] - before) / len(batch)
    wall = time.perf_counter() - started
    store.write_now(lambda unit: unit.archive.catch_up((), down_to=0))
    yield f"built in {wall:.0f} s, texts made up and cut into words included"
    indexing, storing = (taken[what] / (items - there) * 1e3 for what in ("indexing", "storing"))
    yield (
        f"indexing {indexing:.2f} ms an item of CPU (the last ones {late * 1e3:.2f}), {1e3 / indexing:,.0f} items a "
        f"second; storing beside it {storing:.2f} ms"
    )
    merging = time.process_time()
    while months := store.read_now(lambda unit: unit.archive.in_pieces()):
        store.write_now(lambda unit, month=months[0]: unit.archive.merge(month))  # type: ignore[misc]
    yield f"merging what lay in pieces {time.process_time() - merging:.1f} s of CPU"


def _sizes(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    sizes = Counter[str]()
    for name, size in rows:
        part = (
            "words and places" if name.startswith("archive_1_") else "dictionary" if name.startswith("archive_") else ""
        )
        part = part or ("packed words" if "archived" in name else "the items themselves")
        sizes[part] += size
    return dict(sizes)


def _asked(store: Store, texts: Texts) -> Iterator[str]:
    for kind, promised in PROMISED.items():
        queries = texts.queries(kind, _QUERIES)
        for query in queries:
            _rows(store, query)
        took, cpu, rows = [], [], []
        for query in queries:
            started, used = time.perf_counter(), time.process_time()
            rows.append(_rows(store, query))
            took.append((time.perf_counter() - started) * 1e3)
            cpu.append((time.process_time() - used) * 1e3)
        p95 = _p95(took)
        yield (
            f"{kind}: median {statistics.median(took):.1f} ms, p95 {p95:.1f} ms "
            f"(of CPU {statistics.median(cpu):.1f} and {_p95(cpu):.1f}), {statistics.mean(rows):.0f} rows shown; "
            f"at most {promised:g} ms: {'holds' if p95 <= promised else 'MISSED'}"
        )


def _p95(took: Sequence[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def _rows(store: Store, query: str) -> int:
    def shown(unit: Unit) -> int:
        found = islice(unit.archive.matching(check_watch(query)), SHOWN)
        return sum(
            bool(
                best_snippet(one.item.text, [hit for hit in one.match.hits if hit.field == "text"], limit=_SNIPPET).text
            )
            for one in found
        )

    return store.read_now(shown)


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--keep", type=Path, metavar="FILE")
    parser.add_argument("--database", default="", metavar="URL")
    given = parser.parse_args()
    for row in run(given.items, keep=given.keep, database=given.database):
        print(row, flush=True)


if __name__ == "__main__":
    main()
