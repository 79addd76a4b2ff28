"""`presswatch init`: a working config.yaml, the shipped one with contact, recipient and packs filled in."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus, Misuse, unwritable
from ui.cli.frame import ConfigOption
from ui.cli.output import complain, counted, on_terminal, say

if TYPE_CHECKING:
    from news.settings import PackLabel

EXAMPLE_CONTACT = "press-office@example.org"
EXAMPLE_ADDRESS = "desk@example.org"
"""What stands in the shipped config.yaml until somebody says otherwise."""

_OWN_NAME = re.compile(r"(?m)^(  - name: Own name\n)    enabled: false\n    any:\n(?:      - .*\n)+")


def init(
    contact: Annotated[
        str, typer.Option("--contact", help="Whom a site may ask about this reader: mail address or web page.")
    ] = "",
    address: Annotated[str, typer.Option("--address", help="Who gets the digest: a mail address.")] = "",
    own_name: Annotated[
        list[str] | None,
        typer.Option("--own-name", metavar="NAME", help="Your organisation, to hear when it is named; again for more."),
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option("--pack", metavar="NAME", help="Read this pack of sources as well; again for more."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Write a config.yaml that works.

    It has sources and watches to begin with. A file that is there is left alone, unless --force is given.
    """
    from news.settings import pack_labels

    if config.exists() and not force:
        complain(
            f"{config} is there already and was left alone. Edit it, or name another with --config, or use --force"
        )
        raise typer.Exit(ExitStatus.PROBLEM)
    contact, address = contact or _asked("contact", EXAMPLE_CONTACT), address or _asked("address", EXAMPLE_ADDRESS)
    names = own_name if own_name is not None else _asked_names()
    labels = pack_labels()
    packs = _known_packs(pack, labels) if pack is not None else _asked_packs(labels)
    text = filled_in(shipped_config(), contact=contact, address=address, own_names=names, packs=packs)
    sources = _sources_of(text, config)
    _write(config, text, force=force)
    say(f"{config} is written; it reads {counted(sources, 'source')}.")
    if contact == EXAMPLE_CONTACT:
        say("First edit the lines marked CHANGE THIS; sites that are read must know whom to ask.")
    say("Then, to read every source once and see a first digest:")
    say(f"  presswatch run --once --digest-now{'' if config == frame.DEFAULT_CONFIG else f' --config {config}'}")
    say("Digests become files in var/mail beside it until smtp.host is set.")
    say("To see it work without a network: presswatch demo")


def shipped_config() -> str:
    """Return the text of the config.yaml that came with this program."""
    packaged = files("ui.cli") / "config.yaml"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    # In a checkout it stands at the top, where the wheel takes it from (pyproject.toml, force-include).
    return (Path(__file__).parents[2] / "config.yaml").read_text(encoding="utf-8")


def filled_in(
    text: str, *, contact: str, address: str, own_names: Sequence[str] = (), packs: Sequence[str] = ()
) -> str:
    """Return the shipped text with contact, first recipient and own name filled in; all else stays. Pure.

    own_names: switches the watch on the desk's own name on, with these phrases; empty leaves it off. packs: those of
    the commented lines that are to be read as well.
    """
    for name in packs:
        text = re.sub(rf"(?m)^#(  - {re.escape(name)}\s)", r"\1", text, count=1)
    text = re.sub(r"(?m)^(contact:).*$", lambda found: f"{found[1]} {_quoted(contact)}", text, count=1)
    text = re.sub(r"(?m)^( +- address:).*$", lambda found: f"{found[1]} {_quoted(address)}", text, count=1)
    if not own_names:
        return text
    phrases = "".join(f"      - {_quoted(name)}\n" for name in own_names)
    return _OWN_NAME.sub(lambda found: f"{found[1]}    any:\n{phrases}", text, count=1)


def _quoted(text: str) -> str:
    """The text as a YAML scalar; plain where nothing in it can mean anything else."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+@/:-]*[A-Za-z0-9]", text) and ": " not in text:
        return text
    return "'" + text.replace("'", "''") + "'"


def _asked(what: str, example: str) -> str:
    """Ask on a terminal; elsewhere the example stays and config check reminds of it."""
    if not on_terminal():
        return example
    questions = {
        "contact": "Whom may a site ask about this reader (mail address or web page)?",
        "address": "Who gets the digest (mail address)?",
    }
    answer: str = typer.prompt(questions[what], default=example)
    return answer.strip()


def _asked_names() -> list[str]:
    """Ask for the desk's own name in its languages; nothing leaves the watch off."""
    if not on_terminal():
        return []
    question = "What is your organisation called, in each language, parted by commas (empty: do not watch for it)?"
    answer: str = typer.prompt(question, default="", show_default=False)
    return [name.strip() for name in answer.split(",") if name.strip()]


def _known_packs(names: Sequence[str], labels: Sequence[PackLabel]) -> list[str]:
    """Return the names as they are; one that no pack has is refused."""
    from news.settings.faults import did_you_mean

    known = [label.name for label in labels]
    for name in names:
        if name not in known:
            raise Misuse(f'there is no pack "{name}". {did_you_mean(name, known)}')
    return list(names)


def _asked_packs(labels: Sequence[PackLabel]) -> list[str]:
    """Ask which packs are to be read beside those for everybody; a name that is none is asked for again."""
    if not on_terminal():
        return []

    def named(answer: str) -> list[str]:
        names = [name for name in re.split(r"[,\s]+", answer) if name]
        try:
            return _known_packs(names, labels)
        except Misuse as error:
            raise typer.BadParameter(str(error)) from error

    say("Further packs of sources:")
    for label in labels:
        if not label.default:
            say(f"  {label.name:<14} {label.about}")
    question = "Which of them as well, by name, parted by commas (empty: none)?"
    chosen: list[str] = typer.prompt(question, default="", show_default=False, value_proc=named)
    return chosen


def _sources_of(text: str, config: Path) -> int:
    """Check before writing: a contact that is none is refused here and not found by the first run."""
    from news.errors import SettingsError
    from news.settings import parse_settings

    try:
        settings = parse_settings(text, {}, file=str(config), read_secret=str)
    except SettingsError as error:
        raise Misuse(f"nothing was written; {error}") from error
    return sum(source.enabled for source in settings.sources)


def _write(config: Path, text: str, *, force: bool) -> None:
    """Write the file whole or not at all; without `force` never over one that another process made meanwhile.

    Only its owner may read it, for a password may be written into it.
    """
    temporary = config.with_name(f".{config.name}.{os.getpid()}.part")
    try:
        try:
            config.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise unwritable(config.parent, error, "--config") from error
        if force:
            temporary.replace(config)
        else:
            os.link(temporary, config)
    finally:
        with suppress(FileNotFoundError, NotADirectoryError):
            temporary.unlink()
