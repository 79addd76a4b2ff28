"""`presswatch run --once` as a process of its own, against a site on loopback."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from news.zones import ZoneDataError
from tests.fakemail import FakeMail
from tests.fakesite import FakeSite
from tests.ui.cli.desk import Desk, a_desk


def _round(desk: Desk, *options: str) -> dict[str, Any]:
    done = desk.process("run", "--once", "--json", *options)
    assert done.returncode == 0, done.stderr.decode()
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_first_round_shows_a_sample_later_ones_tell_each_thing_once(tmp_path: Path) -> None:
    with FakeSite() as site:
        desk = a_desk(tmp_path, address=site.url(""))
        desk.config.write_text(desk.config.read_text().replace("water OR су", "office"), encoding="utf-8")
        first = desk.process("run", "--once")
        told = first.stdout.decode()
        assert (first.returncode, first.stderr) == (0, b"")
        assert told.startswith("1 source visited: 1 answered, 0 refused, 0 not found, 0 not reached")
        assert "3 new items" in told
        assert "SAMPLE" in told
        assert not list(desk.folder.rglob("*.eml"))
        assert desk.json("digest", "list") == []
        desk.type("watch", "add", "Reports", "reports", "--since", "7d", "--yes")
        second, third = (_round(desk, "--digest-now", *more) for more in ((), ("--all",)))
    assert (second["digests"], second["sent"]) == (1, 1)
    assert (third["digests"], third["sent"]) == (0, 0)
    assert (second["visits"], third["answered"]) == ([], 1)
    assert len(list(desk.folder.rglob("*.eml"))) == 1
    assert [one["state"] for one in desk.json("digest", "list")] == ["sent"]


def test_none_reached_is_status_69_and_not_no_news(desk: Desk) -> None:
    done = desk.process("run", "--once")
    assert done.returncode == 69
    assert done.stdout.startswith(b'None of 1 sites could be reached from this computer. That is not "no news".')


def test_a_mail_server_that_is_away_is_temporary(desk: Desk) -> None:
    with FakeMail() as gone:
        port = gone.port
    smtp = f"smtp: {{host: 127.0.0.1, port: {port}, security: none, sender: desk@ifrc-desk.kz}}\n"
    without_sources = desk.config.read_text().replace("The office}", "The office, enabled: false}")
    desk.config.write_text(without_sources + smtp, encoding="utf-8")
    desk.keep("Flood in Aktobe", seen_at=datetime.now(UTC))
    desk.type("watch", "add", "Floods", "flood", "--since", "7d")
    done = desk.process("run", "--once", "--digest-now")
    assert done.returncode == 75, done.stdout.decode() + done.stderr.decode()
    assert b"1 could not be delivered and are tried again" in done.stdout
    assert b"no connection to the mail server" in done.stdout
    tried = desk.type("digest", "send")
    assert (tried.exit_code, "0 sent, 1 to be tried again" in tried.stdout) == (75, True)
    assert "no connection to the mail server" in desk.type("digest", "list").stdout


def test_a_second_daemon_is_refused_as_temporary(desk: Desk) -> None:
    desk.type("watch", "list")
    with desk.store() as store, store.lock_daemon():
        done = desk.process("run", "--once")
    assert done.returncode == 75
    assert b"another daemon" in done.stderr
    assert b"Traceback" not in done.stderr


def test_zone_data_that_would_shift_every_hour_is_refused_at_start(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stale() -> None:
        raise ZoneDataError("this system's time zone data is too old")

    monkeypatch.setattr("news.zones.assert_zone_data", stale)
    for options in ((), ("--once",)):
        refused = desk.type("run", *options)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "too old" in refused.stderr


def test_options_of_a_single_round_need_once(desk: Desk) -> None:
    assert desk.type("run", "--digest-now").exit_code == 2
    assert desk.type("run", "--json").exit_code == 2
    assert desk.type("run", "--all").exit_code == 2
