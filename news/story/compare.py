"""Two items side by side: how much of each text stands in the other, and which names and figures only one of them has.

All shares are 0 to 1. What many stored items have in common weighs little in the weighted ones (`Weights`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from news.story.entities import CONCEPT, FIGURE, MAYBE, NAME, Entity, keys, rank, weight
from news.story.frequencies import BUCKETS, Frequencies
from news.story.signature import Signature

_ALIKE, _MOST_MISSPELT = 75.0, 3
_FEWEST_SHARED, _LEAST_OF_NAMED = 2, 0.15
_LEAST_TOLD = {NAME: 0.0, FIGURE: 0.3, CONCEPT: 0.5}
_LEAST_SHARE = 0.05
# Every item is counted in some sixty of the buckets, so this share of all items meets in a bucket by chance.
_BY_CHANCE = 60 / BUCKETS
_FEWEST_DOCUMENTS = 300


class Weights:
    """How much a passage or entity says, 0.05..1, by the share of all items that hold it; all 1 without frequencies."""

    def __init__(self, frequencies: Frequencies | None, signatures: Iterable[Signature]) -> None:
        self._of: dict[int, float] = {}
        self._totals: dict[int, float] = {}
        if frequencies is None or frequencies.documents < _FEWEST_DOCUMENTS:
            return
        asked = set[int]().union(*(signature.buckets for signature in signatures))
        asked.update([rank(one.kind, one.text) for signature in signatures for one in signature.entities])
        listed = sorted(asked)
        documents = frequencies.documents
        counts = frequencies.counts(listed)
        rarities = {count: _rarity(count, documents) for count in set(counts)}
        self._of = {number: rarities[count] for number, count in zip(listed, counts, strict=True)}

    def passages(self, hashes: Set[int]) -> float:
        """The sum over passages."""
        of = self._of
        return sum([of.get(one % BUCKETS, 1.0) for one in hashes]) if of else float(len(hashes))

    def total(self, signature: Signature) -> float:
        """The sum over all entities of an item."""
        found = self._totals.get(id(signature))
        if found is None:
            found = self._totals[id(signature)] = sum([self.entity(one) for one in signature.entities])
        return found

    def entity(self, one: Entity) -> float:
        """The weight of an entity in this set of items."""
        plain = weight(one.kind, one.text)
        return plain * self._of.get(rank(one.kind, one.text), 1.0) ** 0.5 if self._of else plain


def _rarity(count: int, documents: int) -> float:
    share = max(0.0, count / documents - _BY_CHANCE)
    # 1 up to one item in a thousand, falling to the least at one in five.
    rarity = 1.0 if share <= 0.001 else 1.0 - math.log(share / 0.001) / math.log(200)
    return float(max(_LEAST_SHARE, rarity) ** 2)


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """The passages of two texts, in the reach of both samples. of_new, of_old: how much of each is shared."""

    mine: Set[int]
    theirs: Set[int]
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
    mine = new.passage_set if new.reach <= reach else frozenset([one for one in new.passages if one < reach])
    theirs = old.passage_set if old.reach <= reach else frozenset([one for one in old.passages if one < reach])
    return Overlap(mine=mine, theirs=theirs, shared=mine & theirs)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What two items name. shared: pairs that are one; only_new, only_old: the rest of each."""

    shared: tuple[tuple[Entity, Entity], ...]
    only_new: tuple[Entity, ...]
    only_old: tuple[Entity, ...]


class Named:
    """What a new item names, made ready to be compared with many others."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._holders: dict[str, int] = {}
        for at, entity in reversed(list(enumerate(signature.entities))):
            for key in keys(entity.kind, entity.text):
                self._holders[key] = at
        self._keys = frozenset(self._holders)
        self._ranks = frozenset([rank(one.kind, one.text) for one in signature.entities])

    def may_share(self, old: Signature) -> bool:
        """Whether the other seems to name some of the same things: cheap, and right for most spellings of a name."""
        shared = len(self._ranks.intersection([rank(one.kind, one.text) for one in old.entities]))
        return shared >= max(_FEWEST_SHARED, _LEAST_OF_NAMED * min(len(self._ranks), len(old.entities)))

    def difference(self, old: Signature) -> Difference:
        """Match entities: two that share a key are one; what the other may only have left out is no difference."""
        mine = self._signature.entities
        known, holders = self._keys, self._holders
        shared, only_old, met = [], [], set()
        for entity in old.entities:
            asked = keys(entity.kind, entity.text)
            if known.isdisjoint(asked):
                only_old.append(entity)
            else:
                at = min([holders[key] for key in asked if key in holders])
                met.add(at)
                shared.append((mine[at], entity))
        if len(met) < len(mine):
            # A name may answer to several of the other's: each that shares a key with one of them is met.
            theirs = frozenset().union(*(keys(other.kind, other.text) for _, other in shared))
            only_new = [one for at, one in enumerate(mine) if at not in met and theirs.isdisjoint(keys(one[0], one[1]))]
        else:
            only_new = []
        if old.cut_kinds:
            only_new = _within_reach(only_new, old)
        if self._signature.cut_kinds:
            only_old = _within_reach(only_old, self._signature)
        return Difference(shared=tuple(shared), only_new=tuple(only_new), only_old=tuple(only_old))


def _within_reach(only: list[Entity], other: Signature) -> list[Entity]:
    """Those that the other would hold if it named them, whose kept entities of a kind end at some rank."""
    ends = other.ends
    return [one for one in only if one.kind not in ends or rank(one.kind, one.text) < ends[one.kind]]


def telling(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Of some entities those whose difference means another event: names for sure, figures, places and bodies.

    Years and what every item of a press office names are left out.
    """
    return tuple([one for one in entities if weight(one.kind, one.text) >= _LEAST_TOLD.get(one.kind, math.inf)])


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
