"""`presswatch source`: the list from the database, the test through the real crawler against a site on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from news.health import Move
from news.item import Draft
from news.link import Link, PendingState
from news.settings import parse_settings
from news.visit import Reason, Visit, VisitResult
from storage import Unit
from tests.fakesite import FakeSite
from tests.fakesite.static import HTML, StaticSite
from tests.ui.cli.desk import NOW, Desk, a_desk
from ui.cli.source_record import EXPECTED


def test_list_shows_every_source_with_its_state_and_counts(desk: Desk) -> None:
    assert desk.type("source", "list").stdout.endswith("2 sources: 1 never yet read, 1 off\n")
    visit = Visit(source="office", started_at=NOW, result=VisitResult.HARD, reason=Reason.NOT_FOUND, status=404)
    with desk.store() as store:
        store.write_now(lambda unit: unit.visits.record(visit, next_visit=NOW + timedelta(hours=1), reading=""))
    shown = desk.type("source", "list").stdout
    assert "nothing is at its address any more (404) [not_found]" in shown
    assert shown.endswith("2 sources: 1 never yet read, 1 off\n"), "tried is not read"
    listed = desk.json("source", "list")
    assert [(one["id"], one["state"], one["failures"]) for one in listed] == [
        ("office", "never yet read", 1),
        ("archive", "off", 0),
    ]
    assert listed[0]["last_visit"]["status"] == 404


def test_a_source_of_the_settings_is_visited_and_nothing_is_stored(tmp_path: Path) -> None:
    with FakeSite() as site:
        desk = a_desk(tmp_path, address=site.url(""))
        done = desk.process("source", "test", "office", "--json")
    assert done.returncode == 0, done.stderr.decode()
    answer = json.loads(done.stdout)
    assert (answer["source"], answer["result"], answer["entries"]) == ("office", "ok", 3)
    assert answer["samples"][0]["title"].startswith("The office reports progress")
    assert not (desk.folder / "desk.db").exists()


def test_an_address_that_fails_is_told_with_its_reason_and_status_1(tmp_path: Path) -> None:
    with FakeSite() as site:
        done = a_desk(tmp_path).process("source", "test", site.url("/forbidden/feed"))
    told = done.stdout.decode()
    assert done.returncode == 1
    assert "[robots_txt]" in told
    assert "We obey" in told


def test_what_names_no_source_is_a_usage_error(desk: Desk) -> None:
    wrong = desk.type("source", "test", "offise")
    assert (wrong.exit_code, "did you mean office?" in wrong.stderr) == (2, True)
    assert desk.type("source", "test", "ftp://office.example/").exit_code == 2


def test_articles_that_wait_or_were_given_up_are_told(desk: Desk) -> None:
    assert desk.type("source", "list").exit_code == 0
    links = [Link(url=f"https://office.example/{n}", said=Draft(title=f"Sample {n}")) for n in range(3)]

    def work(unit: Unit) -> None:
        unit.pending.add("office", links, found_at=NOW, quiet=False)
        first = unit.pending.due("office", now=NOW, limit=1)[0]
        unit.pending.fail(replace(first, tries=2, tried_at=NOW, reason=Reason.NOT_FOUND, state=PendingState.GIVEN_UP))

    with desk.store() as store:
        store.write_now(work)
    assert "; 2 articles wait to be read; given up: not_found (1)" in desk.type("source", "list").stdout
    listed = desk.json("source", "list")[0]
    assert (listed["articles_waiting"], listed["articles_given_up"]) == (2, {"not_found": 1})


def test_a_source_that_moved_for_good_is_listed_with_its_new_address(desk: Desk) -> None:
    (office,) = (
        one
        for one in parse_settings(desk.config.read_text(encoding="utf-8"), {}, read_secret=str).sources
        if one.id == "office"
    )
    address = "https://new.example/rss"
    move = Move(
        reading=office.reading_fingerprint,
        target=address,
        followed=True,
        first_at=NOW - timedelta(days=2),
        last_at=NOW,
    )
    visit = Visit(source="office", started_at=NOW, result=VisitResult.OK, entries=1)

    def visited(unit: Unit, move: Move) -> None:
        unit.visits.record(visit, next_visit=NOW, reading="")
        unit.visits.learn("office", move=move)

    def listed(move: Move) -> str:
        with desk.store() as store:
            store.write_now(lambda unit: visited(unit, move))
        return " ".join(desk.type("source", "list").stdout.split())

    assert desk.type("source", "list").exit_code == 0
    assert "new.example" not in listed(move), "seen once: not believed yet"
    told = listed(replace(move, settled_at=NOW))
    assert "1 entry, 0 new" in told
    assert "moved for good to https://new.example/rss: put that into config.yaml as its url" in told
    assert desk.json("source", "list")[0]["moved_to"] == address


def test_odd_articles_of_the_last_day_are_told_though_nothing_has_come_since(desk: Desk) -> None:
    assert desk.type("source", "list").exit_code == 0
    visits = [
        Visit(source="office", started_at=NOW - timedelta(days=2), result=VisitResult.OK, new=9),
        Visit(source="office", started_at=NOW - timedelta(hours=3), result=VisitResult.OK, new=3, pages=2),
        Visit(source="office", started_at=NOW - timedelta(hours=1), result=VisitResult.NOT_MODIFIED),
    ]

    def work(unit: Unit) -> None:
        for visit in visits:
            unit.visits.record(visit, next_visit=NOW, reading="")
            for _ in range(visit.new if visit.pages == 2 else 0):
                unit.visits.count_article("office", oddities=["extractor"])

    with desk.store() as store:
        store.write_now(work)
    # The table breaks its lines where it likes.
    told = " ".join(desk.type("source", "list").stdout.split())
    assert "since the visit before; 3 of 3 articles had to be read without the source's selectors" in told


SITE = """\
packs: []
contact: newsroom@ifrc-desk.kz
database: {{url: "sqlite:///desk.db"}}
crawler: {{delay: 0.01, timeout: 30, deadline: 60, allow_networks: [127.0.0.0/8]}}
sources:
  - id: office
    kind: listing
    url: "{site}/news"
    publisher: Sample Office
    language: en
    links: {{entry: .card, title: h3, matching: /story/}}
    articles: {{title: h1, body: .body p, published: "time@datetime"}}
    paging: {{url: "{site}/news?page={{page}}"}}
