"""`presswatch source replay ID`: what no reader could use when it came is read again, as things are declared now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from news.errors import StorageError
from ui.cli import frame
from ui.cli.exits import ExitStatus
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import counted, print_json, say

if TYPE_CHECKING:
    from news.settings import Settings
    from scheduler.replay import Replayed

SAMPLES = 3
"""Titles that are shown of a page."""


def replay(
    which: Annotated[str, typer.Argument(metavar="ID", help="A source of the settings.")],
    take_in: Annotated[bool, typer.Option("--take-in", help="Store what can be read now; it alerts nobody.")] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Read again the pages of a source that could not be used when they came.

    With its present declaration, and nothing is fetched. Without --take-in nothing is stored. Exit status 1 where a
    page still cannot be read.
    """
    from scheduler.replay import replay as read_again
    from ui.cli.source_visits import by_id

    with installation(config) as app:
        source = by_id(which, app.settings, config)
        replayed = asyncio.run(read_again(app, source, clock=right_now, take_in=take_in))
    if as_json:
        print_json([shown(one) for one in replayed])
    else:
        for line in lines(source.id, replayed, take_in=take_in, now=right_now()):
            say(line)
    if any(one.reason for one in replayed if one.reason != "none"):
        raise typer.Exit(ExitStatus.PROBLEM)


def pages_kept(settings: Settings, config: Path, source_id: str) -> int:
    """Count what is kept of a source; 0 without a database, which is not made for that."""
    from scheduler.app import database_url
    from storage import Store

    url = database_url(settings, config.resolve().parent)
    if url.startswith("sqlite") and not Path(url.partition(":///")[2].partition("?")[0]).is_file():
        return 0
    store = Store(url)
    try:
        return store.read_now(lambda unit: unit.quarantine.counts()).get(source_id, 0)
    except StorageError:
        return 0  # of an older version, or away: something else was asked for
    finally:
        store.close()


def kept_told(source_id: str, count: int) -> str:
    """Say that there is something to read again; empty where there is not."""
    if not count:
        return ""
    pages = counted(count, "page")
    return f"{pages} that could not be used {'is' if count == 1 else 'are'} kept: presswatch source replay {source_id}"


def lines(source_id: str, replayed: Sequence[Replayed], *, take_in: bool, now: datetime) -> list[str]:
    """Say what each page holds now, or why it still cannot be read."""
    from ui.cli.moments import ago

    if not replayed:
        return [f"{source_id}: nothing is kept that could not be used"]
    told = [f"{source_id}: {len(replayed)} kept"]
    for one in replayed:
        page = one.kept.page
        times = f", {one.kept.times} times" if one.kept.times > 1 else ""
        told.append(f"  {page.url}, came {ago(page.fetched_at, now=now)}{times} [{page.reason}]")
        told += [f"    {line}" for line in _became(one)]
    if not take_in and any(one.titles or one.links for one in replayed):
        told.append(f"nothing was stored; to store what can be read: presswatch source replay {source_id} --take-in")
    return told


def shown(one: Replayed) -> dict[str, Any]:
    """Return a page and what became of it for `--json`."""
    page = one.kept.page
    return {
        "url": page.url,
        "kept_for": page.reason,
        "detail": page.detail,
        "first_at": one.kept.first_at,
        "last_at": page.fetched_at,
        "times": one.kept.times,
        "size": len(page.body),
        "reason": one.reason,
        "items": list(one.titles),
        "articles_named": one.links,
        "unusable": dict(one.unusable),
        "stored": one.stored,
    }


def _became(one: Replayed) -> list[str]:
    from ui.cli.source_words import ENGLISH

    if one.reason != "none":
        return [f"still unreadable [{one.reason}] {one.detail}", ENGLISH.troubles[one.reason].remedy]
    held = [counted(len(one.titles), "item")] if one.titles or not one.links else []
    held += [f"{counted(one.links, 'article')} to be read"] if one.links else []
    held += [f"{count} unusable ({reason})" for reason, count in sorted(one.unusable.items())]
    word = "stored" if one.stored else "can be read"
    return [f"{word}: {', '.join(held)}", *(f"  {title}" for title in one.titles[:SAMPLES])]
