"""Whether a compiled watch holds for one item, and at which words: exact, and linear in the length of the item."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from news.watch.clauses import TOLERANCE
from news.watch.conditions import Absent, AllOf, AnyOf, Condition, NearTest, ScoreTest
from news.watch.view import Occurrence, View


def evaluate(condition: Condition, view: View) -> Sequence[Occurrence] | None:
    """What was found where `condition` holds, else None; an absence holds with nothing to show."""
    match condition:
        case AllOf(parts=parts):
            everything: list[Occurrence] = []
            known = view.found
            for part in parts:
                found = (
                    _any_of(part.parts, view) if isinstance(part, AnyOf) else known.get(part) or evaluate(part, view)
                )
                if found is None:
                    return None
                everything += found
            return everything
        case AnyOf(parts=parts):
            return _any_of(parts, view)
        case NearTest():
            return _neighbours(condition, view) or None
        case ScoreTest():
            return _score(condition, view)
        case Absent(part=absent):
            return None if evaluate(absent, view) else ()
        case _:
            return view.occurrences(condition) or None


def holds(condition: Condition, view: View) -> bool:
    """Whether `evaluate` gives anything but None: places are worked out only where they decide."""
    match condition:
        case AllOf(parts=parts):
            return all(holds(part, view) for part in parts)
        case AnyOf(parts=parts):
            features = view.features
            for part in parts:
                needed = part.needed
                if not (needed and needed[0] not in features) and holds(part, view):
                    return True
            return False
        case NearTest():
            return bool(_neighbours(condition, view))
        case ScoreTest():
            found = [weight.weight for weight in condition.weights if any(map(view.has, weight.leaves))]
            return _is_reached(condition, found)
        case Absent(part=absent):
            return not holds(absent, view)
        case _:
            return view.has(condition)


def _any_of(parts: Sequence[Condition], view: View) -> Sequence[Occurrence] | None:
    """What the parts that hold have found; most of many alternatives fall at the first look."""
    features, known = view.features, view.found
    everything: list[Occurrence] = []
    holds = False
    for part in parts:
        needed = part.needed
        if needed and needed[0] not in features:
            continue
        # Most leaves were found for another watch before: no call for those.
        found = known.get(part) or evaluate(part, view)
        if found is not None:
            everything += found
            holds = True
    return everything if holds else None


def _score(score: ScoreTest, view: View) -> list[Occurrence] | None:
    """The terms found, if their weights reach the score; one that takes away counts and is not shown."""
    found = [
        (weight, places)
        for weight in score.weights
        if (places := [one for leaf in weight.leaves for one in view.occurrences(leaf)])
    ]
    if not _is_reached(score, [weight.weight for weight, _ in found]):
        return None
    shown = [one for weight, places in found if weight.weight > 0 for one in places]
    return shown + [Occurrence(-1, 0, 0, weight.term) for weight, _ in found if weight.weight <= 0]


def _is_reached(score: ScoreTest, weights: Sequence[float]) -> bool:
    return math.fsum(weights) >= score.at_least - TOLERANCE


def _neighbours(test: NearTest, view: View) -> list[Occurrence]:
    """The occurrences that take part in a whole chain of neighbours, which lies in one field."""
    # Most candidates have the rare word of one alternative and the common word of another: no places for those.
    if not view.features.issuperset(test.needed):
        return []
    sides = [[one for leaf in side for one in view.occurrences(leaf)] for side in test.sides]
    if not all(sides):
        return []
    fields = set.intersection(*({one.field for one in side} for side in sides))
    return [
        one
        for at in sorted(fields)
        for one in _chained(test, [sorted(one for one in side if one.field == at) for side in sides])
    ]


def _chained(test: NearTest, sides: list[list[Occurrence]]) -> list[Occurrence]:
    links = list(zip(test.distances, test.ordered, strict=True))
    for index, (distance, ordered) in enumerate(links):
        before, after = sides[index], sides[index + 1]
        sides[index + 1] = _close(after, before, distance, before_counts=True, after_counts=not ordered)
    # What has a chain to its left must also have one to its right.
    for index, (distance, ordered) in reversed(list(enumerate(links))):
        before, after = sides[index], sides[index + 1]
        sides[index] = _close(before, after, distance, before_counts=not ordered, after_counts=True)
    return [one for side in sides for one in side]


def _close(
    ones: Sequence[Occurrence], others: Sequence[Occurrence], distance: int, *, before_counts: bool, after_counts: bool
) -> list[Occurrence]:
    """Those of `ones` with one of `others` at most `distance` words before (or after) them; overlapping is not near."""
    firsts = [other.first for other in others]
    lasts = sorted(other.last for other in others)
    kept = []
    for one in ones:
        before = bisect_left(lasts, one.first) - 1
        after = bisect_right(firsts, one.last)
        if (before_counts and before >= 0 and one.first - lasts[before] <= distance) or (
            after_counts and after < len(firsts) and firsts[after] - one.last <= distance
        ):
            kept.append(one)
    return kept
