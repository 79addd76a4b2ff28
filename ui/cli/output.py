"""How commands speak: tables on a terminal, plain aligned text elsewhere, JSON where asked; errors on stderr.

News text comes from strangers. Whatever is printed for people passes `visible`, so that no headline moves the cursor,
colours the screen or turns the direction of writing.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

STYLES = {"ok": "green", "problem": "bold red", "never yet read": "yellow", "off": "dim"}
STYLES |= {"down": "bold red", "refused": "bold red", "degraded": "red", "quiet": "yellow"}
"""How a table cell that says exactly this looks on a terminal."""

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_CHANGERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def prepare_streams() -> None:
    """Make the standard streams safe to use: all three open, UTF-8 whatever LANG says, no character fatal."""
    # A stream closed by the caller (`>&-`) leaves its number free, and the next file opened, perhaps the database,
    # would get it and be printed into.
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(spare)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - lives as long as the process
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors=errors)


def discard_stdout() -> None:
    """Send whatever is still buffered for a closed pipe nowhere, so that the interpreter ends without complaining."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(devnull, sys.stdout.fileno())
    finally:
        os.close(devnull)


def visible(text: str, *, lines: bool = False) -> str:
    """Return `text` without characters that act instead of showing; with `lines`, line breaks and tabs stay."""
    kept = "\n\t" if lines else ""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if character in kept or _shows(character) else " " for character in text)


def shortened(text: str, limit: int = 100) -> str:
    """Return `text` as a table shows it: cut to `limit` characters where it is longer, and "…" says that it goes on."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def say(text: str = "") -> None:
    """Print `text` for people on stdout."""
    print(visible(text, lines=True))


def counted(number: int, one: str, many: str = "") -> str:
    """Write `number` with its noun: "1 item", "2,000 items"; `many` where that is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def complain(text: str) -> None:
    """Print an error on stderr; it says what to do."""
    print(f"presswatch: {visible(text, lines=True)}", file=sys.stderr)


def progress(text: str) -> None:
    """Print one line of progress on stderr, only where a person watches it."""
    if sys.stderr.isatty():
        print(visible(text), file=sys.stderr)


@contextmanager
def progress_bar(text: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr while the block runs, only where a person watches it; the block calls what it is given."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda: bar.advance(task)


def on_terminal() -> bool:
    """Whether a person answers questions: both stdin and stdout are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def json_text(value: Any) -> str:
    """Return `value` on one line of JSON that is valid UTF-8: lone surrogates escaped, instants in ISO 8601."""
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    return text if text.isascii() or _encodable(text) else json.dumps(value, default=_plain)


def print_json(value: Any) -> None:
    """Print one document, indented, for `--json`."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    print(text if _encodable(text) else json.dumps(value, indent=2, default=_plain))


def print_line(value: Any) -> None:
    """Print one JSON line at once: whoever writes a line and waits for the answer gets it."""
    sys.stdout.write(json_text(value) + "\n")
    sys.stdout.flush()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings: a ruled table on a terminal, columns aligned by spaces elsewhere."""
    clean = [[visible(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_ruled(columns, clean)
        return
    table = [[column.upper() for column in columns], *clean]
    widths = [max(len(row[index]) for row in table) for index in range(len(columns))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _print_ruled(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
    Console(highlight=False).print(table)


def _shows(character: str) -> bool:
    return character not in _DIRECTION_CHANGERS and unicodedata.category(character) not in _HIDDEN_CATEGORIES


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form here")
