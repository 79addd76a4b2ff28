from __future__ import annotations

import pytest

from tests.ui.cli.desk import Desk


def elsewhere(desk: Desk, place: str) -> None:
    """Let its database lie at another place."""
    text = desk.config.read_text(encoding="utf-8")
    desk.config.write_text(text.replace("sqlite:///desk.db", f"sqlite:///{place}"), encoding="utf-8")


@pytest.mark.parametrize(
    "command", [("search", "flood"), ("item", "show", "1"), ("item", "cite", "1"), ("story", "show", "1")]
)
def test_what_asks_for_stored_news_says_that_there_is_no_database_and_makes_none(
    desk: Desk, command: tuple[str, ...]
) -> None:
    refused = desk.type(*command)
    assert (refused.exit_code, refused.stdout) == (78, "")
    assert f"there is no database {desk.folder / 'desk.db'}: presswatch run makes it" in refused.stderr
    assert [one.name for one in desk.folder.iterdir()] == ["config.yaml"]


@pytest.mark.parametrize("command", [("search", "flood"), ("watch", "list"), ("watch", "add", "Floods", "flood")])
def test_no_command_makes_the_folder_of_a_mistyped_address(desk: Desk, command: tuple[str, ...]) -> None:
    elsewhere(desk, f"{desk.folder.parent}/mistyped/desk.db")
    refused = desk.type(*command)
    assert (refused.exit_code, "correct database.url" in refused.stderr) == (78, True)
    assert not (desk.folder.parent / "mistyped").exists()


def test_a_watch_makes_the_database_in_the_installations_own_folder(desk: Desk) -> None:
    elsewhere(desk, "var/desk.db")
    assert desk.type("watch", "add", "Floods", "flood").exit_code == 0
    assert (desk.folder / "var" / "desk.db").exists()
    assert desk.type("search", "flood").stdout == "Nothing is stored yet.\n"
