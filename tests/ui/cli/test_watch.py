"""`presswatch watch`: what is saved, what is said before, and what is refused."""

from __future__ import annotations

import pytest

from news.watch.watch import Match, Recipient
from tests.ui.cli.desk import Desk

TOPICS = [f"Release {number} on trade" for number in range(12)]


def test_add_says_how_it_was_read_what_it_finds_and_when_it_counts(desk: Desk) -> None:
    desk.keep(*TOPICS, "Flood warning in Aktobe", "Flood drill")
    result = desk.type("watch", "add", "Floods", "flood NOT drill", "--as-written")
    assert result.exit_code == 0, result.stderr
    assert "Alerts when a text mentions flood; but not 'drill'" in result.stdout
    assert "It reads English only: add Russian, 0 items in 90 days; Kazakh, 0 items in 90 days." in result.stdout
    assert "NOT drill leaves out 1 item" in result.stdout
    assert "In 90 days it finds 1 item in 1 story, 7% of the 14 stored items." in result.stdout
    assert "Flood warning in Aktobe" in result.stdout
    assert "told with the next digest" in result.stdout
    stored = desk.json("watch", "show", "Floods")
    assert (stored["query"], stored["mode"], stored["origin"]) == ("flood NOT drill", "digest", "command")


def test_a_loose_or_is_asked_about_with_its_place(desk: Desk) -> None:
    result = desk.type("watch", "add", "Waters", "вода или су")
    assert result.exit_code == 0
    assert '"или" is read as a word; did you mean OR?\n  вода или су\n       ^^^\n' in result.stdout


def test_a_watch_that_does_not_parse_is_refused_with_the_place_underlined(desk: Desk) -> None:
    result = desk.type("watch", "add", "Broken", "flood AND (drill")
    assert result.exit_code == 2
    assert "  flood AND (drill\n            ^" in result.stderr
    assert desk.type("watch", "show", "Broken").exit_code == 2


def test_an_unknown_concept_is_refused_and_never_ignored(desk: Desk) -> None:
    result = desk.type("watch", "add", "Later", "flood OR @ifcr")
    assert result.exit_code == 2
    assert "there is no concept @ifcr" in result.stderr
    assert "@ifrc" in result.stderr


def test_lists_become_the_text_that_asks_the_same(desk: Desk) -> None:
    lists = ("--any", "Red Crescent", "--any", "IFRC", "--also", "Kazakhstan", "--not", "blood donor marathon")
    assert desk.type("watch", "add", "Red Crescent", *lists, "--instant").exit_code == 0
    shown = desk.json("watch", "show", "Red Crescent")
    assert shown["mode"] == "instant"
    assert shown["lists"] == {
        "any": ["Red Crescent", "IFRC"],
        "also": ["Kazakhstan"],
        "not": ["blood donor marathon"],
    }
    told = desk.type("watch", "show", "Red Crescent").stdout
    assert "any    Red Crescent, IFRC" in told
    assert "but not 'blood donor marathon'" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("Nothing",),
        ("Both", "flood", "--any", "fire"),
        ("", "flood"),
        ("Two\nlines", "flood"),
        ("Period", "flood", "--since", "soon"),
        ("Water", "flood"),
    ],
)
def test_what_cannot_be_a_watch_is_a_usage_error_and_saves_nothing(desk: Desk, arguments: tuple[str, ...]) -> None:
    result = desk.type("watch", "add", *arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("presswatch: ")
    assert [one["name"] for one in desk.json("watch", "list")] == ["Water"]


def test_one_that_finds_over_two_fifths_of_the_archive_asks_first(desk: Desk) -> None:
    desk.keep(*TOPICS)
    refused = desk.type("watch", "add", "Trade", "trade")
    assert refused.exit_code == 1
    assert "In 90 days it finds 12 items in 12 stories, 100% of the 12 stored items." in refused.stdout
    assert "--yes" in refused.stderr
    assert desk.type("watch", "show", "Trade").exit_code == 2
    assert desk.type("watch", "add", "Trade", "trade", "--yes").exit_code == 0
    assert desk.json("watch", "show", "Trade")["query"] == "trade"


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1), ("", 1)])
def test_a_person_at_a_terminal_answers_for_a_broad_watch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    desk.keep(*TOPICS)
    monkeypatch.setattr("ui.cli.watch_agreed.on_terminal", lambda: True)
    asked = desk.type("watch", "add", "Trade", "trade", stdin=f"{answer}\n")
    assert asked.exit_code == status
    assert "That is more than 40% of everything stored. Save it all the same?" in asked.stdout
    assert ("Trade" in [one["name"] for one in desk.json("watch", "list")]) is (status == 0)


