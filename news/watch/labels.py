"""Labels: what an item's source, publisher, standing and language are called, compared whole.

One that no item can carry (`lang:xx`) is refused where it is written: a mistyped label makes a watch that never fires,
and nobody would notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from news.errors import QuerySyntaxError
from news.source import Standing
from news.watch.query import And, InField, Not, Or, Query, Term

_LANGUAGE = re.compile(r"[a-z]{2}|und")

# Country codes, three-letter tags and names that people write for the languages read most.
_MEANT = {
    "kz": "kk",
    "kaz": "kk",
    "qz": "kk",
    "qaz": "kk",
    "kazakh": "kk",
    "rus": "ru",
    "russian": "ru",
    "eng": "en",
    "english": "en",
    "kg": "ky",
    "kir": "ky",
    "uzb": "uz",
}


class Labels:
    """The labels that watches ask for, each with its feature."""

    def __init__(self) -> None:
        self._whole: dict[tuple[str, str], int] = {}
        self._beginnings: dict[tuple[str, str], int] = {}

    def number(self, field: str, value: str, *, prefix: bool, new: Callable[[], int]) -> int:
        """The feature of one label, or of all that begin with `value`; `new` gives its number where there is none."""
        index = self._beginnings if prefix else self._whole
        if (field, value) not in index:
            index[field, value] = new()
        return index[field, value]

    def met_by(self, labels: Mapping[str, str]) -> list[int]:
        """The features that an item with these labels (field -> value) satisfies."""
        found = [self._whole[label] for label in labels.items() if label in self._whole]
        found += [feature for (field, prefix), feature in self._beginnings.items() if labels[field].startswith(prefix)]
        return found


def label_value(forms: Iterable[str]) -> str:
    """How labels are compared: their words, in any case, whatever stands between them."""
    return " ".join(forms)


def check_labels(text: str, query: Query) -> None:
    """Raise QuerySyntaxError, the place underlined, for a language or standing that does not exist."""
    for field, term in _labelled(query, ""):
        value = term.text.lower()
        if field == "lang" and (value in _MEANT or not _LANGUAGE.fullmatch(value)):
            hint = f"Did you mean {_MEANT[value]}?" if value in _MEANT else "Write two letters: en, ru, kk."
            raise QuerySyntaxError(text, term.place.start, term.place.end, f'"{term.text}" is no language tag', hint)
        if field == "standing" and value not in set(Standing):
            near = get_close_matches(value, [*Standing], n=1, cutoff=0.5)
            meant = f"Did you mean {near[0]}? " if near else ""
            hint = f"{meant}There are: {', '.join(Standing)}."
            raise QuerySyntaxError(text, term.place.start, term.place.end, f'"{term.text}" is no standing', hint)


def _labelled(query: Query, field: str) -> Iterator[tuple[str, Term]]:
    match query:
        case InField(field=inner, part=part):
            yield from _labelled(part, inner)
        case Not(part=part):
            yield from _labelled(part, field)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _labelled(part, field)
        case Term() if field in ("lang", "standing"):
            yield field, query
        case _:
            return
