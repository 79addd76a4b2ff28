"""`presswatch story`: look at a story, make one of two, take an item out of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.moments import local
from ui.cli.opened import installation, right_now
from ui.cli.output import counted, print_json, say

if TYPE_CHECKING:
    from storage import Membership, Teller, Unit

app = frame.group("Look at stories; join two, or take an item out of one.")

_SHOWN = 100
"""Items of a story that are shown; the others are counted."""


@app.command("show")
def show(
    which: Annotated[str, typer.Argument(metavar="STORY-OR-URL", help="The story's number, or any item's address.")],
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print a story: who tells it, and why each item was put into it.

    A number that was joined to another story leads there.
    """
    with installation(config, only_stored=True) as opened:
        found = opened.store.read_now(lambda unit: _gathered(unit, which))
        zone = opened.settings.zone
    if as_json:
        print_json(found)
    else:
        _print(found, zone)


@app.command("join")
def join(
    one: Annotated[int, typer.Argument(metavar="STORY", min=1, help="A story's number.")],
    other: Annotated[int, typer.Argument(metavar="OTHER", min=1, help="The number of the other.")],
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Make one story of two, for good.

    The older number stays, the other leads to it.
    """
    if one == other:
        raise Misuse(f"two stories are joined; {one} was given twice")
    now = right_now()
    with installation(config, only_stored=True) as opened:
        kept = opened.store.write_now(lambda unit: _joined(unit, one, other, now))
        size = opened.store.read_now(lambda unit: unit.stories.size(kept))
    say(f"Stories {one} and {other} are one now: story {kept}, {counted(size, 'item')}.")


@app.command("split")
def split(
    which: Annotated[str, typer.Argument(metavar="ITEM-OR-URL", help="The item's number or any address of it.")],
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Take an item out of its story, for good.

    It becomes a story of its own; nothing that comes later puts the two together again.
    """
    now = right_now()
    with installation(config, only_stored=True) as opened:
        item, before, story = opened.store.write_now(lambda unit: _split(unit, which, now))
    say(f"Item {item} is story {story} now, apart from story {before}.")


def _joined(unit: Unit, one: int, other: int, now: Any) -> int:
    for number in (one, other):
        if unit.stories.get(number) is None:
            raise Misuse(f"there is no story {number}; presswatch item show says which one an item is in")
    kept = unit.stories.join(one, other, at=now)
    assert kept is not None  # both are there
    return kept


def _split(unit: Unit, which: str, now: Any) -> tuple[int, int, int]:
    item = unit.items.find(which)
    if item is None:
        raise Misuse(f"no stored item has the number or address {which}")
    before = unit.stories.story_of(item.id)
    story = unit.stories.split(item.id, at=now)
    if before is None or story is None:
        raise Misuse(f"item {item.id} is alone in its story: there is nothing to take it out of")
    return item.id, before, story


def _gathered(unit: Unit, which: str) -> dict[str, Any]:
    from news.story.voice import voice

    number = _number(unit, which)
    story = unit.stories.get(number) if number is not None else None
    if story is None:
        raise Misuse(f"no story has the number {which}, and no stored item the address")
    memberships = unit.stories.members(story.id, limit=_SHOWN)
    told = unit.stories.told([story.id], most=_SHOWN)[story.id]
    tellers = {one.item: one for one in told.tellers}
    return {
        "id": story.id,
        "voice": voice(one.standing for one in told.tellers).value,
        "size": told.size,
        "items": [_member(one, tellers[one.item]) for one in memberships],
        "joined": [{"id": gone, "why": why} for gone, why in unit.stories.joined_away(story.id)],
    }


def _number(unit: Unit, which: str) -> int | None:
    which = which.strip()
    if which.isascii() and which.isdigit():
        return int(which) if len(which) <= 18 else None
    item = unit.items.find(which)
    return None if item is None else unit.stories.story_of(item.id)


def _member(one: Membership, teller: Teller) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "item": one.item,
        "title": teller.title,
        "publisher": teller.publisher,
        "standing": teller.standing.value,
        "language": teller.language,
        "url": teller.url,
        "published": None if teller.published is None else teller.published.isoformat(),
        "seen_at": teller.seen_at,
        "relation": one.relation.value,
        "to": one.to or None,
        "why": one.why,
        "evidence": None if one.evidence is None else asdict(one.evidence),
    }


def _print(found: dict[str, Any], zone: str) -> None:
    items = found["items"]
    publishers = len({one["publisher"] for one in items})
    say(f"story {found['id']}: {items[0]['title']}")
    say(f"{found['voice']}; {counted(found['size'], 'item')} of {counted(publishers, 'publisher')}")
    for one in items:
        published = one["published"] or "no date stated"
        say()
        say(f"item {one['item']}, {one['publisher']}, {one['language']}: {one['title']}")
        say(f"  published {published}; seen {local(one['seen_at'], zone)}")
        say(f"  {one['url']}")
        said = f"{one['relation']} of item {one['to']}" if one["to"] else one["relation"]
        say(f"  {said}{': ' + one['why'] if one['why'] else ''}")
    if found["size"] > len(items):
        say()
        say(f"and {counted(found['size'] - len(items), 'further item')}")
    for gone in found["joined"]:
        say()
        say(f"story {gone['id']} was joined to it: {gone['why']}")
