"""`presswatch why`: why an item was told, why it was put where it is, or why nobody was told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.moments import local
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from news.item import Item
    from scheduler.app import App
    from storage import Dropped, Unit

_MOST_BRIEF = 10
_AROUND = " \t\r\n<>\"'«»“”.,;"


def why(
    which: Annotated[
        str, typer.Argument(metavar="URL-OR-ID", help="Any address of an item, as pasted, or its number.")
    ],
    watch: Annotated[
        str, typer.Option("--watch", metavar="NAME", help="Only this watch, clause by clause, found or not.")
    ] = "",
    day: Annotated[
        str, typer.Option("--day", metavar="DAY", help="When it was published, where its address does not say it.")
    ] = "",
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say why an item was found, told and put into its story, or why it was not.

    An address that is not stored: which site nobody reads, or what its list and page gave. A stored one: clause by
    clause what each watch found or lacks, and in which digest it went to whom. Where one change would have caught it,
    which, and how many more items that brings.
    """
    published = _day(day)
    with installation(config) as opened:
        now = right_now()
        answer, lines = opened.store.read_now(
            lambda unit: _answered(unit, opened, which, watch_name=watch, day=published, now=now)
        )
    if as_json:
        print_json(answer)
        return
    for line in lines:
        say(line)


def _answered(
    unit: Unit, opened: App, which: str, *, watch_name: str, day: date | None, now: datetime
) -> tuple[dict[str, Any], list[str]]:
    """The answer as plain JSON and in lines."""
    which = pasted(which)
    item = unit.items.find(which)
    if item is not None:
        return _about_item(unit, opened, item, watch_name=watch_name, now=now)
    dropped = unit.retention.find(which)
    if dropped is not None:
        return _about_dropped(dropped, opened.settings.zone)
    from news.urls import canonical_url
    from ui.cli.why_reading import why_unstored

    address = canonical_url(which)
    if address.url is None:
        if which.strip().isdecimal():
            raise Misuse(f"no stored item has the number {which.strip()}")
        raise Misuse(f"{which!r} is neither the number of an item nor an address ({address.why})")
    reasons = why_unstored(unit, opened.settings, address.url, address.key, day=day, now=now)
    lines = [f"Not stored: {address.url}"]
    lines += [f"  {words}" for one in reasons for words in one.words]
    costs = {one.change: one.cost for one in reasons if one.change}
    for change, cost in costs.items():
        lines += [f"  What would have brought it: {change}", *([f"    {cost}"] if cost else ())]
    plain = [
        {
            "state": one.state,
            "source": one.source or None,
            "words": list(one.words),
            "change": one.change or None,
            "cost": one.cost or None,
        }
        for one in reasons
    ]
    return {"stored": False, "url": address.url, "reasons": plain}, lines


def _about_item(
    unit: Unit, opened: App, item: Item, *, watch_name: str, now: datetime
) -> tuple[dict[str, Any], list[str]]:
    from ui.cli.why_story import why_in_story
    from ui.cli.why_watch import verdict

    zone, lexicon = opened.settings.zone, opened.settings.lexicon
    recorded = {one.watch.id: one for one in unit.inquiries.matches_of(item.id)}
    watches = unit.watches.all()
    gone = [one.watch for id, one in recorded.items() if id not in {watch.id for watch in watches}]
    watches += (replace(one, name=f"{one.name} (removed)", enabled=False) for one in gone)
    if watch_name:
        watches = [one for one in watches if one.name == watch_name.strip()]
        if not watches:
            raise Misuse(f"there is no watch named {watch_name!r}; see: presswatch watch list")
    (indexed,) = unit.archive.indexed([item.id])
    verdicts = [
        verdict(unit, one, indexed, recorded.get(one.id), now=now, zone=zone, lexicon=lexicon, costs=bool(watch_name))
        for one in watches
        if one.enabled or watch_name or one.id in recorded
    ]
    in_full = [one for one in verdicts if one.found or one.fates or watch_name]
    others = [one for one in verdicts if one not in in_full]
    story, story_lines = why_in_story(unit, item)
    published = item.published.isoformat() if item.published else "no date stated"
    stated = local(item.published.at, zone) if item.published and item.published.at else published
    lines = [
        item.title,
        f"item {item.id}, version {item.version}; {item.publisher} ({item.source}), {item.language}; "
        f"published {stated}; seen {local(item.seen_at, zone)}",
    ]
    if item.unread:
        lines.append(f"Only its headline is known, and was held against the watches: its page gave {item.unread}.")
    lines += story_lines
    for one in in_full:
        lines += one.lines()
    if others:
        lines.append("Not found, for want of:")
        lines += [f"  {one.brief()}" for one in others[:_MOST_BRIEF]]
        lines.append("Clause by clause: presswatch why ... --watch NAME")
    plain = {
        "stored": True,
        "item": {
            "id": item.id,
            "title": item.title,
            "url": item.url,
            "source": item.source,
            "published": published,
            "seen_at": item.seen_at,
            "unread": item.unread or None,
        },
        "story": story,
        "watches": [one.shown() for one in verdicts],
    }
    return plain, lines


def _about_dropped(dropped: Dropped, zone: str) -> tuple[dict[str, Any], list[str]]:
    seen, until = local(dropped.first_seen_at, zone), local(dropped.dropped_at, zone)
    lines = [
        dropped.title,
        f"Not stored any more: it was item {dropped.id} ({dropped.source}), first seen {seen}, kept until {until}.",
        "  What would have kept it: a longer archive.keep_days, or none. A list that shows it again brings no news.",
    ]
    plain = {
        "id": dropped.id,
        "title": dropped.title,
        "source": dropped.source,
        "first_seen_at": dropped.first_seen_at,
        "kept_until": dropped.dropped_at,
    }
    return {"stored": False, "dropped": plain}, lines


def pasted(text: str) -> str:
    """An address as people paste it, without what stands around it; one that lacks its https:// is given it."""
    bare = text.strip(_AROUND)
    if "(" not in bare:
        bare = bare.rstrip(f"){_AROUND}")
    host, slash, _ = bare.partition("/")
    return f"https://{bare}" if slash and "." in host and ":" not in host else bare


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misuse(f"{text!r} is no day; write for example 2026-11-22") from None
