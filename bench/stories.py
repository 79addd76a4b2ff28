"""How well items are grouped into stories, and how fast: from an empty store on, by the functions that intake calls.

Measured are made-up news with what becomes of them, serials on one form, labelled pairs and translated documents of the
data folder (skipped, saying so, without it), and MinHash beside them where datasketch is installed.
"""

from __future__ import annotations

import gc
import json
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.stories_peers import TakeIn, minhash
from bench.stories_samples import FORMS, StorySamples, Told
from news.item import Item
from news.story import Choice, Signature, choose_story, sign
from news.story.candidates import Candidates
from news.story.semantic import Embedder
from news.story.semantic_model import is_installed, load_embedder
from news.text.words import tokenise
from news.watch.indexed import IndexedItem, index_item
from ui.cli.steps.stories import item_given

_NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_SHARED = Path(__file__).resolve().parents[2] / "shared"
_STORIES, _VARIED, _SERIAL, _COLD = 600, 80, 60, 400
_RESAMPLED = 1_000


def run() -> Iterator[str]:
    """Measure; one line a measurement."""
    samples = StorySamples()
    yield from _flow(samples)
    yield from _cold(samples)
    yield from _quality("", None)
    if is_installed():
        yield from _quality("by meaning: ", load_embedder())
    else:
        yield "by meaning: skipped, the extra [semantic] is not installed"
    yield from _speed(samples)


def _flow(samples: StorySamples) -> Iterator[str]:
    """Everything in one stream: news, serials, then variations of both among them; by us and by others."""
    stories = samples.stories(_STORIES)
    serials = [samples.serial(form, language, _SERIAL) for form in FORMS for language in FORMS[form]]
    in_serials = [told for serial in serials for told in serial]
    firsts = sorted([*stories, *in_serials], key=lambda told: told.given["published"])
    chance = random.Random(5)
    sampled = [*chance.sample(stories, _VARIED), *chance.sample(in_serials, _VARIED)]
    varied = [one for told in sampled for one in samples.variations(told)]
    yield f"stream of {len(stories)} news, {len(in_serials)} items in {len(serials)} serials, {len(varied)} variations"
    yield from _grouped("presswatch", _ours(), firsts, varied)
    for threshold in (0.5, 0.7):
        name = f"MinHash of 128 at {threshold}"
        try:
            yield from _grouped(name, minhash(threshold), firsts, varied)
        except ImportError as error:
            yield f"{name}: skipped, {error}"


def _ours() -> TakeIn:
    candidates = Candidates()

    def take_in(given: Mapping[str, str]) -> tuple[int, bool]:
        story, choice = candidates.take_in(_indexed(given))
        return story, choice.relation.joins

    return take_in


def _grouped(name: str, take_in: TakeIn, firsts: Sequence[Told], varied: Sequence[Told]) -> Iterator[str]:
    """How many different items were put into one story, and how many variations into their own."""
    story_of: dict[str, int] = {}
    event_of: dict[int, str] = {}
    merged = Counter[str]()
    for told in firsts:
        story, joined = take_in(told.given)
        merged["serial" if told.form else "news"] += joined
        story_of[told.event] = story
        event_of.setdefault(story, told.event)
    serial = sum(bool(told.form) for told in firsts)
    pairs = Counter((told.form, story_of[told.event]) for told in firsts if told.form)
    of_form = Counter(told.form for told in firsts if told.form)
    found: defaultdict[str, list[bool]] = defaultdict(list)
    wrong = 0
    for told in varied:
        story, joined = take_in(told.given)
        found[f"{'serial' if told.form else 'news'} {told.made}"].append(story == story_of[told.event])
        wrong += joined and event_of.get(story) != told.event
    hits, asked = sum(map(sum, found.values())), sum(map(len, found.values()))
    precision, recall = hits / (hits + wrong + merged.total()), hits / asked
    yield (
        f"{name}: F1 {2 * precision * recall / (precision + recall):.4f}, precision {precision:.4f},"
        f" recall {recall:.4f};"
        f" of the serials {merged['serial'] / serial:.2%} of the items joined another event,"
        f" {sum(map(_pairs, pairs.values()))} of {sum(map(_pairs, of_form.values())):,} pairs merged"
    )
    yield "    found: " + ", ".join(f"{kind} {statistics.mean(hit):.1%}" for kind, hit in sorted(found.items()))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _cold(samples: StorySamples) -> Iterator[str]:
    """Pairs on one form in a store that is empty but for the first of the two."""
    tried = merged = 0
    wrong: list[str] = []
    for form, languages in FORMS.items():
        for language in languages:
            serial = [_indexed(told.given) for told in samples.serial(form, language, 60)]
            for one, other in random.Random(3).sample(list(combinations(serial, 2)), _COLD):
                tried += 1
                if _pair(one, other).relation.joins:
                    merged += 1
                    wrong.append(f"{form} {language}")
    yield (
        f"{tried:,} pairs on one form, each in an empty store: {merged} merged ({merged / tried:.2%})"
        f" {dict(Counter(wrong)) or ''}"
    )


def _pair(one: IndexedItem, other: IndexedItem) -> Choice:
    candidates = Candidates()
    candidates.take_in(one)
    return candidates.take_in(other)[1]


def _quality(name: str, embedder: Embedder | None) -> Iterator[str]:
    """What people labelled and translated, with vectors or without."""
    for measure in (_labelled_pairs, _documents):
        for line in measure(embedder):
            yield f"{name}{line}"


