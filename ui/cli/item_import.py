"""`presswatch item import FILE.jsonl`: news from a file into the archive."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus, Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import complain, counted, print_json, say
from ui.cli.own_files import STREAM

TOLD = 20
"""Broken lines, and unknown keys, that are named at most."""


def import_items(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.jsonl", help="One JSON object a line; - is standard input."),
    ],
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Take in news from a file of JSON lines; nothing of it alerts.

    Each line has title and url, and if known text, summary, published, language, source, publisher, standing, tags. A
    broken line is named with its number and the rest taken in; running it again changes nothing.
    """
    if file != STREAM and not file.is_file():
        raise Misuse(f"{file} is a folder, not a file" if file.is_dir() else f"there is no file {file}")
    from news.item import Outcome
    from scheduler.importing import import_lines

    with installation(config) as opened, _opened(file) as lines:
        imported = import_lines(opened, lines, now=right_now())
    name = "standard input" if file == STREAM else str(file)
    new, changed, known = (imported.outcomes.get(outcome, 0) for outcome in Outcome)
    if as_json:
        broken = [{"line": one.line, "error": one.error} for one in imported.broken]
        print_json(
            {
                "new": new,
                "changed": changed,
                "known": known,
                "broken": broken,
                "unknown": {key: len(found) for key, found in imported.unknown.items()},
            }
        )
    else:
        for one in imported.broken[:TOLD]:
            complain(f"{name}, line {one.line}: {one.error}")
        if len(imported.broken) > TOLD:
            complain(f"{name}: {len(imported.broken) - TOLD} further broken lines are not named")
        for key, lines_of in sorted(imported.unknown.items())[:TOLD]:
            complain(
                f"{name}, line {lines_of[0]}: {key!r} is not read, in {counted(len(lines_of), 'line')}{_meant(key)}"
            )
        left_out = f"; {counted(len(imported.broken), 'broken line')} left out" if imported.broken else ""
        say(f"{counted(new, 'item')} added, {changed} changed, {known} known already{left_out}.")
    if imported.broken:
        raise typer.Exit(ExitStatus.PROBLEM)


def _meant(key: str) -> str:
    from news.settings.faults import did_you_mean
    from scheduler.importing import KEYS

    meant = did_you_mean(key, KEYS)
    return f". {meant}" if meant else ""


def _opened(file: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if file == STREAM else file.open("rb")
