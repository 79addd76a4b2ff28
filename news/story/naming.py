"""What an item names: found in its title, lead and text, a bounded sample of it kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from news.story.concepts import Begun, shipped_names
from news.story.entities import CONCEPT, FIGURE, MAYBE, NAME, WORD, Entity, rank_of
from news.story.figures import figures
from news.story.spellings import Spellings
from news.text.words import QUOTES
from news.watch.indexed import IndexedField

Found = dict[str, set[str]]
"""Kind of entity -> texts."""

MOST = {NAME: 32, MAYBE: 8, FIGURE: 20, CONCEPT: 24, WORD: 24}
"""How many entities of a kind are kept beside those of the title."""

_SHORTEST_NAME = 3
_OPENING = re.compile(rf"[.!?…:;\n][\s{QUOTES}'()–—-]*([^\W\d_]+)")
_CASED_TITLE, _FEWEST_CASED = 0.6, 3


def named_in(
    title: IndexedField, others: Iterable[IndexedField], known: Spellings, spellings: Set[str]
) -> tuple[tuple[Entity, ...], str]:
    """What a title and other fields name, the title's first, and the kinds of which there is more than is kept.

    known: has learnt the words of these fields. spellings: all their words as written. Beyond the title those with the
    lowest `rank` are kept, so that two texts that name the same keep the same.
    """
    words = _Words(known, spellings)
    titled = words.named_in(title, words.meant_in(title.places))
    found = words.meant_in(words.meaning)
    for field in others:
        words.named_in(field, found)
    sure = titled[NAME] | found[NAME]
    kept = [
        _titled(kind, text)
        for kind in sorted(titled)
        for text in sorted(titled[kind] - sure if kind == MAYBE else titled[kind])
    ]
    found[MAYBE] -= sure
    cut = ""
    for kind, texts in found.items():
        ones = [_plain(kind, text) for text in sorted(texts - titled[kind])]
        if len(ones) > MOST[kind]:
            ones.sort(key=rank_of)
            cut += kind
        kept += ones[: MOST[kind]]
    return tuple(kept), cut


class _Words:
    """The few words of an item that stand for something: looked up once for all its fields."""

    def __init__(self, known: Spellings, spellings: Set[str]) -> None:
        self._terms, self._spellings = known.terms, spellings
        self.meaning: dict[str, Sequence[tuple[str, str]]] = {}
        self._names: dict[str, str] = {}
        self._begun: dict[str, Begun] = {}
        for raw in known.telling.keys() & spellings:
            name, meanings, begun = known.telling[raw]
            if meanings:
                self.meaning[raw] = meanings
            elif name:
                self._names[raw] = name
            if begun is not None:
                self._begun[raw] = begun

    def meant_in(self, spellings: Iterable[str]) -> Found:
        """What some words mean by themselves."""
        found: Found = {NAME: set(), MAYBE: set(), FIGURE: set(), CONCEPT: set(), WORD: set()}
        for raw in self.meaning.keys() & spellings:
            for kind, text in self.meaning[raw]:
                found[kind].add(text)
        return found

    def named_in(self, field: IndexedField, found: Found) -> Found:
        """`found` with the figures, concepts and names of one field; what means something by itself is not sought."""
        places, text, raw = field.places, field.words.text, field.words.raw
        found[FIGURE].update(figures(text))
        spoken: set[str] = set()
        begun = [place for spelling in self._begun.keys() & places.keys() for place in places[spelling]]
        if begun:
            begun.sort()
            for start, end, concept in shipped_names().found(raw, begun, self._begun, self._terms):
                spoken.update(raw[start:end])
                found[CONCEPT].add(concept)
        names = (self._names.keys() & places.keys()) - spoken
        if not names or field.shouted:
            return found
        opening = _OPENING.findall("\n" + text)
        doubtful = field.name == "title" and _is_cased(raw)
        openers = set(opening)
        for spelling in names:
            if not doubtful and (spelling not in openers or len(places[spelling]) > opening.count(spelling)):
                found[NAME].add(self._names[spelling])
            elif spelling.lower() not in self._spellings:
                found[MAYBE].add(self._names[spelling])
        return found


def _is_cased(raw: Sequence[str]) -> bool:
    """Whether a headline is written With a Capital for Every Word, which then tells no name."""
    long = [word for word in raw[1:] if len(word) > _SHORTEST_NAME and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return capitals >= _FEWEST_CASED and capitals >= _CASED_TITLE * len(long)


@lru_cache(maxsize=65_536)
def _plain(kind: str, text: str) -> Entity:
    return Entity(kind, text, False)


@lru_cache(maxsize=65_536)
def _titled(kind: str, text: str) -> Entity:
    return Entity(kind, text, True)
