"""`presswatch try match`: a line a match, offsets in the fields as given, refused watches apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.cli.desk import Desk

WATCHES = """
- name: Water
  any: [water, су тасқыны]
- name: Off the list
  query: '"early warning" AND NOT drill'
"""


@pytest.fixture
def watches(tmp_path: Path) -> Path:
    file = tmp_path / "watches.yaml"
    file.write_text(WATCHES, encoding="utf-8")
    return file


def match(desk: Desk, watches: Path, *items: object, status: int = 0) -> list[dict[str, Any]]:
    text = "".join(f"{item if isinstance(item, str) else json.dumps(item)}\n" for item in items)
    result = desk.type("try", "match", "--watches", str(watches), stdin=text)
    assert result.exit_code == status, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_match_names_item_watch_score_and_the_places_as_given(desk: Desk, watches: Path) -> None:
    item = {"id": "a/1", "title": "👍 Drinking\u00a0Water", "summary": "Water first", "text": "None here."}
    found = match(desk, watches, item)
    assert len(found) == 1
    assert set(found[0]) == {"item", "watch", "score", "hits"}
    assert (found[0]["item"], found[0]["watch"]) == ("a/1", "Water")
    assert {(hit["field"], hit["text"], hit["term"]) for hit in found[0]["hits"]} == {
        ("title", "Water", "water"),
        ("summary", "Water", "water"),
    }
    for hit in found[0]["hits"]:
        assert item[hit["field"]][hit["start"] : hit["end"]] == hit["text"]


def test_no_match_is_no_line_and_no_fault(desk: Desk, watches: Path) -> None:
    assert match(desk, watches, {"id": 1, "title": "Trade"}, {"id": 2}, "") == []


def test_two_watches_give_two_lines_and_ids_keep_their_kind(desk: Desk, watches: Path) -> None:
    found = match(desk, watches, {"id": 7, "text": "Early warning of high water", "language": ""})
    assert [(one["item"], one["watch"]) for one in found] == [(7, "Water"), (7, "Off the list")]


def test_a_broken_line_is_told_with_its_number_and_the_rest_goes_on(desk: Desk, watches: Path) -> None:
    good = {"id": 4, "title": "Water"}
    found = match(desk, watches, "{broken", {"title": "no id"}, "[]", good, {"id": 5, "title": 3}, status=1)
    assert [one.get("line") for one in found] == [1, 2, 3, None, 5]
    assert all(one["error"] for one in found if "line" in one)
    assert found[3]["item"] == 4


def test_a_refused_watch_is_told_and_the_others_go_on(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "watches.yaml"
    file.write_text(
        "- {name: Open, query: '(water'}\n- {name: Unknown, query: '@no_such_thing'}\n- {name: No, any: water}\n"
        "- {name: Lists and text, any: [a b], query: water}\n- {query: water}\n- water\n",
        encoding="utf-8",
    )
    found = match(desk, file, {"id": 1, "title": "Water"}, status=2)
    assert [one["watch"] for one in found] == ["Open", "Unknown", "Lists and text", 5, 6, "No"]
    assert "^" in found[0]["error"]
    assert "there is no concept" in found[1]["error"]
    assert found[-1]["hits"]


def test_the_section_of_a_config_file_is_understood_too(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("watches:\n- name: 2024\n  any: [water]\n", encoding="utf-8")
    assert match(desk, file, {"id": 1, "title": "Water"})[0]["watch"] == "2024"


@pytest.mark.parametrize("text", ["just words", "a: [", "{}", ""])
def test_a_file_without_a_list_of_watches_is_a_usage_error(desk: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "watches.yaml"
    file.write_text(text, encoding="utf-8")
    assert match(desk, file, status=2) == []


def test_lone_surrogates_of_an_item_come_back_as_json_escapes(desk: Desk, watches: Path) -> None:
    found = match(desk, watches, '{"id": "\\ud83d", "title": "water"}')
    assert found[0]["item"] == "\ud83d"


def test_an_office_is_whoever_held_it_on_the_day_of_publication(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(
        "concepts:\n- id: our_chair\n  holders:\n"
        "  - {name: {en: Given Samplesurname}, from: 2018-01-01, to: 2018-12-31}\n"
        "watches:\n- {name: Chair, query: '@our_chair'}\n",
        encoding="utf-8",
    )
    item = {"title": "Given Samplesurname, a sample", "language": "en"}
    found = match(
        desk, file, {**item, "id": 1, "published": "2018-05-03"}, {**item, "id": 2, "published": "2024-05-03"}
    )
    assert [(one["item"], one["watch"], one["hits"][0]["text"]) for one in found] == [
        (1, "Chair", "Given Samplesurname")
    ]


def test_faulty_concepts_of_the_file_are_told(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("concepts:\n- {id: Our Chair}\nwatches:\n- {name: W, any: [water]}\n", encoding="utf-8")
    assert match(desk, file, status=2) == []
