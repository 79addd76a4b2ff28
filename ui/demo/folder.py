"""The folder that a demo writes into: made fresh each time, and never somebody else's."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from email.parser import BytesHeaderParser, BytesParser
from importlib.resources import files
from pathlib import Path

from news.errors import PresswatchError

MARKER = ".made-by-presswatch-demo"


def fresh_folder(folder: Path) -> None:
    """Make `folder` empty: one that an earlier demo made is deleted, anything else that stands there is refused.

    Raises PresswatchError for a folder without the demo's marker.
    """
    if folder.is_symlink() or (folder.exists() and not (folder / MARKER).is_file()):
        raise PresswatchError(
            f"{folder} was not made by the demo, so it is left alone. Choose another: --output FOLDER"
        )
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARKER).write_text("The demo deletes this folder when it runs again.\n", encoding="utf-8")


def write_config(folder: Path, addresses: Mapping[str, str]) -> Path:
    """Write the demo's config.yaml with the player's addresses (site -> "http://127.0.0.2:PORT"); gives its path."""
    text = (files("ui.demo") / "config.yaml").read_text(encoding="utf-8")
    for site, address in addresses.items():
        text = text.replace(f"http://{site}.play", address)
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One delivered mail: its subject, its .eml, and the page that the folder channel writes beside it."""

    subject: str
    mail: Path
    page: Path


def letters(folder: Path) -> list[Letter]:
    """The mails delivered into `folder` and below, oldest first."""
    paths = sorted(folder.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [Letter(subject=_subject(path), mail=path, page=path.with_suffix(".html")) for path in paths]


def told_once(folder: Path, source: str) -> list[str]:
    """The news of a source's health in the digests below `folder`, oldest first, each note on one line.

    That is that it broke ("New: ...") and that it is read again; what only says that it still is so is left out.
    """
    notes: list[str] = []
    for letter in letters(folder):
        body = BytesParser(policy=policy.default).parsebytes(letter.mail.read_bytes()).get_body(("plain",))
        text = str(body.get_content()) if body is not None else ""
        found = _notes(text.partition("\nCOVERAGE ")[2].splitlines()[1:])
        notes += [note for note in found if note.startswith((f"New: {source} ", f"{source} is read again"))]
    return notes


def _notes(lines: list[str]) -> list[str]:
    """The notes below a coverage, which are marked " ! " or " . " and go on indented, until something else comes."""
    notes: list[str] = []
    for line in lines:
        if line.startswith((" ! ", " . ")):
            notes.append(line[3:])
        elif notes and line.startswith("   "):
            notes[-1] += f" {line.strip()}"
        elif notes:
            break
    return notes


def _subject(mail: Path) -> str:
    return str(BytesHeaderParser(policy=policy.default).parsebytes(mail.read_bytes())["Subject"])
