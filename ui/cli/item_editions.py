"""The language versions of an item's release, in words: for `presswatch item show`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from news.changes.editions import awaited, expected_languages, lacking, usual_delays
from scheduler.digest.editions import LOOKED_BACK
from ui.cli.moments import local
from ui.cli.output import say

if TYPE_CHECKING:
    from news.item import Item
    from news.source import AnySource
    from storage import Unit


def editions(unit: Unit, item: Item, sources: Sequence[AnySource], *, now: datetime) -> dict[str, Any]:
    """The other language versions, what they differ in, and those that are expected and not there."""
    items = unit.items.load(unit.editions.of_item(item.id))
    seen = unit.editions.seen([one.id for one in items])
    family = next((one.family for one in sources if one.id == item.source), "")
    expected = expected_languages(item, sources)
    missing = expected - set(seen)
    usual = usual_delays(unit.editions.releases(family, since=now - LOOKED_BACK)) if missing else {}
    return {
        "editions": [{"id": one.id, "language": one.language, "title": one.title, "url": one.url} for one in items],
        "lacking": [
            {"language": one.language, "has": one.has, "figures": one.figures, "persons": one.persons}
            for one in lacking(items)
        ],
        "awaited": [
            {
                "language": one.language,
                "since": one.since,
                "late": one.late,
                "usual_hours": None if one.usual is None else round(one.usual / timedelta(hours=1), 1),
            }
            for one in awaited(seen, expected, usual=usual, now=now)
        ],
    }


def say_editions(found: dict[str, Any], zone: str) -> None:
    """Print them, where there is more than one or one is awaited."""
    if len(found["editions"]) > 1:
        texts = [f"{one['language'].upper()} (item {one['id']})" for one in found["editions"]]
        say(f"by its publisher's number the same release: {', '.join(texts)}")
    for one in found["awaited"]:
        usual = "" if one["usual_hours"] is None else f"; usually it takes {one['usual_hours']:g} h"
        late = ", late" if one["late"] else ""
        say(f"{one['language'].upper()} none yet{late}: the first was seen {local(one['since'], zone)}{usual}")
    for one in found["lacking"]:
        parts = [
            f"{word} {', '.join(one[name])}"
            for name, word in (("figures", "figures"), ("persons", "persons"))
            if one[name]
        ]
        say(f"{one['language'].upper()} lacks what {one['has'].upper()} has: {'; '.join(parts)}")
