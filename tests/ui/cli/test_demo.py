from __future__ import annotations

from errno import ECONNREFUSED
from pathlib import Path

import pytest

from tests.ui.cli.desk import Desk


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(desk: Desk) -> None:
    (desk.folder / "file").touch()
    result = desk.type("demo", "--output", str(desk.folder / "file" / "demo"))
    assert result.exit_code == 1
    assert f"nothing can be written in the folder {desk.folder / 'file'}" in result.stderr
    assert "--output" in result.stderr


def test_another_fault_is_not_taken_for_one_of_the_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> int:
        raise ConnectionRefusedError(ECONNREFUSED, "Connection refused")

    monkeypatch.setattr("ui.demo.run.demo", broken)
    result = desk.type("demo", "--output", str(desk.folder / "demo"))
    assert (result.exit_code, result.stderr) == (1, "presswatch: Connection refused\n")
