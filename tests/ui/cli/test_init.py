from __future__ import annotations

from pathlib import Path

import pytest

from news.settings import pack_labels
from tests.ui.cli.desk import Desk
from ui.cli.init import EXAMPLE_ADDRESS, EXAMPLE_CONTACT, filled_in, shipped_config

DEFAULT = {label.name for label in pack_labels() if label.default}


def test_init_writes_a_file_that_works_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    result = desk.type("init")
    assert result.exit_code == 0, result.stderr
    assert "presswatch run --once --digest-now --config" in result.stdout
    assert "CHANGE THIS" in result.stdout
    assert desk.config.read_text(encoding="utf-8") == shipped_config()
    assert desk.type("config", "check").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_contact_and_address_are_filled_in_and_the_rest_stays(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    given = ("--contact", "https://ifrc-desk.kz/reader", "--address", "desk@ifrc-desk.kz")
    assert desk.type("init", *given).exit_code == 0
    before, after = shipped_config().splitlines(), desk.config.read_text(encoding="utf-8").splitlines()
    changed = [line.strip() for line, old in zip(after, before, strict=True) if line != old]
    assert changed == ["contact: https://ifrc-desk.kz/reader", "- address: desk@ifrc-desk.kz"]
    assert [one["address"] for one in desk.json("recipient", "list")] == ["desk@ifrc-desk.kz"]


def test_a_file_that_is_there_is_left_alone_unless_forced(desk: Desk) -> None:
    mine = desk.config.read_text(encoding="utf-8")
    refused = desk.type("init")
    assert refused.exit_code == 1
    assert "left alone" in refused.stderr
    assert desk.config.read_text(encoding="utf-8") == mine
    assert desk.type("init", "--force").exit_code == 0
    assert desk.config.read_text(encoding="utf-8") == shipped_config()


@pytest.mark.parametrize("contact", ["nobody", "a: b", "'", "x\ny: z@b.org"])
def test_a_contact_that_is_none_is_refused_and_nothing_is_written(tmp_path: Path, contact: str) -> None:
    desk = Desk(tmp_path)
    assert desk.type("init", "--contact", contact).exit_code == 2
    assert not desk.config.exists()


def test_the_examples_are_those_of_the_shipped_file() -> None:
    text = shipped_config()
    assert f"contact: {EXAMPLE_CONTACT}" in text
    assert f"- address: {EXAMPLE_ADDRESS}" in text
    assert filled_in(text, contact="it's", address="b") != text
    assert "contact: 'it''s'" in filled_in(text, contact="it's", address="b")


def test_a_person_at_a_terminal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.init.on_terminal", lambda: True)
    desk = Desk(tmp_path)
    result = desk.type("init", stdin="press@ifrc-desk.kz\n\nБіздің ұйым, Our office\nnone\nregion-media, gov-kz\n")
    assert result.exit_code == 0
    assert "Whom may a site ask" in result.stdout
    text = desk.config.read_text(encoding="utf-8")
    assert "contact: press@ifrc-desk.kz" in text
    assert f"- address: {EXAMPLE_ADDRESS}" in text
    own = desk.json("watch", "show", "Own name")
    assert (own["enabled"], own["lists"]["any"]) == (True, ["Біздің ұйым", "Our office"])
    for label in pack_labels():
        assert (f"  {label.name} " in result.stdout) is not label.default
        assert label.default or label.about in result.stdout
    assert 'there is no pack "none"' in result.output
    assert packs_read(desk) == {*DEFAULT, "region-media", "gov-kz"}


def test_packs_are_chosen_by_option_and_the_sources_counted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    result = desk.type("init", "--pack", "kazakh-media", "--pack", "mfa")
    sources = [one for one in desk.json("config", "show")["sources"] if one["enabled"]]
    assert f"it reads {len(sources)} sources" in result.stdout
    assert packs_read(desk) == {*DEFAULT, "kazakh-media"}
    changed = [
        line for line, old in zip(text_of(desk).splitlines(), shipped_config().splitlines(), strict=True) if line != old
    ]
    assert [line.split()[:2] for line in changed] == [["-", "kazakh-media"]]


def test_a_pack_that_there_is_not_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    result = desk.type("init", "--pack", "kazakh-medea")
    assert result.exit_code == 2
    assert 'there is no pack "kazakh-medea". Did you mean "kazakh-media"?' in result.stderr
    assert not desk.config.exists()


def text_of(desk: Desk) -> str:
    """The desk's config.yaml."""
    return desk.config.read_text(encoding="utf-8")


def packs_read(desk: Desk) -> set[str]:
    """The packs whose sources the desk's settings hold."""
    return {one["pack"] for one in desk.json("config", "show")["sources"]}


def test_the_watch_on_the_own_name_stays_off_where_no_name_is_given(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.type("init")
    assert desk.json("watch", "show", "Own name")["enabled"] is False
    assert desk.type("init", "--force", "--own-name", "Our office").exit_code == 0
    own = desk.json("watch", "show", "Own name")
    assert (own["enabled"], own["query"]) == (True, '"Our office"')


def test_init_is_not_stopped_by_a_folder_that_is_missing(tmp_path: Path) -> None:
    deep = tmp_path / "new" / "folder" / "config.yaml"
    assert Desk(tmp_path).type("init", "--config", str(deep)).exit_code == 0
    assert deep.exists()


def test_only_the_owner_may_read_what_may_hold_a_password(desk: Desk) -> None:
    assert desk.type("init", "--force").exit_code == 0
    assert desk.config.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", ["file/config.yaml", "file/below/config.yaml"])
def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    result = Desk(tmp_path).type("init", "--config", str(tmp_path / place))
    assert result.exit_code == 1
    assert f"nothing can be written in the folder {(tmp_path / place).parent}" in result.stderr
    assert "--config" in result.stderr
    assert ".part" not in result.stderr
