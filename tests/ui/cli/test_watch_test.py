"""`presswatch watch test`: what a query would have found, and what an edit would change."""

from __future__ import annotations

import pytest

from tests.storage.samples import a_match
from tests.ui.cli.desk import NOW, Desk

TITLES = ("Flood in Almaty", "Floods in Osh", "Flood drill in Almaty", "Trade in Almaty", "Water in Almaty")


@pytest.fixture
def archive(desk: Desk) -> Desk:
    desk.keep(*TITLES, language="en")
    return desk


def test_all_that_is_asked_about_a_watch_is_said_and_nothing_is_saved(archive: Desk) -> None:
    result = archive.type("watch", "test", "(flood OR trade) Almaty NOT drill")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Alerts when a text mentions flood or trade, and Almaty; but not 'drill'.")
    assert "In 90 days it finds 2 items in 2 stories, 40% of the 5 stored items." in lines
    assert any(
        line.startswith("By week    ············█  13 weeks to ") and line.endswith(", 2 items in the fullest")
        for line in lines
    )
    assert any(line.startswith("By source  press        2  ██") for line in lines)
    assert "Noisiest   flood alone brings 1 item; found as flood (1)" in lines
    assert "Left out   NOT drill leaves out 1 item" in lines
    at = next(number for number, line in enumerate(lines) if line.endswith("1 item with all but Almaty, for example"))
    assert lines[at + 1] == "             Floods in Osh"
    assert [one["name"] for one in archive.json("watch", "list")] == ["Water"]


def test_a_name_is_the_watch_and_other_watches_are_those_beside_it(archive: Desk) -> None:
    with archive.store() as store:
        (water,) = store.read_now(lambda unit: unit.watches.all())
        store.write_now(lambda unit: unit.matches.record([a_match(5, water.id)], at=NOW))
    tried = archive.json("watch", "test", "Water")
    assert (tried["query"], tried["items"], tried["covered"]["items"]) == ("water OR су", 1, 0)
    assert archive.json("watch", "test", "Almaty")["covered"] == {"items": 1, "by_watch": {"Water": 1}}


def test_an_edit_is_compared_with_the_watch_as_it_is(archive: Desk) -> None:
    assert archive.json("watch", "test", "flood")["gained"] is None
    tried = archive.json("watch", "test", "flood", "--instead-of", "Water")
    assert (tried["gained"]["items"], tried["lost"]["items"], tried["covered"]["items"]) == (3, 1, 0)
    assert tried["lost"]["examples"][0]["title"] == "Water in Almaty"
    assert archive.type("watch", "add", "Floods", "flood Osh", "--as-written").exit_code == 0
    edited = archive.type("watch", "edit", "Floods", "flood Almaty", "--as-written").stdout
    assert "Gained     the edit adds 2 items" in edited
    assert "Lost       the edit loses 1 item" in edited


@pytest.mark.parametrize(
    "arguments",
    [
        ("flood AND",),
        ("flood", "--instead-of", "Nothing"),
        ("flood", "--days", "0"),
        ("flood", "--exact", "--estimate"),
    ],
)
def test_what_cannot_be_tried_is_a_usage_error(archive: Desk, arguments: tuple[str, ...]) -> None:
    assert archive.type("watch", "test", *arguments).exit_code == 2
