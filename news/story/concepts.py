"""Which concepts of the lexicon a text names: places, bodies, offices and topics are the same in every language.

A watch asks for all forms of a word; here a stem does, for what is found is only weighed, never told to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

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


class Begun(NamedTuple):
    """What one word begins. concept: the one that it names alone, else ""; nodes: where more words may follow."""

    concept: str
    nodes: list[_Node]


class ConceptNames:
    """All sure names of a lexicon's concepts, found in one pass over the words that stand in any of them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._numbers: dict[str, int] = {}
        self._root = _Node()
        self.kinds: Mapping[str, str] = {concept.id: concept.kind for concept in lexicon.all}
        for concept in lexicon.all:
            for text in _names(concept):
                self._add(text, concept.id)

    def terms(self, word: WordForms) -> Terms:
        """The words of names that a word of a text may be, as numbers; nearly always none."""
        return tuple({number for key in _answered(word) if (number := self._numbers.get(key)) is not None})

    def begun(self, terms: Terms) -> Begun | None:
        """What a word of these terms begins, None where no name begins with it."""
        nodes = _following([self._root], terms)
        return Begun(_concept(nodes), [node for node in nodes if node.next]) if nodes else None

    def found(self, begun: Iterable[tuple[int, Begun]], terms: Mapping[int, Terms]) -> list[tuple[int, int, str]]:
        """(first place, place after the last, concept id) of each longest name in a text.

        begun: where words stand that begin a name, ascending, and what they begin. terms: place of a word -> its own,
        where it has any.
        """
        found: list[tuple[int, int, str]] = []
        after = -1
        for start, (concept, nodes) in begun:
            if start < after:
                continue
            end = start + 1
            if nodes:
                end, concept = _longest(start, nodes, terms, concept)
            if concept:
                found.append((start, end, concept))
                after = end
        return found

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


def _longest(start: int, nodes: list[_Node], terms: Mapping[int, Terms], concept: str) -> tuple[int, str]:
    """The place after the longest name from `start` on, and its concept; at least what its first word names, if any."""
    end = at = start + 1
    while nodes and at - start < _LONGEST:
        follows = terms.get(at)
        if follows is None:
            # Articles, prepositions and conjunctions inside a name are no words of it here.
            at += 1
            follows = terms.get(at)
            if follows is None:
                break
        nodes = _following(nodes, follows)
        at += 1
        named = _concept(nodes)
        if named:
            end, concept = at, named
    return end, concept


def _following(nodes: Sequence[_Node], terms: Terms) -> list[_Node]:
    return [follows for node in nodes for term in terms if (follows := node.next.get(term)) is not None]


def _concept(nodes: Iterable[_Node]) -> str:
    """The first concept that is named where these are reached."""
    for node in nodes:
        if node.concept:
            return node.concept
    return ""


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
