"""Very many watches, compiled ahead: each is filed under its rarest words, as counted in what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from news.lexicon import Lexicon
from news.watch.frequencies import WordCounts
from news.watch.matcher import IndexedItem, Matcher
from news.watch.watch import Watch
from storage import Unit

MANY = 1_000
"""From so many on it pays to count words first."""


@dataclass(frozen=True, kw_only=True)
class LookedFor:
    """The watches in force at a revision, and the newest items, to count words in."""

    revision: int
    watches: Sequence[Watch]
    sample: Sequence[IndexedItem]

    def compiled(self, lexicon: Lexicon | None) -> Matcher:
        """The matcher of these watches: some 0.3 ms a watch."""
        counts = WordCounts()
        for indexed in self.sample:
            counts.add(indexed)
        return Matcher(self.watches, lexicon=lexicon, frequencies=counts.per_thousand())


def looked_for(unit: Unit, *, many: int = MANY) -> LookedFor | None:
    """What is looked for now; None where it is not `many` watches."""
    watches = unit.watches.all(enabled_only=True)
    if len(watches) < many:
        return None
    return LookedFor(revision=unit.watches.revision(), watches=watches, sample=unit.archive.sample())
