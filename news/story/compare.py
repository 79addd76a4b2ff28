"""Two items side by side: how much of each text stands in the other, and which names and figures only one of them has.

All shares are 0 to 1. What many stored items have in common weighs little in the weighted ones (`Weights`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count
from operator import mul, not_

from rapidfuzz.fuzz import ratio

from news.story.entities import CONCEPT, FIGURE, MAYBE, NAME, Entity, rank_of, weight_of
from news.story.frequencies import BUCKETS, Frequencies, passage_bucket
from news.story.signature import Signature

_ALIKE, _MOST_MISSPELT = 75.0, 3
_FEWEST_SHARED, _LEAST_BY_RANK = 2, 0.22
_LEAST_TOLD = {NAME: 0.0, FIGURE: 0.3, CONCEPT: 0.5}
_LEAST_SHARE = 0.05
# Every item is counted in some sixty of the buckets, so this share of all items meets in a bucket by chance.
_BY_CHANCE = 60 / BUCKETS
_FEWEST_DOCUMENTS = 300


class Weights:
    """How much a passage or entity says, 0.05..1, by the share of all items that hold it; all 1 without frequencies."""

    def __init__(self, frequencies: Frequencies | None, signatures: Iterable[Signature]) -> None:
        self._frequencies: Frequencies | None = None
        self._of: dict[int, float] = {}
        self._totals: dict[int, float] = {}
        if frequencies is None or frequencies.documents < _FEWEST_DOCUMENTS:
            return
        self._frequencies, self._rarities = frequencies, _Rarities(frequencies.documents)
        listed = list(set[int]().union(*(signature.ranks for signature in signatures)))
        rarities = map(self._rarities.__getitem__, frequencies.counts(listed))
        self._of = {number: rarity**0.5 for number, rarity in zip(listed, rarities, strict=True)}

    def passages(self, hashes: Collection[int]) -> float:
        """The sum over passages."""
        if self._frequencies is None:
            return float(len(hashes))
        counts = self._frequencies.counts(list(map(passage_bucket, hashes)))
        return sum(map(self._rarities.__getitem__, counts))

    def total(self, signature: Signature) -> float:
        """The sum over all entities of an item."""
        found = self._totals.get(id(signature))
        if found is None:
            of = self._of
            plain = signature.weights
            found = sum(map(mul, plain, map(of.__getitem__, signature.ranks)) if of else plain)
            self._totals[id(signature)] = found
        return found

    def entity(self, one: Entity) -> float:
        """The weight of an entity in this set of items."""
        plain = weight_of(one)
        return plain * self._of[rank_of(one)] if self._of else plain


class _Rarities(dict[int, float]):
    """Count of a bucket -> how rare what it counts is, among so many documents."""

    def __init__(self, documents: int) -> None:
        super().__init__()
        self._documents = documents

    def __missing__(self, count: int) -> float:
        found = self[count] = _rarity(count, self._documents)
        return found


def _rarity(count: int, documents: int) -> float:
    share = max(0.0, count / documents - _BY_CHANCE)
    # 1 up to one item in a thousand, falling to the least at one in five.
    rarity = 1.0 if share <= 0.001 else 1.0 - math.log(share / 0.001) / math.log(200)
    return float(max(_LEAST_SHARE, rarity) ** 2)


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """The passages of two texts, in the reach of both samples. of_new, of_old: how much of each is shared."""

    mine: Sequence[int]
    theirs: Sequence[int]
    shared: Set[int]

    @property
    def of_new(self) -> float:
        return len(self.shared) / (len(self.mine) or 1)

    @property
    def of_old(self) -> float:
        return len(self.shared) / (len(self.theirs) or 1)

    @property
    def sampled(self) -> int:
        """How many passages could be compared."""
        return min(len(self.mine), len(self.theirs))

    def weighed(self, weights: Weights) -> tuple[float, float]:
        """The shares of both, what many items hold counting little."""
        rare = weights.passages(self.shared)
        return rare / (weights.passages(self.mine) or 1.0), rare / (weights.passages(self.theirs) or 1.0)


def overlap(new: Signature, old: Signature) -> Overlap:
    """Compare the passages of two texts."""
    reach = min(new.reach, old.reach)
    mine, theirs = (one.passages[: bisect_left(one.passages, reach)] for one in (new, old))
    return Overlap(mine=mine, theirs=theirs, shared=new.passage_set.intersection(old.passages))


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What two items name. shared: pairs that are one; only_new, only_old: the rest of each, worked out when asked."""

    new: Signature
    old: Signature
    shared: tuple[tuple[Entity, Entity], ...]
    met: Set[int]
    rest: tuple[int, ...]

    @cached_property
    def only_new(self) -> tuple[Entity, ...]:
        """What the new one names alone; what the other may only have left out is not among it."""
        if len(self.met) == len(self.new.entities):
            return ()
        # A name may answer to several of the other's: each that shares a key with one of them is met.
        rest = set(self.rest)
        theirs = frozenset().union(*(one for at, one in enumerate(self.old.keys) if at not in rest))
        unmet = [at for at, one in enumerate(self.new.keys) if at not in self.met and theirs.isdisjoint(one)]
        return _within_reach(self.new, unmet, self.old)

    @cached_property
    def only_old(self) -> tuple[Entity, ...]:
        """What the old one names alone."""
        return _within_reach(self.old, self.rest, self.new)


