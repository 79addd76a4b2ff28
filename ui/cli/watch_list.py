"""Watches in a list: each with the languages that it reads, counted for all of them in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from news.errors import QuerySyntaxError
from news.watch.indexed import index_item
from news.watch.watch import Watch
from scheduler.app import App
from ui.cli.output import shortened
from ui.cli.watch_catch import Catch, Catching
from ui.cli.watch_change import shown
from ui.cli.watch_look import newest_items

SECONDS = 1.0
MOST_LOOKED_AT = 3_000
_LONGEST_QUERY = 60


def catches(app: App, watches: Sequence[Watch], *, now: datetime) -> dict[int, Catch | QuerySyntaxError]:
    """By id of a watch: what it can catch, or why it catches nothing (a concept that is no more, for example)."""
    catching = Catching(app.settings.lexicon, now=now)
    asked, broken = {}, {}
    for watch in watches:
        try:
            asked[watch.id] = catching.ask(watch.query)
        except QuerySyntaxError as error:
            broken[watch.id] = error
    for item in newest_items(app.store.read_now, most=MOST_LOOKED_AT, seconds=SECONDS) if asked else ():
        catching.look_at(index_item(item))
    stored = app.store.read_now(lambda unit: unit.items.count())
    return {**{id: catching.answer(one, stored=stored) for id, one in asked.items()}, **broken}


def catch_of(app: App, watch: Watch, *, now: datetime) -> Catch:
    """What one watch can catch; raises QuerySyntaxError where it catches nothing."""
    found = catches(app, [watch], now=now)[watch.id]
    if isinstance(found, QuerySyntaxError):
        raise found
    return found


def row(watch: Watch, catch: Catch | QuerySyntaxError) -> tuple[str, ...]:
    """The cells of one watch: name, told, state, query, reads."""
    if isinstance(catch, QuerySyntaxError):
        state, reads = "broken", f"finds nothing: {catch.problem}"
    else:
        state, reads = "on" if watch.enabled else "off", catch.reading().removeprefix("reads ")
    return watch.name, watch.mode.value, state, shortened(watch.query, _LONGEST_QUERY), reads


def shown_with_catch(watch: Watch, catch: Catch | QuerySyntaxError) -> dict[str, Any]:
    """The watch for `--json`; "broken" says why it finds nothing, and is null where it does."""
    plain = shown(watch)
    if isinstance(catch, QuerySyntaxError):
        return {**plain, "broken": catch.problem}
    return {**plain, **catch.shown(), "broken": None}
