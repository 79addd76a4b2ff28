from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli.desk import Desk
from ui.cli import checks


@pytest.fixture
def ready(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose readers need not be started again: tests.ui.cli.test_checks does that."""
    monkeypatch.setattr(checks, "check_readers", lambda _: checks.Finding(what="readers", right=True, told="fine"))
    return desk


def test_a_desk_in_order_is_told_so(ready: Desk) -> None:
    result = ready.type("doctor")
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("Everything is in order.\n")
    assert [one["what"] for one in ready.json("doctor")] == [
        "time zones",
        "settings",
        "contact",
        "disk",
        "mail folder",
        "database",
        "mail",
        "names",
        "readers",
    ]


def test_each_problem_says_what_to_do_and_the_status_is_1(ready: Desk) -> None:
    ready.config.write_text(ready.config.read_text().replace("newsroom@ifrc-desk.kz", "desk@example.org"))
    result = ready.type("doctor")
    assert result.exit_code == 1
    assert "contact: Set contact to" in result.stdout


def test_settings_that_cannot_be_used_are_one_of_the_problems(tmp_path: Path) -> None:
    result = Desk(tmp_path).type("doctor")
    assert result.exit_code == 1
    assert "presswatch init" in result.stdout


def test_a_database_that_cannot_be_opened_does_not_end_the_examination(ready: Desk) -> None:
    (ready.folder / "desk.db").write_bytes(b"this is no database at all" * 100)
    result = ready.type("doctor")
    assert result.exit_code == 1
    assert "database: " in result.stdout
    assert "readers" in result.stdout
