from __future__ import annotations

import sys
from pathlib import Path

import pytest

from news.settings import Settings, parse_settings
from ui.cli.doubts import doubts, key_doubts

SERVER = "postgresql+psycopg://desk:hunter2@db.ifrc-desk.kz/press"
CONFIG = """\
contact: newsroom@ifrc-desk.kz
packs: []
sources: [{{id: office, kind: feed, url: "{url}", publisher: The office, enabled: {enabled}}}]
watches: [{{name: Water, query: water}}]
recipients: [{{address: desk@ifrc-desk.kz}}]
"""


def settings(url: str = "https://office.example/feed", *, enabled: str = "true", **env: str) -> Settings:
    values = {f"PRESSWATCH__{name}": value for name, value in env.items()}
    return parse_settings(CONFIG.format(url=url, enabled=enabled), values, read_secret=str)


def test_what_can_work_raises_no_doubt() -> None:
    assert doubts(settings()) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "2130706433", "[::1]", "169.254.169.254"])
def test_an_address_that_is_never_dialled_is_told_unless_its_network_is_allowed(host: str) -> None:
    url = f"http://{host}/feed"
    (told,) = doubts(settings(url))
    assert told.startswith("The source office lies at ")
    assert "crawler.allow_networks" in told
    assert doubts(settings(url, CRAWLER__ALLOW_NETWORKS="0.0.0.0/0,::/0")) == []


def test_a_source_that_is_off_is_not_read_and_alone_leaves_nothing_to_read() -> None:
    (told,) = doubts(settings("http://127.0.0.1/feed", enabled="false"))
    assert told.startswith("No source is enabled")


def test_a_server_without_its_driver_is_told_with_the_remedy_and_without_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    (told,) = doubts(settings(DATABASE__URL=SERVER))
    assert f"{sys.executable} -m pip install 'psycopg[binary]>=3.2'" in told
    assert "hunter2" not in told


def test_a_server_with_its_driver_raises_no_doubt() -> None:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is an extra")
    assert doubts(settings(DATABASE__URL=SERVER)) == []


def test_a_key_that_is_none_is_told_and_one_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    returned = settings(SMTP__BOUNCES="bounces@ifrc-desk.kz", SMTP__SENDER="desk@ifrc-desk.kz")
    assert key_doubts(returned, tmp_path) == []
    assert list(tmp_path.iterdir()) == []
    file = tmp_path / "var" / "secret.key"
    file.parent.mkdir()
    file.write_text("not a key", encoding="ascii")
    (told,) = key_doubts(returned, tmp_path)
    assert told.startswith("smtp.bounces needs the key of this installation")
    assert key_doubts(settings(), tmp_path) == []
