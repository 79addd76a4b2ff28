"""Lists whose articles are read on pages of their own: what waits, what is read, what is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from news.errors import StorageError
from news.item import KeyKind
from news.link import Pending, PendingState
from news.visit import Reason, Validators, Visit, VisitResult
from scheduler import placing
from scheduler.closing import AT_ONCE, LEFT_OVER
from scheduler.due import due_sources
from scheduler.intake import Intake
from storage import PendingCounts, Store, Unit
from tests.scheduler.newsroom import (
    NEWSROOM,
    a_link,
    listed,
    read,
    read_all,
    stored_titles,
    titles_of,
    unchanged,
    unread,
)
from tests.scheduler.office import (
    NOW,
    Clock,
    a_draft,
    add_recipient,
    an_intake,
    answered,
    failed,
    look_for,
    told_titles,
    validators,
    visits,
)

T = TypeVar("T")
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(store: Store, clock: Clock) -> Intake:
    return an_intake(store, clock)


def pending(store: Store) -> list[Pending]:
    return store.read_now(lambda unit: unit.pending.of_source(NEWSROOM.id, 999))


def last(store: Store) -> Visit:
    return visits(store)[-1]


async def test_links_wait_once_the_list_was_taken_and_are_given_newest_first(store: Store, intake: Intake) -> None:
    articles = await intake.accept(listed("Three", "Two", "One", etag='"1"'))
    assert titles_of(articles) == titles_of(pending(store)) == ["Three", "Two", "One"]
    assert validators(store, NEWSROOM) == Validators(etag='"1"')
    assert stored_titles(store) == []


async def test_an_article_is_stored_matched_put_into_a_story_and_its_link_taken_off(
    store: Store, intake: Intake
) -> None:
    watch = look_for(store, "register")
    first, second = await intake.accept(listed("The register opens", "Another"))
    await intake.accept_article(read(first))

    def stored(unit: Unit) -> None:
        (item,) = unit.items.newest(9)
        assert (item.title, item.lead, item.source) == ("The register opens", "All of The register opens.", "room")
        assert [match.watch for match in unit.matches.of_item(item.id)] == [watch.id]
        assert unit.stories.of_item(item.id) is not None

    store.read_now(stored)
    assert pending(store) == [second]


async def test_p4_a_list_and_the_links_it_named_become_known_together(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    class NoVisits(Store):
        async def write(self, work: Callable[[Unit], T]) -> T:
            def broken(unit: Unit) -> T:
                work(unit)
                raise StorageError("broken off before the commit")

            return await super().write(broken)

    with NoVisits(f"sqlite:///{tmp_path / 'press.db'}") as breaking, pytest.raises(StorageError):
        await an_intake(breaking, clock).accept(listed("Two", "One", etag='"1"'))
    assert (pending(store), validators(store, NEWSROOM)) == ([], Validators())

    articles = await an_intake(store, clock).accept(listed("Two", "One", etag='"1"'))
    assert titles_of(articles) == ["Two", "One"]


async def test_p4_what_waits_is_read_behind_a_304_and_never_after_a_failure(intake: Intake) -> None:
    articles = await intake.accept(listed("Three", "Two", "One", etag='"1"'))
    await intake.accept_article(read(articles[1]))
    assert await intake.accept(failed(NEWSROOM)) == ()
    assert titles_of(await intake.accept(unchanged())) == ["Three", "One"]
    assert titles_of(await intake.accept(listed("Three", "Two", "One", etag='"1"'))) == ["Three", "One"]


async def test_an_article_that_fails_is_given_again_when_its_pause_is_over(
    store: Store, intake: Intake, clock: Clock
) -> None:
    slow, other = await intake.accept(listed("Slow", "Other"))
    await intake.accept_article(unread(slow, Reason.TIMEOUT, detail="no answer in 15 s"))
    await intake.accept_article(read(other))
    clock.passes(minutes=14, seconds=59)
    assert await intake.accept(unchanged()) == []
    clock.passes(seconds=1)
    (again,) = await intake.accept(unchanged())
    assert (again.link, again.tries, again.reason, again.detail) == (slow.link, 1, "timeout", "no answer in 15 s")
    await intake.accept_article(read(again))
    assert stored_titles(store) == ["Other", "Slow"]
    assert pending(store) == []


async def test_what_is_given_up_keeps_its_reason_and_is_not_asked_for_again(
    store: Store, intake: Intake, clock: Clock
) -> None:
    for _ in range(2):
        (gone,) = await intake.accept(listed("Gone"))
        await intake.accept_article(unread(gone, Reason.NOT_FOUND, VisitResult.HARD, detail="404"))
        clock.passes(hours=1)
    assert await intake.accept(listed("Gone")) == []
    (given_up,) = pending(store)
    assert (given_up.state, given_up.reason, given_up.tries) == (PendingState.GIVEN_UP, "not_found", 2)
    assert store.read_now(lambda unit: unit.pending.counts()) == {"room": PendingCounts(given_up={"not_found": 1})}


async def test_an_article_broken_off_by_the_end_of_the_process_is_as_if_never_tried(
    store: Store, intake: Intake
) -> None:
    (one,) = await intake.accept(listed("One"))
    await intake.accept_article(unread(one, Reason.CANCELLED))
    assert pending(store) == [one]
    assert last(store).unusable == {}


async def test_the_last_visit_grows_with_its_articles(store: Store, intake: Intake) -> None:
    await intake.accept(answered(NEWSROOM, a_draft("Seen in the list before")))
    await intake.accept(answered(replace(NEWSROOM, id="other")))
    one, two, three, four = await intake.accept(listed("One", "Two", "Three", "Four"))
    await intake.accept_article(replace(read(one), oddities=("extractor", "no_date")))
    await intake.accept_article(replace(read(two), oddities=("extractor",)))
    await intake.accept_article(unread(three, Reason.TIMEOUT))
    await intake.accept_article(read(four, url="https://office.example/seen-in-the-list-before"))
    visit = last(store)
    assert (visit.entries, visit.new, visit.changed, visit.known) == (4, 2, 1, 0)
    assert (visit.unusable, visit.oddities) == ({"timeout": 1}, {"extractor": 2, "no_date": 1})
    assert [one.new for one in visits(store)] == [1, 0, 2]


async def test_an_article_is_known_by_the_address_of_the_list_though_its_page_calls_another_its_own(
    store: Store, intake: Intake
) -> None:
    (one,) = await intake.accept(listed("One"))
    await intake.accept_article(read(one, url="https://office.example/2026/one-and-only", guid="g1"))
    (item,) = store.read_now(lambda unit: unit.items.newest(9))
    addresses = {key.key for key in item.keys if key.kind is KeyKind.URL}
    assert (item.url, addresses) == (
        "https://office.example/2026/one-and-only",
        {"office.example/one", "office.example/2026/one-and-only"},
    )
    links = [a_link("One"), a_link("Two")]
    assert await intake.known(NEWSROOM, links) == {"office.example/one"}
    assert titles_of(await intake.accept(listed("Two", "One"))) == ["Two"]


async def test_an_article_without_an_item_in_it_is_one_that_could_not_be_read(store: Store, intake: Intake) -> None:
    untitled, unaddressed = await intake.accept(listed("One", "Two"))
    await intake.accept_article(read(untitled, title="", text=""))
    await intake.accept_article(read(unaddressed, url=None))
    assert [(one.reason, one.detail.partition(":")[0]) for one in pending(store)] == [
        ("not_an_article", "no_title"),
        ("not_an_article", "no_address"),
    ]
    assert (stored_titles(store), last(store).unusable) == ([], {"not_an_article": 2})


async def test_an_article_that_breaks_our_own_code_waits_and_costs_itself_only(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound: Callable[..., Any] = placing.choose_story

    def choose_story(item: Any, lookalikes: Sequence[Any], **known: Any) -> Any:
        if item.title == "Unlucky":
            raise RecursionError
        return sound(item, lookalikes, **known)

    monkeypatch.setattr(placing, "choose_story", choose_story)
    await read_all(intake, await intake.accept(listed("Unlucky", "Lucky")))
    assert stored_titles(store) == ["Lucky"]
    (waiting,) = pending(store)
    assert (waiting.state, waiting.reason, waiting.detail) == (PendingState.WAITING, "not_stored", "RecursionError")


async def test_trouble_of_the_database_is_raised_and_leaves_the_link_as_it_was(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = await intake.accept(listed("One"))

    async def write(_: object) -> None:
        raise StorageError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", write)
        with pytest.raises(StorageError):
            await intake.accept_article(read(one))
        with pytest.raises(StorageError):
            await intake.accept_article(unread(one, Reason.TIMEOUT))
    assert pending(store) == [one]


async def test_an_item_and_the_end_of_its_waiting_are_one_transaction(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = await intake.accept(listed("One"))

    def settle(*_: object) -> None:
        raise StorageError("broken off")

    with monkeypatch.context() as patched:
        patched.setattr("storage.pending.PendingLinks.settle", settle)
        with pytest.raises(StorageError):
            await intake.accept_article(read(one))
    assert (stored_titles(store), pending(store)) == ([], [one])
    await intake.accept_article(read(one))
    assert (stored_titles(store), pending(store)) == (["One"], [])


async def test_p10_of_a_first_visit_only_fresh_articles_alert_whenever_they_are_read(
    store: Store, intake: Intake, clock: Clock
) -> None:
    look_for(store, "register")
    add_recipient(store)
    names = ("Register undated", "Register old", "Register fresh", "Register read late", "Register old read late")
    undated, old, fresh, late, old_late = await intake.accept(listed(*names))
    await intake.accept_article(read(undated, at=None))
    await intake.accept_article(read(old, at=NOW - 2 * DAY))
    await intake.accept_article(read(fresh, at=NOW - timedelta(hours=23)))
    assert told_titles(store) == ["Register fresh"]

    # A day later: what was fresh when it was found is still news, what was old then has not become news.
    clock.passes(hours=24)
    (*again,) = await intake.accept(listed("Register of the second visit", *names, at=clock()))
    assert titles_of(again) == ["Register of the second visit", "Register read late", "Register old read late"]
    await intake.accept_article(read(again[0], at=None))
    await intake.accept_article(read(late, at=NOW - timedelta(hours=23)))
    await intake.accept_article(read(old_late, at=NOW - 2 * DAY))
    assert told_titles(store) == ["Register fresh", "Register of the second visit", "Register read late"]


async def test_p10_the_first_visit_of_a_list_of_500_old_articles_stores_all_and_tells_none(
    store: Store, intake: Intake, clock: Clock
) -> None:
    look_for(store, "register")
    add_recipient(store)
    articles = await intake.accept(listed(*(f"Register {number}" for number in range(500))))
    read_in = []
    while articles:
        read_in.append(len(articles))
        await read_all(intake, articles, at=NOW - 30 * DAY)
        clock.passes(minutes=5)
        articles = await intake.accept(unchanged(at=clock()))
    assert read_in == [AT_ONCE, AT_ONCE, 500 - 2 * AT_ONCE]
    assert (len(stored_titles(store)), told_titles(store)) == (500, [])


async def test_p7_ten_articles_of_one_day_over_three_visits_are_ten_items(store: Store, intake: Intake) -> None:
    names = [f"Release {number}" for number in range(10)]
    for shown in (names[7:], names[4:], names):
        await read_all(intake, await intake.accept(listed(*shown)), at=None)
    assert sorted(stored_titles(store)) == names


async def test_p8_a_list_that_moves_to_https_and_adds_tracking_announces_nothing(intake: Intake) -> None:
    await read_all(intake, await intake.accept(listed("One", "Two")))
    moved = [
        replace(link, url=f"http://www.{link.url.removeprefix('https://')}/?utm_source=list")
        for link in map(a_link, ["One", "Two"])
    ]
    assert await intake.accept(replace(listed(), links=tuple(moved))) == []


async def test_two_intakes_that_race_on_one_list_store_every_article_once(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    look_for(store, "register")
    add_recipient(store)
    await an_intake(store, clock).accept(answered(NEWSROOM, a_draft("The visit before")))
    names = [f"Register {number}" for number in range(30)]
    with Store(f"sqlite:///{tmp_path / 'press.db'}") as other:
        one, two = an_intake(store, clock), an_intake(other, clock)
        lists = await asyncio.gather(one.accept(listed(*names)), two.accept(listed(*names)))
        assert [titles_of(given) for given in lists] == [names, names]
        await asyncio.gather(read_all(one, lists[0]), read_all(two, lists[1]))
    assert sorted(stored_titles(store)) == sorted(["The visit before", *names])
    assert sorted(told_titles(store)) == sorted(names)
    assert pending(store) == []


async def test_articles_of_the_past_never_alert_and_are_no_news_of_the_visit(store: Store, intake: Intake) -> None:
    look_for(store, "register")
    add_recipient(store)
    await intake.accept(listed("Register of today"))
    past = [a_link(f"Register {number}") for number in range(LEFT_OVER + 5)]
    store.write_now(lambda unit: unit.pending.add(NEWSROOM.id, past, found_at=NOW, quiet=True))

    articles = await intake.accept(unchanged())

    assert titles_of(articles) == ["Register of today", *(one.said.title for one in past[:LEFT_OVER])]
    await read_all(intake, articles[1:])
    assert (len(stored_titles(store)), told_titles(store), last(store).new) == (LEFT_OVER, [], 0)
    await intake.accept_article(unread(pending(store)[-1], Reason.TIMEOUT))
    assert last(store).unusable == {}


async def test_a_site_that_asks_for_a_pause_has_it_for_its_list_and_all_its_articles(
    store: Store, intake: Intake, clock: Clock
) -> None:
    def due() -> list[str]:
        return store.read_now(
            lambda unit: [
                one.id
                for one in due_sources([NEWSROOM], unit.visits.states(), now=clock(), articles=unit.pending.earliest())
            ]
        )

    throttled, _ = await intake.accept(listed("One", "Two"))
    clock.passes(minutes=5)
    assert due() == ["room"], "its articles wait"
    await intake.accept_article(unread(throttled, Reason.THROTTLED, retry_after=6 * 3600.0))
    assert due() == []
    clock.passes(hours=5, minutes=59)
    assert due() == []
    clock.passes(minutes=1)
    assert due() == ["room"]


async def test_p10_an_article_given_up_and_named_again_after_a_month_alerts_only_where_it_is_fresh(
    store: Store, intake: Intake, clock: Clock
) -> None:
    look_for(store, "register")
    add_recipient(store)
    names = ("Register undated", "Register old", "Register fresh")
    for _ in range(2):
        for article in await intake.accept(listed(*names, at=clock())):
            await intake.accept_article(unread(article, Reason.NOT_FOUND, VisitResult.HARD))
        clock.passes(hours=1)
    later = clock.passes(days=40)
    store.write_now(lambda unit: unit.housekeep(now=later))
    undated, old, fresh = await intake.accept(listed(*names, at=later))
    await intake.accept_article(read(undated, at=None))
    await intake.accept_article(read(old, at=later - 2 * DAY))
    await intake.accept_article(read(fresh, at=later - timedelta(hours=1)))

    assert len(stored_titles(store)) == 3
    assert told_titles(store) == ["Register fresh"]


async def test_pages_of_a_list_that_were_missed_are_remembered_until_they_were_read(
    store: Store, intake: Intake
) -> None:
    def gap() -> bool:
        state = store.read_now(lambda unit: unit.visits.state(NEWSROOM.id))
        return state is not None and state.gap

    await intake.accept(replace(listed("Three"), gap=True))
    assert gap()
    await intake.accept(failed(NEWSROOM))
    assert gap()
    await intake.accept(listed("Three", "Two", "One"))
    assert not gap()
