"""`presswatch why`: each way in which somebody was told, or was not."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from news.item import Draft, Item, Stated
from news.link import Link, PendingState
from news.message import ParcelState
from news.quarantine import Unread
from news.source import FeedSource
from news.story import Choice, Evidence, Relation
from news.visit import Reason, Visit, VisitResult
from news.watch.matcher import Matcher, index_item
from news.watch.watch import Watch
from storage import Unit
from tests.storage.samples import a_message
from tests.ui.cli.desk import Desk
from ui.cli.source_words import ENGLISH
from ui.cli.why import pasted
from ui.cli.why_reading import day_in, of_language

NOW = datetime.now(UTC)
NO_FEED = ENGLISH.troubles[Reason.NOT_A_FEED].brief


def found(desk: Desk, item: Item, *, muted: bool = False) -> int:
    """Record what the desk's watches find in a stored item, as intake would; gives the id of the first match."""

    def work(unit: Unit) -> int:
        matches = Matcher(unit.watches.all()).matches(index_item(item))
        unit.matches.record(matches, at=NOW, muted=muted)
        return unit.inquiries.matches_of(item.id)[0].id

    with desk.store() as store:
        return store.write_now(work)


def told(desk: Desk, match: int, state: ParcelState = ParcelState.SENT, error: str = "") -> None:
    """Put a match into a digest, and let its delivery end so."""

    def work(unit: Unit) -> None:
        (person,) = unit.recipients.all()
        unit.digests.freeze(person, "daily", "2026-11-22", [match], a_message(), "email", at=NOW)
        (parcel,) = unit.outbox.claim(now=NOW, lease=timedelta(minutes=3), limit=1, worker="w")
        unit.outbox.settle(parcel, state, now=NOW, error=error)

    with desk.store() as store:
        store.write_now(work)


def watch(desk: Desk, which: str, name: str = "Water") -> Any:
    """What is said of one watch, as JSON."""
    (one,) = desk.json("why", which, "--watch", name)["watches"]
    return one


def add(desk: Desk, name: str, query: str) -> None:
    """Add a watch as if it had been there before every item."""
    with desk.store() as store:
        store.write_now(lambda unit: unit.watches.add(Watch(name=name, query=query), at=NOW - timedelta(days=99)))


def test_a_match_that_was_sent_says_what_was_found_where_and_in_which_digest(desk: Desk) -> None:
    (item,) = desk.keep("Water levels", text="The waters rise.")
    told(desk, found(desk, item))
    lines = desk.type("why", f"{item.url}?utm_source=mail").stdout.splitlines()
    assert lines[0] == "Water levels"
    assert "FOUND by Water: water OR су" in lines
    assert "    yes water: found as Water (title), waters (text)" in lines
    assert any(line.startswith("  desk@ifrc-desk.kz in digest 1, daily of ") and ": sent " in line for line in lines)
    assert watch(desk, "1")["told"][0]["state"] == "sent"


def test_a_delivery_that_failed_says_what_the_server_answered(desk: Desk) -> None:
    (item,) = desk.keep("Water levels")
    told(desk, found(desk, item), ParcelState.FAILED, "550 no such mailbox")
    (fate,) = watch(desk, "1")["told"]
    assert (fate["state"], fate["digest"]) == ("bounced", 1)
    assert fate["words"].endswith("given up: 550 no such mailbox")


def test_a_match_that_waits_says_for_which_hour(desk: Desk) -> None:
    (item,) = desk.keep("Water levels")
    found(desk, item)
    (fate,) = watch(desk, "1")["told"]
    assert fate["state"] == "held"
    assert fate["words"] == "waits for the daily digest at 08:00 (Asia/Almaty)"


def test_old_news_of_a_first_visit_names_the_setting_that_would_have_told_it(desk: Desk) -> None:
    old = NOW - timedelta(days=3)
    (item,) = desk.keep("Water levels", published=Stated(day=old.date(), zone="UTC", at=old))
    found(desk, item, muted=True)
    one = watch(desk, "1")
    assert [fate["state"] for fate in one["told"]] == ["muted"]
    assert one["remedy"].startswith("daemon.fresh: 4 d in config.yaml; adds at most 1 item")


