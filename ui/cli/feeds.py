"""`presswatch watch feeds` and `presswatch recipient feeds`: where feeds are read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from scheduler.app import App
    from scheduler.feeds.feeds import Listed


def watch_feeds(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Watches; default: all.")] = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Show the secret addresses of watches' feeds, or the files while no web server runs.

    Whoever knows one reads the feed: pass it on as you would a password.
    """
    with installation(config) as opened:
        _show(_chosen(opened, "watch", names or []), opened, as_json=as_json)


def recipient_feeds(
    addresses: Annotated[list[str] | None, typer.Argument(metavar="[ADDRESS]...", help="Default: all.")] = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Show the secret addresses of recipients' feeds, or the files while no web server runs.

    Whoever knows one reads the feed: pass it on as you would a password.
    """
    with installation(config) as opened:
        _show(_chosen(opened, "recipient", addresses or []), opened, as_json=as_json)


def _chosen(opened: App, kind: str, wanted: list[str]) -> list[tuple[str, Listed]]:
    """The feeds that were asked for, each with what people call it."""
    from news.watch.watch import Watch
    from scheduler.feeds.feeds import listed_feeds

    feeds = opened.store.read_now(lambda unit: list(listed_feeds(unit, key=opened.key)))
    named = [(feed.of.name if isinstance(feed.of, Watch) else feed.of.address, feed) for feed in feeds]
    of_kind = {name: feed for name, feed in named if feed.kind.name.lower() == kind}
    for name in wanted:
        if name not in of_kind:
            raise Misuse(f"there is no {kind} {name} in force; see: presswatch {kind} list")
    return [(name, feed) for name, feed in of_kind.items() if not wanted or name in wanted]


def _show(chosen: list[tuple[str, Listed]], opened: App, *, as_json: bool) -> None:
    from scheduler.feeds.feeds import read_feed
    from scheduler.feeds.files import FOLDER, write_feed

    served_at = opened.settings.web.served_at
    places: dict[str, list[str]] = {}
    for name, listed in chosen:
        if not served_at:
            feed = opened.store.read_now(partial(read_feed, listed=listed, app=opened, now=right_now()))
            write_feed(opened.home / FOLDER, listed.name, feed)
        folder = f"{served_at}/feeds" if served_at else str(opened.home / FOLDER)
        places[name] = [f"{folder}/{listed.name}.{form}" for form in ("atom", "json")]
    if as_json:
        print_json([{"name": name, "atom": atom, "json": json} for name, (atom, json) in places.items()])
        return
    if not places:
        say("No feed yet: a feed comes with each watch and each recipient.")
    for name, found in places.items():
        say(name)
        for place in found:
            say(f"  {place}")
    if places and not served_at:
        say("These are files, kept up to date while presswatch runs. To serve them, set web.listen in the settings.")
