"""From a tree to what the matcher runs: conditions on numbered words.

Negation is pushed down to the leaves first: every part of a compiled watch either must be found or must be absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from news.lexicon import Lexicon
from news.text.words import word_forms
from news.watch.checks import check
from news.watch.clauses import Clauses, clauses_of
from news.watch.conditions import (
    Absent,
    AllOf,
    AnyOf,
    Condition,
    DatedTest,
    LabelTest,
    Leaf,
    NearTest,
    ScoreTest,
    Weight,
)
from news.watch.labels import label_value
from news.watch.leaves import Leaves
from news.watch.parser import parse_query
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
from news.watch.regexes import CompiledRegex
from news.watch.vocabulary import Vocabulary

_NO_WEIGHTS: Mapping[str, float] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Compiled:
    """A watch ready to run: what decides, what it is looked up by, and the terms that count other than once."""

    condition: Condition
    clauses: Clauses
    weights: Mapping[str, float]


def check_watch(text: str, lexicon: Lexicon | None = None) -> Query:
    """Parse a watch and refuse what cannot work; raises QuerySyntaxError with the place underlined.

    lexicon: what its concepts mean; the shipped one unless given.
    """
    query = parse_query(text)
    check(text, query, lexicon)
    return query


class Compiler:
    """Compiles trees that `check_watch` let pass, adding their words to one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon | None = None) -> None:
        self._vocabulary = vocabulary
        self._leaves = Leaves(vocabulary, lexicon)
        self._support: tuple[Leaf, ...] = ()

    @property
    def regexes(self) -> Mapping[int, tuple[CompiledRegex, str]]:
        """The features that stand for a pattern in a field."""
        return self._leaves.regexes

    def compile(self, query: Query) -> Compiled:
        """The watch of a tree."""
        self._support = tuple(self._supporting(query, ""))
        condition = self._condition(query, scope="", denied=False)
        return Compiled(
            condition=condition,
            clauses=clauses_of(condition, cost=self._vocabulary.cost, unguarded=self._leaves.regexes.keys()),
            weights=dict(_weights(condition)) or _NO_WEIGHTS,
        )

    def _condition(self, query: Query, *, scope: str, denied: bool) -> Condition:
        match query:
            case Not(part=part):
                return self._condition(part, scope=scope, denied=not denied)
            case InField(field=field, part=part):
                return self._condition(part, scope=field, denied=denied)
            case And(parts=parts) | Or(parts=parts):
                conditions = [self._condition(part, scope=scope, denied=denied) for part in parts]
                return _joined(AllOf if isinstance(query, And) != denied else AnyOf, conditions)
            case Term() if scope in LABEL_FIELDS:
                found: Leaf | NearTest | ScoreTest = self._label(query, scope)
            case Near(sides=sides, distances=distances, ordered=ordered):
                of_sides = tuple(self._side(side, scope) for side in sides)
                needed = sorted(
                    {feature for side in of_sides if len(side) == 1 for feature in side[0].needed},
                    key=lambda feature: self._vocabulary.cost((feature,)),
                )
                found = NearTest(needed=tuple(needed), sides=of_sides, distances=distances, ordered=ordered)
            case Score(at_least=at_least, weights=weights):
                weighed = tuple(
                    Weight(leaves=leaves, weight=one.weight, term=_term_of(leaves[0]))
                    for one in weights
                    for leaves in (self._leaves.of(one.term, scope, self._support),)
                )
                found = ScoreTest(at_least=at_least, weights=weighed)
            case Term() | Name() | Concept() | Regex():
                leaves = self._leaves.of(query, scope, self._support)
                if denied:
                    return _joined(AllOf, [Absent(part=leaf) for leaf in leaves])
                return _joined(AnyOf, leaves)
        return Absent(part=found) if denied else found

    def _label(self, term: Term, field: str) -> LabelTest:
        value = label_value(word_forms(word).form for word in term.words)
        prefix = term.wording is Wording.PREFIX
        return LabelTest(needed=(self._vocabulary.label(field, value, prefix=prefix),), term=f"{field}:{term.text}")

    def _side(self, side: Query, scope: str) -> tuple[Leaf, ...]:
        terms = side.parts if isinstance(side, Or) else (side,)
        return tuple(
            leaf for term in terms if isinstance(term, AnyTerm) for leaf in self._leaves.of(term, scope, self._support)
        )

    def _supporting(self, query: Query, scope: str) -> Iterator[Leaf]:
        """The terms, other than names, that the watch wants found: near a weak name they say whose it is."""
        match query:
            case InField(field=field, part=part):
                if field not in LABEL_FIELDS:
                    yield from self._supporting(part, field)
            case Term() | Regex() | Concept():
                yield from (leaf for leaf in self._leaves.of(query, scope) if not isinstance(leaf, DatedTest))
            case And(parts=parts) | Or(parts=parts) | Near(sides=parts):
                for part in parts:
                    yield from self._supporting(part, scope)
            case Score(weights=weights):
                for one in weights:
                    if one.weight > 0:
                        yield from self._supporting(one.term, scope)
            case _:
                return


def _joined(kind: type[AllOf] | type[AnyOf], conditions: Sequence[Condition]) -> Condition:
    """The conditions as one, flat: a concept among alternatives is some more alternatives."""
    if len(conditions) == 1:
        return conditions[0]
    flat: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, kind):
            flat += condition.parts
        else:
            flat.append(condition)
    return kind(parts=tuple(flat))


def _term_of(leaf: Leaf) -> str:
    return leaf.part.term if isinstance(leaf, DatedTest) else leaf.term


def _weights(condition: Condition) -> Iterator[tuple[str, float]]:
    """The terms of scores and what each counts; every other term counts 1."""
    match condition:
        case ScoreTest(weights=weights):
            yield from ((weight.term, weight.weight) for weight in weights)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _weights(part)
        case _:
            return