def test_a_match_taken_back_after_an_edit_says_so(desk: Desk) -> None:
    (item,) = desk.keep("Water levels")
    found(desk, item)
    with desk.store() as store:
        store.write_now(lambda unit: unit.matches.retire_others(item.id, []))
    assert [fate["state"] for fate in watch(desk, "1")["told"]] == ["retired"]


def test_what_a_removed_watch_told_is_still_said(desk: Desk) -> None:
    (item,) = desk.keep("River levels")
    add(desk, "Rivers", "river")
    told(desk, found(desk, item))
    assert desk.type("watch", "remove", "Rivers").exit_code == 0
    lines = desk.type("why", "1").stdout.splitlines()
    assert "FOUND by Rivers (removed): river" in lines
    assert any(": sent " in line for line in lines)


def test_a_watch_that_came_after_the_item_says_so_and_what_would_have_told_it(desk: Desk) -> None:
    desk.keep("Flood in Aktobe", seen_at=NOW - timedelta(days=2))
    assert desk.type("watch", "add", "Floods", "flood", "--as-written", "--yes").exit_code == 0
    one = watch(desk, "1", "Floods")
    assert one["found"]
    assert "the watch was added" in one["late"]
    assert one["remedy"].startswith("--since 3d")


def test_what_was_not_found_says_clause_by_clause_why_and_what_the_cheapest_change_costs(desk: Desk) -> None:
    desk.keep("Floodlit square in Almaty", "Flood drill in Almaty", "Trade in Almaty", "Floodlit hall", "Trade in Osh")
    add(desk, "Floods", "flood Almaty NOT drill")
    one = watch(desk, "1", "Floods")
    assert not one["found"]
    flood, almaty, drill = one["clauses"]["parts"]
    assert (flood["holds"], almaty["holds"], drill["holds"]) == (False, True, True)
    assert flood["missing"] == [{"word": "flood", "nearest": "Floodlit"}]
    assert one["change"]["query"] == "(flood OR floodlit) Almaty NOT drill"
    assert (one["change"]["adds"], one["change"]["exact"]) == (1, True)
    left_out = watch(desk, "2", "Floods")
    assert (left_out["change"]["query"], left_out["change"]["adds"]) == ("flood AND Almaty", 1)
    assert watch(desk, "5", "Floods")["change"] is None
    brief = desk.type("why", "1").stdout
    assert "  Floods: flood\n" in brief


def test_a_site_that_nobody_reads_offers_the_command_or_the_pack_that_would(desk: Desk) -> None:
    desk.type("watch", "list")
    (unknown,) = desk.json("why", "https://www.unknown.example/news/1?fbclid=x")["reasons"]
    assert unknown["state"] == "unknown_site"
    assert unknown["change"].endswith("presswatch source test https://www.unknown.example/")
    (known,) = desk.json("why", "https://news.un.org/en/story/2026/11/1")["reasons"]
    assert "the pack" in known["change"]


def a_visit(result: VisitResult = VisitResult.OK, reason: Reason = Reason.NONE, **fields: Any) -> Visit:
    """A visit to the desk's source."""
    return Visit(source="office", started_at=NOW - timedelta(minutes=5), result=result, reason=reason, **fields)


def test_a_page_that_no_list_named_says_how_the_visits_around_its_day_went(desk: Desk) -> None:
    desk.type("watch", "list")
    with desk.store() as store:
        for visit in (
            a_visit(entries=12, unusable={"no_title": 1}),
            a_visit(VisitResult.SOFT, Reason.TIMEOUT),
        ):
            store.write_now(
                lambda unit, visit=visit: unit.visits.record(visit, next_visit=NOW, reading="r")  # type: ignore[misc]
            )
    (reason,) = desk.json("why", "http://127.0.0.2:9/news/1")["reasons"][:1]
    assert (reason["state"], reason["source"]) == ("never_listed", "office")
    assert "visited 2 times" in reason["words"][0]
    assert "1 answered with 12 entries" in reason["words"][0]
    assert reason["words"][1:] == [
        "Not read: no answer in time (1).",
        "Entries that could not be used, and may have been it: no title (1).",
    ]
    assert "presswatch source backfill office --since" in reason["change"]
    longer_ago = desk.json("why", "http://127.0.0.2:9/news/1", "--day", "2026-01-05")["reasons"][0]
    assert longer_ago["state"] == "never_visited"


