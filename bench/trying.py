"""Trying a watch: how long until `watch test` knows what a query would have found in 90 days of stored items.

The items are those of `bench.search_texts`, spread over 90 days, with six other watches in force. Up to 5,000
candidates the answer is exact, above it an estimate from an even sample; its error against the exact count is shown.
Seconds of the wall clock and of this process's CPU: on a shared machine the first say who else was at work.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.search_texts import Texts
from news.watch.indexed import IndexedItem, index_item
from news.watch.watch import Watch
from storage import Store, Unit, open_store
from ui.cli.watch_trial import Trial, try_watch

ITEMS = 100_000
EXACT_WITHIN, FIRST_WITHIN = 3.0, 1.0
_BATCH = 500
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_SPAN = timedelta(days=89)
_OTHERS = 6


def run(items: int = ITEMS) -> Iterator[str]:
    """Build an archive of so many items and try watches on it; one line a watch."""
    texts = Texts(items)
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 'archive.db'}") as store:
        _build(store, texts, items)
        words = texts.queries("two words", _OTHERS + 4)
        for number, query in enumerate(words[:_OTHERS]):
            watch = Watch(name=f"Other {number}", query=query.replace(" ", " OR "))
            store.write_now(lambda unit, watch=watch: unit.watches.add(watch, at=_NOW - _SPAN))  # type: ignore[misc]
        common = sorted({query.split()[1] for query in texts.queries("two words", 60)})
        asked = {
            "rare word": texts.queries("rare word", 1)[0],
            "two words": words[-1],
            "phrase": texts.queries("phrase", 1)[0],
            "one common word": common[0],
            "two alternatives": " OR ".join(common[:2]),
            "most of them": " OR ".join(common),
        }
        yield f"{items:,} items of 90 days, {_OTHERS} other watches"
        for kind, query in asked.items():
            yield _tried(store, kind, query)


def _build(store: Store, texts: Texts, items: int) -> None:
    def add(unit: Unit, batch: Sequence[IndexedItem]) -> None:
        saved = unit.items.add([one.item for one in batch])
        unit.archive.add_all([replace(one, item=its.item) for one, its in zip(batch, saved, strict=True)])

    for start in range(0, items, _BATCH):
        made = (texts.item(number) for number in range(start, min(start + _BATCH, items)))
        batch = [
            index_item(replace(item, seen_at=_NOW - _SPAN * (1 - number / items)))
            for number, item in enumerate(made, start=start)
        ]
        store.write_now(lambda unit, batch=batch: add(unit, batch))  # type: ignore[misc]
    store.write_now(lambda unit: unit.archive.catch_up((), down_to=0))


def _tried(store: Store, kind: str, query: str) -> str:
    started, used = time.perf_counter(), time.process_time()
    trial = _trial(store, query)
    took, cpu = time.perf_counter() - started, time.process_time() - used
    sample = trial.sample
    if sample.exact:
        told = f"{trial.found:,} found, exact, of {sample.candidates:,} candidates; at most {EXACT_WITHIN:g} s"
        promised = EXACT_WITHIN
    else:
        exact = _trial(store, query, exact=True).found
        error = abs(trial.found - exact) / exact
        told = (
            f"about {trial.found:,} from {sample.looked_at:,} of {sample.candidates:,} candidates, off by {error:.1%}"
        )
        told += f"; at most {FIRST_WITHIN:g} s"
        promised = FIRST_WITHIN
    return f"{kind}: {took:.2f} s, {cpu:.2f} s of CPU: {told}: {'holds' if cpu <= promised else 'MISSED'} in CPU"


def _trial(store: Store, query: str, *, exact: bool = False) -> Trial:
    return try_watch(store, Watch(name="", query=query), now=_NOW, exact=exact)


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m bench.trying", description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    for row in run(parser.parse_args().items):
        print(row, flush=True)


if __name__ == "__main__":
    main()
