"""Searching the archive: what the index costs an item, and how long a query takes until its first 50 rows are shown.

News in brief of some 65 words (real sentences in three languages, see matching_samples), spread over three years. A
rare word stands in one of the sentences, a common one in every three hundredth or more; a phrase is two neighbours
anywhere in one. A query is parsed, expanded, asked of the index, decided by the matcher on stored words, its items are
loaded and the best piece of each text is cut out; wall clock, in the second round of the same queries.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from bench.matching_samples import Samples
from news.item import Item, ItemKey, KeyKind
from news.source import Standing
from news.text.snippet import best_snippet
from news.text.words import tokenise
from news.watch.compiler import check_watch
from news.watch.indexed import IndexedItem, index_item
from news.watch.stopwords import STOPWORDS
from storage import Store, Unit, open_store

ITEMS = 20_000
SHOWN = 50
PROMISED = {"rare word": 5.0, "two words": 10.0, "phrase": 30.0}
_WORDS, _QUERIES, _BATCH = 65, 60, 500
_SNIPPET = 300
_END = datetime(2026, 11, 22, tzinfo=UTC)
_SPAN = timedelta(days=3 * 365)


def run(items: int = ITEMS) -> Iterator[str]:
    """Build an archive of so many items and ask it; one line a measurement."""
    texts = Texts()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive.db"
        with open_store(f"sqlite:///{file}") as store:
            yield f"{items:,} items of about {_WORDS} words, {'real' if texts.real else 'made-up'} sentences"
            yield from _built(store, file, texts, items)
            yield from _asked(store, texts)


class Texts:
    """Made-up items and queries of words that they hold, all from one seed."""

    def __init__(self) -> None:
        samples = Samples()
        self.real = samples.real
        self._chance = random.Random(11)
        self._pool = [(language, one) for language, many in samples._sentences.items() for one in many]
        counted: Counter[str] = Counter()
        for _, one in self._pool:
            counted.update({word for word in tokenise(one).forms if len(word) > 3 and word.isalpha()} - STOPWORDS)
        self._rare = sorted(word for word, count in counted.items() if count == 1)
        self._common = sorted(word for word, count in counted.items() if count >= len(self._pool) // 300)

    def item(self, number: int, of: int) -> Item:
        """One item; the later its number, the newer it is."""
        language, sentence = self._chance.choice(self._pool)
        parts, words = [sentence], sentence.count(" ")
        while words < _WORDS:
            parts.append(self._chance.choice(self._pool)[1])
            words += parts[-1].count(" ") + 1
        return Item(
            title=sentence[:100],
            text=" ".join(parts),
            url=f"https://press.example/{number}",
            source=f"source-{number % 7}",
            publisher="Press office",
            standing=Standing.MEDIA,
            language=language,
            seen_at=_END - _SPAN * (1 - number / of),
            keys=(ItemKey(kind=KeyKind.URL, scope="", key=f"press.example/{number}"),),
            text_hash=str(number),
            content_hash=str(number),
        )

    def queries(self, kind: str, count: int) -> list[str]:
        """Queries of a kind, that some item answers."""
        if kind == "rare word":
            return self._chance.sample(self._rare, count)
        if kind == "two words":
            # Every other pair is of two common words; the others have a rare one.
            firsts = [self._chance.choice((self._rare, self._common)[at % 2]) for at in range(count)]
            return [f"{first} {self._chance.choice(self._common)}" for first in firsts]
        cut = (tokenise(one) for _, one in self._chance.sample(self._pool, len(self._pool)))
        neighbours = (
            f'"{words.raw[2]} {words.raw[3]}"'
            for words in cut
            if len(words) > 4 and not words.gap(2) and min(len(words.raw[2]), len(words.raw[3])) > 3
        )
        return list(islice(neighbours, count))


def _built(store: Store, file: Path, texts: Texts, items: int) -> Iterator[str]:
    taken = {"storing": 0.0, "indexing": 0.0}

    def add(unit: Unit, batch: Sequence[IndexedItem]) -> None:
        started = time.process_time()
        saved = unit.items.add([one.item for one in batch])
        stored = time.process_time()
        for one, its in zip(batch, saved, strict=True):
            unit.archive.add(replace(one, item=its.item))
        taken["storing"] += stored - started
        taken["indexing"] += time.process_time() - stored

    late = 0.0
    started = time.perf_counter()
    for start in range(0, items, _BATCH):
        batch = [index_item(texts.item(number, items)) for number in range(start, min(start + _BATCH, items))]
        before = taken["indexing"]
        store.write_now(lambda unit, batch=batch: add(unit, batch))
        late = (taken["indexing"] - before) / len(batch)
    wall = time.perf_counter() - started
    store.write_now(lambda unit: unit.archive.catch_up((), down_to=0))
    yield f"built in {wall:.0f} s, texts made up and cut into words included"
    yield (
        f"indexing {taken['indexing'] / items * 1e3:.2f} ms an item of CPU (the last ones {late * 1e3:.2f}), "
        f"{items / taken['indexing']:,.0f} items a second; storing beside it {taken['storing'] / items * 1e3:.2f} ms"
    )
    sizes = _sizes(file)
    yield "bytes an item: " + ", ".join(f"{name} {size / items:,.0f}" for name, size in sizes.items())


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
    for row in run(parser.parse_args().items):
        print(row, flush=True)


if __name__ == "__main__":
    main()
