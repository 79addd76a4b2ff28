from __future__ import annotations

from pathlib import Path

from ui.demo.run import demo


def test_a_folder_of_somebody_else_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    said: list[str] = []

    assert demo(tmp_path, said.append) == 2

    assert said == [f"{tmp_path} was not made by the demo, so it is left alone. Choose another: --output FOLDER"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
