"""Evaluating one watch on one item, written out plainly: what the matcher must tell, without any of its short cuts.

Every word of a text is asked by itself; regular expressions are Python's own, which knows Unicode's words.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator

from news.lexicon import Concept as LexiconConcept
from news.lexicon import Lexicon
from news.lexicon import Name as LexiconName
from news.text.forms import answered_keys, asked_keys, is_abbreviation_like_word
from news.text.names import NEAR, is_shouted, name_answers, name_pattern
from news.text.words import INVISIBLE, Words, tokenise, word_forms
from news.watch.matcher import IndexedItem
from news.watch.names import mentions
from news.watch.query import (
    LABEL_FIELDS,
    And,
    AnyTerm,
    Concept,
    InField,
    Name,
    Near,
    Not,
    Or,
    Query,
    Regex,
    Score,
    Term,
    Wording,
)

_INVISIBLE = re.compile(f"[{INVISIBLE}]")

# field, first word, last word, term, and the code points where these are not the words' own
Place = tuple[int, int, int, str, int, int]
Found = set[Place]


class Naive:
    """One item and what concepts mean."""

    def __init__(self, indexed: IndexedItem, lexicon: Lexicon) -> None:
        self._indexed = indexed
        self._lexicon = lexicon
        self._whole: Query | None = None

    def matches(self, query: Query) -> tuple[Found, float] | None:
        """The places found and the score, or None where the query does not hold."""
        self._whole = query
        found = self._found(query, "")
        if found is None:
            return None
        weights = {_shown(one.term): one.weight for score in _scores(query, denied=False) for one in score.weights}
        return found, math.fsum(weights.get(term, 1.0) for term in {place[3] for place in found})

    def _found(self, query: Query, scope: str) -> Found | None:
        match query:
            case InField(field=field, part=part):
                return self._found(part, field)
            case Not(part=Not(part=part)):
                return self._found(part, scope)
            case Not(part=And(parts=parts)):
                return self._found(Or(parts=tuple(Not(part=part) for part in parts)), scope)
            case Not(part=Or(parts=parts)):
                return self._found(And(parts=tuple(Not(part=part) for part in parts)), scope)
            case Not(part=InField(field=field, part=part)):
                return self._found(Not(part=part), field)
            case Not(part=part):
                return set() if self._found(part, scope) is None else None
            case And(parts=parts):
                found = [self._found(part, scope) for part in parts]
                held = [one for one in found if one is not None]
                return set().union(*held) if len(held) == len(found) else None
            case Or(parts=parts):
                held = [one for part in parts if (one := self._found(part, scope)) is not None]
                return set().union(*held) if held else None
            case Near():
                return self._near(query, scope) or None
            case Score():
                return self._score(query, scope)
            case Term() if scope in LABEL_FIELDS:
                wanted = " ".join(word_forms(word).form for word in query.words)
                value = self._indexed.labels[scope]
                same = value.startswith(wanted) if query.wording is Wording.PREFIX else value == wanted
                return {(-1, 0, 0, f"{scope}:{query.text}", -1, -1)} if same else None
            case _:
                return set(self._term(query, scope)) or None

    def _near(self, near: Near, scope: str) -> Found:
        sides = []
        for side in near.sides:
            terms = side.parts if isinstance(side, Or) else (side,)
            sides.append([one for term in terms if isinstance(term, AnyTerm) for one in self._term(term, scope)])
        found: Found = set()
        for chain in itertools.product(*sides):
            links = zip(chain, chain[1:], near.distances, near.ordered, strict=False)
            if all(_linked(one, other, distance, ordered) for one, other, distance, ordered in links):
                found.update(chain)
        return found

    def _score(self, score: Score, scope: str) -> Found | None:
        found = [(one, set(self._term(one.term, scope))) for one in score.weights]
        if round(sum(one.weight for one, places in found if places), 6) < score.at_least:
            return None
        taken = {(-1, 0, 0, _shown(one.term), -1, -1) for one, places in found if places and one.weight <= 0}
        return taken.union(*(places for one, places in found if one.weight > 0))

    def _term(self, term: Query, scope: str, *, support: bool = True) -> Iterator[Place]:
        match term:
            case Term(wording=Wording.ANY_CASE, words=(word,)):
                yield from self._not_only_shouted(word, self._everywhere(term, scope, support=support))
            case Concept(id=id):
                concept = self._lexicon.concept(id)
                assert concept is not None
                for name in concept.names:
                    if name.sure:
                        yield from self._of_name(name, concept, scope)
                yield from self._everywhere(term, scope, support=support)
            case _:
                yield from self._everywhere(term, scope, support=support)

    def _not_only_shouted(self, word: str, places: Iterator[Place]) -> list[Place]:
        """An abbreviation that is a word too is none where it stands in headlines in capitals alone."""
        found = list(places)
        only_shouted = all(is_shouted(self._indexed.fields[place[0]].words.written) for place in found)
        return [] if only_shouted and is_abbreviation_like_word(word) else found

    def _of_name(self, name: LexiconName, concept: LexiconConcept, scope: str) -> list[Place]:
        words = tokenise(name.text).written
        found = [(*place[:3], f"@{concept.id}", -1, -1) for place in self._everywhere(Term(words=words), scope)]
        if name.kind == "abbreviation" and len(words) == 1:
            return self._not_only_shouted(words[0], iter(found))
        if concept.kind != "place" or len(words) > 1:
            return found
        (keys,) = asked_keys(words, place=True)
        return [place for place in found if self._is_capital(place) and self._answers(place, keys)]

    def _answers(self, place: Place, keys: frozenset[str]) -> bool:
        words = self._indexed.fields[place[0]].words
        return not answered_keys(words.written[place[1]], words.forms[place[1]]).isdisjoint(keys)

    def _is_capital(self, place: Place) -> bool:
        words = self._indexed.fields[place[0]].words
        return words.written[place[1]][0].isupper() or not any(letter.isupper() for letter in words.text)

    def _everywhere(self, term: Query, scope: str, *, support: bool = True) -> Iterator[Place]:
        for at, field in enumerate(self._indexed.fields):
            if not (field.name == scope if scope else field.by_default):
                continue
            match term:
                case Term():
                    yield from ((at, *place, term.text, -1, -1) for place in _adjacent(term, field.words))
                case Regex(pattern=pattern):
                    yield from _spans(at, pattern, field.words)
                case Name(text=text):
                    yield from self._person(at, text, field.words, f"name:{text}", support=support)
                case Concept(id=id):
                    yield from self._concept(at, id, field.words, support=support)

    def _concept(self, at: int, id: str, words: Words, *, support: bool) -> Iterator[Place]:
        concept = self._lexicon.concept(id)
        assert concept is not None
        if not support:
            return
        for holder in concept.holders_on(self._indexed.day):
            for name in holder.names:
                yield from self._person(at, name.text, words, f"@{id}", support=True)

    def _person(self, at: int, text: str, words: Words, shown: str, *, support: bool) -> Iterator[Place]:
        pattern = name_pattern(tokenise(text).written)
        shouted = is_shouted(words.written)
        surnames = [
            place
            for place, raw in enumerate(words.raw)
            if name_answers(*word_forms(raw), shouted=shouted) & pattern.surname
        ]
        for one in mentions(pattern, words, surnames):
            if not one.weak or (support and self._supported(at, one.first)):
                yield (at, one.first, one.last, shown, -1, -1)

    def _supported(self, at: int, surname: int) -> bool:
        assert self._whole is not None
        near = [
            place
            for term, scope in _wanted(self._whole, "")
            for field, first, last, *_ in self._term(term, scope, support=False)
            if field == at
            for place in (first, last)
        ]
        return any(0 < abs(place - surname) <= NEAR for place in near)


def _adjacent(term: Term, words: Words) -> Iterator[tuple[int, int]]:
    asked = _asked(term)
    for first in range(len(words) - len(asked) + 1):
        steps = range(len(asked))
        if all(_same(asked[step], words.raw[first + step]) for step in steps) and all(
            words.gap(first + step) == "" for step in steps[:-1]
        ):
            yield first, first + len(asked) - 1


def _asked(term: Term) -> list[frozenset[str] | tuple[str, str]]:
    """What each word asks for: keys, or a spelling or beginning that is compared by itself."""
    if term.wording is Wording.EXACT:
        return [("exact", word) for word in term.words]
    if term.wording is Wording.PREFIX:
        return [*asked_keys(term.words[:-1]), ("prefix", word_forms(term.words[-1]).form)]
    return list(asked_keys(term.words))


def _same(asked: frozenset[str] | tuple[str, str], raw: str) -> bool:
    written, form = word_forms(raw)
    match asked:
        case ("exact", wanted):
            return written == wanted
        case ("prefix", wanted):
            return form.startswith(wanted)
        case _:
            return not answered_keys(written, form).isdisjoint(asked)


def _spans(at: int, pattern: str, words: Words) -> Iterator[Place]:
    seen = [(place, character) for place, character in enumerate(words.text) if not _INVISIBLE.match(character)]
    for found in re.finditer(pattern, "".join(character for _, character in seen), re.IGNORECASE):
        start, end = seen[found.start()][0], seen[found.end() - 1][0] + 1
        touched = [place for place in range(len(words)) if words.span(place)[1] > start and words.starts[place] < end]
        later = next((place for place in range(len(words)) if words.starts[place] >= start), max(0, len(words) - 1))
        yield (at, touched[0] if touched else later, touched[-1] if touched else later, f"/{pattern}/", start, end)


def _linked(one: Place, other: Place, distance: int, ordered: bool) -> bool:
    after = one[2] < other[1] <= one[2] + distance
    before = other[2] < one[1] <= other[2] + distance
    return one[0] == other[0] and (after or (before and not ordered))


def _wanted(query: Query, scope: str) -> Iterator[tuple[Query, str]]:
    """The terms other than names that the watch wants found, each with its field."""
    match query:
        case InField(field=field, part=part) if field not in LABEL_FIELDS:
            yield from _wanted(part, field)
        case Term() | Regex() | Concept():
            yield query, scope
        case And(parts=parts) | Or(parts=parts) | Near(sides=parts):
            for part in parts:
                yield from _wanted(part, scope)
        case Score(weights=weights):
            for one in weights:
                if one.weight > 0:
                    yield from _wanted(one.term, scope)
        case _:
            return


def _scores(query: Query, *, denied: bool) -> Iterator[Score]:
    match query:
        case Score() if not denied:
            yield query
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _scores(part, denied=denied)
        case InField(part=part):
            yield from _scores(part, denied=denied)
        case Not(part=part):
            yield from _scores(part, denied=not denied)
        case _:
            return


def _shown(term: Query) -> str:
    match term:
        case Term(text=text):
            return text
        case Name(text=text):
            return f"name:{text}"
        case Concept(id=id):
            return f"@{id}"
        case Regex(pattern=pattern):
            return f"/{pattern}/"
        case _:
            raise AssertionError(term)
