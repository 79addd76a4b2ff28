"""The commands that the documents show exist, and those with an output are run and print it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.main import get_command
from typer.testing import CliRunner

from tests.documentation import (
    DOCUMENTS,
    README,
    ROOT,
    Typed,
    blocks,
    code,
    console,
    missing_from,
    rows,
    spans,
    text_of,
)
from ui.cli.main import app

TREE = get_command(app)


def every_command(group: Any = TREE, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below a group, with the words one types for it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield (*words, name), command
            yield from every_command(command, (*words, name))
        else:
            yield (*words, name), command


def options_of(command: Any) -> set[str]:
    """The options of a command, in all their spellings."""
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


def commands_named() -> list[str]:
    """Every `presswatch ...` in a code span, console or shell block of the documents."""
    lines = [span for document in DOCUMENTS for span in spans(text_of(document))]
    lines += [typed.command for block in blocks("console") for typed in console(block)]
    lines += [line for block in blocks("sh") for line in block.text.splitlines()]
    found = (re.search(r"(?:^|/bin/)presswatch( .+)", line) for line in lines)
    return sorted({match[1].strip() for match in found if match})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `make demo` was run, and nothing else."""
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(autouse=True)
def _own_logs() -> Iterator[None]:
    """Commands say where log lines go for their whole process, which here is the tests'."""
    yield
    structlog.reset_defaults()


@pytest.mark.parametrize("line", commands_named())
def test_every_command_named_exists_with_its_options(line: str) -> None:
    command: Any = TREE
    words = shlex.split(line)
    while words and hasattr(command, "commands"):
        word = words.pop(0)
        if word == "--config":
            words.pop(0)
        else:
            assert word in command.commands, f"presswatch has no command {word!r}"
            command = command.commands[word]
    assert {word for word in words if re.match(r"--?[a-z]", word)} <= options_of(command)


@pytest.mark.parametrize(("words", "command"), [pytest.param(*one, id=" ".join(one[0])) for one in every_command()])
def test_every_command_explains_itself(words: tuple[str, ...], command: Any) -> None:
    assert command.help
    assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0


def test_the_table_of_commands_has_them_all_and_their_options() -> None:
    table = {code(command): meaning for command, meaning in rows("| command | what it does |")}
    commands = {f"presswatch {' '.join(words)}": command for words, command in every_command()}
    assert set(table) == set(commands)
    for name, meaning in table.items():
        assert set(re.findall(r"`(--[a-z-]+)`", meaning)) <= options_of(commands[name])


def test_the_commands_without_settings_are_the_ones_said_to_be() -> None:
    without = {words for words, command in every_command() if "--config" not in options_of(command)}
    said = "(but `demo`, `config schema` and `try`, which need no settings, `try article --source` apart)"
    assert said in " ".join(README.split())
    tries = {words for words, _ in every_command() if words[0] == "try"} - {("try", "article")}
    assert without == {("demo",), ("config", "schema")} | tries


def test_outputs_are_those_that_the_commands_print(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # In the order of README, in one folder, as its reader would type them.
    monkeypatch.chdir(desk)
    monkeypatch.delenv("PRESSWATCH_CONFIG", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    stated = [typed for block in blocks("console") for typed in console(block) if typed.output.strip()]
    assert [typed.command.split()[0] for typed in stated].count("make") == 1
    for typed in stated:
        status, output = _run(typed)
        refused = typed.output.startswith("presswatch: ")
        assert (status != 0) == refused, f"$ {typed.command}\n{output}"
        assert missing_from(output, typed.output) == "", f"$ {typed.command}\n{output}"


def _run(typed: Typed) -> tuple[int, str]:
    """The status and output of a command in this folder; `make demo` by what the Makefile says it is."""
    if typed.command == "make demo":
        assert "\n\t$(BIN)/presswatch demo\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
        # A process of its own, for a reactor cannot be started twice in one.
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli.start", "demo"],
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        )
        return done.returncode, done.stdout + done.stderr
    program, *arguments = shlex.split(typed.command)
    assert program == "presswatch"
    result = CliRunner().invoke(app, arguments, catch_exceptions=False, prog_name="presswatch")
    return result.exit_code, result.output
