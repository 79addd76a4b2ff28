"""`presswatch item show`: one stored item, its versions, its story and what it matched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.item_export import WhichItem, cite_item, export
from ui.cli.item_import import import_items
from ui.cli.moments import local
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from news.item import Item
    from news.source import AnySource
    from storage import Unit

app = frame.group("Look at single items, keep and cite them.")


@app.command("show")
def show(
    which: WhichItem,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print a stored item.

    With its versions, its story and the watches that found it.
    """
    with installation(config, only_stored=True) as opened:
        sources, now = opened.settings.sources, right_now()
        found = opened.store.read_now(lambda unit: _gathered(unit, which, sources, now))
        zone = opened.settings.zone
    if found is None:
        raise Misuse(f"no stored item has the number or address {which}")
    if as_json:
        print_json(found)
        return
    _print(found, zone)


def _gathered(unit: Unit, which: str, sources: Sequence[AnySource], now: datetime) -> dict[str, Any] | None:
    item = unit.items.find(which)
    if item is None:
        return None
    story = unit.stories.of_item(item.id)
    from ui.cli.item_changes import history
    from ui.cli.item_editions import editions

    versions = unit.items.versions(item.id)
    names = {watch.id: watch.name for watch in unit.watches.all()}
    return {
        **_shown(item),
        "lead": item.lead,
        "text": item.text,
        "aside": item.aside or None,
        "keys": [{"kind": key.kind, "scope": key.scope, "key": key.key} for key in item.keys],
        "story": None if story is None else {"id": story.id, "items": list(story.items)},
        "versions": [_shown(version) for version in versions],
        **history(unit, versions),
        **editions(unit, item, sources, now=now),
        "matches": [
            {
                "watch": names.get(match.watch, "(removed)"),
                "found": [{"field": hit.field, "text": hit.text, "term": hit.term} for hit in match.hits],
            }
            for match in unit.matches.of_item(item.id)
        ],
    }


def _shown(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "version": item.version,
        "title": item.title,
        "url": item.url,
        "source": item.source,
        "publisher": item.publisher,
        "language": item.language,
        "published": None if item.published is None else item.published.isoformat(),
        "precision": None if item.published is None else item.published.precision,
        "seen_at": item.seen_at,
        "unread": item.unread or None,
    }


def _print(found: dict[str, Any], zone: str) -> None:
    from ui.cli.item_changes import say_history
    from ui.cli.item_editions import say_editions

    say(found["title"])
    say(found["url"])
    published = found["published"] or "no date stated"
    say(
        f"item {found['id']}, version {found['version']}; {found['publisher']} ({found['source']}), {found['language']}"
    )
    say(f"published {published}; seen {local(found['seen_at'], zone)}")
    if found["unread"]:
        say(f"headline only: its page could not be read ({found['unread']})")
    if found["story"] is not None:
        others = [str(number) for number in found["story"]["items"] if number != found["id"]]
        say(
            f"story {found['story']['id']}"
            + (f", together with items {', '.join(others)}" if others else ", alone in it")
        )
    say_history(found, zone)
    say_editions(found, zone)
    for match in found["matches"]:
        words = ", ".join(dict.fromkeys(hit["text"] for hit in match["found"]))
        say(f"found by {match['watch']}: {words}")
    if not found["matches"]:
        say("found by no watch")
    say()
    say(found["text"] or found["lead"])
    if found["aside"]:
        say()
        say("Kept apart from the text, and never matched:")
        for part in found["aside"].splitlines():
            say(f"  {part}")


app.command("export")(export)
app.command("cite")(cite_item)
app.command("import")(import_items)
