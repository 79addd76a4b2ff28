from __future__ import annotations

import pytest

from tests.ui.cli.desk import Desk


def test_add_list_remove(desk: Desk) -> None:
    added = desk.type(
        "recipient", "add", "chief@ifrc-desk.kz", "--name", "The chief", "--hour", "07:30", "--watch", "Water"
    )
    assert added.exit_code == 0, added.stderr
    assert "chief@ifrc-desk.kz gets Water by folder: every day at 07:30 Asia/Almaty." in added.stdout
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
        (("a@b.org", "--channel", "folde"), "there are: email, folder"),
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


def test_a_channel_of_the_settings_is_known_by_its_name(desk: Desk) -> None:
    entry = "{name: ops, kind: webhook, url: 'https://ops.example/in', secret: 'a secret of the ops room'}"
    desk.config.write_text(f"{desk.config.read_text()}\nchannels: [{entry}]\n")
    assert "by ops" in desk.type("recipient", "add", "The ops room", "--channel", "ops").stdout
    refused = desk.type("recipient", "edit", "The ops room", "--channel", "opps")
    assert (refused.exit_code, "there are: email, folder, ops" in refused.stderr) == (2, True)


def test_one_of_the_settings_is_removed_there(desk: Desk) -> None:
    result = desk.type("recipient", "remove", "desk@ifrc-desk.kz")
    assert result.exit_code == 2
    assert str(desk.config) in result.stderr
    assert desk.type("recipient", "remove", "nobody@ifrc-desk.kz").exit_code == 2


def test_when_somebody_is_told_is_said_in_words_and_changed_by_command(desk: Desk) -> None:
    added = desk.json(
        "recipient", "add", "chief@ifrc-desk.kz", "--kind", "weekly", "--weekday", "friday", "--zone", "Europe/Zurich"
    )
    assert added["when"] == "every Friday at 08:00 Europe/Zurich"
    assert added["schedule"]["country"] == "CH"

    def edit(*options: str) -> str:
        result = desk.type("recipient", "edit", "CHIEF@ifrc-desk.kz", *options)
        assert result.exit_code == 0, result.stderr
        return str(result.stdout).strip()

    assert edit("--kind", "daily", "--hour", "17:00", "--hour", "08:00").endswith(
        "every day at 08:00 and 17:00 Europe/Zurich."
    )
    assert edit("--office-days", "--quiet", "22:00-07:00", "--empty", "never").endswith(
        "every office day at 08:00 and 17:00 Europe/Zurich (CH), quiet from 22:00 to 07:00, only when something is new."
    )
    assert "every hour of office days Asia/Almaty (KZ)" in edit("--kind", "hourly", "--zone", "Asia/Almaty")
    assert edit("--kind", "instant", "--every-day", "--quiet", "none", "--empty", "none").endswith(
        "at once Asia/Almaty."
    )
    assert edit("--away-until", "2026-12-01", "--watch", "Water").endswith("; away until 2026-12-01.")
    listed = desk.type("recipient", "list").stdout
    assert "away until 2026-12-01" in " ".join(listed.split())
    assert desk.json("recipient", "list")[1]["away_until"] == "2026-12-01"
    edit("--away-until", "none", "--language", "ru", "--every-watch")
    (_, chief) = desk.json("recipient", "list")
    assert (chief["away_until"], chief["language"], chief["watches"]) == (None, "ru", [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chief@ifrc-desk.kz",), "--help"),
        (("chief@ifrc-desk.kz", "--weekday", "monday"), "kind: weekly"),
        (("chief@ifrc-desk.kz", "--quiet", "late"), "22:00-07:00"),
        (("chief@ifrc-desk.kz", "--quiet", "07:00-09:00"), "quiet hours"),
        (("chief@ifrc-desk.kz", "--away-until", "soon"), "2026-12-01"),
        (("chief@ifrc-desk.kz", "--watch", "Watr"), "there are: Water"),
        (("chief@ifrc-desk.kz", "--watch", "Water", "--every-watch"), "do not go together"),
        (("desk@ifrc-desk.kz", "--hour", "07:00"), "edit the entry there"),
        (("nobody@ifrc-desk.kz", "--hour", "07:00"), "there is no recipient"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_changes_nothing(
    desk: Desk, arguments: tuple[str, ...], said: str
) -> None:
    assert desk.type("recipient", "add", "chief@ifrc-desk.kz").exit_code == 0
    before = desk.json("recipient", "list")
    result = desk.type("recipient", "edit", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert desk.json("recipient", "list") == before


@pytest.mark.parametrize(
    ("web", "said"),
    [
        ("", "presswatch recipient confirm chief@elsewhere.org"),
        ('web: {listen: "127.0.0.1:8780", address: "https://press.ifrc-desk.kz"}\n', "a mail with a link"),
    ],
)
def test_somebody_outside_the_owners_domains_is_said_to_agree_first(desk: Desk, web: str, said: str) -> None:
    with desk.config.open("a", encoding="utf-8") as config:
        config.write("owner: {domains: [ifrc-desk.kz]}\nsmtp: {host: 127.0.0.1, sender: press@ifrc-desk.kz}\n" + web)
    outside = desk.type("recipient", "add", "chief@elsewhere.org").stdout
    assert "outside owner.domains" in outside
    assert said in outside
    assert "outside" not in desk.type("recipient", "add", "chief@ifrc-desk.kz").stdout
    assert "outside" not in desk.type("recipient", "add", "box@elsewhere.org", "--channel", "folder").stdout


def test_a_language_that_no_digest_has_is_refused_in_plain_words(desk: Desk) -> None:
    refused = desk.type("recipient", "add", "chief@ifrc-desk.kz", "--language", "de")
    assert (refused.exit_code, "digests are written in en, ru or kk" in refused.stderr) == (2, True)
