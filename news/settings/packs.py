"""The catalogue's packs as the settings take them in: their labels, and their declarations with places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from news.catalogue import shipped_packs
from news.errors import Complaint
from news.settings.document import Document, read_document
from news.settings.faults import did_you_mean

_PLACE = re.compile(r"-?\{\w+\}")
_NO_BRACES = str.maketrans("", "", "{}")


@dataclass(frozen=True, kw_only=True)
class PackLabel:
    """A pack as it is offered. default: whether it is read where config.yaml names no packs."""

    name: str
    about: str
    default: bool


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A pack's text with places.

    declarations: the position of each in `sources` by its name, which is its id without the braces of places in it.
    short_names: likewise, and also by the id without the places ("gov-kz-embassy" for "gov-kz-embassy-{city}").
    """

    name: str
    document: Document
    declarations: Mapping[str, int]
    short_names: Mapping[str, int]

    def declaration(self, wanted: str) -> str | None:
        """The name of the declaration that is called so, by its name or short name."""
        position = self.short_names.get(wanted)
        return next((name for name, one in self.declarations.items() if one == position), None)

    def values(self, position: int) -> dict[str, Any]:
        """The declaration at that position as it is written."""
        declarations: Any = self.document.data["sources"]
        values: dict[str, Any] = declarations[position]
        return values


def pack_labels(texts: Mapping[str, str] | None = None) -> tuple[PackLabel, ...]:
    """Every pack of the catalogue (or of `texts`, by name), sorted by name."""
    return tuple(_label(name, text) for name, text in sorted((shipped_packs() if texts is None else texts).items()))


class Catalogue:
    """The packs by name; each is read when it is first asked for, since reading takes time and few need all of them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._packs: dict[str, Pack] = {}

    def pack(self, name: str) -> Pack:
        """The pack of that name; raises SettingsError where it is not YAML."""
        if name not in self._packs:
            pack = _read(name, self.texts[name])
            self._packs[name] = replace(pack, document=replace(pack.document, complaints=[]))
        return self._packs[name]

    def all_packs(self) -> Iterator[Pack]:
        """Every pack, those first that have been read already."""
        yield from tuple(self._packs.values())
        for name in self.texts:
            if name not in self._packs:
                yield self.pack(name)

    @property
    def complaints(self) -> list[Complaint]:
        """What was complained about in packs."""
        return [complaint for pack in self._packs.values() for complaint in pack.document.complaints]


def chosen_packs(wanted: object, document: Document, catalogue: Catalogue) -> tuple[Pack, ...]:
    """The packs that `packs:` of the document names, or the default ones without it; unknown ones are complained about.

    wanted: the value of `packs`, None where it is left out.
    """
    texts = catalogue.texts
    if wanted is None:
        names = [label.name for label in pack_labels(texts) if label.default]
    else:
        names = []
        for position, name in enumerate(_listed(wanted)):
            if not isinstance(name, str):
                continue  # complained about with the rest of the file
            if name in names:
                document.complain(("packs", position), "stands here a second time", "Keep one of them", found=name)
            elif name in texts:
                names.append(name)
            else:
                remedy = did_you_mean(name, texts)
                document.complain(("packs", position), "is not the name of a pack", remedy, found=name)
    return tuple(catalogue.pack(name) for name in names)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


@cache
def _label(name: str, text: str) -> PackLabel:
    # What stands above the sources is enough, and a twentieth of the work.
    head = read_document(text.partition("\nsources:")[0], file=_file(name)).data
    return PackLabel(name=name, about=str(head.get("about", "")), default=head.get("default") is True)


@cache
def _read(name: str, text: str) -> Pack:
    document = read_document(text, file=_file(name), aliases=True)
    declarations: Any = document.data["sources"]
    ids = [str(one["id"]) for one in declarations]
    names = {id.translate(_NO_BRACES): position for position, id in enumerate(ids)}
    short = {_PLACE.sub("", id): position for position, id in enumerate(ids)}
    return Pack(name=name, document=document, declarations=names, short_names={**short, **names})


def _file(name: str) -> str:
    return f"news/catalogue/{name}.yaml"
