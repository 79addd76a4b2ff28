"""`presswatch item export` and `item cite`: what is kept of an item as evidence, and how to refer to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from news.received import Copy, CopyOf
from ui.cli import frame
from ui.cli.exits import Misuse, Problem
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation
from ui.cli.output import counted, print_json, say
from ui.cli.own_files import STREAM, assert_file_name, written

if TYPE_CHECKING:
    from news.item import Item
    from storage import Unit

WhichItem = Annotated[str, typer.Argument(metavar="ID-OR-URL", help="The item's number or any address of it.")]
VersionOption = Annotated[
    int | None, typer.Option("--version", metavar="N", min=1, help="An earlier version; default: the one in force.")
]


def export(
    which: WhichItem,
    warc: Annotated[Path | None, typer.Option(metavar="FILE", help="Every copy as received, as a WARC.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="The release as a plain web page.")] = None,
    text: Annotated[Path | None, typer.Option(metavar="FILE", help="The release as plain text.")] = None,
    version: VersionOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Write what is kept of an item to files of yours.

    The WARC holds the bytes of each version as they were received, with headers and time. For use inside the house:
    the files hold whole texts, whatever their sources let out. A file that is there already is kept unless
    --force is given; "-" is standard output.
    """
    if warc is None and html is None and text is None:
        raise Misuse("say what to write: --warc FILE, --html FILE or --text FILE")
    for file in (warc, html, text):
        assert_file_name(file)
    if [warc, html, text].count(STREAM) > 1:
        raise Misuse("only one of them can go to standard output")
    from news.clean_copy import as_html, as_text

    with installation(config, only_stored=True) as opened:
        item, copies = opened.store.read_now(lambda unit: _kept(unit, which, version))
        bodies = opened.store.read_now(lambda unit: [(copy, unit.copies.body(copy.sha256)) for copy in copies])
        zone = opened.settings.zone
    sha256 = _digest_of(item, copies)
    for file, form in ((html, as_html), (text, as_text)):
        if file is not None:
            page = form(item, sha256=sha256, zone=zone)
            with written(file, force=force) as target:
                target.write(page.encode("utf-8", "replace"))
            _say_of(file, f"version {item.version}")
    if warc is not None:
        _write_warc(warc, bodies, force=force)


def cite_item(
    which: WhichItem,
    language: Annotated[str, typer.Option(metavar="en|ru|kk", help="Of the reference.")] = "en",
    version: VersionOption = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print a reference to an item.

    Publisher, title, stated date, address, the day it was read, and the SHA-256 of what was received then.
    """
    from news.cite import LANGUAGES, cite

    if language not in LANGUAGES:
        raise Misuse(f"references are written in {', '.join(LANGUAGES)}, not in {language!r}")

    with installation(config, only_stored=True) as opened:
        item, copies = opened.store.read_now(lambda unit: _kept(unit, which, version))
        zone = opened.settings.zone
    sha256 = _digest_of(item, copies)
    accessed = next((copy.fetched_at for copy in copies if copy.version == item.version), item.seen_at)
    reference = cite(item, language, accessed=accessed, sha256=sha256, zone=zone)
    if as_json:
        print_json({"item": item.id, "version": item.version, "sha256": sha256 or None, "reference": reference})
    else:
        say(reference)


def _kept(unit: Unit, which: str, version: int | None) -> tuple[Item, list[Copy]]:
    """The version asked for, and the copies kept of the item."""
    item = unit.items.find(which)
    if item is None:
        raise Misuse(f"no stored item has the number or address {which}")
    versions = {one.version: one for one in unit.items.versions(item.id)}
    if version and version not in versions:
        raise Misuse(f"item {item.id} has {counted(len(versions), 'version')}, none is {version}")
    return versions[version or item.version], unit.copies.of_item(item.id)


def _digest_of(item: Item, copies: list[Copy]) -> str:
    """Of the newest copy that shows this version: one that changed nothing of substance has none of its own."""
    return next((copy.sha256 for copy in reversed(copies) if copy.version <= item.version), "")


def _say_of(file: Path, text: str) -> None:
    """What was written to a file; nothing where standard output holds it."""
    if file != STREAM:
        say(f"{file}: {text}")


def _write_warc(file: Path, bodies: list[tuple[Copy, bytes]], *, force: bool) -> None:
    if not bodies:
        raise Problem("no copy of this item is kept: it was found by no watch, or its copies are past their time")
    from news.settings.sections import PRODUCT
    from ui.warc import write_warc

    with written(file, force=force) as target:
        write_warc(target, bodies, about={"software": PRODUCT, "format": "WARC File Format 1.0"})
    pages = sum(copy.of is CopyOf.PAGE for copy, _ in bodies)
    lists = len(bodies) - pages
    of = [counted(pages, "page")] if pages else []
    of += [counted(lists, "feed or list", "feeds or lists") + " that held it"] if lists else []
    _say_of(file, f"{' and '.join(of)} as received")
