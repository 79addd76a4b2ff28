"""What watches cost an item: the matcher and its peers on the same items and watches, in one process.

The unit is the text in lower case, cut into words, each looked up in a memory of words: what any matcher of words pays.
Rounds are interleaved, ratios are taken inside a round; medians; CPU time. Only the ratios carry over to other
machines.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import psutil

from bench.matching_peers import PEERS, Finder, item_keys
from bench.matching_samples import Sample, Samples
from news.text.words import WORD
from news.watch.compiler import Compiled, check_watch
from news.watch.evaluate import holds
from news.watch.matcher import IndexedItem, Matcher, index_item
from news.watch.view import View

_ITEMS, _ROUNDS, _COUNTS = 60, 3, (1_000, 100_000)
_NEWCOMERS = 300


def run() -> Iterator[str]:
    """Measure 1,000 and 100,000 watches; one line a measurement."""
    samples = Samples()
    items = samples.items(_ITEMS)
    listed = samples.watches(_COUNTS[-1] + 2 * _NEWCOMERS)
    characters = sum(len(item.text) for item in items) // len(items)
    kind = "real sentences" if samples.real else "made-up sentences: the data folder is missing"
    yield f"{_ITEMS} items of {characters:,} characters, {kind}; unit: lower case + memoised words"
    memory = {word: word for item in items for word in WORD.findall(item.text.lower())}

    def unit() -> None:
        for item in items:
            [memory.get(word) for word in WORD.findall(item.text.lower())]

    yield f"index (normalise, tokenise): {_milliseconds(lambda: [index_item(item) for item in items])}"
    indexed = [index_item(item) for item in items]
    for count in _COUNTS:
        before, started = _memory(), time.process_time()
        matcher = Matcher((sample.watch for sample in listed[:count]), frequencies=samples.frequencies)
        assert not matcher.broken
        found = sum(len(matcher.matching(one)) for one in indexed)
        built = time.process_time() - started
        gc.collect()
        yield (
            f"{count:,} watches: {found / len(indexed):.1f} matches an item, "
            f"{built / count * 1e3:.2f} ms a watch to build, {_memory() - before:.0f} MiB"
        )
        yield from _compared(samples, matcher, listed[:count], indexed, unit)
    yield from _changes(samples, matcher, listed[_COUNTS[-1] :])


def _compared(
    samples: Samples,
    matcher: Matcher,
    listed: Sequence[Sample],
    indexed: Sequence[IndexedItem],
    unit: Callable[[], None],
) -> Iterator[str]:
    expected = [[watch.id for watch in matcher.matching(one)] for one in indexed]
    engines: dict[str, Callable[[], list[list[int]]]] = {
        "which watches (matching)": lambda: [[watch.id for watch in matcher.matching(one)] for one in indexed],
        "and where (matches)": lambda: [[match.watch for match in matcher.matches(one)] for one in indexed],
    }
    compiled = {sample.watch.id: matcher.compile(check_watch(sample.watch.query)) for sample in listed}
    for name, make in PEERS.items():
        try:
            prepare, find = make(listed, samples.frequencies)
        except ImportError as error:
            yield f"    {name}: skipped, {error}"
            continue
        engines[name] = _peer(matcher, compiled, indexed, [prepare(item_keys(one)) for one in indexed], find)
    gc.collect()
    gc.freeze()
    units: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(_ROUNDS):
        units.append(_seconds(unit))
        for name, engine in engines.items():
            times[name].append(_seconds(engine))
    gc.unfreeze()
    yield f"    unit: {statistics.median(units) / len(indexed) * 1e3:.3f} ms an item"
    ours = times["which watches (matching)"]
    for name, engine in engines.items():
        in_units = statistics.median(took / base for took, base in zip(times[name], units, strict=True))
        to_ours = statistics.median(took / own for took, own in zip(times[name], ours, strict=True))
        differing = sum(set(one) != set(other) for one, other in zip(engine(), expected, strict=True))
        yield f"    {name}: {in_units:.2f} units, {to_ours:.2f} x ours, {differing} items told otherwise"


def _peer(
    matcher: Matcher,
    watches: Mapping[int, Compiled],
    indexed: Sequence[IndexedItem],
    prepared: Sequence[object],
    find: Finder,
) -> Callable[[], list[list[int]]]:
    """A peer's candidates, decided by the matcher's own conditions on features established outside the clock."""
    vocabulary = matcher._vocabulary
    features = [vocabulary.features(one.spellings, one.labels) for one in indexed]

    def decided(at: int) -> Iterator[int]:
        present = features[at]
        view = View(indexed[at], vocabulary, present)
        for number in find(prepared[at]):
            clauses = watches[number].clauses
            if not clauses.absent.isdisjoint(present) or any(guard.isdisjoint(present) for guard in clauses.guards):
                continue
            if clauses.anchor.isdisjoint(present):
                continue
            if clauses.exact or holds(watches[number].condition, view):
                yield number

    return lambda: [list(decided(at)) for at in range(len(indexed))]


def _changes(samples: Samples, matcher: Matcher, newcomers: Sequence[Sample]) -> Iterator[str]:
    """What one more watch costs while the matcher runs."""
    gc.collect()
    gc.freeze()
    compiled = [(sample.watch, matcher.compile(check_watch(sample.watch.query))) for sample in newcomers[:_NEWCOMERS]]
    registering = sorted(_seconds(partial(matcher.register, *one)) for one in compiled)
    indexed = index_item(samples.items(1)[0])
    patched = _seconds(lambda: matcher.matching(indexed))
    adding = sorted(_seconds(partial(matcher.add, sample.watch)) for sample in newcomers[_NEWCOMERS:])
    gc.unfreeze()
    for name, took in (("registering a compiled watch", registering), ("adding one, parsed and expanded", adding)):
        yield f"{name} to {_COUNTS[-1]:,}: median {took[len(took) // 2] * 1e3:.3f} ms, worst {took[-1] * 1e3:.2f} ms"
    yield f"the first item after {_NEWCOMERS} new watches: {patched * 1e3:.1f} ms, memory of spellings patched"


def _milliseconds(work: Callable[[], Sequence[object]]) -> str:
    took = sorted(_seconds(work) for _ in range(_ROUNDS))
    return f"{took[_ROUNDS // 2] / len(work()) * 1e3:.3f} ms an item"


def _memory() -> float:
    return psutil.Process().memory_info().rss / 2**20


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print the rows."""
    print("\n".join(run()))


if __name__ == "__main__":
    main()
