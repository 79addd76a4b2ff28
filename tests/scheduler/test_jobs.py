from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from news.link import PendingState
from news.message import Message
from news.visit import Visit, VisitResult
from scheduler.composing import INSTANT
from scheduler.digest.message import message_of
from storage import Store, Unit, sql, story_candidates
from tests.scheduler.desk import DESK, FIRST_DAY, SUNDAY, Desk, a_desk, first_visits
from tests.scheduler.newsroom import a_link
from tests.scheduler.office import Clock, answered, failed


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return a_desk(store, tmp_path, clock=Clock(FIRST_DAY))


async def test_due_sources_are_visited_each_with_its_own_validators(desk: Desk) -> None:
    await desk.jobs.read_due()
    assert [(one.source.id, one.validators.etag) for one in desk.wire.errands] == [("agency", ""), ("office", "")]
    await desk.jobs.read_due()
    assert len(desk.wire.errands) == 2, "nothing is due yet"
    desk.clock.passes(minutes=11)
    await desk.jobs.read_due()
    assert sorted((one.source.id, one.validators.etag) for one in desk.wire.errands[2:]) == [
        ("agency", '"1"'),
        ("office", '"2"'),
    ]


async def test_a_source_of_which_pages_were_missed_is_visited_to_read_them(desk: Desk, store: Store) -> None:
    await desk.jobs.read_due()
    agency = next(one for one in desk.jobs.app.settings.sources if one.id == "agency")
    missed = answered(agency, at=desk.clock()).visit
    store.write_now(lambda unit: unit.visits.record(missed, next_visit=desk.clock(), reading="", gap=True))
    desk.clock.passes(minutes=11)
    await desk.jobs.read_due()
    assert {one.source.id: one.gap for one in desk.wire.errands[2:]} == {"agency": True, "office": False}


async def test_a_source_that_was_edited_is_visited_at_once_and_once(desk: Desk) -> None:
    await desk.jobs.read_due()
    settings = desk.jobs.app.settings
    sources = tuple(replace(one, site="repaired") if one.id == "agency" else one for one in settings.sources)
    edited = replace(desk.jobs, app=replace(desk.jobs.app, settings=replace(settings, sources=sources)))
    desk.clock.passes(seconds=30)
    for _ in range(2):
        await edited.read_due()
    assert [one.source.id for one in desk.wire.errands[2:]] == ["agency"]
    await edited.read_due(everything=True)
    assert [one.source.id for one in desk.wire.errands[3:]] == ["office", "agency"]


async def test_a_source_whose_host_a_crawl_holds_is_left_to_that_crawl(desk: Desk) -> None:
    desk.wire.busy = lambda: frozenset({"agency.example"})
    await desk.jobs.read_due()
    assert [one.source.id for one in desk.wire.errands] == ["office"]


async def test_what_another_tick_began_to_crawl_while_this_one_chose_is_left_to_it(desk: Desk) -> None:
    held = iter([frozenset[str](), frozenset({"agency.example"})])
    desk.wire.busy = lambda: next(held)
    await desk.jobs.read_due()
    assert [one.source.id for one in desk.wire.errands] == ["office"]


async def test_a_crawl_that_ends_while_its_host_is_asked_after_is_not_repeated(desk: Desk, store: Store) -> None:
    await desk.jobs.read_due()
    desk.clock.passes(minutes=11)
    sources = desk.jobs.app.settings.sources

    def end_of_that_crawl() -> frozenset[str]:
        for source in sources:
            response = answered(source, at=desk.clock())
            next_visit = desk.clock() + source.every
            store.write_now(lambda unit: unit.visits.record(response.visit, next_visit=next_visit, reading=""))  # noqa: B023
        return frozenset()

    desk.wire.busy = end_of_that_crawl
    await desk.jobs.read_due()
    assert len(desk.wire.errands) == 2


async def test_housekeeping_drops_visits_that_say_nothing_any_more(desk: Desk, store: Store) -> None:
    await desk.jobs.read_due()
    begun = desk.clock()
    desk.clock.passes(minutes=61 * 24 * 60)
    await desk.jobs.read_due()
    await desk.jobs.housekeep()
    kept = store.read_now(lambda unit: unit.visits.between(begun - timedelta(days=1), desk.clock() + timedelta(days=1)))
    assert sorted((visit.source, visit.started_at > begun) for visit in kept) == [("agency", True), ("office", True)]


