"""Finding what may tell the same story: the candidate query, as intake asks it, against 10,000 to 1,000,000 items.

The table is filled as after so many items of one window, in the order in which they came; one passage of each is a
phrase that some hundred others have too. Half of the questions have a copy of some item among the stored. Microseconds
are for one question by the very method that intake calls, 25 a transaction, the best of five: of this thread's CPU,
kernel included (machines are shared), and of the wall clock.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from news.item import Item, ItemKey, KeyKind
from news.source import Standing
from news.story import Signature
from news.story.signature import is_cross_key
from storage import Store, Unit, open_store
from storage.engine import SQLITE_PRAGMAS
from storage.story_candidates import stored_hash

SIZES = (10_000, 100_000, 1_000_000)
QUESTIONS = 400
ASKED_AT_ONCE = 25
# What an item of some length is filed under: sampled passages, and keys across languages.
PASSAGES = 14
CROSS_KEYS = 12
PROMISED_P95 = 150.0
PROMISED_BYTES = 400
PROMISED_GROWTH = 2.0
_NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_STORED_AT_ONCE = 20_000
_SHARE_A_PHRASE = 100
_CROSS = 1 << 46


def run(sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """Measure and give the rows of the table, and whether what was promised holds."""
    medians: list[float] = []
    p95 = size = 0.0
    yield f"{PASSAGES} passages and {CROSS_KEYS} cross-language keys an item, {QUESTIONS} questions"
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "presswatch.db"
            with open_store(f"sqlite:///{file}") as store:
                store.write_now(lambda unit: unit.items.add([_item()]))
            empty, took = file.stat().st_size, _fill(file, count)
            size = (file.stat().st_size - empty) / count
            with Store(f"sqlite:///{file}") as store:
                asked, wall, found = _ask(store, count)
                filing = _file(store, count)
        medians.append(statistics.median(asked))
        p95 = _p95(asked)
        yield (
            f"{count:9,} items: median {medians[-1]:4.0f} us, p95 {p95:4.0f} us (wall clock "
            f"{statistics.median(wall):.0f} and {_p95(wall):.0f}), copies found {found} of "
            f"{QUESTIONS // 2}; {size:.0f} bytes an item; {count / took:,.0f} items/s filed in bulk, "
            f"one of intake {filing:.0f} us"
        )
    yield f"p95 at {sizes[-1]:,} at most {PROMISED_P95:.0f} us: {_verdict(p95 <= PROMISED_P95)}"
    yield f"at most {PROMISED_BYTES} bytes an item: {_verdict(size <= PROMISED_BYTES)}"
    growth = medians[-1] / medians[0]
    yield f"median grows {growth:.2f}-fold, at most {PROMISED_GROWTH}: {_verdict(growth <= PROMISED_GROWTH)}"


def _filed(number: int, count: int) -> tuple[int, ...]:
    """What the item of this number, one of `count`, is filed under: always the same."""
    chance = random.Random(number)
    passages = [chance.randrange(count // _SHARE_A_PHRASE), *(chance.randrange(_CROSS) for _ in range(PASSAGES - 1))]
    return (*passages, *(_CROSS + chance.randrange(_CROSS) for _ in range(CROSS_KEYS)))


def _fill(file: Path, count: int) -> float:
    """File so many items, a transaction for many of them; the seconds it took."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        began = time.perf_counter()
        for start in range(0, count, _STORED_AT_ONCE):
            numbers = range(start + 1, min(start + _STORED_AT_ONCE, count) + 1)
            rows = sorted((one, number) for number in numbers for one in {*map(stored_hash, _filed(number, count))})
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO filed VALUES (?, ?)", rows)
            connection.execute("COMMIT")
        took = time.perf_counter() - began
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return took


def _ask(store: Store, count: int) -> tuple[list[float], list[float], int]:
    """Microseconds of each question, of CPU and of the wall clock, and how many of the copies were found."""
    chance = random.Random(1)
    numbers = [chance.randrange(1, count) for _ in range(QUESTIONS)]
    questions: list[tuple[int, tuple[int, ...]]] = []
    for place, number in enumerate(numbers):
        filed = _filed(number, count)
        # A copy that was shortened: half of its passages, none of the keys.
        copy = [one for one in filed if not is_cross_key(one)][: PASSAGES // 2]
        fresh = _filed(-number, count)
        questions.append((number, (*copy, *fresh[len(copy) :])) if place % 2 else (0, fresh))
    asked, wall = [float("inf")] * QUESTIONS, [float("inf")] * QUESTIONS
    answers: list[list[int]] = []
    for _ in range(5):
        answers = []
        for start in range(0, QUESTIONS, ASKED_AT_ONCE):
            some = questions[start : start + ASKED_AT_ONCE]
            timed = store.read_now(lambda unit, some=some: _timed(unit, some))  # type: ignore[misc]
            for place, (cpu, clock, answer) in enumerate(timed, start):
                asked[place], wall[place] = min(asked[place], cpu), min(wall[place], clock)
                answers.append(answer)
    found = sum(number in answer for (number, _), answer in zip(questions, answers, strict=True) if number)
    return asked, wall, found


def _timed(unit: Unit, questions: Sequence[tuple[int, tuple[int, ...]]]) -> list[tuple[float, float, list[int]]]:
    answers, item = [], _item()
    for _, hashes in questions:
        clock, cpu = time.perf_counter(), time.thread_time()
        answer = unit.stories._candidates.filed_alike(item, hashes)
        answers.append(((time.thread_time() - cpu) * 1e6, (time.perf_counter() - clock) * 1e6, answer))
    return answers


def _file(store: Store, count: int) -> float:
    """Microseconds for filing one more item among others of a transaction, signature included; the median of some."""

    def work(unit: Unit) -> list[float]:
        took = []
        for number in range(1, 101):
            signature = Signature(filed_under=_filed(-count - number, count))
            item = unit.items.add([_item(number)])[0].item.id
            began = time.perf_counter()
            unit.stories.file(item, signature, at=_NOW)
            took.append((time.perf_counter() - began) * 1e6)
        return took

    return statistics.median(store.write_now(work))


def _item(number: int = 0) -> Item:
    url = f"https://press.example/{number}"
    return Item(
        title="Asked", url=url, source="press", publisher="Press office", standing=Standing.OFFICIAL, language="en",
        seen_at=_NOW, keys=(ItemKey(kind=KeyKind.URL, scope="", key=url),), text_hash="", content_hash="",
    )  # fmt: skip


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _verdict(holds: bool) -> str:
    return "holds" if holds else "MISSED"
