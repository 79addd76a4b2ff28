"""What a watch would have told of stored items, counted by the very matcher that alerts (P29).

`Counting` is handed every stored item that its `asks` finds, in any order, and then knows by term, exclusion and former
query what a person wants to know before the watch is saved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from news.lexicon import Lexicon
from news.watch.compiler import check_watch
from news.watch.indexed import IndexedItem
from news.watch.matcher import Matcher
from news.watch.near import alternatives, either
from news.watch.near_text import written
from news.watch.query import Query
from news.watch.survey import exclusions, without
from news.watch.watch import Hit, Watch

MOST_ALTERNATIVES = 40
"""Terms of which it is counted what each alone brings; of a longer list the first."""

_BASE, _FORMER = 0, 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Caught:
    """A stored item that a watch finds: what is shown and counted of it. day: as published, else as seen."""

    id: int
    day: date
    title: str
    publisher: str
    source: str
    language: str
    url: str


@dataclass(kw_only=True, eq=False)
class Brought:
    """What one part of a watch brings or takes away.

    part: as query text. items: found only because of it, or removed by it. forms: how its words stood in the items that
    it was found in, with the number of items.
    """

    part: str
    items: list[Caught] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)

    def so_far(self) -> Brought:
        """The same, as a picture that no later count changes."""
        return Brought(part=self.part, items=[*self.items], forms=self.forms.copy())


@dataclass(kw_only=True, eq=False)
class Tally:
    """What was counted so far.

    found: what the watch finds. terms: of several terms of which some are enough, what each alone brings. left_out: by
    NOT, what it removes. gained, lost: against the former query; both empty without one. covered: items that other
    watches have found; by_watch: how many, by name.
    """

    found: list[Caught] = field(default_factory=list)
    terms: list[Brought] = field(default_factory=list)
    left_out: list[Brought] = field(default_factory=list)
    gained: list[Caught] = field(default_factory=list)
    lost: list[Caught] = field(default_factory=list)
    covered: int = 0
    by_watch: Counter[str] = field(default_factory=Counter)

    @property
    def noisiest(self) -> Brought | None:
        """The term that alone brings most; None where there is one term only, or none brings any alone."""
        most = max(self.terms, key=lambda one: len(one.items), default=None)
        return most if most is not None and most.items else None

    def so_far(self) -> Tally:
        """The same, as a picture that no later count changes."""
        return replace(
            self,
            found=[*self.found],
            terms=[one.so_far() for one in self.terms],
            left_out=[one.so_far() for one in self.left_out],
            gained=[*self.gained],
            lost=[*self.lost],
            by_watch=self.by_watch.copy(),
        )

    def cover(self, found_by: Mapping[int, Collection[int]], others: Mapping[int, str]) -> None:
        """Count what other watches have found of it. found_by: watches by item; others: their names by number."""
        for one in self.found:
            also = {others[watch] for watch in found_by.get(one.id, ()) if watch in others}
            self.covered += bool(also)
            self.by_watch.update(also)


class Counting:
    """Counts for one watch; raises QuerySyntaxError where it cannot be matched.

    former: the query that the watch has now, where it is edited. lexicon: what concepts mean, the shipped one unless
    given.
    """

    def __init__(self, text: str, *, former: str | None = None, lexicon: Lexicon | None = None) -> None:
        self.text = text
        self.query = check_watch(text, lexicon)
        excluded = exclusions(self.query)
        some = alternatives(self.query, MOST_ALTERNATIVES)
        self.tally = Tally(
            terms=[Brought(part=written(one.part, text)) for one in some],
            left_out=[Brought(part=text[one.place.start : one.place.end]) for one in excluded],
        )
        asked = [self.query]
        self._compares = former is not None and former != text
        if former is not None and self._compares:
            asked.append(check_watch(former, lexicon))
        self._exclusions = range(len(asked), len(asked) + len(excluded))
        asked += (without(self.query, one) for one in excluded)
        self.asks: Query = either(asked)
        """What finds every item that counts for something: hand `look_at` the items that this finds. It has every word
        that is asked for.
        """
        self._terms = range(len(asked), len(asked) + len(some))
        asked += (one.query for one in some)
        # One matcher for all of them: a spelling is resolved once, an item seen once.
        self._matcher = Matcher(lexicon=lexicon)
        for number, query in enumerate(asked):
            self._matcher.register(Watch(name="", query="", id=number + 1), self._matcher.compile(query))

    def look_at(self, indexed: IndexedItem, hits: Sequence[Hit]) -> None:
        """Count one stored item, which must be handed in once, with the hits of `asks` in it."""
        # Where nothing but the watch itself was asked for, it has found what is handed in.
        met = {watch.id - 1 for watch in self._matcher.matching(indexed)} if len(self._matcher) > 1 else {_BASE}
        caught = _caught(indexed)
        if _BASE in met:
            self._count_found(caught, met, hits)
            return
        if self._compares and _FORMER in met:
            self.tally.lost.append(caught)
        for number, brought in zip(self._exclusions, self.tally.left_out, strict=True):
            if number in met:
                brought.items.append(caught)

    def _count_found(self, caught: Caught, met: Set[int], hits: Sequence[Hit]) -> None:
        self.tally.found.append(caught)
        forms = _forms(hits) if self.tally.terms else {}
        for number, brought in zip(self._terms, self.tally.terms, strict=True):
            if number not in met:
                brought.items.append(caught)
            brought.forms.update(forms.get(brought.part, ()))
        if self._compares and _FORMER not in met:
            self.tally.gained.append(caught)


def weeks(found: Iterable[Caught], *, today: date, count: int) -> list[int]:
    """How many items of each of the last `count` weeks, the oldest first; a week is seven days that end today.

    What is older than that, or dated later than today, counts in the first and the last.
    """
    counted = [0] * count
    for one in found:
        counted[-1 - min(max((today - one.day).days // 7, 0), count - 1)] += 1
    return counted


def _caught(indexed: IndexedItem) -> Caught:
    item = indexed.item
    return Caught(
        id=item.id,
        day=indexed.day,
        title=item.title,
        publisher=item.publisher,
        source=item.source,
        language=item.language,
        url=item.url,
    )


def _forms(hits: Sequence[Hit]) -> dict[str, set[str]]:
    """By term as typed, the distinct ways it stood in one item, in small letters."""
    found: dict[str, set[str]] = {}
    for hit in hits:
        # A phrase is a term without its quotation marks, but a part of a watch with them.
        for term in (hit.term, f'"{hit.term}"'):
            found.setdefault(term, set()).add(hit.text.lower())
    return found
