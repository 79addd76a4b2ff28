"""The shipped rows: read from the files beside this module.

TOML, not YAML: the only YAML reader we depend on is written in Python and needs some twenty times as long for the same
rows (1.3 s for 0.08 s measured), which every command about watches would pay; TOML also has dates. A row is

    [unrcca]
    names.en = ["UN Regional Centre for Preventive Diplomacy for Central Asia"]
    abbreviations.ru = ["РЦПДЦА", {text = "...", unverified = true}]
    old.en = [...]
    holders = [{name = {en = "...", ru = "..."}, from = 2024-01-01, to = 2025-06-30}]

`unverified = true` (of a name, a holder or a row) means that nobody has checked it; `ambiguous = true` that the name is
right, but others bear it too (CAREC). Both are only suggested, never matched. `country = "kz"` says that every country
has such a body: each name is then ambiguous by itself and sure with its country ("Kazakh MFA", "МЧС РК"; the ways are
in country.py), unless it says `alone = true`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from news.lexicon.concept import LANGUAGES, Concept, ConceptKind, Holder, Name, NameKind
from news.lexicon.country import with_country
from news.lexicon.lexicon import Lexicon
from news.lexicon.rows import Rows
from news.lexicon.spelling import spellings

FILES: Mapping[str, ConceptKind] = {
    "organisations.toml": "organisation",
    "places.toml": "place",
    "offices.toml": "office",
    "topics.toml": "topic",
}
_KINDS: Mapping[str, NameKind] = {"names": "name", "abbreviations": "abbreviation", "old": "old"}
_ROW_KEYS = frozenset({*_KINDS, "holders", "unverified", "country"})
_HOLDER_KEYS = frozenset({"name", "from", "to", "unverified"})
_NAME_KEYS = frozenset({"text", "unverified", "ambiguous", "alone"})


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicon as shipped; a row is read when it is first asked for."""
    folder = files("news.lexicon")
    texts = [(folder.joinpath(file).read_text(encoding="utf-8"), kind) for file, kind in FILES.items()]
    return Lexicon(rows=Rows(texts, lambda text, kind: read_concepts(text, kind=kind)[0]))


def read_concepts(text: str, *, kind: ConceptKind) -> tuple[Concept, ...]:
    """The concepts of one file; raises ValueError where a row has keys or values that it should not."""
    return tuple(_concept(id, row, kind) for id, row in tomllib.loads(text).items())


def _concept(id: str, row: Mapping[str, Any], kind: ConceptKind) -> Concept:
    _check_keys(row, _ROW_KEYS, id)
    unverified = row.get("unverified", False)
    names = tuple(
        name
        for key, name_kind in _KINDS.items()
        for name in _names(row.get(key, {}), name_kind, at=f"{id}.{key}", country=row.get("country", ""))
    )
    if unverified:
        names = tuple(replace(name, sure=False) for name in names)
    holders = tuple(_holder(holder, id) for holder in row.get("holders", ()))
    return Concept(id=id, kind=kind, names=names, holders=holders, unverified=unverified)


def _holder(row: Mapping[str, Any], id: str) -> Holder:
    _check_keys(row, _HOLDER_KEYS, f"{id}.holders")
    since, until = row.get("from"), row.get("to")
    for day in (since, until):
        if day is not None and type(day) is not date:
            raise ValueError(f"{id}.holders: {day!r} is not a day")
    names = tuple(_names(row["name"], "name", at=f"{id}.holders"))
    return Holder(names=names, since=since, until=until, sure=not row.get("unverified", False))


def _names(by_language: Mapping[str, Any], kind: NameKind, *, at: str, country: str = "") -> Iterator[Name]:
    _check_keys(by_language, frozenset(LANGUAGES), at)
    for language, written in by_language.items():
        for entry in [written] if isinstance(written, str) else written:
            row = {"text": entry} if isinstance(entry, str) else entry
            _check_keys(row, _NAME_KEYS, at)
            yield from _spelled(row, language, kind, country)


def _spelled(row: Mapping[str, Any], language: str, kind: NameKind, country: str) -> Iterator[Name]:
    """One name as written, in its other spellings, and of a body that every country has with its country."""
    sure = not row.get("unverified", False)
    own = not row.get("ambiguous", False) and (not country or row.get("alone", False))
    for text in spellings(row["text"]) if language == "en" else (row["text"],):
        yield Name(text=text, language=language, kind=kind, sure=sure and own)
        if country and not own:
            # "МИДом Казахстана": with its country an abbreviation is a phrase, of which one word keeps its capitals.
            phrase: NameKind = "name" if kind == "abbreviation" else kind
            for qualified in with_country(text, language, country):
                yield Name(text=qualified, language=language, kind=phrase, sure=sure)


def _check_keys(row: Mapping[str, Any], known: frozenset[str], at: str) -> None:
    if unknown := set(row) - known:
        raise ValueError(f"{at}: {', '.join(sorted(unknown))} is no key here; known are {', '.join(sorted(known))}")