def test_since_queues_what_is_stored_for_the_next_digest_and_nothing_older(desk: Desk) -> None:
    from datetime import UTC, datetime, timedelta

    now = datetime.now(UTC)
    recent = desk.keep("Flood in Aktobe", "Trade talks", seen_at=now - timedelta(days=2))
    desk.keep("Flood of last month", seen_at=now - timedelta(days=30), published=None)
    added = desk.json("watch", "add", "Floods", "flood", "--as-written", "--since", "7d")
    assert added["queued"] == 1
    trial = added["trial"]
    assert (trial["items"], trial["stored"], trial["exact"], trial["reads"]) == (2, 3, True, ["en"])
    assert [one["title"] for one in trial["newest"]] == ["Flood in Aktobe", "Flood of last month"]
    with desk.store() as store:
        person = store.read_now(lambda unit: unit.recipients.all()[0])
        told = store.read_now(lambda unit: unit.matches.untold(person, "daily", limit=10))
    assert [one.item.id for one in told] == [recent[0].id]


def test_without_since_nothing_stored_is_told(desk: Desk) -> None:
    desk.keep("Flood in Aktobe")
    assert desk.json("watch", "add", "Floods", "flood")["queued"] is None
    with desk.store() as store:
        person: Recipient = store.read_now(lambda unit: unit.recipients.all()[0])
        assert store.read_now(lambda unit: unit.matches.untold(person, "daily", limit=10)) == []


def test_a_watch_of_the_settings_is_edited_there_and_nowhere_else(desk: Desk) -> None:
    for arguments in (("edit", "Water", "flood"), ("edit", "Water", "--off"), ("remove", "Water")):
        result = desk.type("watch", *arguments)
        assert result.exit_code == 2
        assert f"written in {desk.config}" in result.stderr
    listed = desk.type("watch", "list").stdout
    assert "config.yaml" in listed
    assert "water OR су" in listed


def test_edit_changes_what_is_given_and_leaves_the_rest(desk: Desk) -> None:
    desk.type("watch", "add", "Floods", "flood")
    assert desk.type("watch", "edit", "Floods", "--instant").exit_code == 0
    assert desk.type("watch", "edit", "Floods", "flood OR паводок", "--as-written", "--off").exit_code == 0
    shown = desk.json("watch", "show", "Floods")
    assert (shown["query"], shown["mode"], shown["enabled"]) == ("flood OR паводок", "instant", False)
    assert desk.type("watch", "edit", "Floods").exit_code == 2
    assert desk.type("watch", "edit", "Floods", "flood (").exit_code == 2


def test_every_change_bumps_the_revision_that_intake_compares(desk: Desk) -> None:
    def revision() -> int:
        with desk.store() as store:
            return store.read_now(lambda unit: unit.watches.revision())

    desk.type("watch", "list")
    revisions = [revision()]
    for arguments in (("add", "Floods", "flood"), ("edit", "Floods", "mud"), ("remove", "Floods")):
        assert desk.type("watch", *arguments).exit_code == 0
        revisions.append(revision())
    assert revisions == sorted(set(revisions))
    desk.type("watch", "list")
    assert revision() == revisions[-1]


def test_show_lists_what_it_found_last_and_a_wrong_name_gets_a_suggestion(desk: Desk) -> None:
    items = desk.keep("Су тасқыны")
    with desk.store() as store:
        water = store.read_now(lambda unit: unit.watches.get("Water"))
        assert water is not None
        match = Match(item=items[0].id, watch=water.id, score=1.0, hits=())
        store.write_now(lambda unit: unit.matches.record([match], at=items[0].seen_at))
    assert "Су тасқыны" in desk.type("watch", "show", "Water").stdout
    wrong = desk.type("watch", "show", "Watr")
    assert (wrong.exit_code, "did you mean 'Water'?" in wrong.stderr) == (2, True)


def test_a_long_query_is_shortened_in_the_table_and_whole_elsewhere(desk: Desk) -> None:
    query = " OR ".join(f"flood{number}" for number in range(100))
    assert desk.type("watch", "add", "Floods", query).exit_code == 0
    listed = next(line for line in desk.type("watch", "list").stdout.splitlines() if line.startswith("Floods"))
    assert "…  English only: add Russian and Kazakh" in listed
    assert len(listed) < 150
    assert query in desk.type("watch", "show", "Floods").stdout
    assert query in [one["query"] for one in desk.json("watch", "list")]


def test_a_pinned_watch_is_added_shown_and_let_go(desk: Desk) -> None:
    assert desk.type("watch", "add", "Floods", "flood", "--pinned").exit_code == 0
    assert desk.json("watch", "show", "Floods")["pinned"] is True
    assert "its stories first" in desk.type("watch", "show", "Floods").stdout
    assert desk.type("watch", "edit", "Floods", "--not-pinned").exit_code == 0
    assert desk.json("watch", "show", "Floods")["pinned"] is False
    assert "its stories first" not in desk.type("watch", "show", "Floods").stdout
