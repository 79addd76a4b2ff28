"""`presswatch item import FILE.jsonl`: news from a file into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import complain, counted, print_json, say


def import_items(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", exists=True, dir_okay=False, help="One JSON object a line.")
    ],
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Take in news from a file of JSON lines; nothing of it alerts.

    Each line has title and url, and if known text, summary, published, language, source, publisher, standing, tags. A
    broken line is named with its number and the rest taken in; running it again changes nothing.
    """
    from news.item import Outcome
    from scheduler.importing import import_lines

    with installation(config) as opened, file.open("rb") as lines:
        imported = import_lines(opened, lines, now=right_now())
    new, changed, known = (imported.outcomes.get(outcome, 0) for outcome in Outcome)
    if as_json:
        broken = [{"line": one.line, "error": one.error} for one in imported.broken]
        print_json({"new": new, "changed": changed, "known": known, "broken": broken})
    else:
        for one in imported.broken:
            complain(f"{file}, line {one.line}: {one.error}")
        left_out = f"; {counted(len(imported.broken), 'broken line')} left out" if imported.broken else ""
        say(f"{counted(new, 'item')} added, {changed} changed, {known} known already{left_out}.")
    if imported.broken:
        raise typer.Exit(ExitStatus.PROBLEM)
