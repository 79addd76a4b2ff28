"""What breaks on the way in costs itself only; a page that broke off ends the first visit all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from crawler.inbox import Response
from news.errors import StorageError
from news.link import Pending
from news.quarantine import Unread
from news.visit import Reason, Validators, VisitResult
from news.watch.watch import Recipient
from scheduler import placing
from scheduler import prepare as preparing
from scheduler.closing import REMEMBERED
from scheduler.intake import BATCH, Intake
from scheduler.prepare import prepare
from storage import Store, Unit
from tests.scheduler.newsroom import NEWSROOM, listed, unread
from tests.scheduler.office import NOW, OFFICE, Clock, a_draft, an_intake, answered, failed, look_for, visits

T = TypeVar("T")
UNLUCKY = "Number 3"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(store: Store, clock: Clock) -> Intake:
    return an_intake(store, clock)


def broken_off(response: Response) -> Response:
    """The response as of a page of which bytes are missing."""
    visit = replace(response.visit, result=VisitResult.SOFT, reason=Reason.TRUNCATED)
    return replace(response, visit=visit, validators=None)


def titles(store: Store) -> list[str]:
    return [item.title for item in reversed(store.read_now(lambda unit: unit.items.newest(999)))]


def told(store: Store) -> list[str]:
    recipient = store.read_now(lambda unit: unit.recipients.all())[0]
    return [one.item.title for one in store.read_now(lambda unit: unit.matches.untold(recipient, "daily", limit=99))]


def follow(store: Store, query: str) -> None:
    look_for(store, query)
    store.write_now(lambda unit: unit.recipients.add(Recipient(address="desk@example.org"), at=NOW))


def test_a_draft_that_breaks_our_code_is_one_unusable_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    sound: Callable[..., Any] = preparing.normalise

    def normalise(draft: Any, *arguments: Any, **named: Any) -> Any:
        if draft.title == UNLUCKY:
            raise KeyError("what nobody foresaw")
        return sound(draft, *arguments, **named)

    monkeypatch.setattr(preparing, "normalise", normalise)
    prepared = prepare(answered(OFFICE, *(a_draft(f"Number {n}") for n in range(5))), NOW)

    assert [one.item.title for one in prepared.items] == ["Number 0", "Number 1", "Number 2", "Number 4"]
    assert prepared.unusable == {"failed": 1}


async def test_an_item_that_breaks_its_transaction_leaves_its_neighbours(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound: Callable[..., Any] = placing.choose_story

    def choose_story(item: Any, lookalikes: Sequence[Any], **known: Any) -> Any:
        if item.title == UNLUCKY:
            raise RecursionError
        return sound(item, lookalikes, **known)

    monkeypatch.setattr(placing, "choose_story", choose_story)
    drafts = [a_draft(""), *(a_draft(f"Number {n}") for n in range(BATCH + 5))]
    await intake.accept(replace(answered(OFFICE, *drafts), validators=Validators(etag='"1"', entries="a b")))

    assert titles(store) == [f"Number {n}" for n in range(BATCH + 5) if n != 3]
    # The feed is asked for whole and read again at each visit, by a version that may know better.
    kept = store.read_now(lambda unit: unit.visits.validators(OFFICE.id, OFFICE.reading_fingerprint))
    assert kept == Validators()
    (visit,) = visits(store)
    assert (visit.new, dict(visit.unusable)) == (BATCH + 4, {"no_title": 1, "failed": 1})


async def test_trouble_of_the_database_is_not_taken_for_a_fault_of_the_items(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = []

    async def write(work: Callable[[Unit], T]) -> T:
        writes.append(work)
        raise StorageError("the disk is full")

    monkeypatch.setattr(store, "write", write)
    with pytest.raises(StorageError):
        await intake.accept(answered(OFFICE, a_draft("One"), a_draft("Two")))

    assert len(writes) == 1
    assert visits(store) == []


async def test_a_page_that_broke_off_ends_the_first_visit_too(store: Store, intake: Intake, clock: Clock) -> None:
    follow(store, "register")
    await intake.accept(broken_off(answered(OFFICE, a_draft("The register opens", at=None))))
    await intake.accept(failed(OFFICE))
    assert told(store) == []
    clock.passes(hours=1)

    await intake.accept(broken_off(answered(OFFICE, a_draft("The register closes", at=None))))

    assert told(store) == ["The register closes"]


async def test_a_page_that_broke_off_before_anything_was_stored_does_not(store: Store, intake: Intake) -> None:
    follow(store, "register")
    await intake.accept(broken_off(answered(OFFICE)))
    await intake.accept(broken_off(answered(OFFICE, a_draft(""))))

    await intake.accept(answered(OFFICE, a_draft("The register opens", at=None)))

    assert told(store) == []


@pytest.mark.parametrize(("days", "expected"), [(29, ["The register closes"]), (31, [])])
async def test_after_a_month_without_a_whole_page_it_is_a_first_visit_again(
    store: Store, intake: Intake, clock: Clock, days: int, expected: list[str]
) -> None:
    assert timedelta(days=30) == REMEMBERED
    follow(store, "register")
    await intake.accept(broken_off(answered(OFFICE, a_draft("The register opens", at=None))))
    clock.passes(days=days)

    await intake.accept(answered(OFFICE, a_draft("The register closes", at=None)))

    assert told(store) == expected


async def test_a_page_of_no_use_is_kept_in_the_transaction_that_counts_the_try(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = await intake.accept(listed("One"))
    page = Unread(
        source=NEWSROOM.id,
        url=one.link.url,
        reason="no_article",
        detail="",
        status=200,
        headers={},
        body=b"x",
        fetched_at=NOW,
    )
    failure = replace(unread(one, Reason.NOT_AN_ARTICLE, VisitResult.HARD), unread=page)

    def fail(*_: object) -> None:
        raise StorageError("broken off")

    def waiting() -> list[Pending]:
        return store.read_now(lambda unit: unit.pending.of_source(NEWSROOM.id, 999))

    def kept() -> list[Unread]:
        return [one.page for one in store.read_now(lambda unit: unit.quarantine.of(NEWSROOM.id))]

    with monkeypatch.context() as patched:
        patched.setattr("storage.pending.PendingLinks.fail", fail)
        with pytest.raises(StorageError):
            await intake.accept_article(failure)
    assert (kept(), waiting()) == ([], [one])
    await intake.accept_article(failure)
    assert (len(kept()), [after.tries for after in waiting()]) == (1, [1])
