"""Which words an item must have for a query to find it: what an index is asked, before the matcher decides.

Made of the compiled watch itself, so the index is asked for the very keys that alerts go by. A plan may let too much
pass, never too little.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from news.lexicon import Lexicon
from news.text.forms import Key
from news.text.words import word_forms
from news.watch.compiler import Compiler
from news.watch.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DatedTest,
    Leaf,
    NameTest,
    NearTest,
    ScoreTest,
    TermTest,
)
from news.watch.query import Query
from news.watch.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One word: any that answers one of `keys`, or where `prefix` is not empty any whose form begins with it."""

    keys: frozenset[Key] = frozenset()
    prefix: str = ""


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Words one after the other in `scope`, a field or "" for all that are searched by default."""

    words: tuple[Wanted, ...]
    scope: str


@dataclass(frozen=True, kw_only=True)
class Every:
    """All of some plans, two or more."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, kw_only=True)
class Either:
    """Any of some plans, two or more."""

    parts: tuple[Plan, ...]


Plan = Phrase | Every | Either


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """plan: None where no word is necessary (source:un, a regular expression). wanted: every word the query knows."""

    plan: Plan | None
    wanted: frozenset[Wanted]


def candidates(query: Query, lexicon: Lexicon | None = None) -> Candidates:
    """What must be in an item that `query`, a tree that `check_watch` let pass, finds."""
    vocabulary = _Noting()
    condition = Compiler(vocabulary, lexicon).compile(query).condition
    return Candidates(plan=_plan(condition, vocabulary), wanted=frozenset(vocabulary.wanted.values()))


class _Noting(Vocabulary):
    """A vocabulary that remembers what each feature asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: dict[int, Wanted] = {}

    def word(self, keys: frozenset[Key], form: str) -> int:
        return self._noted(super().word(keys, form), Wanted(keys=keys))

    def name(self, keys: frozenset[Key]) -> int:
        return self._noted(super().name(keys), Wanted(keys=keys))

    def exact(self, written: str) -> int:
        return self._noted(super().exact(written), Wanted(keys=frozenset({f"w:{word_forms(written).form}"})))

    def prefix(self, form: str) -> int:
        return self._noted(super().prefix(form), Wanted(prefix=form))

    def _noted(self, feature: int, wanted: Wanted) -> int:
        self.wanted[feature] = wanted
        return feature


def _plan(condition: Condition, vocabulary: _Noting) -> Plan | None:
    match condition:
        case TermTest(features=features, scope=scope):
            return Phrase(words=tuple(vocabulary.wanted[feature] for feature in features), scope=scope)
        case NameTest(surname=surname, scope=scope):
            return Phrase(words=(vocabulary.wanted[surname],), scope=scope)
        case DatedTest(part=part):
            return _plan(part, vocabulary)
        case NearTest(sides=sides):
            return _every(_any_leaf(side, vocabulary) for side in sides)
        case ScoreTest(weights=weights):
            return _any_leaf([leaf for one in weights if one.weight > 0 for leaf in one.leaves], vocabulary)
        case AllOf(parts=parts):
            return _every(_plan(part, vocabulary) for part in parts)
        case AnyOf(parts=parts):
            return _either(_plan(part, vocabulary) for part in parts)
        case _:
            return None


def _any_leaf(leaves: Iterable[Leaf], vocabulary: _Noting) -> Plan | None:
    return _either(_plan(leaf, vocabulary) for leaf in leaves)


def _every(plans: Iterable[Plan | None]) -> Plan | None:
    parts = tuple(dict.fromkeys(plan for plan in plans if plan is not None))
    return Every(parts=parts) if len(parts) > 1 else next(iter(parts), None)


def _either(plans: Iterable[Plan | None]) -> Plan | None:
    parts = tuple(dict.fromkeys(plans))
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return Either(parts=known) if len(known) > 1 else known[0]
