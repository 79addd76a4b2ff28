"""`presswatch demo`: the whole way of the news on this computer alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.exits import unwritable


def demo(
    output: Annotated[Path, typer.Option("--output", metavar="FOLDER", help="Made fresh each time.")] = Path(
        "demo-output"
    ),
) -> None:
    """See it work without a network.

    Four rounds of the real pipeline over sites played by this computer.
    """
    from ui.demo.run import demo as play

    try:
        status = play(output)
    except OSError as error:
        place = Path(error.filename) if isinstance(error.filename, str) else None
        # Another file's fault, or that of a connection, is none of the folder.
        if place is None or not (place.is_relative_to(output) or output.is_relative_to(place)):
            raise
        raise unwritable(output.parent if place == output else place.parent, error, "--output") from error
    raise typer.Exit(status)
