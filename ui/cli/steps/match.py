"""`presswatch try match`: watches of a file against items on stdin, by the matcher that alerts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from news.errors import PresswatchError
from ui.cli.exits import ExitStatus, Misuse
from ui.cli.output import print_line
from ui.cli.steps.lines import Answer, answer_all, told

if TYPE_CHECKING:
    from news.item import Item
    from news.lexicon import Lexicon
    from news.watch.watch import Hit, Watch

_GIVEN_NAMES = {"lead": "summary"}
"""An item's lead is what the given items call their summary."""

_ZONE = "Asia/Almaty"
"""Of days and hours of publication that name none: an office is who held it on the item's day."""


class BrokenItem(PresswatchError):
    """A line that is no item; the text says what is missing."""


def try_match(
    watches: Annotated[
        Path,
        typer.Option("--watches", metavar="FILE", exists=True, dir_okay=False, help="A YAML list, or a config.yaml."),
    ],
) -> None:
    """Items in, matches out.

    Items are JSON lines: id, and if known title, text, summary, language, source, published, url. One line a match. A
    config.yaml's own concepts count.
    """
    from news.watch.matcher import Matcher, index_item

    entries, lexicon = _entries(watches)
    accepted, refused = _accepted(entries, lexicon)
    for answer in refused:
        print_line(answer)
    matcher = Matcher(accepted, lexicon=lexicon)
    names = {watch.id: watch.name for watch in accepted}
    seen_at = datetime.now(UTC)

    def answers(text: str) -> Sequence[Answer]:
        if not text.strip():
            return ()
        given = _given(text)
        return [
            {
                "item": given["id"],
                "watch": names[match.watch],
                "score": match.score,
                "hits": [_hit(hit) for hit in match.hits],
            }
            for match in matcher.matches(index_item(_item(given, seen_at)))
        ]

    status = answer_all(answers)
    raise typer.Exit(ExitStatus.USAGE if refused else status)


def _entries(file: Path) -> tuple[list[Any], Lexicon | None]:
    """The watches of the file, each still as written, and the lexicon with the file's own concepts.

    A list is watches alone; in a mapping they are the section `watches:` beside `concepts:`, as in config.yaml.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        # Every plain word stays a word: a watch may be called "No" or 2024.
        written = YAML(typ="base", pure=True).load(file.read_bytes())
    except YAMLError as error:
        raise Misuse(f"{file} is not YAML: {' '.join(str(error).split())}") from error
    listed = written.get("watches") if isinstance(written, dict) else written
    if not isinstance(listed, list):
        raise Misuse(f"{file} holds no list of watches; begin each one with a line `- name: ...`")
    return listed, _lexicon(file) if isinstance(written, dict) and "concepts" in written else None


def _lexicon(file: Path) -> Lexicon:
    from pydantic import TypeAdapter, ValidationError

    from news.errors import SettingsError
    from news.lexicon import shipped, with_own
    from news.settings.concepts import ConceptEntry, make_concepts
    from news.settings.document import read_document
    from ui.cli.watch_entry import told_faults

    document = read_document(file.read_text(encoding="utf-8"), file=str(file))
    try:
        entries = TypeAdapter(list[ConceptEntry]).validate_python(document.data.get("concepts", []))
    except ValidationError as error:
        raise Misuse(f"{file}: concepts: {told_faults(error)}") from error
    own = make_concepts(dict(enumerate(entries)), document)
    if document.complaints:
        raise SettingsError(tuple(document.complaints))
    return with_own(shipped(), own)


def _accepted(entries: Sequence[Any], lexicon: Lexicon | None) -> tuple[list[Watch], list[Answer]]:
    """The watches that can be matched, numbered, and an answer for each that is refused."""
    from dataclasses import replace

    from ui.cli.watch_entry import watch_from_entry

    accepted: list[Watch] = []
    refused: list[Answer] = []
    for number, entry in enumerate(entries, start=1):
        try:
            accepted.append(replace(watch_from_entry(entry, lexicon), id=number))
        except PresswatchError as error:
            name = entry.get("name") if isinstance(entry, dict) else None
            refused.append({"watch": name if name else number, "error": told(error)})
    return accepted, refused


def _given(text: str) -> dict[str, Any]:
    given = json.loads(text)
    if not isinstance(given, dict):
        raise BrokenItem("an item is a JSON object")
    if given.get("id") is None:
        raise BrokenItem("the item has no id")
    return given


def _item(given: dict[str, Any], seen_at: datetime) -> Item:
    """The item as given, its texts untouched: hits name code points of these very fields."""
    from news.dates import parse_date
    from news.item import Item
    from news.language import detect
    from news.source import Standing

    title, lead, text = (_words(given, name) for name in ("title", "summary", "text"))
    language = _words(given, "language") or detect("\n".join((title, lead, text))).language
    published = _words(given, "published")
    return Item(
        title=title,
        lead=lead,
        text=text,
        url=_words(given, "url"),
        source=_words(given, "source"),
        publisher=_words(given, "publisher") or _words(given, "source"),
        standing=Standing(given.get("standing") or Standing.MEDIA),
        language=language,
        published=parse_date(published, language=language, zone=_ZONE, now=seen_at) if published else None,
        published_raw=published,
        seen_at=seen_at,
        keys=(),
        text_hash="",
        content_hash="",
        tags=tuple(str(tag) for tag in given.get("tags") or ()),
    )


def _words(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BrokenItem(f"{name} is not a text")
    return value


def _hit(hit: Hit) -> Answer:
    field = _GIVEN_NAMES.get(hit.field, hit.field)
    return {"field": field, "start": hit.start, "end": hit.end, "text": hit.text, "term": hit.term}
