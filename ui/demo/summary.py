"""The demo's account of itself, for a press officer: lines of text made of what was read and stored (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from news.item import Item
from news.visit import Visit, VisitResult
from ui.cli.output import counted
from ui.demo.picture import Correction, Found, Picture, Told

_WIDTH = 30
_LINE = 100


def visit_line(visit: Visit, name: str) -> str:
    """One source's visit: what it brought, or by name why it was not read."""
    return f"  {name:<{_WIDTH}} {_brought(visit)}"


def picture_lines(picture: Picture) -> list[str]:
    """What the rounds came to: stories of several items, corrections, watches, digests."""
    items = sum(len(story) for story in picture.stories)
    languages = {item.language for story in picture.stories for item in story}
    # In an order of their own: which of several sites answers first is up to the machine.
    several = sorted(_story(story) for story in picture.stories if len(story) > 1)
    return [
        "",
        f"STORIES: {len(picture.stories)} from {counted(items, 'item', 'items')} in"
        f" {counted(len(languages), 'language', 'languages')}; these were told more than once:",
        *(line for lines in several for line in lines),
        "",
        f"CORRECTED BY ITS PUBLISHER: {counted(len(picture.corrections), 'item', 'items')}; both versions are kept",
        *(line for correction in picture.corrections for line in _correction(correction)),
        "",
        "WATCHES",
        *(_found(found) for found in picture.found),
        "",
        "DIGESTS",
        *(_told(told) for told in picture.told),
    ]


def broken_lines(notes: Sequence[str]) -> list[str]:
    """What the digests told of the source that broke: their own lines below the coverage, in order."""
    return [
        "",
        "A SOURCE THAT BROKE, for its page was made anew; told once, and once that it is over",
        *(line for note in notes for line in wrap(note, _LINE, initial_indent="  ", subsequent_indent="    ")),
    ]


def request_line(counts: Mapping[tuple[str, int], int]) -> str:
    """How many requests it took: all of them, and those that a server answered with "unchanged"."""
    unchanged = sum(count for (_, status), count in counts.items() if status == 304)
    return f'{sum(counts.values())} requests, {unchanged} of them answered "unchanged" without a body'


def _brought(visit: Visit) -> str:
    if visit.result is VisitResult.NOT_MODIFIED:
        return "unchanged since the last visit"
    if not visit.result.answered:
        return f"NOT READ, {visit.reason.value}: {visit.detail or 'no more is known'}; asked again in the next round"
    counts = {"new": visit.new, "known already": visit.known, "corrected": visit.changed}
    parts = [f"{count} {word}" for word, count in counts.items() if count]
    parts += [f"{count} unusable ({reason})" for reason, count in sorted(visit.unusable.items())]
    return f"{counted(visit.entries, 'entry', 'entries')}: {', '.join(parts)}"


def _story(story: Sequence[Item]) -> list[str]:
    languages: dict[str, list[str]] = {}
    story = sorted(story, key=lambda item: (item.publisher, item.language, item.title))
    for item in story:
        languages.setdefault(item.publisher, []).append(item.language.upper())
    tellers = [f"{publisher} ({', '.join(told)})" for publisher, told in languages.items()]
    headline = next((item.title for item in story if item.language == "en"), story[0].title)
    return [f"  {headline}", f"    {'; '.join(tellers)}"]


def _correction(correction: Correction) -> list[str]:
    item, earlier = correction.item, correction.earlier
    lines = [f"  {item.publisher} ({item.language.upper()})"]
    if item.title != earlier.title:
        lines += [f"    headline was: {earlier.title}", f"    headline now: {item.title}"]
    return lines + [f"    in the text:  {before} became {after}" for before, after in correction.words]


def _found(found: Found) -> str:
    name = f"{found.watch} (at once)" if found.at_once else found.watch
    if not found.items:
        return f"  {name:<42} nothing"
    return f"  {name:<42} {counted(found.items, 'item', 'items')} in {counted(found.stories, 'story', 'stories')}"


def _told(told: Told) -> str:
    kind = "at once" if told.at_once else "digest"
    state = "delivered" if told.delivered else "NOT DELIVERED"
    stories, items = counted(told.stories, "story", "stories"), counted(told.items, "item", "items")
    return f"  {kind:<8} {stories} from {items}, {state}"
