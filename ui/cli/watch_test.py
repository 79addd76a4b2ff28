"""`presswatch watch test`: what a query would have found, and what the edit of a watch would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from news.watch.watch import Watch
    from storage import Store


def try_query(
    query: Annotated[str, typer.Argument(metavar="QUERY|NAME", help="Words, a whole query, or the name of a watch.")],
    instead_of: Annotated[
        str, typer.Option("--instead-of", metavar="NAME", help="Also say what the query gains and loses against it.")
    ] = "",
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="How far back.")] = 90,
    exact: Annotated[
        bool, typer.Option("--exact", help="Look at everything, also where that takes long; else very much is sampled.")
    ] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say what a watch would have found in what is stored; nothing is changed.

    Items and stories by week and source, examples, what it just misses and why, the term that brings most, what each
    NOT leaves out, and how much of it other watches find too. It is exactly what the alert would tell of these items;
    an estimate is called one.
    """
    from ui.cli import watch_change
    from ui.cli.trial_words import trial_json, trial_lines
    from ui.cli.watch_trial import try_watch

    with installation(config) as opened:
        watch, former = _asked(opened.store, query, instead_of)
        reading = watch_change.with_label_notes(
            watch_change.read_query(watch.query, opened.settings.lexicon), opened.settings
        )
        trial = try_watch(
            opened.store,
            watch,
            now=right_now(),
            days=days,
            former=former,
            exact=exact,
            lexicon=opened.settings.lexicon,
        )
    if as_json:
        print_json({"query": watch.query, "sentence": reading.sentence, **trial_json(trial)})
        return
    for line in (*reading.lines(), *trial_lines(trial)):
        say(line)


def _asked(store: Store, query: str, instead_of: str) -> tuple[Watch, str | None]:
    """The watch to try, and the query that it would replace; raises Misuse for a name that there is not."""
    from dataclasses import replace

    from news.watch.watch import Watch
    from ui.cli.watch_change import existing

    if instead_of:
        edited = existing(store, instead_of)
        return replace(edited, query=query), edited.query
    named = store.read_now(lambda unit: unit.watches.get(query.strip()))
    return (Watch(name="", query=query) if named is None else named), None