async def test_housekeeping_takes_short_transactions_until_nothing_is_left(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "DROPPED_AT_ONCE", 2)
    begun = desk.clock()
    visit = Visit(source="office", started_at=begun, result=VisitResult.OK)

    def work(unit: Unit) -> None:
        for minutes in range(7):
            at = begun + timedelta(minutes=minutes)
            unit.visits.record(replace(visit, started_at=at), next_visit=at, reading="")

    store.write_now(work)
    assert store.write_now(lambda unit: unit.housekeep(now=begun + timedelta(days=61))) == 2
    desk.clock.passes(minutes=61 * 24 * 60)
    await desk.jobs.housekeep()
    assert len(store.read_now(lambda unit: unit.visits.after(0))) == 1
    assert store.write_now(lambda unit: unit.housekeep(now=desk.clock())) == 0


async def test_housekeeping_takes_out_all_that_is_compared_no_more(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_candidates, "PRUNED_AT_ONCE", 1)
    desk.wire.brings("The register opens", "The harbour closes", "A bridge is named")
    await desk.jobs.read_due()
    assert store.read_now(lambda unit: unit.items.count()) > 2
    desk.clock.passes(minutes=20 * 24 * 60)
    await desk.jobs.housekeep()
    assert store.write_now(lambda unit: unit.stories.prune(now=desk.clock())) == 0


async def test_a_slot_of_the_calendar_is_composed_once_at_its_hour_and_delivered(desk: Desk) -> None:
    await first_visits(desk)
    desk.wire.brings("The register opens", "Nothing to look for")
    assert await desk.tick() == 0, "the slot of the day the recipient came was before"
    desk.clock.now = SUNDAY - timedelta(seconds=1)
    assert await desk.tick() == 0
    desk.clock.passes(seconds=1)
    assert await desk.tick() == 1
    desk.clock.passes(hours=2)
    assert await desk.tick() == 0
    ((address, letter),) = desk.mailbox.letters
    assert (address, letter.subject) == (DESK, "1 story: The register opens - Sun 22 Nov")
    assert letter.id.endswith("@localhost")
    assert [(row.slot, row.stories, row.state.value) for row in desk.digests()] == [("2026-11-22", 1, "sent")]


async def test_p17_a_day_without_news_is_told_with_the_coverage(desk: Desk) -> None:
    await first_visits(desk)
    await desk.tick_at(SUNDAY - timedelta(hours=1), SUNDAY)
    ((_, letter),) = desk.mailbox.letters
    assert letter.subject == "Nothing new for your watches: 2 sources, all read - Sun 22 Nov"
    assert "COVERAGE All 2 sources read" in desk.mailbox.texts()[0]


async def test_an_instant_match_is_told_at_the_tick_and_once_more_in_the_daily_digest(desk: Desk) -> None:
    await first_visits(desk)
    desk.wire.brings("The alarm rings", "The register opens", "An alarm about the register")
    assert await desk.tick() == 1
    assert await desk.tick() == 0
    (alert,) = desk.mailbox.texts("Alert: ")
    assert [alert.count(title) for title in ("The alarm rings", "The register opens", "An alarm about the")] == [
        1,
        0,
        1,
    ]
    assert desk.digests() == []

    await desk.tick_at(SUNDAY, SUNDAY + timedelta(days=1))

    assert len(desk.mailbox.texts("Alert: ")) == 1
    daily, after = [text for text in desk.mailbox.texts() if text != alert]
    assert [daily.count(title) for title in ("The alarm rings", "The register opens", "An alarm about the")] == [
        1,
        1,
        1,
    ]
    assert [after.count(title) for title in ("The alarm rings", "The register opens", "An alarm about the")] == [
        0,
        0,
        0,
    ]


async def test_a_slot_closed_by_hand_is_made_only_with_matches_and_leaves_the_calendar_its_slot(desk: Desk) -> None:
    await first_visits(desk)
    assert await desk.tick(closing_now=True) == 0
    desk.wire.brings("The register opens")
    desk.clock.passes(minutes=20)
    assert [await desk.tick(closing_now=True) for _ in range(2)] == [1, 0]
    assert [row.slot for row in desk.digests()] == [f"manual/{desk.clock().isoformat()}"]

    desk.wire.brings("The second register opens")
    await desk.tick_at(SUNDAY - timedelta(hours=1), SUNDAY)

    assert [row.slot for row in desk.digests()][1:] == ["2026-11-22"]
    manual, daily = desk.mailbox.texts()
    assert ("The register opens" in manual, "The register opens" in daily) == (True, False)
    assert "The second register opens" in daily


async def test_a_slot_that_is_due_is_not_also_closed_by_hand(desk: Desk) -> None:
    await first_visits(desk)
    desk.wire.brings("The register opens")
    desk.clock.now = SUNDAY
    assert await desk.tick(closing_now=True) == 1
    assert [row.slot for row in desk.digests()] == ["2026-11-22"]


