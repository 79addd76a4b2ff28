"""A question at the terminal that may learn something while nobody has answered yet."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable

import typer

_LOOKED_EVERY = 0.1
_ANSWERS = {"y": True, "yes": True, "n": False, "no": False, "": False}


def confirmed(question: str, news: Callable[[], str]) -> bool:
    """Ask a question that is answered by yes or no; no unless it is yes.

    news: what there is to say by now, each thing once, else empty; it is said while the question stands, which is then
    put again. What was typed already counts.
    """
    if not sys.stdin.isatty():
        return typer.confirm(question, default=False)
    prompt = f"{question} [y/N]: "
    while True:
        print(prompt, end="", flush=True)
        while not select.select([sys.stdin], [], [], _LOOKED_EVERY)[0]:
            if told := news():
                print(f"\n{told}\n{prompt}", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            raise typer.Abort
        answer = _ANSWERS.get(line.strip().lower())
        if answer is not None:
            return answer
        print("Please answer y or n.")