"""


def stories(first: int, last: int) -> dict[str, tuple[str, str]]:
    """Articles of one site, a day each, from day to day of November 2026."""
    return {
        f"/story/{day}": (
            HTML,
            f"<html><h1>Sample office opens register number {day}</h1><time datetime='2026-11-{day:02}T09:00:00+05:00'>"
            f"</time><div class=body><p>The sample office has opened its register number {day} to visitors.</p>"
            "<p>It can be seen on weekdays, and nobody need write down a name beforehand.</p></div></html>",
        )
        for day in range(first, last + 1)
    }


def cards(*days: int) -> tuple[str, str]:
    return HTML, "<html>" + "".join(
        f"<div class=card><h3><a href=/story/{day}>Sample office opens register number {day}</a></h3></div>"
        for day in days
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Desk, StaticSite]]:
    pages = {"/news": cards(20, 19), "/news?page=2": cards(18, 17), "/news?page=3": cards(2, 1), **stories(1, 20)}
    with StaticSite(pages) as site:
        desk = a_desk(tmp_path)
        desk.config.write_text(SITE.format(site=site.address), encoding="utf-8")
        yield desk, site


def test_a_listing_is_tested_with_its_first_articles(office: tuple[Desk, StaticSite]) -> None:
    desk, _ = office
    told = desk.process("source", "test", "office").stdout.decode()

    assert "ok: 2 articles named" in told
    assert "2026-11-20T09:00:00+05:00" in told
    answer = json.loads(desk.process("source", "test", "office", "--json").stdout)
    assert [one["reason"] for one in answer["articles"]] == ["none", "none"]
    assert answer["samples"][0]["title"] == "Sample office opens register number 20"


def test_a_live_source_is_recorded_as_pages_for_tests(office: tuple[Desk, StaticSite]) -> None:
    desk, site = office
    folder = desk.folder / "pages" / "office"
    done = desk.process("source", "record", "office", "--output", str(folder))
    assert done.returncode == 0, done.stderr.decode()

    assert {path.name for path in folder.iterdir()} == {"list-1.html", "article-1.html", "article-2.html", EXPECTED}
    assert (folder / "list-1.html").read_bytes() == site.pages["/news"][1].encode()
    pages = YAML(typ="safe").load(folder / EXPECTED)["pages"]
    assert (pages["list-1.html"]["links"], pages["article-1.html"]["by"]) == (2, "selectors")
    assert pages["article-1.html"]["published"] == "2026-11-20T09:00:00+05:00"
    assert pages["article-1.html"]["ends"].endswith("write down a name beforehand.")
    again = desk.process("source", "record", "office", "--output", str(folder))
    assert again.returncode == 1
    assert b"list-1.html" in again.stderr


def test_a_source_is_read_back_to_a_day_within_a_budget_and_taken_up_again(office: tuple[Desk, StaticSite]) -> None:
    desk, _ = office
    first = desk.process("source", "backfill", "office", "--since", "2026-11-10", "--pages", "1").stdout.decode()
    then = desk.process("source", "backfill", "office", "--since", "2026-11-10").stdout.decode()

    assert "the same command reads on" in first
    assert "all of it back to 2026-11-10 is read" in then
    with desk.store() as store:
        titles = {item.title for item in store.read_now(lambda unit: unit.items.newest(50))}
    assert {f"Sample office opens register number {day}" for day in (20, 19, 18, 17)} <= titles
    assert desk.process("source", "backfill", "nowhere", "--since", "2026-11-10").returncode == 2
    assert desk.process("source", "backfill", "office", "--since", "2999-01-01").returncode == 2


def test_a_list_without_further_pages_is_not_said_to_be_read_back(office: tuple[Desk, StaticSite]) -> None:
    desk, _ = office
    text = desk.config.read_text(encoding="utf-8")
    desk.config.write_text(text[: text.index("    paging:")], encoding="utf-8")
    told = desk.process("source", "backfill", "office", "--since", "2026-11-10").stdout.decode()

    assert "no paging is declared for it" in told


@pytest.mark.parametrize(
    "pages", [{}, {"/news": (HTML, "<title>New look</title><p>Welcome to us.</p><a href=/x>x</a>")}]
)
def test_what_a_failing_source_gave_is_shown(
    office: tuple[Desk, StaticSite], pages: dict[str, tuple[str, str]]
) -> None:
    desk, site = office
    site.pages.clear()
    site.pages.update(pages)
    done = desk.process("source", "test", "office")
    told = done.stdout.decode()
    assert done.returncode == 1
    assert "presswatch source test shows" not in told
    assert f"received: status {200 if pages else 404}" in told
    if pages:
        assert "title: New look" in told
        assert "text: Welcome to us." in told
        assert "links: 1" in told
        assert "links.entry '.card': finds 0" in told
        assert "presswatch source record office" in told


def test_reading_back_beside_the_daemon_says_that_it_is_to_be_stopped(desk: Desk) -> None:
    desk.type("watch", "list")
    with desk.store() as store, store.lock_daemon():
        refused = desk.process("source", "backfill", "office", "--since", "2026-01-01")
    told = refused.stderr.decode()
    assert (refused.returncode, "Stop it, give this command again" in told) == (75, True)
    assert "another" not in told


def test_a_day_that_is_none_is_refused_in_plain_words(desk: Desk) -> None:
    refused = desk.type("source", "backfill", "office", "--since", "x")
    assert (refused.exit_code, "'x' is no day; write it as" in refused.stderr) == (2, True)
