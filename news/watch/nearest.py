"""The words that come nearest to one that a watch asks for; shown to a person, never matched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from news.text.name_fold import suggests
from news.watch.indexed import IndexedItem

_LEAST_LIKE = 0.88
_SHORTEST = 3
_MOST_NEAREST = 3
# One slip in four letters, two in seven.
_LEAST_OF_LETTERS = 0.7


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


def nearest_words(word: str, forms: Sequence[str]) -> tuple[str, ...]:
    """Of some forms, in small letters, the three that are likest to `word`, the likest first; fewer where few are."""
    found = process.extract(
        word.lower(),
        forms,
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=_LEAST_OF_LETTERS,
        limit=_MOST_NEAREST,
    )
    return tuple(form for form, _, _ in found)


def _spellings(indexed: IndexedItem) -> Iterator[str]:
    for field in indexed.fields:
        yield from (one for one in field.spellings if len(one) >= _SHORTEST)