def test_pages_in_quarantine_may_have_been_it_and_can_be_read_again(desk: Desk) -> None:
    desk.type("watch", "list")
    page = Unread(
        source="office", url="http://127.0.0.2:9/feed", reason="not_a_feed", detail="", status=200, headers={},
        body=b"<html></html>", fetched_at=NOW - timedelta(minutes=5),
    )  # fmt: skip

    def work(unit: Unit) -> None:
        unit.visits.record(a_visit(VisitResult.HARD, Reason.NOT_A_FEED), next_visit=NOW, reading="r")
        unit.quarantine.keep(page)

    with desk.store() as store:
        store.write_now(work)
    reason = desk.json("why", "http://127.0.0.2:9/news/1")["reasons"][0]
    assert reason["state"] == "unusable"
    assert reason["words"][-1] == f"1 page of it that no reader could use is kept, the last for: {NO_FEED}."
    assert reason["change"].endswith("presswatch source replay office")
    assert desk.json("why", "http://127.0.0.2:9/news/1", "--day", "2026-01-05")["reasons"][0]["state"] != "unusable"


def test_a_host_is_shown_in_its_own_letters(desk: Desk) -> None:
    desk.type("watch", "list")
    (unknown,) = desk.json("why", "https://жаңалықтар.example/1")["reasons"]
    assert unknown["words"] == ["No source reads жаңалықтар.example."]


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (PendingState.WAITING, "", "its page waits to be read"),
        (PendingState.WAITING, Reason.TIMEOUT, "could not be read so far (no answer in time)"),
        (PendingState.GIVEN_UP, Reason.NOT_AN_ARTICLE, "was given up after 2 tries"),
    ],
)
def test_a_page_that_was_listed_and_not_read_says_why(desk: Desk, state: PendingState, reason: str, said: str) -> None:
    from dataclasses import replace

    desk.type("watch", "list")
    url = "https://press.example/listed"

    def work(unit: Unit) -> None:
        unit.pending.add("office", [Link(url=url, said=Draft(title="Listed", url=url))], found_at=NOW)
        (pending,) = unit.pending.due("office", now=NOW, limit=9)
        if reason:
            unit.pending.fail(replace(pending, tries=2, tried_at=NOW, reason=str(reason), state=state))

    with desk.store() as store:
        store.write_now(work)
    (one,) = desk.json("why", f"{url}?utm_medium=mail")["reasons"]
    assert one["state"] == state
    assert said in one["words"][0]
    assert bool(one["change"]) is (reason == Reason.NOT_AN_ARTICLE)


def test_what_is_kept_no_more_says_until_when_it_was(desk: Desk) -> None:
    (item,) = desk.keep("Water levels", seen_at=NOW - timedelta(days=500))
    with desk.store() as store:
        store.write_now(lambda unit: unit.retention.drop(before=NOW - timedelta(days=400), now=NOW))
    for which in ("1", f"{item.url}?utm_source=mail"):
        title, words, *_ = desk.type("why", which).stdout.splitlines()
        assert title == "Water levels"
        assert words.startswith("Not stored any more: it was item 1 (press), first seen ")
        assert ", kept until " in words
    answer = desk.json("why", "1")
    assert (answer["stored"], answer["dropped"]["id"]) == (False, 1)


