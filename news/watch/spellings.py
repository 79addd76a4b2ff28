"""Spellings of a person's name in texts that the name does not find: the same consonants and nearly the same letters.

They are only ever proposed: on real text each surname that was merely alike was somebody else's or no name at all
(Германия for Gherman; LANGUAGES.md section 2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from news.text.name_endings import bare_names
from news.text.name_fold import same_name, skeleton, suggests
from news.text.names import is_patronymic
from news.text.words import tokenise, word_forms
from news.watch.indexed import IndexedItem

_SHORTEST = 4
_REMEMBERED = 200_000


class Spellings:
    """Looks for other spellings of some persons' names, each a given name and a surname in this order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = {name: parts for name in names if (parts := _parts(name)) is not None}
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}
        self._items: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._beside_given: set[tuple[str, str]] = set()

    @property
    def found(self) -> Mapping[tuple[str, str], frozenset[int]]:
        """(name, other spelling of it) -> ids of the items with that surname; beside the given name at least once."""
        return {pair: frozenset(self._items[pair]) for pair in sorted(self._beside_given)}

    def look_at(self, indexed: IndexedItem) -> None:
        """Look for spellings in one more item."""
        for field in indexed.fields if self._names else ():
            for raw in field.spellings:
                for name, surname in self._alike(raw):
                    given = self._names[name][0]
                    pair = (name, f"{given} {surname}")
                    self._items[pair].add(indexed.item.id)
                    if pair not in self._beside_given and any(
                        _may_be(word, given) for word in _neighbours(field.words.raw, raw)
                    ):
                        self._beside_given.add(pair)

    def _alike(self, raw: str) -> tuple[tuple[str, str], ...]:
        """The names whose surname a spelling may be, each with the surname as it would be written without ending."""
        if raw not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[raw] = tuple(self._likenesses(raw))
        return self._known[raw]

    def _likenesses(self, raw: str) -> Iterator[tuple[str, str]]:
        written = word_forms(raw).written
        if len(written) < _SHORTEST or not written[0].isupper() or written.isupper() or not written.isalpha():
            return
        consonants = skeleton(written)
        for name, (_, surname) in self._names.items():
            # Endings are cut at the end only, so the beginning decides before anything dear is done.
            if consonants[:2] != skeleton(surname)[:2]:
                continue
            bare = set(bare_names(written.lower()))
            if any(same_name(one, surname) for one in bare):
                continue
            alike = [one for one in bare if suggests(one, surname)]
            if alike:
                yield name, min(alike, key=len).capitalize()


def _parts(name: str) -> tuple[str, str] | None:
    words = [word for word in tokenise(name).written if not is_patronymic(word)]
    return (words[0], words[-1]) if len(words) >= 2 and len(words[0]) > 1 else None


def _neighbours(raws: Sequence[str], wanted: str) -> Iterator[str]:
    for at, raw in enumerate(raws):
        if raw == wanted:
            yield from (word_forms(word).written for word in (*raws[max(0, at - 1) : at], *raws[at + 1 : at + 2]))


def _may_be(word: str, given: str) -> bool:
    return word[:1].isupper() and any(suggests(bare, given) for bare in set(bare_names(word.lower())))
