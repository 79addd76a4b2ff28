"""One item seen through the watches' words: what each leaf finds in it, worked out once and only when asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from news.text.names import NEAR
from news.text.words import word_forms
from news.watch.conditions import Condition, DatedTest, LabelTest, Leaf, NameTest, Proof, RegexTest, TermTest
from news.watch.indexed import IndexedField, IndexedItem
from news.watch.names import mentions
from news.watch.regexes import SearchedText
from news.watch.vocabulary import Vocabulary
from news.watch.watch import Hit

MOST_HITS = 200
"""Hits kept of one match, the first of each term before the second of any: megabytes of text have millions."""


class Occurrence(NamedTuple):
    """A term found: words `first` to `last` of the field at index `field`; -1 stands for one of the item's labels.

    start, end: code points of the field where these are not the words' own (regular expressions), else -1.
    """

    field: int
    first: int
    last: int
    term: str
    start: int = -1
    end: int = -1


Found = tuple[Occurrence, ...]


class View:
    """An item and the features it has; see Vocabulary. found: what the leaves asked for so far have found."""

    def __init__(self, indexed: IndexedItem, vocabulary: Vocabulary, features: set[int]) -> None:
        self.features = features
        self.item = indexed.item
        self.fields = indexed.fields
        self._indexed = indexed
        self._vocabulary = vocabulary
        self._scopes: dict[str, tuple[int, ...]] = {}
        self._spellings: dict[int, dict[int, list[str]]] = {}
        self._places: dict[tuple[int, int], Sequence[int]] = {}
        self._searched: dict[int, SearchedText] = {}
        self.found: dict[Condition, Found] = {}
        self._hits: dict[Occurrence, Hit] = {}

    def scope(self, name: str) -> tuple[int, ...]:
        """The indexes of the fields that a scope names."""
        if name not in self._scopes:
            self._scopes[name] = tuple(
                at for at, field in enumerate(self.fields) if (field.name == name if name else field.by_default)
            )
        return self._scopes[name]

    def places(self, at: int, feature: int) -> Sequence[int]:
        """Where words of one field satisfy a feature, ascending."""
        known = self._places.get((at, feature))
        if known is None:
            known = self._places[at, feature] = self._placed(at, feature)
        return known

    def _placed(self, at: int, feature: int) -> Sequence[int]:
        field = self.fields[at]
        if field.shouted or not field.by_default:
            spellings = (self._spellings.get(at) or self._spelled(at)).get(feature, ())
        else:
            spellings = self._default.get(feature, ())
        found = [field.places[raw] for raw in spellings if raw in field.places]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

    @cached_property
    def _default(self) -> dict[int, list[str]]:
        """Feature -> the spellings that satisfy it in the fields searched by default, unless these are shouted."""
        return self._vocabulary.spelled(self._indexed.spellings)

    def _spelled(self, at: int) -> dict[int, list[str]]:
        """Feature -> the spellings in one field that satisfy it."""
        if at not in self._spellings:
            places = self.fields[at].places
            spelled = self._spellings[at] = self._vocabulary.spelled(places)
            for raw in places if self.fields[at].shouted else ():
                for feature in self._vocabulary.shouted(raw):
                    if raw not in spelled.setdefault(feature, []):
                        spelled[feature].append(raw)
        return self._spellings[at]

    def searched(self, at: int) -> SearchedText:
        """One field as regular expressions read it."""
        if at not in self._searched:
            self._searched[at] = SearchedText(self.fields[at].words.text)
        return self._searched[at]

    def has(self, leaf: Leaf) -> bool:
        """Whether a leaf is found; of most the features say so."""
        if isinstance(leaf, DatedTest):
            return self._is_dated(leaf) and self.has(leaf.part)
        if not self.features.issuperset(leaf.needed):
            return False
        match leaf:
            case TermTest(needed=(_,), proof=Proof.WORD) | LabelTest():
                return True
            case _:
                return bool(self.occurrences(leaf))

    def occurrences(self, leaf: Leaf) -> Found:
        """Where a leaf is found, in the order of the places."""
        found = self.found.get(leaf)
        if found is None:
            found = self.found[leaf] = tuple(self._find(leaf)) if self.features.issuperset(leaf.needed) else ()
        return found

    def hits(self, occurrences: Iterable[Occurrence]) -> tuple[Hit, ...]:
        """What is told of occurrences; nothing of labels."""
        known = self._hits
        return tuple([known.get(one) or self._hit(one) for one in occurrences if one.field >= 0])

    def _hit(self, one: Occurrence) -> Hit:
        at, first, last, term, start, end = one
        field = self.fields[at]
        if start < 0:
            start, end = field.words.starts[first], field.words.span(last)[1]
        hit = self._hits[one] = Hit(field=field.name, start=start, end=end, text=field.words.text[start:end], term=term)
        return hit

    @cached_property
    def day(self) -> date:
        """The day of the item; see IndexedItem."""
        return self._indexed.day

    def _find(self, leaf: Leaf) -> Sequence[Occurrence]:
        match leaf:
            case RegexTest(regex=regex, scope=scope, term=term):
                return [
                    _at_words(at, self.fields[at], start, end, term)
                    for at in self.scope(scope)
                    for start, end in self.searched(at).spans(regex, MOST_HITS)
                ]
            case TermTest(proof=proof):
                found = self._words(leaf)
                return found if proof is Proof.WORD else self._proven(found, proof)
            case NameTest(scope=scope):
                return [one for at in self.scope(scope) for one in self._names(leaf, at)]
            case LabelTest(term=term):
                return (Occurrence(-1, 0, 0, term),)
            case DatedTest(part=part):
                return self.occurrences(part) if self._is_dated(leaf) else ()

    def _words(self, test: TermTest) -> list[Occurrence]:
        """Where the words of a term stand, whether they are proof or not."""
        if len(test.features) > 1:
            return [one for at in self.scope(test.scope) for one in self._phrases(test, at)]
        # What most terms are: without the class's own constructor, which costs more than all the rest.
        made, feature, term = tuple.__new__, test.features[0], test.term
        return [
            made(Occurrence, (at, place, place, term, -1, -1))
            for at in self.scope(test.scope)
            for place in self._placed(at, feature)
        ]

    def _proven(self, found: Sequence[Occurrence], proof: Proof) -> Sequence[Occurrence]:
        """Those of the places of a word that are proof."""
        if proof is Proof.ELSEWHERE:
            return found if any(not self.fields[one.field].shouted for one in found) else ()
        return [one for one in found if self.fields[one.field].small or self._is_capital(one)]

    def _is_capital(self, one: Occurrence) -> bool:
        return word_forms(self.fields[one.field].words.raw[one.first]).written[:1].isupper()

    def _is_dated(self, test: DatedTest) -> bool:
        """Whether the item is of the days that a test is about."""
        return (test.since is None or test.since <= self.day) and (test.until is None or self.day <= test.until)

    def _phrases(self, test: TermTest, at: int) -> list[Occurrence]:
        starts = self.places(at, test.features[0])
        if not starts:
            return []
        following = [set(self.places(at, feature)) for feature in test.features[1:]]
        words = self.fields[at].words
        return [
            Occurrence(at, place, place + len(following), test.term)
            for place in starts
            if all(place + step in places for step, places in enumerate(following, start=1))
            and all(words.gap(place + step) in ("", gap) for step, gap in enumerate(test.gaps))
        ]

    def _names(self, test: NameTest, at: int) -> list[Occurrence]:
        surnames = self.places(at, test.surname)
        if not surnames:
            return []
        found = list(mentions(test.pattern, self.fields[at].words, surnames))
        near = [
            place
            for leaf in (test.support if any(one.weak for one in found) else ())
            for support in self.occurrences(leaf)
            if support.field == at
            for place in (support.first, support.last)
        ]
        return [
            Occurrence(at, one.first, one.last, test.term)
            for one in found
            if not one.weak or any(0 < abs(place - one.first) <= NEAR for place in near)
        ]


def _at_words(at: int, field: IndexedField, start: int, end: int, term: str) -> Occurrence:
    """A stretch of characters, with the words it touches; one between two words counts as at the later."""
    words = field.words
    last_word = max(0, len(words) - 1)
    first = max(0, bisect_right(words.starts, start) - 1)
    if first < last_word and words.span(first)[1] <= start:
        first += 1
    last = min(max(first, bisect_left(words.starts, end) - 1), last_word)
    return Occurrence(at, first, last, term, start, end)
