"""Lookalikes and frequencies in memory, found by the rule that the database keeps: for trying stories and measuring."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from news.item import Item
from news.story.choose import MOST_HOLDERS, WINDOW, choose_story, day_told
from news.story.frequencies import BUCKETS, seeded
from news.story.relation import Choice, Lookalike, Relation
from news.story.semantic import Vector, unpack
from news.story.semantic_means import Means
from news.story.semantic_recent import Recent
from news.story.signature import Signature, day_of, is_cross_key, sign
from news.watch.indexed import IndexedItem

MOST_LOOKALIKES = 50
FEWEST_PASSAGES = 3
"""Two items that share fewer sampled passages, and no cross-language key, are no lookalikes."""

_MOST_EXACT = 5
_REDUNDANT = 0.9


class CountedFrequencies:
    """Document frequencies in memory, from the shipped start on."""

    def __init__(self) -> None:
        self.documents, start = seeded()
        self._counts = [0] * BUCKETS
        for bucket, count in start.items():
            self._counts[bucket] = count

    def counts(self, buckets: Sequence[int]) -> Sequence[int]:
        """In how many items each of `buckets` stood, in their order."""
        return [self._counts[bucket] for bucket in buckets]

    def count(self, signature: Signature) -> None:
        """Count one more item."""
        self.documents += 1
        for bucket in signature.counted:
            self._counts[bucket] += 1


class Candidates:
    """Items in order of arrival, each given its story as it comes."""

    def __init__(self) -> None:
        self.frequencies = CountedFrequencies()
        self._items: list[Lookalike] = []
        self._filed: defaultdict[int, list[int]] = defaultdict(list)
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._means, self._recent = Means(), Recent()

    def take_in(self, indexed: IndexedItem) -> tuple[int, Choice]:
        """Choose the story of one more item and keep it; gives the number of its story, counted from 1."""
        signature = sign(indexed)
        item = indexed.item
        choice = choose_story(item, self.lookalikes(item, signature), signature=signature, frequencies=self.frequencies)
        return self.keep(item, signature, choice), choice

    def keep(self, item: Item, signature: Signature, choice: Choice) -> int:
        """Keep an item under the story chosen for it."""
        at = len(self._items)
        story = at + 1 if choice.story is None else choice.story
        self._items.append(
            Lookalike(
                item=at + 1,
                story=story,
                language=item.language,
                text_hash=item.text_hash,
                story_keys=item.story_keys,
                source=item.source,
                publisher=item.publisher,
                url=item.url,
                published=item.published,
                seen_at=item.seen_at,
                signature=signature,
            )
        )
        for key in _exact_keys(item):
            self._exact[key].append(at)
        if not _is_redundant(choice):
            for filed in signature.filed_under:
                self._filed[filed].append(at)
        self.frequencies.count(signature)
        vector = unpack(item.meaning)
        if vector is not None:
            self._means.add(item.language, vector)
            centred = self._means.centred(item.language, vector)
            if centred is not None:
                self._recent.add(at + 1, centred, language=item.language, day=day_of(item).toordinal())
        return story

    def lookalikes(self, item: Item, signature: Signature) -> list[Lookalike]:
        """Kept items that share an exact key, a cross-language key or some passages: the fifty likest."""
        held = [self._exact.get(key, []) for key in _exact_keys(item)]
        exact = [at for ids in held for at in (*ids[:_MOST_EXACT], *ids[-_MOST_EXACT:])]
        shared: Counter[int] = Counter()
        for filed in signature.filed_under:
            holders = self._filed.get(filed, ())
            if len(holders) <= MOST_HOLDERS:
                shared.update(dict.fromkeys(holders, FEWEST_PASSAGES if is_cross_key(filed) else 1))
        # The earliest of equals first, so that a story is found by its first item.
        enough = sorted(
            (at for at, count in shared.items() if count >= FEWEST_PASSAGES), key=lambda at: (-shared[at], at)
        )
        found = [self._items[at] for at in dict.fromkeys((*exact, *enough))]
        today = day_of(item)
        alike = [one for one in found if abs(today - day_told(one, today)) <= WINDOW][:MOST_LOOKALIKES]
        vector = unpack(item.meaning)
        centred = None if vector is None else self._means.centred(item.language, vector)
        return alike if centred is None else self._with_nearest(item, alike, centred)

    def _with_nearest(self, item: Item, alike: Sequence[Lookalike], vector: Vector) -> list[Lookalike]:
        """Those that are alike otherwise with how close they are in meaning, and those nearest in other languages."""
        near = self._recent.closest(vector, language=item.language, day=day_of(item).toordinal())
        known = {one.item for one in alike}
        found = [*alike, *(self._items[at - 1] for at in sorted(near) if at not in known)]
        return [
            replace(one, closeness=self._recent.closeness(one.item, vector)) if one.language != item.language else one
            for one in found
        ]


def _exact_keys(item: Item) -> Iterator[str]:
    yield from item.story_keys
    if item.text_hash:
        yield f"text {item.text_hash}"
    if item.url:
        yield f"url {item.url}"


def _is_redundant(choice: Choice) -> bool:
    """Whether an item says what one that is filed says: then that one is enough to find the story by."""
    evidence = choice.evidence
    if choice.relation is not Relation.SAME or evidence is None or evidence.of_new is None or evidence.of_old is None:
        return False
    return min(evidence.of_new, evidence.of_old) >= _REDUNDANT