async def test_who_is_switched_off_is_told_nothing_and_who_follows_one_watch_only_that(
    store: Store, tmp_path: Path
) -> None:
    people = "  - {address: off@example.org, enabled: false}\n  - {address: one@example.org, watches: [Registers]}"
    desk = a_desk(store, tmp_path, clock=Clock(FIRST_DAY), recipients=people)
    await first_visits(desk)
    desk.wire.brings("The alarm rings", "The register opens")
    await desk.tick()
    await desk.tick_at(SUNDAY)
    assert [address for address, _ in desk.mailbox.letters] == ["one@example.org"]
    assert "The alarm rings" not in desk.mailbox.texts()[0]


async def test_more_matches_than_one_digest_holds_follow_in_the_next_none_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.alerting.MOST_MATCHES", 3)
    await first_visits(desk)
    titles = [f"Alarm number {number}" for number in range(8)]
    desk.wire.brings(*titles)
    frozen = []
    for _ in range(5):
        frozen.append(await desk.tick())
        desk.clock.passes(seconds=30)
    assert frozen == [1, 1, 1, 0, 0]
    told = Counter(title for text in desk.mailbox.texts("Alert: ") for title in titles if title in text)
    assert told == Counter(titles)


FIVE = "\n".join(f"  - {{address: reader{number}@example.org}}" for number in range(5))


async def test_one_digest_that_cannot_be_made_holds_up_nobody_elses(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_desk(store, tmp_path, clock=Clock(FIRST_DAY), recipients=FIVE)
    await first_visits(desk)
    desk.wire.brings("The alarm rings")
    await desk.jobs.read_due()

    def at_fault(digest: Any, **options: Any) -> Message:
        if digest.recipient.address == "reader1@example.org":
            raise RuntimeError("a headline that cannot be written")
        return message_of(digest, **options)

    monkeypatch.setattr("scheduler.telling.message_of", at_fault)
    with pytest.raises(RuntimeError, match="cannot be written"):
        await desk.jobs.compose_due()
    await desk.jobs.send_due()
    assert [address for address, _ in desk.mailbox.letters] == [
        f"reader{number}@example.org" for number in (0, 2, 3, 4)
    ]

    monkeypatch.undo()
    assert await desk.jobs.compose_due() == 1
    assert len(desk.digests(INSTANT)) == 5


async def test_an_article_not_read_is_told_once_in_the_digest_of_its_day(desk: Desk, store: Store) -> None:
    await first_visits(desk)
    given_up, waiting, just_found = (a_link(f"Register {number}") for number in ("one", "two", "three"))

    def lose(unit: Unit) -> None:
        unit.pending.add("office", [given_up, waiting], found_at=desk.clock())
        (lost, _) = unit.pending.due("office", now=desk.clock(), limit=9)
        unit.pending.fail(
            replace(lost, reason="not_found", tries=2, tried_at=desk.clock(), state=PendingState.GIVEN_UP)
        )

    store.write_now(lose)
    await desk.tick_at(SUNDAY - timedelta(minutes=30))
    store.write_now(lambda unit: unit.pending.add("office", [just_found], found_at=desk.clock()))
    await desk.tick_at(SUNDAY)
    (text,) = desk.mailbox.texts()
    assert "“Register one” (404)." in text
    assert "Headline only" in text
    assert "Still to be read of The office: 1 article, “Register two” (not tried yet)." in text
    assert "Register three" not in text

    await desk.tick_at(SUNDAY + timedelta(days=1))

    _, after = desk.mailbox.texts()
    assert "Headline only" not in after
    assert "Still to be read of The office: 2 articles" in after


async def test_the_errand_has_the_remembered_way_with_its_own_validators_and_others_after_three_failures(
    desk: Desk,
) -> None:
    settings = desk.jobs.app.settings
    (office, _) = settings.sources
    old = replace(office, url="https://old.example/rss")
    both = (replace(office, alternatives=(old,)),)
    jobs = replace(desk.jobs, app=replace(desk.jobs.app, settings=replace(settings, sources=both)))

    async def errand() -> tuple[str, str, list[str]]:
        desk.wire.errands.clear()
        desk.clock.passes(days=1.1)
        await jobs.read_due()
        (one,) = desk.wire.errands
        return one.source.url, one.validators.etag, [way.url for way in one.others]

    desk.wire.answers = failed
    assert await errand() == (office.url, "", [old.url])
    desk.wire.answers = lambda source, at: replace(
        answered(replace(old, id=source.id), at=at, etag='"old"'), first_failed=True
    )
    assert await errand() == (office.url, "", [old.url])
    desk.wire.answers = failed
    for others in ([], [], [], [office.url]):
        assert await errand() == (old.url, '"old"', others)
