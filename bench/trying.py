"""Trying a watch: how long until `watch test` knows what a query would have found in 90 days of stored items.

The items are those of `bench.search_texts`, spread over 90 days, with six other watches in force. First figures are to
be there within a second for any watch, everything within three for up to 5,000 candidates; where first figures are an
estimate, its error is shown. Seconds of this process's CPU, which is what is judged, and of the wall clock: on a shared
machine those say who else was at work. With --keep the archive is built once, and asked again by later runs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.search_texts import Texts
from news.watch.indexed import IndexedItem, index_item
from news.watch.watch import Watch
from scheduler.trial import Trial, TrialRun, Tried
from storage import Store, Unit, open_store

ITEMS = 100_000
FIRST_WITHIN, WHOLE_WITHIN, CANDIDATES = 1.0, 3.0, 5_000
_BATCH = 500
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_SPAN = timedelta(days=89)
_OTHERS = 6


@dataclass(kw_only=True)
class Taken:
    """Seconds of one part of a trial."""

    wall: float = 0.0
    cpu: float = 0.0


def run(items: int = ITEMS, *, keep: Path | None = None) -> Iterator[str]:
    """Build an archive of so many items, unless `keep` has one, and try watches on it; one line a watch."""
    texts = Texts(items)
    with tempfile.TemporaryDirectory() as folder:
        file = keep or Path(folder) / "archive.db"
        with open_store(f"sqlite:///{file}") as store:
            if not store.read_now(lambda unit: unit.items.count()):
                _build(store, texts, items)
                for number, query in enumerate(texts.queries("two words", _OTHERS)):
                    watch = Watch(name=f"Other {number}", query=query.replace(" ", " OR "))
                    store.write_now(lambda unit, watch=watch: unit.watches.add(watch, at=_NOW - _SPAN))  # type: ignore[misc]
            yield f"{store.read_now(lambda unit: unit.items.count()):,} items of 90 days, {_OTHERS} other watches"
            for kind, query in _asked(texts).items():
                yield _tried(store, kind, query)


def _asked(texts: Texts) -> dict[str, str]:
    """Watches from one that finds a handful to one that finds nearly everything."""
    common = sorted({query.split()[1] for query in texts.queries("two words", 80)})
    rare = texts.queries("rare word", 300)
    return {
        "rare word": rare[0],
        "two words": texts.queries("two words", 2)[1],
        "phrase": texts.queries("phrase", 1)[0],
        "two common words": " ".join(common[3:6:2]),
        "three, but not a fourth": f"{' '.join(common[3:9:2])} NOT {common[9]}",
        "300 rare alternatives": " OR ".join(rare),
        "one common word": common[0],
        "two alternatives": " OR ".join(common[:2]),
        "twelve alternatives": " OR ".join(common[:12]),
        "most of them": " OR ".join(common),
        "no word at all": "/[a-z]+ing/",
    }


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
    while months := store.read_now(lambda unit: unit.archive.in_pieces()):
        store.write_now(lambda unit, month=months[0]: unit.archive.merge(month))  # type: ignore[misc]


def _tried(store: Store, kind: str, query: str) -> str:
    first, whole = Taken(), Taken()

    def work(unit: Unit) -> tuple[Trial, Trial]:
        with _timed(first):
            run = TrialRun(unit, Tried(watch=Watch(name="", query=query), now=_NOW))
            estimate = run.first()
        with _timed(whole):
            last = run.rest(lambda: False)
        return estimate, last

    estimate, last = store.read_now(work)
    told = f"{kind}: first figures {first.cpu:.2f} s of CPU, {first.wall:.2f} s of wall"
    if estimate.sample.exact:
        told += f", exact: {estimate.found:,} items"
    else:
        off = abs(estimate.found - last.found) / max(last.found, 1)
        told += f", about {estimate.found:,} items from {estimate.sample.looked_at:,}, off by {off:.1%}"
    told += f" ({_held(first.cpu, FIRST_WITHIN)})"
    cpu, candidates = first.cpu + whole.cpu, last.sample.candidates
    told += f"; everything {cpu:.2f} s of CPU, {first.wall + whole.wall:.2f} s of wall, {candidates:,} candidates"
    if last.near_sample.candidates:
        told += f" and {last.near_sample.looked_at:,} of {last.near_sample.candidates:,} near"
    return told + (f" ({_held(cpu, WHOLE_WITHIN)})" if candidates <= CANDIDATES else "")


@contextmanager
def _timed(taken: Taken) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    taken.wall, taken.cpu = time.perf_counter() - wall, time.process_time() - cpu


def _held(took: float, promised: float) -> str:
    return f"at most {promised:g} s: {'holds' if took <= promised else 'MISSED'}"


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m bench.trying", description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--keep", type=Path, help="the file of the archive; built where it is not there")
    given = parser.parse_args()
    for row in run(given.items, keep=given.keep):
        print(row, flush=True)


if __name__ == "__main__":
    main()
