"""Article pages that are read again: corrections are seen, withdrawals only where the site is well."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.inbox import Article, ListPage
from news.changes import What
from news.link import Pending
from news.received import CopyOf, Received
from news.visit import Reason, Validators, VisitResult
from scheduler.intake import Intake
from storage import Store
from tests.scheduler.newsroom import NEWSROOM, listed, read, unchanged, unread
from tests.scheduler.office import NOW, OFFICE, Clock, a_draft, an_intake, answered, failed, look_for, visits


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(store: Store, clock: Clock) -> Intake:
    look_for(store, "register")
    return an_intake(store, clock)


def page(text: str) -> Received:
    """What came over the wire."""
    return Received(url="https://office.example/x", status=200, headers=(), body=text.encode(), fetched_at=NOW)


def article(pending: Pending, text: str = "It has 420 entries.") -> Article:
    """An article read with a page around its text."""
    got = read(pending, text=text)
    return replace(got, received=page(text), validators=Validators(etag=f'"{text}"'))


async def first_read(intake: Intake, clock: Clock, *titles: str) -> None:
    """Have a first visit pass, then the articles of these titles found and read."""
    await intake.accept(listed("Old", at=clock.now))
    clock.passes(minutes=1)
    for pending in await intake.accept(listed(*titles, at=clock.now)):
        await intake.accept_article(article(pending))


async def visited_again(intake: Intake, clock: Clock) -> Sequence[Pending]:
    """Have the list answer that nothing is new; gives what is to be read again."""
    response = unchanged(at=clock.now)
    response = replace(response, visit=replace(response.visit, url=NEWSROOM.url))
    return [one for one in await intake.accept(response) if one.again]


def copies(store: Store, item: int) -> list[tuple[int, CopyOf, str]]:
    """What is kept of an item: version, of what, and the bytes."""
    kept = store.read_now(lambda unit: unit.copies.of_item(item))
    bodies = [store.read_now(lambda unit, sha=one.sha256: unit.copies.body(sha)).decode() for one in kept]
    return [(one.version, one.of, body) for one, body in zip(kept, bodies, strict=True)]


async def test_a_correction_on_the_page_is_seen_and_both_pages_are_kept(
    store: Store, intake: Intake, clock: Clock
) -> None:
    await first_read(intake, clock, "The register opens", "The other thing")
    assert await visited_again(intake, clock) == []
    clock.passes(hours=1)
    (again,) = await visited_again(intake, clock)  # what no watch found is not read again
    assert again.validators.etag == '"It has 420 entries."'
    await intake.accept_article(article(again, "It has 240 entries."))

    item = store.read_now(lambda unit: unit.items.get(again.again))
    assert item is not None
    assert (item.title, item.version) == ("The register opens", 2)
    assert store.read_now(lambda unit: unit.changes.of_item(item.id)) == {2: (What.FIGURES,)}
    kept = [(1, CopyOf.PAGE, "It has 420 entries."), (2, CopyOf.PAGE, "It has 240 entries.")]
    assert copies(store, item.id) == kept
    assert visits(store)[-1].changed == 1
    assert await visited_again(intake, clock) == []
    clock.passes(hours=5)
    (third,) = await visited_again(intake, clock)
    assert third.validators.etag == '"It has 240 entries."'


async def test_a_page_as_it_was_changes_nothing_and_is_asked_for_later(
    store: Store, intake: Intake, clock: Clock
) -> None:
    await first_read(intake, clock, "The register opens")
    clock.passes(hours=1)
    (again,) = await visited_again(intake, clock)
    await intake.accept_article(Article(source=read(again).source, pending=again, result=VisitResult.NOT_MODIFIED))

    assert await visited_again(intake, clock) == []
    assert len(store.read_now(lambda unit: unit.items.versions(again.again))) == 1
    assert (visits(store)[-2].changed, visits(store)[-2].known, visits(store)[-2].unusable) == (0, 0, {})
    clock.passes(hours=5)
    assert len(await visited_again(intake, clock)) == 1


async def missing(intake: Intake, clock: Clock, *, times: int, but: str = "") -> None:
    """Have so many visits hours apart find the pages gone, but for the one whose title has `but`."""
    for _ in range(times):
        clock.passes(hours=3, minutes=30)
        for again in await visited_again(intake, clock):
            if but and but in again.link.said.title:
                await intake.accept_article(article(again))
            else:
                await intake.accept_article(unread(again, Reason.NOT_FOUND, VisitResult.HARD))


async def test_a_page_gone_at_three_visits_hours_apart_is_withdrawn_and_restored_when_it_is_back(
    store: Store, intake: Intake, clock: Clock
) -> None:
    await first_read(intake, clock, "The register opens")
    item = next(one.id for one in store.read_now(lambda unit: unit.items.newest(9)) if "register" in one.title)
    await missing(intake, clock, times=2)
    assert store.read_now(lambda unit: unit.changes.withdrawal(item)) is None
    await missing(intake, clock, times=1)
    gone = store.read_now(lambda unit: unit.changes.withdrawal(item))
    assert gone is not None
    assert (gone.status, gone.found_at - gone.missing_since) == (404, timedelta(hours=7))

    clock.passes(days=1)
    (again,) = await visited_again(intake, clock)
    await intake.accept_article(article(again))
    assert store.read_now(lambda unit: unit.changes.withdrawal(item)) is None


async def test_a_site_that_lost_all_its_articles_withdrew_none(store: Store, intake: Intake, clock: Clock) -> None:
    titles = [f"The register {number} opens" for number in range(4)]
    await first_read(intake, clock, *titles)
    items = [one.id for one in store.read_now(lambda unit: unit.items.newest(9))]
    await missing(intake, clock, times=8)
    assert [store.read_now(lambda unit, one=one: unit.changes.withdrawal(one)) for one in items] == [None] * len(items)


async def test_nothing_is_withdrawn_while_the_list_does_not_answer(store: Store, intake: Intake, clock: Clock) -> None:
    await first_read(intake, clock, "The register opens")
    clock.passes(hours=2)
    (again,) = await visited_again(intake, clock)
    for _ in range(4):
        clock.passes(hours=4)
        response = failed(NEWSROOM, at=clock.now)
        await intake.accept(replace(response, visit=replace(response.visit, url=NEWSROOM.url)))
        await intake.accept_article(unread(again, Reason.GONE, VisitResult.HARD))
    assert store.read_now(lambda unit: unit.changes.withdrawal(again.again)) is None


async def test_a_list_says_nothing_of_pages_on_another_host(store: Store, intake: Intake, clock: Clock) -> None:
    await first_read(intake, clock, "The register opens")
    elsewhere = "https://feeds.example/office"
    for _ in range(4):
        clock.passes(hours=4)
        response = unchanged(at=clock.now)
        for again in await intake.accept(replace(response, visit=replace(response.visit, url=elsewhere))):
            await intake.accept_article(unread(again, Reason.GONE, VisitResult.HARD))
            assert store.read_now(lambda unit, item=again.again: unit.changes.withdrawal(item)) is None


async def test_of_an_entry_without_a_page_the_feed_is_kept_once_for_all_its_items(store: Store, intake: Intake) -> None:
    await intake.accept(answered(OFFICE, a_draft("Old")))
    drafts = (a_draft("The register opens"), a_draft("Another thing"), a_draft("The register closes"))
    response = answered(OFFICE, *drafts)
    first, second = ListPage(received=page("first page"), drafts=2), ListPage(received=page("second page"), drafts=1)
    await intake.accept(replace(response, received=(first, second)))

    by_title = {one.title: copies(store, one.id) for one in store.read_now(lambda unit: unit.items.newest(9))}
    assert by_title == {
        "Old": [],
        "The register opens": [(1, CopyOf.LIST, "first page")],
        "Another thing": [],
        "The register closes": [(1, CopyOf.LIST, "second page")],
    }
    sha256 = store.read_now(lambda unit: unit.copies.of_item(2))[0].sha256
    assert sha256 == hashlib.sha256(b"first page").hexdigest()


async def test_pages_of_a_source_that_is_visited_no_more_are_forgotten(
    store: Store, intake: Intake, clock: Clock
) -> None:
    await first_read(intake, clock, "The register opens")
    for days, planned in ((29, 1), (2, 0)):
        clock.passes(days=days)
        store.write_now(lambda unit: unit.housekeep(now=clock.now))
        due = store.read_now(lambda unit: unit.revisits.due(NEWSROOM.id, now=clock.now, limit=9))
        assert len(due) == planned
