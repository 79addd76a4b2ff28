"""Conditions that must hold for any match of a watch, in features alone: what it is looked up by and sieved with.

A clause is a set of features of which a matching item has at least one. Clauses only save work; the watch's own
condition decides, except where they say all of it (`Clauses.exact`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from news.watch.conditions import (
    Absent,
    AllOf,
    AnyOf,
    Condition,
    DatedTest,
    LabelTest,
    NameTest,
    NearTest,
    Proof,
    RegexTest,
    ScoreTest,
    TermTest,
    Weight,
)

Clause = frozenset[int]
Cost = Callable[[Iterable[int]], float]

# By how much a sum of weights may fall short of a score: 0.7 and 0.1 are 0.8, also in binary.
TOLERANCE = 1e-9

# Of a phrase among alternatives the two or three rarest words say nearly all.
_MOST_OF_ANY = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Clauses:
    """What an item must have: one of `anchor`, one of each of `guards`, none of `absent`.

    anchor: the condition that the fewest items are expected to meet. exact: an item that meets all three is a match.
    """

    anchor: Clause
    guards: tuple[Clause, ...]
    absent: Clause
    exact: bool


def clauses_of(condition: Condition, *, cost: Cost, unguarded: Set[int]) -> Clauses:
    """The clauses of a condition that something found must make true.

    cost: how many items are expected to have one of some features. unguarded: features that are dear to establish and
    only known of an item where a watch is anchored on them.
    """
    found = sorted(set(_clauses(condition, cost)), key=lambda clause: (cost(clause), sorted(clause)))
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    denied = [part.part for part in parts if isinstance(part, Absent)]
    absent = frozenset(feature for part in denied if (feature := _feature(part)) is not None)
    return Clauses(
        anchor=found[0],
        guards=tuple(clause for clause in found[1:] if clause.isdisjoint(unguarded)),
        absent=absent,
        exact=all(_is_said(part) for part in parts),
    )


def _feature(part: Condition) -> int | None:
    """The one feature that says all of `part`, if there is one."""
    match part:
        case TermTest(needed=(feature,), proof=Proof.WORD) | LabelTest(needed=(feature,)):
            return feature
        case _:
            return None


def _is_said(part: Condition) -> bool:
    """Whether a clause or an absent feature says all of `part`."""
    match part:
        case AnyOf(parts=parts):
            return all(_feature(one) is not None for one in parts)
        case Absent(part=absent):
            return _feature(absent) is not None
        case _:
            return _feature(part) is not None


def _clauses(condition: Condition, cost: Cost) -> list[Clause]:
    """Clauses that hold whenever `condition` does; none for an absence."""
    match condition:
        case NearTest(sides=sides):
            return [clause for side in sides for clause in _of_any([_clauses(leaf, cost) for leaf in side], cost)]
        case ScoreTest():
            return [_score_clause(condition, cost)]
        case AllOf(parts=parts):
            return [clause for part in parts for clause in _clauses(part, cost)]
        case AnyOf(parts=parts):
            of_parts = [_clauses(part, cost) for part in parts]
            return _of_any(of_parts, cost) if all(of_parts) else []
        case Absent():
            return []
        case RegexTest(feature=feature):
            return [frozenset((feature,))]
        case TermTest() | NameTest() | LabelTest() | DatedTest():
            return [frozenset((feature,)) for feature in condition.needed]


def _score_clause(score: ScoreTest, cost: Cost) -> Clause:
    """The cheapest terms of which one must be found: all the others together do not reach the score."""
    gains = [(_any_leaf(weight, cost), weight.weight) for weight in score.weights if weight.weight > 0]
    gains.sort(key=lambda gain: cost(gain[0]), reverse=True)
    spared = 0.0
    needed: set[int] = set()
    for clause, weight in gains:
        if spared + weight < score.at_least - TOLERANCE:
            spared += weight
        else:
            needed |= clause
    return frozenset(needed)


def _any_leaf(weight: Weight, cost: Cost) -> Clause:
    return _of_any([_clauses(leaf, cost) for leaf in weight.leaves], cost)[0]


def _of_any(of_parts: list[list[Clause]], cost: Cost) -> list[Clause]:
    """Clauses of which one part makes all true: the rarest clause of each part, the next rarest of each, and so on.

    Of "a b" OR "c d" an item must have a or c, and b or d: without the second most candidates have only the rare word.
    """
    most = min(_MOST_OF_ANY, max(map(len, of_parts)))
    if most > 1:
        of_parts = [sorted(clauses, key=cost) for clauses in of_parts]
    return [frozenset().union(*(part[min(at, len(part) - 1)] for part in of_parts)) for at in range(most)]