def _labelled_pairs(embedder: Embedder | None) -> Iterator[str]:
    """Labelled pairs, each in an empty store."""
    file = _SHARED / "eval" / "stories.jsonl"
    if not file.exists():
        yield "labelled pairs: skipped, the data folder is missing"
        return
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        choice = _pair(_indexed(row["a"], embedder), _indexed(row["b"], embedder))
        row["found"] = choice.relation.joins
    chance = random.Random(1)
    resampled = sorted(_f1(chance.choices(rows, k=len(rows))) for _ in range(_RESAMPLED))
    low, high = resampled[_RESAMPLED // 40], resampled[-_RESAMPLED // 40]
    yield (
        f"{len(rows)} labelled pairs: F1 {_f1(rows):.2f} (95 % of resamples: {low:.2f} to {high:.2f}), {_counts(rows)}"
    )


def _f1(rows: Sequence[Mapping[str, Any]]) -> float:
    both = sum(row["same"] and row["found"] for row in rows)
    either = sum(row["same"] for row in rows) + sum(row["found"] for row in rows)
    return 2 * both / either if either else 1.0


def _counts(rows: Sequence[Mapping[str, Any]]) -> str:
    right = sum(bool(row["same"] and row["found"]) for row in rows)
    return f"{right} of {sum(row['same'] for row in rows)} found, {sum(row['found'] for row in rows) - right} wrong"


def _documents(embedder: Embedder | None) -> Iterator[str]:
    """Translated documents as one stream of one day: no two stories in one group, and how many translations are"
    " found."""
    file = _SHARED / "corpora" / "text" / "ntrex_docs_shared.jsonl"
    if not file.exists():
        yield "translated documents: skipped, the data folder is missing"
        return
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [{**row, "published": "2026-03-02"} for row in rows if row["lang"] in {"en", "ru", "kk"}]
    random.Random(2).shuffle(rows)
    candidates = Candidates()
    groups: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[candidates.take_in(_indexed(row, embedder))[0]].append(row)
    of_groups = [sorted({row["story"] for row in group}) for group in groups.values()]
    mixed = [" + ".join(stories) for stories in of_groups if len(stories) > 1]
    told: Counter[tuple[str, str]] = Counter()
    for group in groups.values():
        for one, other in combinations(group, 2):
            if one["story"] == other["story"]:
                told[tuple(sorted((one["lang"], other["lang"])))] += 1  # type: ignore[index]
    stories = len({row["story"] for row in rows})
    recall = ", ".join(f"{'-'.join(pair)} {count / stories:.2f}" for pair, count in sorted(told.items()))
    yield (
        f"{len(rows)} documents, {stories} stories in three languages: {len(mixed)} groups hold two stories"
        f" {mixed or ''}; recall {recall}"
    )


def _speed(samples: StorySamples) -> Iterator[str]:
    indexed = [_indexed(told.given) for told in samples.stories(200)]
    signatures = [sign(one) for one in indexed]
    gc.collect()
    gc.freeze()
    texts = [field.words.text for one in indexed for field in one.fields]
    unit = _fastest(lambda: [tokenise(text).forms for text in texts])
    indexing = _fastest(lambda: [index_item(one.item) for one in indexed])
    signing = _fastest(lambda: [sign(one) for one in indexed])
    gc.unfreeze()
    count = len(indexed)
    words = sum(signature.words for signature in signatures) // count
    yield (
        f"{words} words an item: tokenising {unit / count * 1e6:.0f} us, indexing {indexing / count * 1e6:.0f} us,"
        f" signing"
        f" {signing / count * 1e6:.0f} us = {signing / unit:.2f} x tokenising, {signing / indexing:.2f} x indexing"
    )
    packed = [signature.pack() for signature in signatures]
    filed = statistics.mean(len(signature.filed_under) for signature in signatures)
    unpacking = _fastest(lambda: [Signature.unpack(one) for one in packed])
    yield (
        f"a signature: {statistics.mean(map(len, packed)):.0f} bytes, filed under {filed:.1f} integers; unpacking"
        f" {unpacking / count * 1e6:.0f} us"
    )
    yield from _decisions(samples)


def _decisions(samples: StorySamples) -> Iterator[str]:
    """Decisions in a store of news, and those of one serial, which have the most lookalikes."""
    candidates = Candidates()
    news = [*samples.stories(400), *(one for told in samples.stories(50) for one in samples.variations(told))]
    serial = samples.serial("ambassador", "en", 250)
    for name, listed, before in (("news", news, 200), ("one serial", serial, 100)):
        took = []
        for told in listed:
            indexed = _indexed(told.given)
            signature = sign(indexed)
            lookalikes = candidates.lookalikes(indexed.item, signature)
            # As from a database: nothing worked out before.
            lookalikes = [replace(one, signature=replace(one.signature)) for one in lookalikes if one.signature]
            started = time.process_time()
            choice = choose_story(indexed.item, lookalikes, signature=signature, frequencies=candidates.frequencies)
            took.append((time.process_time() - started, len(lookalikes)))
            candidates.keep(indexed.item, signature, choice)
        took = sorted(took[before:])
        yield (
            f"a decision in {name}, {statistics.mean(count for _, count in took):.0f} lookalikes: median"
            f" {took[len(took) // 2][0] * 1e3:.2f} ms, p95 {took[len(took) * 95 // 100][0] * 1e3:.2f} ms"
        )


def _fastest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def _indexed(given: Mapping[str, str], embedder: Embedder | None = None) -> IndexedItem:
    return index_item(_item(given, embedder))


def _item(given: Mapping[str, str], embedder: Embedder | None = None) -> Item:
    return item_given({"id": hash(given["title"] + given["text"]), **given}, now=_NOW, embedder=embedder)


def main() -> None:
    """Print the rows."""
    print("\n".join(run()))


if __name__ == "__main__":
    main()
