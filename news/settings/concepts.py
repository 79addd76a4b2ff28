"""How a user's own concepts are written in config.yaml, and what makes them concepts of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from news.errors import QuerySyntaxError
from news.lexicon.concept import LANGUAGES, Concept, Holder, Name, NameKind
from news.settings.document import Document, Path
from news.settings.faults import wrong
from news.settings.sections import Section
from news.settings.values import Lines
from news.text.words import QUOTES
from news.watch.compiler import check_watch

_KINDS: tuple[tuple[Literal["names", "abbreviations", "old"], NameKind], ...] = (
    ("names", "name"),
    ("abbreviations", "abbreviation"),
    ("old", "old"),
)
_WRITTEN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNQUOTED = str.maketrans(dict.fromkeys(QUOTES))


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    # Of ISO 8601 only this form: 20240307 and 2024-W10-4 are read by Python, but not by people.
    if isinstance(value, str) and _WRITTEN_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # the 30th of February
    raise wrong("is not a day", "Write year, month and day: 2024-03-07")


Day = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
]


class NamesEntry(Section):
    """Names by language, one or several in each."""

    en: Lines = ()
    """In English."""

    ru: Lines = ()
    """In Russian."""

    kk: Lines = ()
    """In Kazakh, in Cyrillic; its Latin spellings are found by themselves."""


class HolderEntry(Section):
    """Somebody who holds or held the office."""

    name: NamesEntry
    """The person's given name and surname. One language is enough; they are found in both scripts."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    """First day in office; left out, from ever."""

    to: Day | None = None
    """Last day in office; left out, until further notice."""


class ConceptEntry(Section):
    """One thing with many names, written @id in a watch."""

    model_config = ConfigDict(title="Concept")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
    """What a watch calls it after the @: small letters, digits and underscores. A shipped one gives way."""

    names: NamesEntry = NamesEntry()
    """Its full names. They are found in any form."""

    abbreviations: NamesEntry = NamesEntry()
    """Its abbreviations. They are found with their capitals only."""

    old: NamesEntry = NamesEntry()
    """What it was called before."""

    holders: tuple[HolderEntry, ...] = ()
    """For an office: who held it and when. An item is compared with the holder of its day."""


def make_concepts(entries: Mapping[int, ConceptEntry], document: Document) -> tuple[Concept, ...]:
    """The concepts of the entries, which come by their position in the file.

    Names that cannot be looked for, ids that stand twice and holders out of order are complained about.
    """
    concepts: dict[str, Concept] = {}
    for position, entry in entries.items():
        path: Path = ("concepts", position)
        if entry.id in concepts:
            document.complain((*path, "id"), "is the id of another concept too", "Give each its own", found=entry.id)
        names = tuple(
            name for key, kind in _KINDS for name in _names(getattr(entry, key), kind, (*path, key), document)
        )
        if not names and not entry.holders:
            document.complain(path, "has no name", "Add for example names: {en: [Our Society], ru: [Наше общество]}")
        concepts.setdefault(
            entry.id, Concept(id=entry.id, kind="own", names=tuple(names), holders=_holders(entry, path, document))
        )
    return tuple(concepts.values())


def _names(entry: NamesEntry, kind: NameKind, path: Path, document: Document) -> Iterator[Name]:
    for language in LANGUAGES:
        for position, text in enumerate(getattr(entry, language)):
            bare = text.translate(_UNQUOTED).strip()
            try:
                check_watch(f'"{bare}"')
            except QuerySyntaxError as error:
                below: Path = (*path, language, position)
                document.complain(
                    # One name may stand without a list around it.
                    below if below in document.values else below[:-1],
                    f"cannot be looked for: {error.problem}",
                    error.hint,
                    found=text,
                )
                continue
            yield Name(text=bare, language=language, kind=kind)


def _holders(entry: ConceptEntry, path: Path, document: Document) -> tuple[Holder, ...]:
    holders = []
    ended: date | None = date.min
    for position, one in enumerate(entry.holders):
        below: Path = (*path, "holders", position)
        names = tuple(_names(one.name, "name", (*below, "name"), document))
        if not names:
            document.complain((*below, "name"), "names nobody", "Write for example name: {en: Given Surname}")
        if one.from_ and one.to and one.to < one.from_:
            document.complain((*below, "to"), "lies before the first day", "Exchange the two days", found=str(one.to))
        elif position and (ended is None or one.from_ is None or one.from_ < ended):
            document.complain(
                (*below, "from"),
                "begins before the holder above has left",
                "List them from the first to the last, and write to: for all but the last",
                found=str(one.from_ or ""),
            )
        ended = one.to
        holders.append(Holder(names=names, since=one.from_, until=one.to))
    return tuple(holders)
