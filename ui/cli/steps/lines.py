"""What every `try` command that reads stdin keeps: the order, and an answer to each line whatever the others do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from news.errors import PresswatchError
from ui.cli.exits import ExitStatus
from ui.cli.output import print_line

Answer = Mapping[str, Any]


def answer_each(answer: Callable[[str], Answer], file: Path | None = None) -> ExitStatus:
    """Print exactly one JSON line for each line of stdin, blank ones included; PROBLEM where one was broken.

    file: read instead of stdin. Lines end with a line feed alone (a carriage return before it goes too) and are UTF-8.
    """
    return answer_all(lambda text: (answer(text),), file)


def answer_all(answers: Callable[[str], Sequence[Answer]], file: Path | None = None) -> ExitStatus:
    """Print the JSON lines that `answers` gives for each line of stdin or `file`; PROBLEM where one was broken."""
    if file is None:
        return _answer_lines(answers, sys.stdin.buffer)
    with file.open("rb") as lines:
        return _answer_lines(answers, lines)


def _answer_lines(answers: Callable[[str], Sequence[Answer]], given: Iterable[bytes]) -> ExitStatus:
    status = ExitStatus.OK
    for number, raw in enumerate(given, start=1):
        try:
            lines = answers(raw.removesuffix(b"\n").removesuffix(b"\r").decode())
        except Exception as error:
            # Whatever a line does to the pipeline, expected or not, the lines after it still get their answers.
            lines, status = ({"error": told(error), "line": number},), ExitStatus.PROBLEM
        for line in lines:
            print_line(line)
    return status


def told(error: Exception) -> str:
    """Say what went wrong with one input: our own errors speak for themselves, others with their kind before them."""
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} is not UTF-8"
    return str(error) if isinstance(error, PresswatchError) else f"{type(error).__name__}: {error}"