def test_an_unknown_number_watch_or_day_is_a_usage_error(desk: Desk) -> None:
    desk.keep("Water levels")
    for arguments in (("99",), ("1", "--watch", "Nothing"), ("1", "--day", "yesterday"), ("nonsense",)):
        assert desk.type("why", *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://press.example/2026/11/22/flood", date(2026, 11, 22)),
        ("https://press.example/news/20261122-flood", date(2026, 11, 22)),
        ("https://press.example/2026/02/31/flood", None),
        ("https://press.example/story/1990108", None),
    ],
)
def test_the_day_is_read_from_an_address_that_has_one(url: str, day: date | None) -> None:
    assert day_in(url) == day


def test_what_is_neither_a_stored_number_nor_an_address_is_refused(desk: Desk) -> None:
    for which, problem in (
        ("99", "no stored item has the number 99\n"),
        ("", "'' is neither the number"),
        ("no", "'no'"),
    ):
        refused = desk.type("why", which)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert problem in refused.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" <https://press.example/1>. ", "https://press.example/1"),
        ("(https://press.example/1)", "(https://press.example/1)"),
        ("https://press.example/1).", "https://press.example/1"),
        ("https://press.example/a_(b)", "https://press.example/a_(b)"),
        ("www.press.example/1", "https://www.press.example/1"),
        ("61", "61"),
        ("no", "no"),
    ],
)
def test_an_address_is_taken_as_people_paste_it(typed: str, meant: str) -> None:
    assert pasted(typed) == meant


def test_the_first_of_a_story_says_how_the_others_came_to_it(desk: Desk) -> None:
    first, second = desk.keep("Water levels", "Water levels again")

    def work(unit: Unit) -> None:
        weighed = Evidence(rule="same text")
        to = Choice(story=None, relation=Relation.NEW)
        story = unit.stories.assign(first.id, to, at=NOW)
        joins = Choice(story=story, relation=Relation.SAME, to=first.id, why="", evidence=weighed)
        unit.stories.assign(second.id, joins, at=NOW)

    with desk.store() as store:
        store.write_now(work)
    assert f"  item {second.id} (Press office, en) joined it as a copy [same text]" in desk.type("why", "1").stdout
    assert f"  a copy of item {first.id}, Water levels (Press office) [same text]" in desk.type("why", "2").stdout


def test_a_short_name_within_a_longer_one_is_not_named_twice(desk: Desk) -> None:
    desk.keep("IFRC", text="The International Federation of Red Cross and Red Crescent Societies met.")
    add(desk, "Federation", "@ifrc")
    told = desk.type("why", "1", "--watch", "Federation").stdout
    assert (
        "@ifrc: found as IFRC (title), International Federation of Red Cross and Red Crescent Societies (text)" in told
    )


def test_a_concept_that_is_not_there_shows_some_of_the_names_it_was_looked_for_by(desk: Desk) -> None:
    desk.keep("Trade in Almaty")
    add(desk, "Crescent", "@red_crescent_kz")
    (reason,) = (one["reason"] for one in [watch(desk, "1", "Crescent")["clauses"]])
    assert re.fullmatch(r"none of its \d+ names is there \(.*Kazakh.*, \.\.\.\)", reason)


def test_an_address_that_says_its_language_is_asked_of_the_sources_of_that_language() -> None:
    russian, kazakh = (
        FeedSource(id=language, url=f"https://press.example/{language}.xml", publisher="P", language=language)
        for language in ("ru", "kk")
    )
    both = [russian, kazakh]
    assert of_language(both, "https://press.example/ru/news/1") == [russian]
    assert of_language(both, "https://press.example/news/1?lang=kz") == [kazakh]
    assert of_language(both, "https://press.example/news/1") == both
    assert of_language(both, "https://press.example/en/1") == both


def test_a_source_that_is_off_says_what_it_brought(desk: Desk) -> None:
    desk.keep("Old news", source="archive", seen_at=NOW - timedelta(days=20), published=None)
    reasons = desk.json("why", "http://127.0.0.2:9/news/1")["reasons"]
    (off,) = [one for one in reasons if one["state"] == "off"]
    assert off["change"] == "enabled: true for archive in config.yaml"
    assert off["cost"].endswith("has brought 1 item in 90 days")
