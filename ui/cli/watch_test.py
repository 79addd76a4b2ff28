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
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Stop after the first figures, where those are an estimate.")
    ] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="No first figures; and near misses counted to the last as well.")
    ] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say what a watch would have found in what is stored; nothing is changed.

    Items and stories by week and source, examples, what it just misses and why, the term that brings most, what each
    NOT leaves out, and how much of it other watches find too. It is exactly what the alert would tell of these items.
    Where so many may match that they are not soon counted, an estimate comes first and is called one.
    """
    from scheduler.trial import Tried
    from ui.cli import watch_change
    from ui.cli.watch_trial import trial_document, tried_aloud

    if estimate and exact:
        raise frame.usage_error("--estimate and --exact exclude each other")
    with installation(config) as opened:
        watch, former = _asked(opened.store, query, instead_of)
        lexicon = opened.settings.lexicon
        reading = watch_change.with_label_notes(watch_change.read_query(watch.query, lexicon), opened.settings)
        tried = Tried(watch=watch, now=right_now(), days=days, former=former, lexicon=lexicon)
        if as_json:
            counted = trial_document(opened.store, tried, estimate=estimate, exact=exact)
            print_json({"query": watch.query, "sentence": reading.sentence, **counted})
            return
        for line in reading.lines():
            say(line)
        tried_aloud(opened.store, tried, estimate=estimate, exact=exact)


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
