"""Which concepts of the lexicon a text names: places, bodies, offices and topics are the same in every language.

A watch asks for all forms of a word; here a stem does, for what is found is only weighed, never told to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import Stemmer

from news.lexicon import Concept, Lexicon, shipped
from news.text import kazakh
from news.text.english import without_possessive
from news.text.forms import is_abbreviation
from news.text.words import WordForms, tokenise
from news.watch.stopwords import STOPWORDS

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LONGEST = 9
_russian = Stemmer.Stemmer("russian", 0)
_english = Stemmer.Stemmer("english", 0)

Terms = tuple[int, ...]


class _Node:
    """What may follow a beginning of names: the next word, and the concept that is named here, if any."""

    __slots__ = ("concept", "next")

    def __init__(self) -> None:
        self.next: dict[int, _Node] = {}
        self.concept = ""


class ConceptNames:
    """All sure names of a lexicon's concepts, found in one pass over the words that stand in any of them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._numbers: dict[str, int] = {}
        self._root = _Node()
        self.kinds: Mapping[str, str] = {concept.id: concept.kind for concept in lexicon.all}
        for concept in lexicon.all:
            for text in _names(concept):
                self._add(text, concept.id)
        self._first = frozenset(self._root.next)

    def terms(self, word: WordForms) -> Terms:
        """The words of names that a word of a text may be, as numbers; nearly always none."""
        return tuple({number for key in _answered(word) if (number := self._numbers.get(key)) is not None})

    def found(self, places: Mapping[int, Terms]) -> list[tuple[int, int, str]]:
        """(first place, place after the last, concept id) of each longest name, from place of a word -> its terms."""
        found: list[tuple[int, int, str]] = []
        after = -1
        for start in sorted(places):
            if start < after or self._first.isdisjoint(places[start]):
                continue
            longest = self._longest(places, start)
            if longest is not None:
                found.append((start, *longest))
                after = longest[0]
        return found

    def _longest(self, places: Mapping[int, Terms], start: int) -> tuple[int, str] | None:
        nodes, at, best = [self._root], start, None
        while nodes and at - start < _LONGEST:
            terms = places.get(at)
            if terms is None:
                # Articles, prepositions and conjunctions inside a name are no words of it here.
                at += 1
                terms = places.get(at)
                if terms is None:
                    break
            nodes = [follows for node in nodes for term in terms if (follows := node.next.get(term)) is not None]
            at += 1
            named = next((node.concept for node in nodes if node.concept), None)
            if named is not None:
                best = (at, named)
        return best

    def _add(self, text: str, concept: str) -> None:
        words = tokenise(text)
        nodes = [self._root]
        for written, form in zip(words.written, words.forms, strict=True):
            if form in STOPWORDS and not is_abbreviation(written):
                continue
            keys = _asked(written, form)
            numbers = [self._numbers.setdefault(key, len(self._numbers)) for key in sorted(keys)]
            nodes = [node.next.setdefault(number, _Node()) for node in nodes for number in numbers]
        for node in nodes if nodes[0] is not self._root else ():
            # Concepts of one name are told apart by nothing here; the one that the lexicon lists first stays.
            node.concept = node.concept or concept


def _names(concept: Concept) -> Iterable[str]:
    if concept.unverified:
        return
    for name in concept.names:
        if name.sure:
            yield name.text


def _asked(written: str, form: str) -> set[str]:
    if is_abbreviation(written):
        return {f"c:{written}"}
    if _CYRILLIC.search(form):
        return {f"r:{_russian.stemWord(form)}"} if _is_russian(form) else {f"k:{form}"}
    return {f"e:{_english.stemWord(form)}"}


def _is_russian(form: str) -> bool:
    return not set("әғқңөұүһі") & set(form)


def _answered(word: WordForms) -> set[str]:
    written, form = word
    if _CYRILLIC.search(form):
        keys = {f"k:{stem}" for stem in kazakh.stems(form)}
        keys.update([f"k:{stem}" for stem in kazakh.possessed_stems(form)])
        keys.add(f"r:{_russian.stemWord(form)}")
        # Kazakh words without a letter of its own are filed as Russian ones: азия of азияда.
        keys.update([f"r:{_russian.stemWord(stem)}" for stem in kazakh.stems(form)[1:] if len(stem) > 3])
    else:
        keys = {f"e:{_english.stemWord(without_possessive(form))}"}
    if written[:2].isupper():
        bare = without_possessive(written)
        capitals = next((at for at, letter in enumerate(bare) if not letter.isupper()), len(bare))
        keys.add(f"c:{bare[:capitals]}")
    return keys


@lru_cache(maxsize=1)
def shipped_names() -> ConceptNames:
    """The names of the shipped lexicon; some 0.2 s at the first call."""
    return ConceptNames(shipped())
