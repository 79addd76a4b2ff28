"""The documents as data: their blocks of code, tables and code spans, and whether an output is the one they state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
# What differs from run to run: instants, days with or without an hour, hours, seconds taken.
_CHANGING = (
    (re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.]+(\+[\d:]+|Z)?)?"), "INSTANT"),
    (re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)( \d+ [A-Z][a-z]{2})?( \d\d:\d\d)?\b"), "DAY"),
    (re.compile(r"\b\d\d:\d\d\b"), "HOUR"),
    (re.compile(r"\b\d+(\.\d+)? s\b"), "SECONDS"),
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block: the document it stands in, its language, its text."""

    document: str
    language: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A command as a console block shows it, and the output it states; an empty one states nothing."""

    command: str
    output: str


def text_of(document: str) -> str:
    """The whole text of a document."""
    return (ROOT / document).read_text(encoding="utf-8")


def blocks(language: str | None = None) -> list[Block]:
    """The fenced blocks of all documents, of one language where it is given."""
    found = [
        Block(document=document, language=match[1], text=match[2])
        for document in DOCUMENTS
        for match in _FENCE.finditer(text_of(document))
    ]
    return [block for block in found if language is None or block.language == language]


def spans(text: str) -> list[str]:
    """The code spans of a text, outside of its fenced blocks."""
    return [match[1] for match in _SPAN.finditer(_FENCE.sub("", text))]


def console(block: Block) -> list[Typed]:
    """The commands of a console block, each with the lines below it."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
    return [Typed(command=first, output=rest) for first, _, rest in (part.partition("\n") for part in parts)]


def rows(header: str) -> list[tuple[str, ...]]:
    """The rows of README's table that begins with this header row, cells as written."""
    lines = README.splitlines()
    begin = lines.index(header) + 2
    end = next(number for number in range(begin, len(lines)) if not lines[number].startswith("|"))
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines[begin:end]]


def code(cell: str) -> str:
    """What a cell holds, out of its code span where it is in one."""
    return cell[1:-1] if cell.startswith("`") and cell.endswith("`") else cell


def missing_from(output: str, stated: str) -> str:
    """The first part of a stated output that the output does not have in this order; empty where it has all of it.

    "..." on a line of its own stands for any number of lines. Line breaks and what changes with the hour do not count.
    """
    at, actual = 0, _settled(output)
    for part in re.split(r"^\.\.\.$", stated, flags=re.MULTILINE):
        wanted = _settled(part)
        found = actual.find(wanted, at)
        if found < 0:
            return wanted
        at = found + len(wanted)
    return ""


def _settled(text: str) -> str:
    for pattern, name in _CHANGING:
        text = pattern.sub(name, text)
    return " ".join(text.split())
