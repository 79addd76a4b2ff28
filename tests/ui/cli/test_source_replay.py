"""`presswatch source replay`: what is kept is shown, taken in when asked, and told of by the other commands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from news.quarantine import Unread
from news.settings import parse_settings
from tests.fakesite import FakeSite
from tests.fakesite.acts import rss
from tests.ui.cli.desk import NOW, Desk, a_desk
from ui.cli.source_replay import pages_kept

FEED = Unread(
    source="office",
    url="https://office.example/feed",
    reason="not_a_feed",
    detail="<html> instead of a feed",
    status=200,
    headers={"content-type": "application/rss+xml"},
    body=rss(2),
    fetched_at=NOW,
)
TOLD = "2 pages that could not be used are kept: presswatch source replay office"


def with_two_pages(desk: Desk) -> Desk:
    """One that can be read now and one that cannot."""
    broken = replace(FEED, url="https://office.example/old", body=b"<html><body>Works until Monday</body></html>")
    assert desk.type("source", "list").exit_code == 0
    with desk.store() as store:
        for page in (FEED, broken):
            store.write_now(lambda unit, page=page: unit.quarantine.keep(page))  # type: ignore[misc]
    return desk


def test_what_is_kept_is_shown_then_stored(desk: Desk) -> None:
    with_two_pages(desk)
    assert TOLD in desk.type("source", "list").stdout
    assert [one["pages_to_replay"] for one in desk.json("source", "list")] == [2, 0]

    dry = desk.type("source", "replay", "office")
    assert dry.exit_code == 1, "one cannot be read"
    assert "can be read: 2 items" in dry.stdout
    assert "still unreadable [not_a_feed]" in dry.stdout
    assert dry.stdout.endswith("to store what can be read: presswatch source replay office --take-in\n")

    taken = desk.type("source", "replay", "office", "--take-in")
    assert "stored: 2 items" in taken.stdout
    with desk.store() as store:
        assert len(store.read_now(lambda unit: unit.items.newest(9))) == 2
        assert store.read_now(lambda unit: unit.quarantine.counts()) == {"office": 1}


def test_nothing_kept_and_no_such_source(desk: Desk) -> None:
    none = desk.type("source", "replay", "office")
    assert (none.exit_code, none.stdout) == (0, "office: nothing is kept that could not be used\n")
    assert desk.type("source", "replay", "offise").exit_code == 2


def test_a_test_of_the_source_tells_of_it(tmp_path: Path) -> None:
    with FakeSite() as site:
        desk = with_two_pages(a_desk(tmp_path, address=site.url("")))
        done = desk.process("source", "test", "office")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().endswith(f"{TOLD}\n")


def test_counting_what_is_kept_makes_no_database(tmp_path: Path) -> None:
    settings = parse_settings("contact: desk@ifrc-desk.kz\npacks: []\n", {}, read_secret=str)
    assert pages_kept(settings, tmp_path / "config.yaml", "office") == 0
    assert list(tmp_path.iterdir()) == []
