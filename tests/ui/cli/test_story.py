"""Stories by command: shown, joined, split."""

from __future__ import annotations

from news.story import Choice, Relation
from storage import Unit
from tests.storage.samples import NOW, add_one, an_item, numbered
from tests.ui.cli.desk import Desk


def told_by_two(unit: Unit) -> None:
    """Story 1 of items 1 and 2, story 2 of item 3."""
    add_one(unit, an_item("Water rises", url="https://press.example/1", source="a", publisher="Press office"))
    copy = an_item("Water rises fast", url="https://agency.example/2", source="b", publisher="Agency")
    second = unit.items.add([copy])[0].item.id
    unit.stories.assign(second, Choice(story=1, relation=Relation.SAME, to=1, why="same text"), at=NOW)
    add_one(unit, numbered(3))


def test_a_story_is_shown_joined_and_split(desk: Desk) -> None:
    desk.type("watch", "list")
    with desk.store() as store:
        store.write_now(told_by_two)
    shown = desk.json("story", "show", "https://agency.example/2?utm_source=mail")
    assert (shown["id"], shown["size"], shown["voice"]) == (1, 2, "official")
    assert [(one["item"], one["relation"], one["to"], one["why"]) for one in shown["items"]] == [
        (1, "new", None, ""),
        (2, "same", 1, "same text"),
    ]
    assert "same of item 1: same text" in desk.type("story", "show", "1").stdout
    assert desk.type("story", "join", "2", "1").stdout == "Stories 2 and 1 are one now: story 1, 3 items.\n"
    assert [one["item"] for one in desk.json("story", "show", "2")["items"]] == [1, 2, 3]
    assert "story 2 was joined to it: joined by hand" in desk.type("story", "show", "1").stdout
    assert (
        desk.type("story", "split", "https://agency.example/2").stdout == "Item 2 is story 3 now, apart from story 1.\n"
    )
    assert [one["item"] for one in desk.json("story", "show", "1")["items"]] == [1, 3]


def test_what_is_not_there_is_a_usage_error(desk: Desk) -> None:
    desk.type("watch", "list")
    with desk.store() as store:
        store.write_now(told_by_two)
    for arguments in (
        ["show", "99"],
        ["show", "https://x.example/"],
        ["join", "1", "99"],
        ["join", "1", "1"],
        ["split", "99"],
    ):
        result = desk.type("story", *arguments)
        assert (result.exit_code, result.stdout) == (2, ""), arguments
    assert "alone in its story" in desk.type("story", "split", "3").stderr
