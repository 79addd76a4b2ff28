"""The word of an item that comes nearest to one that a watch asks for; shown to a person, never matched."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from news.text.name_fold import suggests
from news.watch.indexed import IndexedItem

_LEAST_LIKE = 0.88
_SHORTEST = 3


def nearest_form(word: str, indexed: IndexedItem) -> str:
    """The spelling in the item that is likest to `word`, also in the other script where it is a name; "" if none is."""
    if len(word) < _SHORTEST:
        return ""
    spellings = sorted(set(_spellings(indexed)))
    best = process.extractOne(
        word.lower(),
        [spelling.lower() for spelling in spellings],
        scorer=JaroWinkler.normalized_similarity,
        score_cutoff=_LEAST_LIKE,
    )
    if best is not None:
        return spellings[best[2]]
    if not word[0].isupper():
        return ""
    return next((one for one in spellings if one[0].isupper() and suggests(word, one)), "")


def _spellings(indexed: IndexedItem) -> Iterator[str]:
    for field in indexed.fields:
        yield from (one for one in field.spellings if len(one) >= _SHORTEST)
