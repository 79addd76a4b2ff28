"""Declarations as plain values that remember who wrote what: changed by others, filled from rows, split into ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ConfigDict, ValidationError

from news.settings.declaration_form import ONE_FOR_ALL_WAYS, DeclarationForm
from news.settings.document import Document, Path
from news.settings.explain import complain_about_source
from news.settings.faults import did_you_mean
from news.settings.sources import KINDS

Place = tuple[Document, Path]
_WORD = re.compile(r"\{(\w+)\}")
_AROUND = ("for", "needs", "instead")
_FILLED_LATER = ("language", "page")


class _Around(DeclarationForm):
    """What is said around a source; the source itself is checked when its places are filled."""

    model_config = ConfigDict(extra="ignore")


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One declaration: its plain values and where each of them was written.

    places: document and path of the whole (under the empty path) and of what stands elsewhere than the whole does.
    pack, name: the catalogue's pack and declaration it comes from; empty for one's own. filled: places that a row
    filled. own: whether config.yaml names it.
    """

    values: Mapping[str, Any]
    places: Mapping[Path, Place]
    pack: str = ""
    name: str = ""
    filled: frozenset[str] = frozenset()
    own: bool = False

    def place(self, path: Path) -> Place:
        """Document and path where the value at `path` was written."""
        length = next(length for length in range(len(path), -1, -1) if path[:length] in self.places)
        document, start = self.places[path[:length]]
        return document, (*start, *path[length:])

    def places_below(self, path: Path) -> dict[Path, Place]:
        """The places of what stands at `path`, as if it were a declaration of its own."""
        below = {one[len(path) :]: place for one, place in self.places.items() if one[: len(path)] == path}
        return {**below, (): self.place(path)}

    def complain(self, path: Path, problem: str, remedy: str = "", *, found: str = "", key: bool = False) -> None:
        """Note a fault where the value at `path` was written."""
        document, written = self.place(path)
        document.complain(written, problem, remedy, found=found, key=key)


def changed(
    base: Declared, changes: Mapping[str, Any], written: Mapping[Path, Place], *, leaving: tuple[str, ...] = ()
) -> Declared:
    """The declaration with other values for the keys that `changes` names; `written` says where these stand.

    Not taken over from `base` is what `leaving` names, what only its own kind can say where the kind changes, the way
    to further pages where that or the address changes, and of `language` and `languages` the one that is not written.
    """
    gone = {*changes, *leaving, *_of_the_old_kind(base.values, changes)}
    if "language" in changes or "languages" in changes:
        gone |= {"language", "languages"}
    if "url" in changes and _pages_have_an_address(base.values):
        gone.add("paging")
    kept = {key: value for key, value in base.values.items() if key not in gone}
    places = {path: place for path, place in base.places.items() if path and path[0] in kept}
    places |= {(key,): base.place((key,)) for key in kept}
    return replace(base, values={**kept, **changes}, places={**places, **written})


def _of_the_old_kind(values: Mapping[str, Any], changes: Mapping[str, Any]) -> set[str]:
    before, after = (KINDS.get(str(one.get("kind"))) for one in (values, {**values, **changes}))
    if before is None or after is None or before is after:
        return set()
    return {*before.model_fields} - {*after.model_fields} | {"paging"}


def _pages_have_an_address(values: Mapping[str, Any]) -> bool:
    paging = values.get("paging")
    return isinstance(paging, dict) and bool(paging.get("url"))


def rows(declared: Declared, *, like: Sequence[Mapping[str, Any]] = ()) -> list[Declared]:
    """The declaration once for each row of its `for`, the places in it filled; itself where it has none.

    like: the rows that others took the place of; what each of them fills is to be filled by these too. What is wrong
    with `for`, `needs` and `instead` is complained about, and nothing comes of the declaration.
    """
    try:
        around = _Around.model_validate({key: declared.values[key] for key in _AROUND if key in declared.values})
    except ValidationError as error:
        complain_about_source(error, declared.place)
        return []
    if around.for_ is None:
        return [declared]
    known = set(_words({key: value for key, value in declared.values.items() if key != "for"})) | set(around.needs)
    named = {name for row in like for name in row if name in known} | set(around.needs)
    possible = sorted(named if like else known - set(_FILLED_LATER))
    faults = 0
    for position, row in enumerate(around.for_):
        unknown = sorted(set(row) - known)
        for name in unknown:
            problem = f'fills no place: there is no "{{{name}}}"'
            declared.complain(("for", position, name), problem, _places_possible(name, possible), key=True)
        left = [name for name in possible if name not in row and like and all(name in other for other in like)]
        if left and not unknown:
            # Only the rows know what their places mean, so one of them says it best.
            example = ", ".join(f"{name}: {value}" for name, value in like[0].items())
            problem = f"leaves places of the declaration unfilled: {', '.join(left)}"
            declared.complain(("for", position), problem, f"Fill all, as here: {{{example}}}")
        faults += len(unknown) + len(left)
    return [] if faults else [_filled(declared, position, row) for position, row in enumerate(around.for_)]


def _places_possible(name: str, possible: Sequence[str]) -> str:
    if not possible:
        return "The declaration has no places; take for out"
    listed = f"Possible here: {', '.join(possible)}"
    meant = did_you_mean(name, possible)
    return f"{meant} {listed}" if meant.startswith("Did") else listed


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _WORD.findall(value)
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(below)


def _filled(declared: Declared, position: int, row: Mapping[str, str]) -> Declared:
    places = dict(declared.places)

    def fill(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {key: fill(below, (*path, key)) for key, below in value.items()}
        if isinstance(value, list):
            return [fill(below, (*path, number)) for number, below in enumerate(value)]
        named = [name for name in _WORD.findall(value) if name in row] if isinstance(value, str) else []
        if named:
            places[path] = declared.place(("for", position, named[0]))
        return _WORD.sub(lambda found: row.get(found[1], found[0]), value) if named else value

    values = {key: fill(value, (key,)) for key, value in declared.values.items() if key not in ("for", "needs")}
    if "needs" in declared.values:
        values["needs"] = declared.values["needs"]
    return replace(declared, values=values, places=places, filled=frozenset(row))


def ways(declared: Declared) -> list[Declared]:
    """The ways in that a filled declaration has: its own and its alternatives, less those that need what no row gave.

    Where none is left of a declaration that config.yaml names, that is complained about.
    """
    main = changed(declared, {}, {(): declared.place(())}, leaving=("instead",))
    found = [main]
    for position, changes in enumerate(declared.values.get("instead") or ()):
        path: Path = ("instead", position)
        for key in [key for key in changes if key in ONE_FOR_ALL_WAYS]:
            declared.complain((*path, key), "cannot differ from way to way", "Write it above only", key=True)
        if "instead" not in changes:
            found.append(changed(main, changes, declared.places_below(path), leaving=("needs",)))
    left = [way for way in found if set(_needs(way)) <= declared.filled]
    if not left and declared.own:
        needed = ", ".join(f"{name}: ..." for name in _needs(main))
        declared.complain((), "cannot be read without values for its places", f"Add for: [{{{needed}}}]")
    return left


def _needs(way: Declared) -> tuple[str, ...]:
    needs = way.values.get("needs", ())
    return (needs,) if isinstance(needs, str) else tuple(needs)
