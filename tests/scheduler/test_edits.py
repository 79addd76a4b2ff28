"""Edits of config.yaml, judged once each."""

from __future__ import annotations

from pathlib import Path

import pytest

from news.errors import StorageError
from scheduler.edits import Edits

GOOD = "contact: desk@example.org\npacks: []\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_good_edit_is_taken_once(config: Path) -> None:
    edits = Edits(config)
    assert edits.taken() is None
    config.write_text("contact: other-desk@example.org\n", encoding="utf-8")
    settings = edits.taken()
    assert settings is not None
    assert settings.contact == "other-desk@example.org"
    assert edits.taken() is None


def test_p30_a_faulty_edit_is_told_once_and_not_taken(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edits = Edits(config)
    config.write_text("contact: [\n", encoding="utf-8")
    assert edits.taken() is None
    assert edits.taken() is None
    assert capsys.readouterr().out.count("not taken over") == 1
    config.write_text(GOOD + "zone: Europe/Zurich\n", encoding="utf-8")
    settings = edits.taken()
    assert settings is not None
    assert settings.zone == "Europe/Zurich"


def test_a_file_that_is_away_for_a_moment_is_no_edit(config: Path) -> None:
    edits = Edits(config)
    config.rename(config.with_suffix(".old"))
    assert edits.taken() is None
    config.write_text(GOOD + "zone: Europe/Zurich\n", encoding="utf-8")
    assert edits.taken() is not None


def test_an_edit_that_something_else_stood_in_the_way_of_is_judged_again_and_told_once(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edits = Edits(config)
    config.write_text(GOOD + "zone: Europe/Zurich\n", encoding="utf-8")
    for _ in range(3):
        assert edits.taken() is not None
        edits.look_again(StorageError("no key is there"))
    assert capsys.readouterr().out.count("no key is there") == 1
    config.write_text(GOOD + "zone: Asia/Almaty\n", encoding="utf-8")
    assert edits.taken() is not None
    edits.look_again(StorageError("no key is there"))
    assert capsys.readouterr().out.count("no key is there") == 1
    assert edits.taken() is not None
    assert edits.taken() is None
