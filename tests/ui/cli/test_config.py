from __future__ import annotations

import json

from tests.ui.cli.desk import Desk


def test_check_counts_what_is_there(desk: Desk) -> None:
    result = desk.type("config", "check")
    assert result.exit_code == 0
    assert "is right: 2 sources, 1 watch, 1 recipient. Digests go by folder." in result.stdout
    assert desk.json("config", "check")["ok"] is True
    assert not (desk.folder / "desk.db").exists()


def test_check_tells_what_is_written_properly_and_cannot_work(desk: Desk) -> None:
    text = desk.config.read_text(encoding="utf-8").replace(", allow_networks: [127.0.0.0/8]", "")
    desk.config.write_text(text.partition("watches:")[0], encoding="utf-8")
    result = desk.type("config", "check")
    assert result.exit_code == 0, result.stderr
    assert "is right" not in result.stdout
    told = [line for line in result.stdout.splitlines() if line.startswith(" ! ")]
    assert [line.split()[1:4] for line in told] == [
        ["There", "is", "no"],
        ["There", "is", "no"],
        ["The", "source", "office"],
    ]
    assert len(desk.json("config", "check")["warnings"]) == 3


def test_check_says_which_languages_a_watch_could_read_besides(desk: Desk) -> None:
    text = desk.config.read_text(encoding="utf-8")
    desk.config.write_text(text.replace('query: "water OR су"', "any: [Red Crescent, volunteers]"), encoding="utf-8")
    hint = "The watch Water reads EN only. To read RU, KK too, write @red_crescent_movement for Red Crescent."
    assert desk.json("config", "check")["hints"] == [hint]
    assert f" . {hint}" in desk.type("config", "check").stdout


def test_check_names_every_fault_and_underlines_a_watch(desk: Desk) -> None:
    text = desk.config.read_text(encoding="utf-8")
    broken = text.replace("water OR су", "water OR (су").replace("kind: feed", "kind: fed", 1)
    desk.config.write_text(broken, encoding="utf-8")
    result = desk.type("config", "check")
    assert result.exit_code == 78
    assert "^" in result.stderr
    assert "config.yaml:6:" in result.stderr
    assert "config.yaml:9:" in result.stderr


def test_show_tells_secrets_only_as_set(desk: Desk) -> None:
    secrets = {
        "PRESSWATCH__SMTP__HOST": "mail.ifrc-desk.kz",
        "PRESSWATCH__SMTP__SENDER": "desk@ifrc-desk.kz",
        "PRESSWATCH__SMTP__USERNAME": "desk",
        "PRESSWATCH__SMTP__PASSWORD": "hunter2",
        "PRESSWATCH__DATABASE__URL": "postgresql+psycopg://desk:hunter2@db.ifrc-desk.kz/press",
        "PRESSWATCH__CRAWLER__PROXY": "http://desk:hunter2@proxy.ifrc-desk.kz:3128",
    }
    for options in ((), ("--json",)):
        result = desk.type("config", "show", *options, env=secrets)
        assert result.exit_code == 0, result.stderr
        assert "hunter2" not in result.output
        assert "(set)" in result.stdout
        assert "mail.ifrc-desk.kz" in result.stdout


def test_schema_is_a_json_schema_of_the_file(desk: Desk) -> None:
    schema = json.loads(desk.type("config", "schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"contact", "sources", "watches", "recipients", "smtp"} <= set(schema["properties"])


def test_sources_of_packs_are_counted_and_shown_with_their_pack(desk: Desk) -> None:
    before = desk.json("config", "check")["sources"]
    edit(desk, "packs: []", "packs: [mfa]")
    assert desk.json("config", "check")["sources"] == before + 3
    shown = {source["id"]: (source["pack"], source["declared_as"]) for source in desk.json("config", "show")["sources"]}
    assert (shown["mfa-kk"], shown["office"]) == (("mfa", "mfa"), ("", ""))


def test_a_pack_and_a_reader_that_there_are_not_are_refused(desk: Desk) -> None:
    edit(desk, "packs: []", "packs: [mfaa]")
    edit(desk, "publisher: The office}", "publisher: The office, site: nowhere}")
    result = desk.type("config", "check")
    assert result.exit_code == 78
    assert 'is not the name of a pack (found: mfaa). Did you mean "mfa"?' in result.stderr
    assert "sources[1].site: is not the name of a reader (found: nowhere)" in result.stderr


def edit(desk: Desk, old: str, new: str) -> None:
    """Change the desk's config.yaml, where `old` stands once."""
    text = desk.config.read_text(encoding="utf-8")
    assert text.count(old) == 1
    desk.config.write_text(text.replace(old, new), encoding="utf-8")
