"""The lexicon: concepts by their id, and by any name that a person may type for them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cached_property

from news.lexicon.concept import Concept, Name
from news.text.words import tokenise

_Key = tuple[str, ...]
_ARTICLE = "the"


class Lexicon:
    """Concepts, no two of one id; of two that are given the later one stays. Never changes: see `with_own`."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = {concept.id: concept for concept in concepts}

    @property
    def all(self) -> tuple[Concept, ...]:
        """Every concept, in the order given."""
        return tuple(self._concepts.values())

    def concept(self, id: str) -> Concept | None:
        """The concept of that id, without the @."""
        return self._concepts.get(id)

    def near(self, id: str) -> tuple[str, ...]:
        """Ids that may have been meant by an unknown one, the likeliest first, at most three."""
        wanted = id.lower().replace("-", "_").replace(".", "_")
        close = difflib.get_close_matches(wanted, self._concepts, n=3, cutoff=0.7)
        parts = {part for part in wanted.split("_") if len(part) > 2}
        sharing = (known for known in self._concepts if parts.intersection(known.split("_")))
        return tuple(dict.fromkeys((*close, *sharing)))[:3]

    def by_text(self, text: str, *, unsure: bool = False) -> tuple[Concept, ...]:
        """The concepts that `text` names as a whole, in any of the languages, in the lexicon's order.

        Words are compared as everywhere (any case, ё as е, a hyphen as a space), abbreviations with their case: "who"
        is no organisation. unsure: by names that are only suggested too.
        """
        named: dict[str, Concept] = {}
        for key in _keys_asked(text):
            for concept, name in self._by_key.get(key, ()):
                if name.sure or unsure:
                    named[concept.id] = concept
        return tuple(concept for concept in self.all if concept.id in named)

    @cached_property
    def _by_key(self) -> dict[_Key, list[tuple[Concept, Name]]]:
        found: dict[_Key, list[tuple[Concept, Name]]] = {}
        for concept in self._concepts.values():
            for name in concept.names:
                found.setdefault(key_of(name), []).append((concept, name))
        return found


def key_of(name: Name) -> tuple[str, ...]:
    """What two names share that are the same to a reader: their words, of abbreviations with "=" and their case."""
    words = tokenise(name.text)
    return ("=", *words.written) if name.kind == "abbreviation" else words.forms


def with_own(lexicon: Lexicon, concepts: Iterable[Concept]) -> Lexicon:
    """The lexicon with a user's own concepts; one of a known id takes its place."""
    return Lexicon((*lexicon.all, *concepts))


def _keys_asked(text: str) -> tuple[_Key, ...]:
    words = tokenise(text)
    keys: list[_Key] = [words.forms, ("=", *words.written)]
    if words.forms[:1] == (_ARTICLE,):
        keys += [words.forms[1:], ("=", *words.written[1:])]
    return tuple(keys)
