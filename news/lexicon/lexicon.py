"""The lexicon: concepts by their id, and by any name that a person may type for them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from news.lexicon.concept import Concept, Name
from news.lexicon.rows import NO_ROWS, Rows
from news.text.words import tokenise

_Key = tuple[str, ...]
_ARTICLE = "the"


class Lexicon:
    """Concepts, no two of one id; of two that are given the later one stays. Never changes: see `with_own`.

    rows: concepts to begin with, each read when it is first asked for; one that is given takes its row's place.
    """

    def __init__(self, concepts: Iterable[Concept] = (), *, rows: Rows = NO_ROWS) -> None:
        self._rows = rows
        self._given = {concept.id: concept for concept in concepts}
        self._ids = tuple(dict.fromkeys((*rows, *self._given)))
        self._keys: dict[str, list[tuple[_Key, Name]]] = {}

    @property
    def all(self) -> tuple[Concept, ...]:
        """Every concept, in the order given."""
        return tuple(self._given.get(id) or self._rows[id] for id in self._ids)

    def concept(self, id: str) -> Concept | None:
        """The concept of that id, without the @."""
        return self._given.get(id) or self._rows.get(id)

    def near(self, id: str) -> tuple[str, ...]:
        """Ids that may have been meant by an unknown one, the likeliest first, at most three."""
        wanted = id.lower().replace("-", "_").replace(".", "_")
        close = difflib.get_close_matches(wanted, self._ids, n=3, cutoff=0.7)
        parts = {part for part in wanted.split("_") if len(part) > 2}
        sharing = (known for known in self._ids if parts.intersection(known.split("_")))
        return tuple(dict.fromkeys((*close, *sharing)))[:3]

    def by_text(self, text: str, *, unsure: bool = False) -> tuple[Concept, ...]:
        """The concepts that `text` names as a whole, in any of the languages, in the lexicon's order.

        Words are compared as everywhere (any case, ё as е, a hyphen as a space), abbreviations with their case: "who"
        is no organisation. unsure: by names that are only suggested too.
        """
        asked = _keys_asked(text)
        # Without the article, where there is one: the fewest words that a name of these must have.
        likely = {*self._given, *self._rows.may_name(min((key for key in asked if key[:1] != ("=",)), key=len))}
        found = []
        for id in self._ids:
            if id in likely and (concept := self.concept(id)) is not None:
                named = (name for key, name in self._keys_of(concept) if key in asked)
                if any(name.sure or unsure for name in named):
                    found.append(concept)
        return tuple(found)

    def _keys_of(self, concept: Concept) -> list[tuple[_Key, Name]]:
        if concept.id not in self._keys:
            self._keys[concept.id] = [(key_of(name), name) for name in concept.names]
        return self._keys[concept.id]


def key_of(name: Name) -> tuple[str, ...]:
    """What two names share that are the same to a reader: their words, of abbreviations with "=" and their case."""
    words = tokenise(name.text)
    return ("=", *words.written) if name.kind == "abbreviation" else words.forms


def with_own(lexicon: Lexicon, concepts: Iterable[Concept]) -> Lexicon:
    """The lexicon with a user's own concepts; one of a known id takes its place."""
    return Lexicon((*lexicon._given.values(), *concepts), rows=lexicon._rows)


def _keys_asked(text: str) -> tuple[_Key, ...]:
    words = tokenise(text)
    keys: list[_Key] = [words.forms, ("=", *words.written)]
    if words.forms[:1] == (_ARTICLE,):
        keys += [words.forms[1:], ("=", *words.written[1:])]
    return tuple(keys)