class Named:
    """What a new item names, made ready to be compared with many others."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._holders: dict[str, int] = {}
        for at, keys in reversed(list(enumerate(signature.keys))):
            for key in keys:
                self._holders[key] = at
        self._keys = frozenset(self._holders)
        self._of_ranks = dict(zip(signature.ranks, signature.weights, strict=True))
        self._ranks = frozenset(self._of_ranks)
        self._total = sum(signature.weights)

    def may_share(self, old: Signature) -> bool:
        """Whether the other seems to name some of the same things: cheap, and right for most spellings of a name.

        What is meant as one by its keys has nearly always one rank too. Of 158 pairs that were joined by what they name
        (translated documents and labelled pairs) the least shared .43 by ranks, of those that were not nine in ten
        below .37: half of the former leaves room.
        """
        shared = self._ranks.intersection(old.ranks)
        if len(shared) < _FEWEST_SHARED:
            return False
        theirs = sum(old.weights)
        named = 0.7 * min(self._total, theirs) + 0.3 * max(self._total, theirs)
        return sum(map(self._of_ranks.__getitem__, shared)) >= _LEAST_BY_RANK * named

    def difference(self, old: Signature) -> Difference:
        """Match entities: two that share a key are one; what the other may only have left out is no difference."""
        mine, theirs = self._signature.entities, old.entities
        known, holders = self._keys, self._holders
        shared, met = [], set()
        apart = list(map(known.isdisjoint, old.keys))
        for at in compress(count(), map(not_, apart)):
            first = min([holders[key] for key in old.keys[at] if key in holders])
            met.add(first)
            shared.append((mine[first], theirs[at]))
        rest = tuple(compress(count(), apart))
        return Difference(new=self._signature, old=old, shared=tuple(shared), met=met, rest=rest)


def _within_reach(one: Signature, places: Sequence[int], other: Signature) -> tuple[Entity, ...]:
    """Of the entities at some places those that the other would hold if it named them: it may have been cut."""
    entities, ranks, ends = one.entities, one.ranks, other.ends
    if not ends:
        return tuple([entities[at] for at in places])
    return tuple([entities[at] for at in places if ranks[at] < ends.get(entities[at].kind, BUCKETS)])


def telling(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Of some entities those whose difference means another event: names for sure, figures, places and bodies.

    Years and what every item of a press office names are left out.
    """
    return tuple([one for one in entities if weight_of(one) >= _LEAST_TOLD.get(one.kind, math.inf)])


def unlike(only_new: Sequence[Entity], only_old: Sequence[Entity]) -> tuple[Sequence[Entity], Sequence[Entity]]:
    """Both sides without what is another spelling of a name on the other side: Kaha and Kakha."""
    if max(len(only_new), len(only_old)) > _MOST_MISSPELT:
        return only_new, only_old
    return _without_alike(only_new, only_old), _without_alike(only_old, only_new)


def _without_alike(ones: Sequence[Entity], others: Sequence[Entity]) -> tuple[Entity, ...]:
    names = [other.text.lower() for other in others if other.kind in {NAME, MAYBE}]
    return tuple(
        one for one in ones if one.kind != NAME or not any(ratio(one.text.lower(), name) >= _ALIKE for name in names)
    )


def title_likeness(new: Signature, old: Signature) -> float:
    """The share of the shorter title's words that stand in the other, both without the words of every text."""
    mine, theirs = set(new.title), set(old.title)
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0
