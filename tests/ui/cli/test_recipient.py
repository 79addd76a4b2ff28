from __future__ import annotations

import pytest

from tests.ui.cli.desk import Desk


def test_add_list_remove(desk: Desk) -> None:
    added = desk.type(
        "recipient", "add", "chief@ifrc-desk.kz", "--name", "The chief", "--hour", "07:30", "--watch", "Water"
    )
    assert added.exit_code == 0, added.stderr
    assert "chief@ifrc-desk.kz gets Water every day at 07:30 Asia/Almaty by folder." in added.stdout
    listed = desk.json("recipient", "list")
    assert [(one["address"], one["origin"]) for one in listed] == [
        ("desk@ifrc-desk.kz", "config"),
        ("chief@ifrc-desk.kz", "command"),
    ]
    assert listed[1]["watches"] == ["Water"]
    assert "every watch" in desk.type("recipient", "list").stdout
    assert desk.type("recipient", "remove", "CHIEF@ifrc-desk.kz").exit_code == 0
    assert len(desk.json("recipient", "list")) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("not-an-address",), "mail address"),
        (("a@b.org", "--hour", "25:00"), "time of day"),
        (("a@b.org", "--zone", "Asia/Almati"), "Asia/Almaty"),
        (("a@b.org", "--language", "fr"), "language"),
        (("a@b.org", "--channel", "email"), "smtp.host"),
        (("a@b.org", "--watch", "Watr"), "there are: Water"),
        (("desk@ifrc-desk.kz",), "already"),
    ],
)
def test_what_cannot_be_told_is_refused_by_the_rules_of_the_settings(
    desk: Desk, arguments: tuple[str, ...], said: str
) -> None:
    result = desk.type("recipient", "add", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(desk.json("recipient", "list")) == 1


def test_one_of_the_settings_is_removed_there(desk: Desk) -> None:
    result = desk.type("recipient", "remove", "desk@ifrc-desk.kz")
    assert result.exit_code == 2
    assert str(desk.config) in result.stderr
    assert desk.type("recipient", "remove", "nobody@ifrc-desk.kz").exit_code == 2
