"""Watches filed in dictionaries under the features they are looked up by: quick to change, quick for some thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from news.watch.clauses import Clause, Clauses


class Postings:
    """Numbers of watches by their anchors."""

    def __init__(self) -> None:
        self._clauses: dict[int, Clauses] = {}
        # Most watches have at most one guard and nothing that must be absent: those are sieved in one call each.
        self._plain: defaultdict[int, list[int]] = defaultdict(list)
        self._guarded: defaultdict[int, list[tuple[int, Clause]]] = defaultdict(list)
        self._others: defaultdict[int, list[tuple[int, tuple[Clause, ...], Clause]]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._clauses)

    def __contains__(self, number: int) -> bool:
        return number in self._clauses

    def items(self) -> Iterator[tuple[int, Clauses]]:
        """The numbers with their clauses, in the order of filing."""
        yield from self._clauses.items()

    def file(self, number: int, clauses: Clauses) -> None:
        """File a watch, whose number is not filed yet."""
        self._clauses[number] = clauses
        for feature in clauses.anchor:
            if clauses.absent or len(clauses.guards) > 1:
                self._others[feature].append((number, clauses.guards, clauses.absent))
            elif clauses.guards:
                self._guarded[feature].append((number, clauses.guards[0]))
            else:
                self._plain[feature].append(number)

    def remove(self, number: int) -> None:
        """Take a watch out; linear in the number of those that share its anchors."""
        for feature in self._clauses.pop(number).anchor:
            self._plain[feature] = [other for other in self._plain[feature] if other != number]
            self._guarded[feature] = [other for other in self._guarded[feature] if other[0] != number]
            self._others[feature] = [other for other in self._others[feature] if other[0] != number]

    def candidates(self, features: Set[int]) -> set[int]:
        """The watches whose clauses an item with these features meets."""
        found: set[int] = set()
        for feature in self._plain.keys() & features:
            found.update(self._plain[feature])
        for feature in self._guarded.keys() & features:
            found.update([number for number, guard in self._guarded[feature] if not guard.isdisjoint(features)])
        for feature in self._others.keys() & features:
            for number, guards, absent in self._others[feature]:
                for guard in guards:
                    if guard.isdisjoint(features):
                        break
                else:
                    if absent.isdisjoint(features):
                        found.add(number)
        return found
