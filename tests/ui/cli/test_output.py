from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from ui.cli import output


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Early warning", "Early warning"),
        ("Қызыл Жарты Ай", "Қызыл Жарты Ай"),
        ("\x1b[2Jgone", " [2Jgone"),
        ("one\ntwo\r\tthree", "one two  three"),
        ("right\u202eto left", "right to left"),
        ("C1 \x9b31m", "C1  31m"),
        ("half \ud83d", "half  "),
        ("soft\u00adhyphen and 👍", "soft\u00adhyphen and 👍"),
    ],
)
def test_what_acts_instead_of_showing_is_not_printed(text: str, shown: str) -> None:
    assert output.visible(text) == shown


def test_lines_stay_lines_where_text_has_them() -> None:
    assert output.visible("one\n\ttwo\x1b", lines=True) == "one\n\ttwo "


def test_json_keeps_letters_and_escapes_what_utf8_cannot_hold() -> None:
    assert output.json_text({"a": "ә"}) == '{"a": "ә"}'
    broken = output.json_text({"a": "\ud83d ә"})
    assert broken.encode("utf-8")
    assert json.loads(broken) == {"a": "\ud83d ә"}


def test_json_writes_instants_and_refuses_what_it_does_not_know() -> None:
    moment = datetime(2026, 3, 8, 3, 0, tzinfo=UTC)
    assert json.loads(output.json_text({"at": moment, "set": {2, 1}})) == {
        "at": "2026-03-08T03:00:00+00:00",
        "set": [1, 2],
    }
    with pytest.raises(TypeError, match="object"):
        output.json_text(object())


def test_a_table_is_aligned_text_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_table(("name", "state"), [("Су", "ok"), ("Water\n[bold]", "off")])
    assert capsys.readouterr().out.splitlines() == ["NAME          STATE", "Су            ok", "Water [bold]  off"]


def test_a_table_on_a_terminal_is_ruled_and_takes_no_markup_from_news(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    output.print_table(("name", "state"), [("[bold]Water[/bold]", "problem")])
    shown = capsys.readouterr().out
    assert "[bold]Water[/bold]" in shown
    assert "─" in shown


@pytest.mark.parametrize("watched", [True, False])
def test_progress_is_for_people_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, watched: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: watched)
    output.progress("visiting ...")
    captured = capsys.readouterr()
    assert captured.err == ("visiting ...\n" if watched else "")
    assert captured.out == ""
