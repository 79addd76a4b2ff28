from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli.desk import Desk, a_desk


def test_help_lists_what_is_built_and_nothing_else(desk: Desk) -> None:
    shown = desk.type("--help")
    listed = shown.stdout.partition("Commands:")[2].split("\n")
    names = [line.split()[0] for line in listed if line.startswith("  ")]
    places = ["init", "run", "demo", "search", "why"]
    groups = ["watch", "source", "recipient", "digest", "item", "story", "doctor", "config", "try"]
    assert names == [*places, *groups]
    assert shown.exit_code == 0


@pytest.mark.parametrize(
    ("group", "commands"),
    [
        ("watch", ["test", "add", "list", "show", "edit", "remove", "suggest", "feeds"]),
        ("source", ["check", "test", "record", "backfill", "replay", "list"]),
        ("recipient", ["edit", "add", "list", "remove", "confirm", "resume", "bounce", "feeds", "feedback"]),
        ("digest", ["preview", "show", "send", "list"]),
        ("item", ["show", "export", "cite", "import"]),
        ("config", ["show", "check", "schema"]),
        ("try", ["feed", "article", "url", "date", "language", "robots", "match", "stories"]),
    ],
)
def test_each_group_lists_its_commands(desk: Desk, group: str, commands: list[str]) -> None:
    listed = desk.type(group, "--help").stdout.partition("Commands:")[2].split("\n")
    assert [line.split()[0] for line in listed if line.startswith("  ")] == commands


def test_an_unknown_command_or_option_is_a_usage_error(desk: Desk) -> None:
    assert desk.type("wach").exit_code == 2
    assert desk.type("watch", "list", "--nonsense").exit_code == 2
    assert desk.type("watch", "add").exit_code == 2


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    result = Desk(tmp_path).type("watch", "list")
    assert result.exit_code == 78
    assert "presswatch init" in result.stderr
    assert result.stdout == ""


def test_a_fault_in_the_settings_is_told_with_line_and_column_and_without_a_traceback(desk: Desk) -> None:
    desk.config.write_text(desk.config.read_text().replace("The desk}", "The desk, langauge: en}"))
    result = desk.process("recipient", "list")
    assert result.returncode == 78
    told = result.stderr.decode()
    assert "config.yaml:11:50" in told
    assert "langauge" in told
    assert 'Did you mean "language"?' in told
    assert "Traceback" not in told


def test_a_secret_in_the_environment_is_named_in_no_error(desk: Desk) -> None:
    result = desk.type("config", "check", env={"PRESSWATCH__SMTP__PASSWORD": "hunter2"})
    assert result.exit_code == 78
    assert "PRESSWATCH__SMTP__PASSWORD" in result.stderr
    assert "hunter2" not in result.output


def test_the_file_named_last_wins(desk: Desk, tmp_path: Path) -> None:
    other, third = (a_desk(tmp_path / name) for name in _folders(tmp_path, "other", "third"))
    third.config.write_text(third.config.read_text().replace("desk@", "third@"))
    other.config.write_text(other.config.read_text().replace("desk@", "other@"))
    by_environment = desk.type("recipient", "list")
    before = desk.type("--config", str(other.config), "recipient", "list")
    after = desk.type("--config", str(other.config), "recipient", "list", "--config", str(third.config))
    assert "desk@ifrc" in by_environment.stdout
    assert "other@ifrc" in before.stdout
    assert "third@ifrc" in after.stdout


def test_a_database_that_cannot_be_opened_is_temporary_and_says_what_to_do(desk: Desk) -> None:
    desk.config.write_text(desk.config.read_text().replace("desk.db", "missing/folder/desk.db"))
    (desk.folder / "missing").write_text("a file where a folder should be")
    result = desk.type("watch", "list")
    assert result.exit_code in (1, 75)
    assert "missing" in result.stderr


def _folders(parent: Path, *names: str) -> list[Path]:
    folders = [parent / name for name in names]
    for folder in folders:
        folder.mkdir()
    return folders
