from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from news.message import Message
from tests.ui.cli.desk import NOW, Desk


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A desk with one match that no digest has told."""
    desk.keep("Flood in Aktobe", "Trade talks", seen_at=datetime.now(UTC))
    assert desk.type("watch", "add", "Floods", "flood", "--since", "7d").exit_code == 0
    return desk


def test_preview_shows_what_would_be_sent_and_marks_nothing_as_told(told: Desk, tmp_path: Path) -> None:
    page = tmp_path / "digest.html"
    first = told.type("digest", "preview", "--html", str(page))
    assert first.exit_code == 0, first.stderr
    assert first.stdout.startswith("Subject: 1 story")
    assert "Flood" in first.stdout
    assert "COVERAGE" in first.stdout
    assert "<html" in page.read_text(encoding="utf-8")
    again = told.json("digest", "preview")
    assert again["recipient"] == "desk@ifrc-desk.kz"
    assert again["subject"].startswith("1 story")
    assert told.json("digest", "list") == []


def test_preview_asks_whose_where_there_are_several(told: Desk) -> None:
    told.type("recipient", "add", "chief@ifrc-desk.kz")
    unnamed = told.type("digest", "preview")
    assert unnamed.exit_code == 2
    assert "desk@ifrc-desk.kz, chief@ifrc-desk.kz" in unnamed.stderr
    assert told.type("digest", "preview", "--recipient", "nobody@ifrc-desk.kz").exit_code == 2
    # The chief follows the watch since now, so what was queued before is not the chief's.
    assert told.json("digest", "preview", "--recipient", "chief@ifrc-desk.kz")["text"].count("Flood in") == 0


def test_preview_needs_a_recipient(desk: Desk) -> None:
    desk.config.write_text(desk.config.read_text().partition("recipients:")[0], encoding="utf-8")
    result = desk.type("digest", "preview")
    assert (result.exit_code, "recipient add" in result.stderr) == (2, True)


def test_send_hands_over_what_waits_and_list_says_where_it_stands(desk: Desk) -> None:
    assert "Nothing waits" in desk.type("digest", "send").stdout
    assert "No digest was made yet" in desk.type("digest", "list").stdout
    queue(desk, channel="folder")
    assert [one["state"] for one in desk.json("digest", "list")] == ["queued"]
    sent = desk.type("digest", "send")
    assert (sent.exit_code, sent.stdout) == (0, "1 sent, 0 to be tried again, 0 failed for good\n")
    assert [letter.parent.name for letter in desk.folder.rglob("*.eml")] == ["desk@ifrc-desk.kz"]
    listed = desk.json("digest", "list")[0]
    assert (listed["slot"], listed["state"], listed["error"]) == ("2026-11-22", "sent", "")
    assert f"{listed['id']}   2026-11-22 08:00  desk@ifrc-desk.kz  2026-11-22" in desk.type("digest", "list").stdout


def test_send_says_what_keeps_a_digest_back(desk: Desk) -> None:
    queue(desk, channel="pigeon")
    sent = desk.type("digest", "send")
    assert sent.exit_code == 75
    assert "there is no channel 'pigeon'" in sent.stdout
    # However many mails to the owner came since, which are no digests.
    with desk.store() as store:
        for number in range(3):
            owners = Message(id=f"owner.{number}@presswatch.localhost", subject="x", text="x", html="x", date=NOW)
            store.write_now(
                lambda unit, one=owners: unit.outbox.queue(one, "boss@x.kz", key=one.id, channel="folder", at=NOW)  # type: ignore[misc]
            )
    listed = desk.type("digest", "list", "--limit", "1").stdout
    assert "Not delivered: there is no channel 'pigeon'" in listed
    assert "pigeon" in desk.json("digest", "list", "--limit", "1")[0]["error"]


def queue(desk: Desk, *, channel: str) -> None:
    """Freeze an empty digest that nobody has sent yet."""
    desk.type("watch", "list")
    message = Message(id="digest.1@presswatch.localhost", subject="Nothing new", text="x", html="<p>x</p>", date=NOW)
    with desk.store() as store:
        person = store.read_now(lambda unit: unit.recipients.all()[0])
        frozen = store.write_now(
            lambda unit: unit.digests.freeze(person, "daily", "2026-11-22", (), message, channel, at=NOW)
        )
    assert frozen is not None


def test_the_copy_to_forward_names_no_watch(told: Desk, tmp_path: Path) -> None:
    page = tmp_path / "clean.html"
    clean = told.type("digest", "preview", "--clean", "--html", str(page))
    assert clean.exit_code == 0, clean.stderr
    assert "Flood in Aktobe" in clean.stdout
    assert "COVERAGE" in clean.stdout
    for text in (clean.stdout, page.read_text(encoding="utf-8")):
        assert "Floods" not in text
        assert "FLOODS" not in text
        assert "Why:" not in text
    assert [story["title"] for story in told.json("digest", "preview", "--clean")["data"]["stories"]] == [
        "Flood in Aktobe"
    ]


def test_show_prints_a_frozen_digest_and_its_copy(desk: Desk) -> None:
    queue(desk, channel="folder")
    number = desk.json("digest", "list")[0]["id"]
    assert desk.type("digest", "show", str(number)).stdout == "Subject: Nothing new\n\nx\n"
    shown = desk.json("digest", "show", str(number))
    assert (shown["recipient"], shown["slot"], shown["subject"]) == ("desk@ifrc-desk.kz", "2026-11-22", "Nothing new")
    assert "subject" not in desk.json("digest", "show", str(number), "--clean")


def test_show_says_why_there_is_no_text(desk: Desk) -> None:
    unknown = desk.type("digest", "show", "99")
    assert (unknown.exit_code, "digest list" in unknown.stderr) == (2, True)
    queue(desk, channel="folder")
    number = desk.json("digest", "list")[0]["id"]
    desk.type("digest", "send")
    with desk.store() as store:
        store.write_now(lambda unit: unit.outbox.drop_bodies(before=datetime(2100, 1, 1, tzinfo=UTC)))
    dropped = desk.type("digest", "show", str(number))
    assert (dropped.exit_code, "keep_days" in dropped.stderr) == (1, True)
