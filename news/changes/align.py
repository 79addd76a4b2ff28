"""Two versions laid side by side: which sentence became which, and which words in it were replaced.

Bounded whatever comes: where two versions have too much that differs, they are one passage that was replaced whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from news.changes.sentences import Sentence

MOST_SENTENCES = 600
MOST_WORDS = 400
_ALIKE = 0.4
_MOST_PAIRS = 2_500

Pair = tuple[Sentence | None, Sentence | None]
Run = tuple[int, int, int, int]
"""Words [a, b) of the earlier sentence and [c, d) of the later one that stand in each other's place."""


def paired(was: Sequence[Sentence], now: Sequence[Sentence]) -> list[Pair]:
    """The sentences that differ, each beside what became of it; None where there is nothing beside it.

    A sentence that stands elsewhere, word for word, did not change.
    """
    start, end = _common_ends([one.key for one in was], [one.key for one in now])
    left, right = was[start : len(was) - end], now[start : len(now) - end]
    if max(len(left), len(right)) > MOST_SENTENCES:
        return [*((one, None) for one in left[:1]), *((None, one) for one in right[:1])]
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, [one.key for one in left], [one.key for one in right], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            pairs += _most_alike(left[a:b], right[c:d])
    return _without_moved(pairs)


def replaced(was: Sequence[str], now: Sequence[str]) -> list[Run]:
    """Which words stand in whose place, by their forms."""
    start, end = _common_ends(was, now)
    left, right = was[start : len(was) - end], now[start : len(now) - end]
    if not left and not right:
        return []
    if max(len(left), len(right)) > MOST_WORDS:
        return [(start, len(was) - end, start, len(now) - end)]
    runs = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [(a + start, b + start, c + start, d + start) for tag, a, b, c, d in runs if tag != "equal"]


def _common_ends(was: Sequence[object], now: Sequence[object]) -> tuple[int, int]:
    shorter = min(len(was), len(now))
    start = next((at for at in range(shorter) if was[at] != now[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if was[-1 - at] != now[-1 - at]), rest)
    return start, end


def _most_alike(was: Sequence[Sentence], now: Sequence[Sentence]) -> Iterator[Pair]:
    """Pair sentences in their order, each with the first later one that shares enough words with it."""
    place = 0
    rest = list(was)
    if len(was) * len(now) > _MOST_PAIRS:
        yield from ((one, None) for one in was)
        yield from ((None, one) for one in now)
        return
    for one in now:
        twin = next((at for at in range(place, len(rest)) if _likeness(rest[at], one) >= _ALIKE), None)
        if twin is None:
            yield None, one
            continue
        yield from ((gone, None) for gone in rest[place:twin])
        yield rest[twin], one
        place = twin + 1
    yield from ((gone, None) for gone in rest[place:])


def _likeness(one: Sentence, other: Sentence) -> float:
    shared = (Counter(one.key) & Counter(other.key)).total()
    return 2 * shared / (len(one.key) + len(other.key))


def _without_moved(pairs: list[Pair]) -> list[Pair]:
    gone = Counter(was.key for was, now in pairs if was is not None and now is None)
    come = Counter(now.key for was, now in pairs if now is not None and was is None)
    moved = {"was": gone & come, "now": gone & come}
    kept: list[Pair] = []
    for was, now in pairs:
        side, alone = ("was", was) if now is None else ("now", now)
        if (was is None or now is None) and alone is not None and moved[side][alone.key] > 0:
            moved[side][alone.key] -= 1
        else:
            kept.append((was, now))
    return kept
