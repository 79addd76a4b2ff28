"""Every watch against one item: a thousand watches cost it little more than being cut into words.

A watch is filed under its rarest necessary words. An item's distinct spellings name the watches worth a look, and only
those are evaluated, with exact positions. What is told is exactly what evaluating every watch would tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from news.errors import QuerySyntaxError
from news.lexicon import Lexicon
from news.watch.clauses import Clause
from news.watch.compiler import Compiled, Compiler, check_watch
from news.watch.conditions import AnyOf, Condition
from news.watch.evaluate import evaluate, holds
from news.watch.indexed import IndexedItem, index_item
from news.watch.query import Query
from news.watch.regexes import RegexGroups
from news.watch.sieve import COLUMNS_FROM, Sieve
from news.watch.view import MOST_HITS, Occurrence, View
from news.watch.vocabulary import Vocabulary
from news.watch.watch import Match, Watch

__all__ = ["MOST_HITS", "IndexedItem", "Matcher", "index_item"]


_NO_REGEXES: Clause = frozenset()
# What stands in the place of a watch that was removed: the sieve never gives its number.
_GONE, _NOTHING = Watch(name="", query=""), AnyOf(parts=())


class Matcher:
    """A set of watches compiled together, which may change while it runs. Which are enabled is the caller's concern.

    frequencies: in how many of a thousand items words (lower case, ё as е) stand, if known; `WordCounts` counts them. A
    wrong table costs time, never a hit. lexicon: what concepts mean, the shipped one unless given. columns_from: from
    how many watches on they are kept in columns.
    """

    def __init__(
        self,
        watches: Iterable[Watch] = (),
        *,
        frequencies: Mapping[str, float] | None = None,
        lexicon: Lexicon | None = None,
        columns_from: int = COLUMNS_FROM,
    ) -> None:
        self._lexicon = lexicon
        self._vocabulary = Vocabulary(frequencies)
        self._compiler = Compiler(self._vocabulary, self._lexicon)
        self._sieve = Sieve(columns_from)
        # By the number of a watch, in the order of coming; what only some have is kept for those.
        self._watches: list[Watch] = []
        self._conditions: list[Condition] = []
        self._exact = bytearray()
        self._weights: dict[int, Mapping[str, float]] = {}
        self._regexes: dict[int, Clause] = {}
        self._numbers: dict[int, int] = {}
        self._regex_anchors: Counter[int] = Counter()
        self._regex_groups: dict[str, tuple[RegexGroups, dict[str, int]]] | None = None
        self.broken: tuple[tuple[Watch, QuerySyntaxError], ...] = ()
        """The given watches that do not parse, with why; the others work."""
        self.update(watches)

    def __len__(self) -> int:
        """How many watches work."""
        return sum(watch is not _GONE for watch in self._watches)

    def update(self, watches: Iterable[Watch]) -> None:
        """Make these the watches; only what is new or has changed is compiled, and comes last."""
        given = tuple(watches)
        wanted = {watch.id: watch for watch in given}
        for watch in tuple(self._watches):
            if watch is not _GONE and wanted.get(watch.id) != watch:
                self.remove(watch.id)
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
        number = len(self._watches)
        if watch.id:
            self.remove(watch.id)
            self._numbers[watch.id] = number
        clauses = compiled.clauses
        self._watches.append(watch)
        self._conditions.append(compiled.condition)
        self._exact.append(clauses.exact)
        if compiled.weights:
            self._weights[number] = compiled.weights
        if regexes := clauses.anchor & self._compiler.regexes.keys():
            self._regexes[number] = regexes
            self._count_regexes(regexes, 1)
        self._sieve.file(number, clauses)

    def remove(self, watch_id: int) -> None:
        """Look no more for the watch of that id, if there is one."""
        number = self._numbers.pop(watch_id, None)
        if number is not None:
            self._sieve.remove(number)
            self._watches[number], self._conditions[number] = _GONE, _NOTHING
            self._weights.pop(number, None)
            self._count_regexes(self._regexes.pop(number, _NO_REGEXES), -1)

    def matches(self, indexed: IndexedItem) -> list[Match]:
        """The watches that find the item, in the order in which they were given.

        `Match.item` is the item's id, 0 for one that is not stored yet. A term found by a label (source, publisher,
        standing, language) counts in the score but has no hit.
        """
        view = self._view(indexed)
        return [
            _match(view, self._watches[number].id, self._weights.get(number), places)
            for number in self._sieve.candidates(view.features)
            if (places := evaluate(self._conditions[number], view)) is not None
        ]

    def matching(self, indexed: IndexedItem) -> list[Watch]:
        """The watches that find the item, without the places: the same ones, in less time."""
        view = self._view(indexed)
        watches, conditions, exact = self._watches, self._conditions, self._exact
        return [
            watches[number]
            for number in self._sieve.candidates(view.features)
            if exact[number] or holds(conditions[number], view)
        ]

    def _view(self, indexed: IndexedItem) -> View:
        features = self._vocabulary.features(indexed.spellings, indexed.labels)
        alone = self._vocabulary.scopes
        for field in indexed.fields:
            if field.name in alone:
                features |= self._vocabulary.of_spellings(field.spellings, field.name)
            if field.shouted:
                scopes = [field.name] * (field.name in alone) + [""] * field.by_default
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


def _match(view: View, watch: int, weights: Mapping[str, float] | None, places: Sequence[Occurrence]) -> Match:
    ordered = sorted(set(places)) if len(places) > 1 else places
    terms = {one.term for one in ordered}
    score = sum(weights.get(term, 1.0) for term in terms) if weights else float(len(terms))
    hits = view.hits(ordered if len(ordered) <= MOST_HITS else _most_telling(ordered))
    return Match(item=view.item.id, watch=watch, score=score, hits=hits)


def _most_telling(ordered: Sequence[Occurrence]) -> list[Occurrence]:
    first_of_term = set({one.term: one for one in reversed(ordered)}.values())
    rest = first_of_term.union(ordered[:MOST_HITS])
    return sorted(sorted(rest, key=lambda one: (one not in first_of_term, one))[:MOST_HITS])
