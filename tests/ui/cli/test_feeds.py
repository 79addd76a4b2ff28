"""`watch feeds`, `recipient feeds` and `recipient feedback`."""

from __future__ import annotations

from pathlib import Path

import feedparser

from storage import FeedbackKind, open_store
from tests.storage.samples import NOW
from tests.ui.cli.desk import Desk


def test_while_nothing_is_served_feeds_are_files_that_are_there(desk: Desk) -> None:
    (shown,) = desk.json("recipient", "feeds")
    assert shown["name"] == "desk@ifrc-desk.kz"
    assert feedparser.parse(Path(shown["atom"]).read_bytes()).feed.title.startswith("presswatch: ")
    assert Path(shown["json"]).is_file()
    said = desk.type("recipient", "feeds", "desk@ifrc-desk.kz").stdout
    assert shown["atom"] in said
    assert "set web.listen" in said


def test_once_they_are_served_feeds_have_addresses(desk: Desk) -> None:
    with desk.config.open("a", encoding="utf-8") as config:
        config.write('\nweb: {listen: "127.0.0.1:8780", address: "https://press.example.org"}\n')
    (shown,) = desk.json("watch", "feeds", "Water")
    assert shown["name"] == "Water"
    assert shown["atom"].startswith("https://press.example.org/feeds/w1-")
    assert shown["json"] == shown["atom"].removesuffix(".atom") + ".json"
    assert "web.listen" not in desk.type("watch", "feeds").stdout


def test_a_feed_of_nothing_is_refused(desk: Desk) -> None:
    result = desk.type("watch", "feeds", "Watr")
    assert result.exit_code == 2
    assert "presswatch watch list" in result.stderr


def test_remarks_are_listed_with_whose_they_are(desk: Desk) -> None:
    assert desk.type("watch", "list").exit_code == 0
    assert "Nobody said anything yet" in desk.type("recipient", "feedback").stdout
    number = 1
    database = next(desk.config.parent.rglob("*.db"))
    with open_store(f"sqlite:///{database}") as store:
        store.write_now(
            lambda unit: unit.feedback.add(
                number, "daily", "2024-03-08", FeedbackKind.MISSING, "UNDRR\nthe dam", at=NOW
            )
        )
    (remark,) = desk.json("recipient", "feedback")
    assert (remark["recipient"], remark["kind"], remark["text"]) == ("desk@ifrc-desk.kz", "missing", "UNDRR\nthe dam")
    assert "  the dam" in desk.type("recipient", "feedback").stdout
