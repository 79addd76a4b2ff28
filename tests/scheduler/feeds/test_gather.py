"""What a feed holds: one entry a story, only what may leave the house, only what its reader follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.app import App
from scheduler.feeds.atom import as_atom
from scheduler.feeds.feed import MOST_ENTRIES
from scheduler.feeds.json_feed import as_json
from tests.scheduler.feeds.desk import bring, feed_of, feeds, open_desk, published, titles
from tests.scheduler.office import NOW

LATER = NOW + timedelta(hours=2)
TEXT = "The flood reached the lower town at noon, and two hundred people were taken to the school on the hill. " * 3


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_a_watch_has_its_stories_and_a_recipient_those_they_follow(app: App) -> None:
    bring(app, published("A flood in the town"), published("A register of halls"), published("A market day"))
    assert titles(app, "Floods") == ["A flood in the town"]
    assert titles(app, "Registers") == titles(app, "chief@example.org") == ["A register of halls"]
    assert sorted(titles(app, "desk@example.org")) == ["A flood in the town", "A register of halls"]


def test_a_recipient_reads_of_no_watch_they_do_not_follow(app: App) -> None:
    bring(app, published("A flood register is opened"))
    assert [entry.watches for entry in feed_of(app, "desk@example.org").entries] == [("Floods", "Registers")]
    assert [entry.watches for entry in feed_of(app, "chief@example.org").entries] == [("Registers",)]


def test_a_story_is_one_entry_with_everybody_who_tells_it(app: App) -> None:
    bring(app, published("A flood in the town", text=TEXT))
    bring(app, published("A flood in the town", text=TEXT, url="https://agency.example/1"), source="agency")
    (entry,) = feed_of(app, "Floods").entries
    assert set(entry.publishers) == {"The office", "The agency"}
    assert entry.credits == ("By us",)


def test_an_item_that_joins_a_story_updates_its_entry(app: App) -> None:
    bring(app, published("A flood in the town", text=TEXT))
    again = published("A flood in the town", text=TEXT, url="https://agency.example/1", at=LATER)
    bring(app, again, source="agency", at=LATER)
    (entry,) = feed_of(app, "Floods", now=LATER).entries
    assert (entry.published, entry.updated) == (NOW, LATER)


def test_no_more_of_a_text_than_its_source_lets_out(app: App) -> None:
    bring(app, published("The flood of today", summary="Lead of the flood.", text=TEXT), source="agency")
    (entry,) = feed_of(app, "Floods").entries
    assert entry.summary == ""
    for body in (as_atom(feed_of(app, "Floods")), as_json(feed_of(app, "Floods"))):
        assert b"lower town" not in body
        assert b"Lead of" not in body


def test_a_text_under_embargo_is_in_no_feed_until_it_ends(app: App) -> None:
    until = f"{LATER:%H:%M} GMT {LATER.day} November 2026"
    bring(app, published(f"EMBARGOED until {until}: A flood in the town", text=f"EMBARGOED until {until}\n\n{TEXT}"))
    assert feed_of(app, "Floods").entries == ()
    assert feed_of(app, "desk@example.org", now=LATER - timedelta(minutes=1)).entries == ()
    assert len(feed_of(app, "Floods", now=LATER + timedelta(minutes=1)).entries) == 1


def test_a_later_version_of_substance_updates_its_entry_and_keeps_its_id(app: App) -> None:
    bring(app, published("A flood: 12 people hurt", text=TEXT, guid="1"))
    (first,) = feed_of(app, "Floods").entries
    assert first.updated == first.published == NOW
    corrected = published(
        "A flood: 15 people hurt", text=TEXT, guid="1", url="https://office.example/a-flood:-12-people-hurt"
    )
    bring(app, corrected, at=LATER)
    feed = feed_of(app, "Floods", now=LATER)
    (second,) = feed.entries
    assert (second.id, second.published, second.updated) == (first.id, NOW, LATER)
    assert second.title == "A flood: 15 people hurt"
    assert feed.updated == LATER


def test_the_newest_fifty_come_the_newest_first(app: App) -> None:
    bring(app, *(published(f"Report {number} of a flood at river{number}") for number in range(MOST_ENTRIES + 10)))
    bring(app, published("The last report of a flood"), at=LATER)
    found = titles(app, "Floods", now=LATER)
    assert len(found) == MOST_ENTRIES
    assert found[0] == "The last report of a flood"


def test_old_items_of_a_first_visit_are_not_told(app: App) -> None:
    bring(app, published("An old flood", at=NOW - timedelta(days=30)))
    assert feed_of(app, "Floods").entries == ()


def test_feeds_end_with_what_they_are_of(app: App) -> None:
    assert set(feeds(app)) == {"Floods", "Registers", "desk@example.org", "chief@example.org"}
    names = {listed.name for listed in feeds(app).values()}
    assert len(names) == 4
    number = feeds(app)["desk@example.org"].of.id
    app.store.write_now(lambda unit: unit.subscriptions.begin_anew(number, at=NOW))
    assert feeds(app)["desk@example.org"].name not in names
