"""Articles whose pages could not be read: what their list said of them is kept, and told for what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from news.errors import StorageError
from news.item import Item, KeyKind
from news.link import Link, Pending, PendingState
from news.source import AnySource, FeedSource, SitemapSource
from news.visit import HEADLINE, Reason
from scheduler import placing
from scheduler.intake import Intake
from storage import Store
from tests.scheduler.newsroom import NEWSROOM, a_link, listed, read, stored_titles, unread
from tests.scheduler.office import (
    NOW,
    Clock,
    a_draft,
    add_recipient,
    an_intake,
    answered,
    look_for,
    told_titles,
    visits,
)

DAY = timedelta(days=1)
FEED = FeedSource(id="room", url="https://office.example/feed", publisher="The newsroom", language="en")
SITEMAP = SitemapSource(id="room", url="https://office.example/news.xml", publisher="The newsroom", language="en")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(store: Store, clock: Clock) -> Intake:
    return an_intake(store, clock)


async def seen_before(intake: Intake) -> None:
    """Let the newsroom have been read before, so that what it names now is news."""
    await intake.accept(answered(NEWSROOM, a_draft("The visit before")))


async def named(intake: Intake, *links: Link, source: AnySource = NEWSROOM, at: datetime = NOW) -> Sequence[Pending]:
    return await intake.accept(replace(listed(source=source, at=at), links=links))


async def give_up(
    store: Store, intake: Intake, clock: Clock, pending: Pending, reason: Reason, source: AnySource = NEWSROOM
) -> Pending:
    """Fail to read an article until it is given up; gives its row as it is then."""
    for _ in range(5):
        await intake.accept_article(replace(unread(pending, reason, detail="why"), source=source))
        (pending,) = (one for one in rows(store) if one.id == pending.id)
        if pending.state is PendingState.GIVEN_UP:
            return pending
        clock.passes(hours=12)
    raise AssertionError(f"not given up: {pending}")


def rows(store: Store) -> list[Pending]:
    return store.read_now(lambda unit: unit.pending.of_source(NEWSROOM.id, 99))


def newest(store: Store) -> Item:
    return store.read_now(lambda unit: unit.items.newest(1))[0]


async def test_what_its_list_said_is_stored_matched_told_and_marked(store: Store, intake: Intake, clock: Clock) -> None:
    look_for(store, "register")
    add_recipient(store)
    await seen_before(intake)
    link = a_link("The register opens", summary="It opens on Monday.", guid="urn:7", published=a_draft("x").published)
    (pending,) = await named(intake, link)

    given_up = await give_up(store, intake, clock, pending, Reason.CHALLENGE)

    item = newest(store)
    assert (item.title, item.lead, item.text, item.url) == (
        "The register opens",
        "It opens on Monday.",
        "",
        "https://office.example/the-register-opens",
    )
    assert item.published == link.said.published
    assert [(key.kind, key.key) for key in item.keys] == [
        (KeyKind.URL, "office.example/the-register-opens"),
        (KeyKind.GUID, "urn:7"),
    ]
    assert item.unread == "challenge_page"
    assert told_titles(store) == ["The register opens"]
    assert (given_up.tries, given_up.reason) == (5, "challenge_page")
    visit = visits(store)[-1]
    assert (visit.new, visit.unusable, visit.oddities) == (1, {"challenge_page": 5}, {HEADLINE: 1})


@pytest.mark.parametrize(
    ("source", "reason", "stored"),
    [
        (NEWSROOM, Reason.NOT_FOUND, False),
        (SITEMAP, Reason.GONE, False),
        (SITEMAP, Reason.ROBOTS, True),
        (NEWSROOM, Reason.NOT_AN_ARTICLE, True),
        (FEED, Reason.NOT_FOUND, True),
        (FEED, Reason.FORBIDDEN, True),
    ],
    ids=lambda value: getattr(value, "kind", str(value)),
)
async def test_plain_answers_are_told_at_the_second_try(
    store: Store, intake: Intake, clock: Clock, source: AnySource, reason: Reason, stored: bool
) -> None:
    (pending,) = await named(intake, a_link("The register opens"), source=source)
    given_up = await give_up(store, intake, clock, pending, reason, source)
    assert (given_up.tries, given_up.reason) == (2, reason.value)
    assert stored_titles(store) == ["The register opens"] * stored
    assert await named(intake, a_link("The register opens"), source=source) == []


async def test_nothing_is_stored_before_it_is_given_up_nor_without_a_title(
    store: Store, intake: Intake, clock: Clock
) -> None:
    titled, untitled = await named(intake, a_link("One"), replace(a_link("Two"), said=a_draft("")))
    for _ in range(4):
        await intake.accept_article(unread(titled, Reason.TIMEOUT))
        (titled,) = (one for one in rows(store) if one.id == titled.id)
        assert stored_titles(store) == []
    await give_up(store, intake, clock, untitled, Reason.TIMEOUT)
    assert stored_titles(store) == []


async def test_a_page_read_later_is_a_changed_version_told_no_second_time_and_known_then(
    store: Store, intake: Intake, clock: Clock
) -> None:
    look_for(store, "register")
    look_for(store, "counter")
    add_recipient(store)
    await seen_before(intake)
    (pending,) = await named(intake, a_link("The register opens"))
    await give_up(store, intake, clock, pending, Reason.FORBIDDEN)
    clock.passes(days=29)
    store.write_now(lambda unit: unit.housekeep(now=clock()))
    assert await named(intake, a_link("The register opens"), at=clock()) == []
    clock.passes(days=2)
    store.write_now(lambda unit: unit.housekeep(now=clock()))

    (again,) = await named(intake, a_link("The register opens"), at=clock())
    await intake.accept_article(read(again, at=clock(), text="The register opens at the counter."))

    item = newest(store)
    assert (item.version, item.unread, item.text) == (2, "", "The register opens at the counter.")
    assert visits(store)[-1].changed == 1
    assert told_titles(store) == ["The register opens"] * 2, "one for each watch"
    assert await named(intake, a_link("The register opens"), at=clock()) == []
    assert rows(store) == []


async def test_a_page_that_says_no_more_than_its_list_still_ends_the_doubt(
    store: Store, intake: Intake, clock: Clock
) -> None:
    link = a_link("The register opens", summary="It opens on Monday.")
    (pending,) = await named(intake, link)
    await give_up(store, intake, clock, pending, Reason.FORBIDDEN)
    clock.passes(days=31)
    store.write_now(lambda unit: unit.housekeep(now=clock()))
    (again,) = await named(intake, link, at=clock())
    await intake.accept_article(replace(read(again), draft=link.said))
    assert (newest(store).version, newest(store).unread) == (2, "")
    assert await named(intake, link, at=clock()) == []


async def test_a_headline_given_up_again_is_no_news(store: Store, intake: Intake, clock: Clock) -> None:
    look_for(store, "register")
    add_recipient(store)
    await seen_before(intake)
    for _ in range(2):
        (pending,) = await named(intake, a_link("The register opens"), at=clock())
        await give_up(store, intake, clock, pending, Reason.FORBIDDEN)
        clock.passes(days=31)
        store.write_now(lambda unit: unit.housekeep(now=clock()))
    assert (newest(store).version, told_titles(store)) == (1, ["The register opens"])
    assert visits(store)[-1].oddities == {}


async def test_a_headline_never_takes_the_place_of_what_was_read(store: Store, intake: Intake, clock: Clock) -> None:
    (pending,) = await named(intake, a_link("The register opens"))
    draft = a_draft("The register opens", text="All that is to be said of the register.")
    await intake.accept(answered(NEWSROOM, draft))
    await give_up(store, intake, clock, pending, Reason.TIMEOUT)
    item = newest(store)
    assert (item.version, item.text, item.unread) == (1, draft.text, "")


async def test_a_headline_of_one_source_is_known_to_another(store: Store, intake: Intake, clock: Clock) -> None:
    (pending,) = await named(intake, a_link("One"))
    await give_up(store, intake, clock, pending, Reason.FORBIDDEN)
    assert await named(intake, a_link("One"), source=replace(NEWSROOM, id="other")) == []


async def test_p10_of_a_first_visit_a_headline_alerts_where_it_was_fresh_when_it_was_found(
    store: Store, intake: Intake, clock: Clock
) -> None:
    look_for(store, "register")
    add_recipient(store)
    said = {"Register fresh": NOW - timedelta(hours=23), "Register old": NOW - 2 * DAY, "Register undated": None}
    links = [a_link(title, published=a_draft(title, at=at).published) for title, at in said.items()]
    for pending in await named(intake, *links):
        await give_up(store, intake, clock, pending, Reason.TIMEOUT)
    assert (sorted(stored_titles(store)), told_titles(store)) == (sorted(said), ["Register fresh"])


async def test_a_headline_of_the_past_never_alerts_and_counts_for_no_visit(
    store: Store, intake: Intake, clock: Clock
) -> None:
    look_for(store, "register")
    add_recipient(store)
    await seen_before(intake)
    link = a_link("The register opens", published=a_draft("x").published)
    store.write_now(lambda unit: unit.pending.add(NEWSROOM.id, [link], found_at=NOW, quiet=True))
    await give_up(store, intake, clock, rows(store)[0], Reason.FORBIDDEN)
    assert (newest(store).unread, told_titles(store)) == ("forbidden", [])
    assert visits(store)[-1].new == 1, "the one of the visit before"
    assert HEADLINE not in visits(store)[-1].oddities


async def test_p4_the_headline_and_the_end_of_its_waiting_are_one_transaction(
    store: Store, intake: Intake, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pending,) = await named(intake, a_link("One"))
    await intake.accept_article(unread(pending, Reason.FORBIDDEN))
    before = rows(store)

    def count_article(*_: object, **__: object) -> None:
        raise StorageError("broken off")

    with monkeypatch.context() as patched:
        patched.setattr("storage.visits.Visits.count_article", count_article)
        with pytest.raises(StorageError):
            await intake.accept_article(unread(before[0], Reason.FORBIDDEN))
    assert (stored_titles(store), rows(store)) == ([], before)

    await give_up(store, intake, clock, before[0], Reason.FORBIDDEN)
    assert (stored_titles(store), rows(store)[0].state) == (["One"], PendingState.GIVEN_UP)


async def test_a_headline_that_breaks_our_own_code_is_given_up_all_the_same(
    store: Store, intake: Intake, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose_story(*_: Any, **__: Any) -> Any:
        raise RecursionError

    monkeypatch.setattr(placing, "choose_story", choose_story)
    (pending,) = await named(intake, a_link("Unlucky"))
    given_up = await give_up(store, intake, clock, pending, Reason.FORBIDDEN)
    assert (given_up.reason, stored_titles(store)) == ("forbidden", [])
