"""Feeds as files: there while nothing is served, written when something changed, readable by their owner alone."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from news.settings.web import Web
from scheduler.app import App
from scheduler.feeds import files as feed_files
from scheduler.feeds.files import AGAIN, FeedFiles
from tests.scheduler.feeds.desk import bring, feeds, open_desk, published
from tests.scheduler.office import NOW


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_every_feed_is_a_file_in_both_forms(app: App) -> None:
    bring(app, published("A flood in the town"))
    files = FeedFiles(app=app)
    assert asyncio.run(files.write_changed(now=NOW)) == 4
    names = {f"{one.name}.{form}" for one in feeds(app).values() for form in ("atom", "json")}
    assert {file.name for file in files.folder.iterdir()} == names
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in files.folder.iterdir()} == {0o600}
    file = files.folder / f"{feeds(app)['Floods'].name}.atom"
    assert [entry.title for entry in feedparser.parse(file.read_bytes()).entries] == ["A flood in the town"]
    assert json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["items"]


def test_only_what_changed_is_written_again(app: App) -> None:
    files = FeedFiles(app=app)
    assert asyncio.run(files.write_changed(now=NOW)) == 4
    assert asyncio.run(files.write_changed(now=NOW)) == 0
    bring(app, published("A flood in the town"))
    # The watch, and the one of two recipients who follows it.
    assert asyncio.run(files.write_changed(now=NOW)) == 2
    before = {file: file.stat().st_ino for file in files.folder.iterdir()}
    # An embargo may have ended meanwhile; a file that would say the same is left alone.
    assert asyncio.run(files.write_changed(now=NOW + AGAIN)) == 4
    assert {file: file.stat().st_ino for file in files.folder.iterdir()} == before


def test_where_there_are_many_who_waited_longest_comes_first(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_files, "AT_ONCE", 1)
    files = FeedFiles(app=app)
    for minute in range(4):
        # Every feed but one has something new at each look.
        bring(app, published(f"A flood at river{minute}"))
        assert asyncio.run(files.write_changed(now=NOW + timedelta(minutes=minute))) == 1
    assert len(list(files.folder.glob("*.atom"))) == 4


def test_the_file_of_a_feed_that_is_over_goes(app: App) -> None:
    files = FeedFiles(app=app)
    asyncio.run(files.write_changed(now=NOW))
    gone = feeds(app)["Floods"].name
    (files.folder / "notes.txt").write_text("kept", encoding="utf-8")
    without = tuple(watch for watch in app.settings.watches if watch.name != "Floods")
    replace(app, settings=replace(app.settings, watches=without)).synchronise(now=NOW + timedelta(minutes=1))
    asyncio.run(files.write_changed(now=NOW))
    assert not list(files.folder.glob(f"{gone}.*"))
    assert (files.folder / "notes.txt").is_file()


def test_there_are_no_files_while_a_server_hands_feeds_out(app: App) -> None:
    asyncio.run(FeedFiles(app=app).write_changed(now=NOW))
    served = replace(app, settings=replace(app.settings, web=Web(listen="127.0.0.1:8780")))
    files = FeedFiles(app=served)
    assert asyncio.run(files.write_changed(now=NOW)) == 0
    assert list(files.folder.iterdir()) == []
