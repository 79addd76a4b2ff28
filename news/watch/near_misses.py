"""Stored items that a watch just misses, each with what it lacks; and what its languages leave unread.

`NearMisses` is handed every stored item that its `asks` finds, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from news.errors import QuerySyntaxError
from news.lexicon import LANGUAGES, Lexicon, shipped
from news.watch.compiler import check_watch
from news.watch.expand import in_language, reads
from news.watch.indexed import IndexedItem
from news.watch.matcher import Matcher
from news.watch.near import Lack, either, relaxations
from news.watch.near_text import written
from news.watch.query import Query
from news.watch.watch import Hit, Watch

MOST_LACKS = 20
"""Demands that a watch is tried without; of a longer one the first."""

_BASE = 1


@dataclass(kw_only=True, eq=False)
class Missed:
    """Items that lack one thing alone.

    part: what they lack, as query text. lack: how. query: the watch that would find them, as query text. items: ids and
    titles.
    """

    part: str
    lack: Lack
    query: str
    items: list[tuple[int, str]] = field(default_factory=list)


class NearMisses:
    """Counts for one watch, a tree that `check_watch` let pass, typed as `text`.

    lexicon: what concepts mean, the shipped one unless given.
    """

    def __init__(self, text: str, query: Query, lexicon: Lexicon | None = None) -> None:
        names = lexicon or shipped()
        self.languages = reads(query, names)
        """Of en, ru and kk, those that the watch reads."""
        self.more: dict[str, int] = {}
        """By language that it does not read, how many items the lexicon's names in it would add."""
        relaxed = [one for one in relaxations(query) if one.lack is not Lack.LEFT_OUT][:MOST_LACKS]
        self.missed = [
            Missed(part=written(one.part, text), lack=one.lack, query=written(one.query, text)) for one in relaxed
        ]
        wider: Mapping[str, Query] = {
            language: variant
            for language in (LANGUAGES if self.languages else ())
            if language not in self.languages and (variant := widened(text, language, names)) is not None
        }
        self.more = dict.fromkeys(wider, 0)
        queries = [*(one.query for one in relaxed), *wider.values()]
        # The watch itself is among them, so that no word is asked for that `asks` does not have.
        self.asks: Query | None = either([query, *queries]) if queries else None
        """What finds every item that counts, and those of the watch; None where nothing can be missed by so little."""
        self._matcher = Matcher(lexicon=lexicon)
        for number, one in enumerate((query, *queries), start=_BASE):
            self._matcher.register(Watch(name="", query="", id=number), self._matcher.compile(one))

    def so_far(self) -> NearMisses:
        """What is counted by now, as a picture that no later count changes."""
        picture = copy(self)
        picture.missed = [replace(one, items=[*one.items]) for one in self.missed]
        picture.more = dict(self.more)
        return picture

    def look_at(self, indexed: IndexedItem, _hits: Sequence[Hit] = ()) -> None:
        """Count one stored item, which must be handed in once."""
        met = {watch.id for watch in self._matcher.matching(indexed)}
        if _BASE in met:
            return
        for at, missed in enumerate(self.missed, start=_BASE + 1):
            if at in met:
                missed.items.append((indexed.item.id, indexed.item.title))
        for at, language in enumerate(self.more, start=_BASE + 1 + len(self.missed)):
            self.more[language] += at in met


def widened(text: str, language: str, lexicon: Lexicon) -> Query | None:
    """The watch with the lexicon's names in one more language; None where it has none that can stand there."""
    try:
        wider = in_language(text, language, lexicon)
        return None if wider == text else check_watch(wider, lexicon)
    except QuerySyntaxError:
        return None
