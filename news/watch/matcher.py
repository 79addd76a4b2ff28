"""Every watch against one item: a thousand watches cost it little more than being cut into words.

A watch is filed under its rarest necessary words. An item's distinct spellings name the watches worth a look, and only
those are evaluated, with exact positions. What is told is exactly what evaluating every watch would tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from news.errors import QuerySyntaxError
from news.lexicon import Lexicon
from news.watch.clauses import Clause
from news.watch.compiler import Compiled, Compiler, check_watch
from news.watch.conditions import Condition
from news.watch.evaluate import evaluate
from news.watch.indexed import IndexedItem, index_item
from news.watch.query import Query
from news.watch.regexes import RegexGroups
from news.watch.sieve import COLUMNS_FROM, Sieve
from news.watch.view import MOST_HITS, Occurrence, View
from news.watch.vocabulary import Vocabulary
from news.watch.watch import Match, Watch

__all__ = ["MOST_HITS", "IndexedItem", "Matcher", "index_item"]


_NO_REGEXES: Clause = frozenset()


class _Entry(NamedTuple):
    """What is kept of a watch: its clauses live in the sieve, and there no longer than they must."""

    watch: Watch
    condition: Condition
    exact: bool
    weights: Mapping[str, float]
    regexes: Clause


class Matcher:
    """A set of watches compiled together, which may change while it runs. Which are enabled is the caller's concern.

    frequencies: how often words (lower case, ё as е) stand in the texts to come, if known; a wrong table costs time,
    never a hit. lexicon: what concepts mean, the shipped one unless given. columns_from: from how many watches on they
    are kept in columns.
    """

    def __init__(
        self,
        watches: Iterable[Watch] = (),
        *,
        frequencies: Mapping[str, int] | None = None,
        lexicon: Lexicon | None = None,
        columns_from: int = COLUMNS_FROM,
    ) -> None:
        self._lexicon = lexicon
        self._vocabulary = Vocabulary(frequencies)
        self._compiler = Compiler(self._vocabulary, self._lexicon)
        self._sieve = Sieve(columns_from)
        self._watches: dict[int, _Entry] = {}
        self._numbers: dict[int, int] = {}
        self._next = 0
        self._regex_anchors: Counter[int] = Counter()
        self._regex_groups: dict[str, tuple[RegexGroups, dict[str, int]]] | None = None
        self.broken: tuple[tuple[Watch, QuerySyntaxError], ...] = ()
        """The given watches that do not parse, with why; the others work."""
        self.update(watches)

    def __len__(self) -> int:
        """How many watches work."""
        return len(self._watches)

    def update(self, watches: Iterable[Watch]) -> None:
        """Make these the watches; only what is new or has changed is compiled, and comes last."""
        given = tuple(watches)
        wanted = {watch.id: watch for watch in given}
        for entry in tuple(self._watches.values()):
            if wanted.get(entry.watch.id) != entry.watch:
                self.remove(entry.watch.id)
        broken = []
        for watch in given:
            if watch.id not in self._numbers:
                try:
                    self.add(watch)
                except QuerySyntaxError as error:
                    broken.append((watch, error))
        self.broken = tuple(broken)

    def add(self, watch: Watch) -> None:
        """Look for one more watch from the next item on; one of the same id is replaced. Raises QuerySyntaxError."""
        self.register(watch, self.compile(check_watch(watch.query, self._lexicon)))

    def compile(self, query: Query) -> Compiled:
        """Compile a tree that `check_watch` let pass, for this matcher only."""
        return self._compiler.compile(query)

    def register(self, watch: Watch, compiled: Compiled) -> None:
        """Add a watch that was compiled before."""
        if watch.id:
            self.remove(watch.id)
            self._numbers[watch.id] = self._next
        clauses = compiled.clauses
        regexes = clauses.anchor & self._compiler.regexes.keys() if self._compiler.regexes else _NO_REGEXES
        entry = _Entry(watch, compiled.condition, clauses.exact, compiled.weights, regexes or _NO_REGEXES)
        self._watches[self._next] = entry
        self._sieve.file(self._next, clauses)
        self._count_regexes(regexes, 1)
        self._next += 1

    def remove(self, watch_id: int) -> None:
        """Look no more for the watch of that id, if there is one."""
        number = self._numbers.pop(watch_id, None)
        if number is not None:
            self._sieve.remove(number)
            self._count_regexes(self._watches.pop(number).regexes, -1)

    def matches(self, indexed: IndexedItem) -> list[Match]:
        """The watches that find the item, in the order in which they were given.

        `Match.item` is the item's id, 0 for one that is not stored yet. A term found by a label (source, publisher,
        standing, language) counts in the score but has no hit.
        """
        view = self._view(indexed)
        found = []
        for number in self._sieve.candidates(view.features):
            entry = self._watches[number]
            if (places := evaluate(entry.condition, view)) is not None:
                found.append(_match(view, entry, places))
        return found

    def matching(self, indexed: IndexedItem) -> list[Watch]:
        """The watches that find the item, without the places: the same ones, in less time."""
        view = self._view(indexed)
        candidates = [self._watches[number] for number in self._sieve.candidates(view.features)]
        return [entry.watch for entry in candidates if entry.exact or evaluate(entry.condition, view) is not None]

    def _view(self, indexed: IndexedItem) -> View:
        features = self._vocabulary.features(indexed.spellings, indexed.labels)
        for field in indexed.fields:
            scopes = [field.name] if field.name in self._vocabulary.scopes else []
            for scope in scopes:
                features |= self._vocabulary.of_spellings(field.spellings, scope)
            if field.shouted:
                scopes += [""] if field.by_default else []
                features.update(*(self._vocabulary.shouted(raw, scope) for raw in field.spellings for scope in scopes))
        view = View(indexed, self._vocabulary, features)
        if self._regex_anchors:
            self._add_regexes(view)
        return view

    def _add_regexes(self, view: View) -> None:
        """Add the features of the patterns that watches are looked up by."""
        if self._regex_groups is None:
            by_scope: dict[str, dict[str, int]] = {}
            for feature in self._regex_anchors:
                regex, scope = self._compiler.regexes[feature]
                by_scope.setdefault(scope, {})[regex.pattern] = feature
            compiled = {regex.pattern: regex for regex, _ in self._compiler.regexes.values()}
            self._regex_groups = {
                scope: (RegexGroups(compiled[pattern] for pattern in features), features)
                for scope, features in by_scope.items()
            }
        for scope, (groups, features) in self._regex_groups.items():
            for at in view.scope(scope):
                view.features.update(features[pattern] for pattern in groups.found_in(view.searched(at)))

    def _count_regexes(self, regexes: Clause, by: int) -> None:
        for feature in regexes:
            self._regex_anchors[feature] += by
            if not self._regex_anchors[feature]:
                del self._regex_anchors[feature]
            self._regex_groups = None


def _match(view: View, entry: _Entry, places: Sequence[Occurrence]) -> Match:
    ordered = sorted(set(places)) if len(places) > 1 else places
    terms = {one.term for one in ordered}
    score = sum(entry.weights.get(term, 1.0) for term in terms) if entry.weights else float(len(terms))
    hits = view.hits(ordered if len(ordered) <= MOST_HITS else _most_telling(ordered))
    return Match(item=view.item.id, watch=entry.watch.id, score=score, hits=hits)


def _most_telling(ordered: Sequence[Occurrence]) -> list[Occurrence]:
    first_of_term = set({one.term: one for one in reversed(ordered)}.values())
    rest = first_of_term.union(ordered[:MOST_HITS])
    return sorted(sorted(rest, key=lambda one: (one not in first_of_term, one))[:MOST_HITS])
