"""Packs and one's own sources brought together: what of the catalogue is read as it stands, changed, or added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from news.settings.declarations import Declared, Place, changed, rows
from news.settings.document import Document, Path
from news.settings.faults import did_you_mean
from news.settings.packs import Catalogue, Pack
from news.settings.sources import KINDS


def declared_sources(own: object, document: Document, packs: Sequence[Pack], catalogue: Catalogue) -> list[Declared]:
    """The declarations that are read, each row of `for` by itself: those of the packs, then one's own.

    own: the value of `sources` in `document`. packs: those that are read; `use` may name a declaration of any other.
    A changed declaration takes the place of the pack's.
    """
    shelf = _Shelf(packs, catalogue)
    added: list[Declared] = []
    for position, values in enumerate(own if isinstance(own, list) else ()):
        written: dict[Path, Place] = {(): (document, ("sources", position))}
        entry = Declared(values=values if isinstance(values, dict) else {}, places=written, own=True)
        if not isinstance(values, dict):
            entry.complain((), "is not a section", "Write its keys below it, each on a line of its own, indented")
        elif "use" in values:
            shelf.note(entry)
        else:
            added += rows(entry)
    return [*shelf.rows(), *added]


class _Shelf:
    """The catalogue's declarations, each as the rows that are read of it."""

    def __init__(self, packs: Sequence[Pack], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._read: dict[tuple[str, str], list[Declared]] = {
            (pack.name, name): rows(_declared(pack, name)) for pack in packs for name in pack.declarations
        }
        self._whole: list[tuple[Declared, Declared]] = []
        self._single: list[tuple[Declared, Declared]] = []

    def note(self, entry: Declared) -> None:
        """Find what an entry with `use` changes: a declaration, or one of its sources."""
        wanted = entry.values["use"]
        if not isinstance(wanted, str):
            entry.complain(("use",), "is not the name of a declaration", "Write for example use: mfa")
            return
        for pack in self._catalogue.all_packs():
            name = pack.declaration(wanted)
            if name is not None:
                self._whole.append((entry, _declared(pack, name)))
                return
            for row in (row for name in pack.declarations for row in rows(_declared(pack, name))):
                if wanted in _ids(row):
                    self._single.append((entry, row))
                    return
        names = {name for pack in self._catalogue.all_packs() for name in pack.short_names}
        problem = "is not the name of a declaration in the catalogue"
        entry.complain(("use",), problem, did_you_mean(wanted, names), found=wanted)

    def rows(self) -> Iterator[Declared]:
        """What is read of the catalogue, with the changes noted; those of a declaration before those of one source."""
        read = dict(self._read)
        used: set[tuple[str, str]] = set()
        for entry, declaration in self._whole:
            at = (declaration.pack, declaration.name)
            read[at] = [*(read[at] if at in used else ()), *_rows_changed(declaration, entry)]
            used.add(at)
        for entry, row in self._single:
            at = (row.pack, row.name)
            read[at] = _with_one_changed(read.get(at, []), row, entry)
        for declared in read.values():
            yield from declared


def _rows_changed(declaration: Declared, entry: Declared) -> list[Declared]:
    """The rows of a declaration as an entry with `use` changes it; none where its change cannot be."""
    changes = _changes(entry)
    if not _has_an_address(declaration, entry):
        return []
    before = declaration.values.get("for") if "for" in changes else None
    return rows(replace(changed(declaration, changes, entry.places), own=True), like=before or ())


def _has_an_address(declaration: Declared, entry: Declared) -> bool:
    """Whether the address fits the way in; one kept from another kind of it does not."""
    before, after = declaration.values.get("kind"), entry.values.get("kind", declaration.values.get("kind"))
    if after == before or after not in KINDS or "url" in entry.values:
        return True
    problem = f"needs an address of its own: the one of the catalogue is for kind: {before}"
    entry.complain(("kind",), problem, f"Write url: beside it, the address of the {after}", found=str(after))
    return False


def _with_one_changed(read: Sequence[Declared], row: Declared, entry: Declared) -> list[Declared]:
    """The rows, of which one source is taken off and changed; `row` holds it as the pack has it."""
    wanted, changes = str(entry.values["use"]), _changes(entry)
    if "for" in changes:
        remedy = f"Write use: {row.name} to declare sources of your own"
        entry.complain(("for",), "stands beside one source of a declaration", remedy, key=True)
    row = next((one for one in read if wanted in _ids(one)), row)
    if not _has_an_address(row, entry):
        return list(read)
    taken = changed(row, {**_only(row, wanted), **changes}, entry.places)
    return [*(part for one in read for part in _without(one, wanted)), replace(taken, own=True)]


def _changes(entry: Declared) -> dict[str, Any]:
    return {key: value for key, value in entry.values.items() if key != "use"}


def _declared(pack: Pack, name: str) -> Declared:
    position = pack.declarations[name]
    places: dict[Path, Place] = {(): (pack.document, ("sources", position))}
    return Declared(values=pack.values(position), places=places, pack=pack.name, name=name)


def _ids(row: Declared) -> list[str]:
    """The ids of the sources that a row means."""
    id = str(row.values["id"])
    return [id, *(f"{id}-{language}" for language in row.values.get("languages", ()))]


def _only(row: Declared, wanted: str) -> dict[str, Any]:
    """What narrows a row to the one of its sources that is wanted."""
    values, id = row.values, row.values["id"]
    if wanted == id:
        return {}
    language = wanted.removeprefix(f"{id}-")
    name = f"{values.get('name') or values['publisher']} {language.upper()}"
    return {"id": wanted, "language": language, "family": values.get("family") or id, "name": name}


def _without(row: Declared, wanted: str) -> Iterator[Declared]:
    """What is left of a row when a source of that id is taken off."""
    if wanted not in _ids(row):
        yield row
    elif wanted != row.values["id"]:
        left = [one for one in row.values["languages"] if f"{row.values['id']}-{one}" != wanted]
        if left:
            yield replace(row, values={**row.values, "languages": left})
