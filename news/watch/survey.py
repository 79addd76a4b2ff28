"""What a watch finds among stored items, and what variants of it would find beyond that: counted by the very matcher.

One survey tries any number of watches on each item at once, so that a list of them costs one pass over the archive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from news.lexicon import Lexicon
from news.watch.indexed import IndexedItem
from news.watch.matcher import Matcher
from news.watch.query import And, InField, Near, Not, Or, Query
from news.watch.watch import Watch


@dataclass(kw_only=True, eq=False)
class Tally:
    """found: items that the watch found. beyond: by variant, items that it found and the watch did not."""

    found: int = 0
    beyond: list[int] = field(default_factory=list)


class Survey:
    """Watches with their variants, tried together. lexicon: what concepts mean, the shipped one unless given."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._matcher = Matcher(lexicon=lexicon)
        # By number in the matcher: whose query it is, and which variant; -1 is the watch itself.
        self._asked: list[tuple[Tally, int]] = []

    def ask(self, query: Query, variants: Sequence[Query] = ()) -> Tally:
        """Try a watch and its variants, trees that `check_watch` let pass, on each item to come."""
        tally = Tally(beyond=[0] * len(variants))
        for at, asked in enumerate((query, *variants), start=-1):
            self._asked.append((tally, at))
            self._matcher.register(Watch(name="", query="", id=len(self._asked)), self._matcher.compile(asked))
        return tally

    def look_at(self, indexed: IndexedItem, *, variants: bool = True) -> Collection[Tally]:
        """Count one more item, for the variants too unless told otherwise; the tallies of the watches that found it."""
        met = [self._asked[watch.id - 1] for watch in self._matcher.matching(indexed)]
        found = {tally for tally, at in met if at < 0}
        for tally in found:
            tally.found += 1
        for tally, at in met if variants else ():
            if tally not in found:
                tally.beyond[at] += 1
        return found


def exclusions(query: Query) -> tuple[Not, ...]:
    """The parts that leave something out of a watch, in the order written; not those within one another."""
    return tuple(_exclusions(query))


def without(query: Query, excluded: Not) -> Query:
    """The watch without one of its `exclusions`."""
    match query:
        case And(parts=parts):
            rest = tuple(without(part, excluded) for part in parts if part is not excluded)
            return rest[0] if len(rest) == 1 else replace(query, parts=rest)
        case Or(parts=parts):
            return replace(query, parts=tuple(without(part, excluded) for part in parts))
        case InField(part=part):
            return replace(query, part=without(part, excluded))
        case _:
            return query


def _exclusions(query: Query) -> Iterator[Not]:
    match query:
        case And(parts=parts):
            for part in parts:
                if isinstance(part, Not):
                    yield part
                else:
                    yield from _exclusions(part)
        case Or(parts=parts) | Near(sides=parts):
            for part in parts:
                yield from _exclusions(part)
        case InField(part=part):
            yield from _exclusions(part)
        case _:
            return
