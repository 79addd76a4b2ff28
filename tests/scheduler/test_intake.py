from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from structlog.testing import capture_logs

from news.errors import StorageError
from news.item import Draft, Item, Stated
from news.lexicon import Concept, Name, shipped, with_own
from news.normalise import normalise
from news.source import FeedSource
from news.visit import Validators
from scheduler import prepare
from scheduler.intake import BATCH, Intake
from storage import Store, Unit
from tests.scheduler.office import (
    AGENCY,
    NOW,
    OFFICE,
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
LONG = "The office told the public today how the register will be kept from now on, and who may look into it. " * 2
OTHER = "A hall for readers was handed over on the river bank; architects drew it with two galleries and a court. " * 2


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(store: Store, clock: Clock) -> Intake:
    return an_intake(store, clock)


class BrokenOff(StorageError):
    """What the tests let a transaction end with."""


class BreakingStore(Store):
    """A store that breaks off the writing transaction of the given number, all its work done, before the commit."""

    def __init__(self, url: str, *, at_write: int) -> None:
        super().__init__(url)
        self.writes_left = at_write

    async def write(self, work: Callable[[Unit], T]) -> T:
        def broken(unit: Unit) -> T:
            answer = work(unit)
            self.writes_left -= 1
            if self.writes_left == 0:
                raise BrokenOff("broken off")
            return answer

        return await super().write(broken)


def broken_off(folder: Path, *, at_write: int) -> BreakingStore:
    return BreakingStore(f"sqlite:///{folder / 'press.db'}", at_write=at_write)


def titles(unit: Unit) -> list[str]:
    """The titles of what is stored, in order of arrival."""
    return [item.title for item in reversed(unit.items.newest(10_000))]


async def test_an_item_its_story_and_its_matches_are_there_once_accept_returned(store: Store, intake: Intake) -> None:
    register, seal = look_for(store, "register"), look_for(store, "seal")

    await intake.accept(answered(OFFICE, a_draft("The register opens"), a_draft("Nothing else")))

    def stored(unit: Unit) -> None:
        other, item = unit.items.newest(9)
        assert (item.title, other.title) == ("The register opens", "Nothing else")
        assert [match.watch for match in unit.matches.of_item(item.id)] == [register.id]
        assert unit.matches.of_item(other.id) == unit.matches.of_watch(seal.id, 9) == []
        first, second = (unit.stories.of_item(one.id) for one in (item, other))
        assert first is not None
        assert second is not None
        assert (first.items, second.items) == ((item.id,), (other.id,))

    store.read_now(stored)


async def test_a_fault_inside_the_transaction_leaves_neither_item_nor_story_nor_match_nor_validators(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    watch = look_for(store, "register")
    with broken_off(tmp_path, at_write=1) as breaking, pytest.raises(BrokenOff):
        await an_intake(breaking, clock).accept(answered(OFFICE, a_draft("The register opens"), etag='"1"'))

    def stored(unit: Unit) -> None:
        assert unit.items.count() == 0
        assert unit.stories.get(1) is None
        assert unit.matches.of_watch(watch.id, 9) == []
        assert unit.visits.state(OFFICE.id) is None
        assert unit.visits.validators(OFFICE.id, OFFICE.reading_fingerprint) == Validators()

    store.read_now(stored)


@pytest.mark.parametrize("at_write", [2, 3, 4])
async def test_p4_what_breaks_off_between_batches_is_read_again_and_complete_and_nothing_is_twice(
    store: Store, clock: Clock, tmp_path: Path, at_write: int
) -> None:
    watch = look_for(store, "register")
    add_recipient(store)
    await an_intake(store, clock).accept(answered(OFFICE, a_draft("The first visit"), etag='"1"'))
    names = [f"Register {number} opens" for number in range(2 * BATCH + 3)]
    response = answered(OFFICE, *map(a_draft, names), etag='"2"')

    with broken_off(tmp_path, at_write=at_write) as breaking, pytest.raises(BrokenOff):
        await an_intake(breaking, clock).accept(response)

    # Batches before the fault are stored whole; the validators are still those of the response before.
    assert store.read_now(titles) == ["The first visit", *names[: (at_write - 1) * BATCH]]
    assert validators(store, OFFICE) == Validators(etag='"1"')

    await an_intake(store, clock).accept(response)

    assert store.read_now(titles) == ["The first visit", *names]
    assert validators(store, OFFICE) == Validators(etag='"2"')
    assert told_titles(store) == names
    assert len(store.read_now(lambda unit: unit.matches.of_watch(watch.id, 999))) == len(names)


async def test_a_visit_that_failed_leaves_the_validators_and_counts_its_failures(store: Store, intake: Intake) -> None:
    await intake.accept(answered(OFFICE, a_draft("The register opens"), etag='"1"'))
    await intake.accept(failed(OFFICE))
    await intake.accept(failed(OFFICE))

    state = store.read_now(lambda unit: unit.visits.state(OFFICE.id))
    assert state is not None
    assert (state.visits, state.failures, state.read_once) == (3, 2, True)
    assert validators(store, OFFICE) == Validators(etag='"1"')

    await intake.accept(answered(OFFICE))

    state = store.read_now(lambda unit: unit.visits.state(OFFICE.id))
    assert state is not None
    assert (state.visits, state.failures) == (4, 0)


def stated_on(day: date) -> Stated:
    return Stated(day=day, zone="Asia/Almaty")


@pytest.fixture
def dated() -> dict[str, object]:
    """What P10 speaks of: title of a draft -> its stated date."""
    today = date(2026, 11, 22)
    return {
        "Register an hour old": Stated(day=today, zone="UTC", at=NOW - timedelta(hours=1)),
        "Register a day old": Stated(day=date(2026, 11, 21), zone="UTC", at=NOW - timedelta(days=1)),
        "Register older": Stated(day=date(2026, 11, 21), zone="UTC", at=NOW - timedelta(days=1, seconds=1)),
        "Register of today": stated_on(today),
        "Register of yesterday": stated_on(today - timedelta(days=1)),
        "Register of the day before": stated_on(today - timedelta(days=2)),
        "Register undated": None,
    }


async def test_p10_the_first_visit_stores_everything_and_tells_only_what_is_fresh(
    store: Store, intake: Intake, dated: dict[str, object]
) -> None:
    watch = look_for(store, "register")
    add_recipient(store)
    # A visit that brought nothing is not yet the first one that was read.
    await intake.accept(failed(OFFICE))

    await intake.accept(answered(OFFICE, *(a_draft(title, published=stated) for title, stated in dated.items())))

    assert store.read_now(titles) == list(dated)
    assert len(store.read_now(lambda unit: unit.matches.of_watch(watch.id, 99))) == len(dated)
    assert told_titles(store) == [
        "Register an hour old",
        "Register a day old",
        "Register of today",
        "Register of yesterday",
    ]


async def test_p10_the_first_visit_of_500_old_items_stores_all_and_tells_none(store: Store, intake: Intake) -> None:
    look_for(store, "register")
    add_recipient(store)
    old = [a_draft(f"Register {number}", at=NOW - timedelta(days=30)) for number in range(500)]

    await intake.accept(answered(OFFICE, *old))

    assert store.read_now(lambda unit: unit.items.count()) == 500
    assert told_titles(store) == []


async def test_p10_later_visits_tell_what_is_old_or_undated_too(
    store: Store, intake: Intake, dated: dict[str, object]
) -> None:
    look_for(store, "register")
    add_recipient(store)
    await intake.accept(answered(OFFICE, a_draft("The first visit")))

    await intake.accept(answered(OFFICE, *(a_draft(title, published=stated) for title, stated in dated.items())))

    assert told_titles(store) == list(dated)


async def test_p10_each_source_has_a_first_visit_of_its_own(store: Store, intake: Intake) -> None:
    look_for(store, "register")
    add_recipient(store)
    await intake.accept(answered(OFFICE, a_draft("The first visit")))

    await intake.accept(answered(AGENCY, a_draft("Register undated", at=None)))

    assert store.read_now(lambda unit: unit.items.count()) == 2
    assert told_titles(store) == []


async def test_unusable_drafts_are_counted_by_reason_and_stop_no_other(store: Store, intake: Intake) -> None:
    drafts = [
        a_draft("", url="https://office.example/untitled"),
        a_draft("Without an address", url=None),
        a_draft("Without an address either", url=None),
        a_draft("Not an address for readers", url="javascript:void(0)"),
        a_draft("The register opens"),
    ]

    await intake.accept(answered(OFFICE, *drafts))

    expected = {"no_title": 1, "no_address": 2, "bad_address": 1}
    state = store.read_now(lambda unit: unit.visits.state(OFFICE.id))
    assert state is not None
    assert state.last_visit is not None
    assert state.last_visit.unusable == expected
    assert (state.last_visit.entries, state.last_visit.new) == (5, 1)
    assert store.read_now(titles) == ["The register opens"]


async def test_what_breaks_our_own_code_is_read_again_until_that_is_mended(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = replace(
        answered(OFFICE, a_draft("The register opens"), a_draft("The register closes")),
        validators=Validators(etag='"1"', entries="mark-1 mark-2"),
    )

    def breaks(draft: Draft, *given: object, **more: Any) -> Item:
        if "closes" in draft.title:
            raise ZeroDivisionError
        return normalise(draft, *given, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(prepare, "normalise", breaks)
        await intake.accept(response)
    assert store.read_now(titles) == ["The register opens"]
    assert validators(store, OFFICE) == Validators(), "the entry that broke would be passed over from now on"

    await intake.accept(response)
    assert sorted(store.read_now(titles)) == ["The register closes", "The register opens"]
    assert validators(store, OFFICE) == response.validators


async def test_an_exact_copy_at_another_publisher_is_one_story_of_two_items(store: Store, intake: Intake) -> None:
    original = a_draft("The register opens", text=LONG)
    copy = a_draft("The register opens", text=LONG, url="https://agency.example/42")
    other = a_draft("The register opens its second hall", text=OTHER, url="https://agency.example/43")

    await intake.accept(answered(OFFICE, original))
    await intake.accept(answered(AGENCY, copy, other))

    def stored(unit: Unit) -> None:
        different, second, first = unit.items.newest(9)
        assert [one.publisher for one in (first, second)] == ["The office", "The agency"]
        story = unit.stories.of_item(first.id)
        assert story is not None
        assert story.items == (first.id, second.id)
        assert unit.stories.of_item(different.id) != story

    store.read_now(stored)


async def test_translations_by_the_publishers_id_are_one_story(store: Store, intake: Intake) -> None:
    editions = {"en": "The register opens", "ru": "Реестр открыт", "kk": "Тізілім ашылды"}
    for language, title in editions.items():
        address = f"https://office.example/77?lang={language}"
        source = FeedSource(
            id=f"office-{language}", url=address, publisher="Office", family="office", language=language
        )
        await intake.accept(answered(source, a_draft(title, native_id="77", url=address)))
    source = FeedSource(id="another", url="https://a.example/", publisher="Another", family="another", language="en")
    await intake.accept(answered(source, a_draft("The seventy-seventh of another office", native_id="77")))

    def stored(unit: Unit) -> None:
        another, kazakh, russian, english = unit.items.newest(9)
        assert [one.language for one in (english, russian, kazakh)] == ["en", "ru", "kk"]
        story = unit.stories.of_item(english.id)
        assert story is not None
        assert story.items == (english.id, russian.id, kazakh.id)
        assert unit.stories.of_item(another.id) != story

    store.read_now(stored)


async def test_a_watch_added_edited_stopped_or_removed_between_two_responses_counts_from_then(
    store: Store, intake: Intake
) -> None:
    async def found() -> list[list[int]]:
        """Take one more item in; for each watch ever made, the items it found."""
        number = store.read_now(lambda unit: unit.items.count()) + 1
        await intake.accept(answered(OFFICE, a_draft(f"Register and seal {number}")))
        return [
            [match.item for match in reversed(store.read_now(lambda unit, one=one: unit.matches.of_watch(one.id, 99)))]  # type: ignore[misc]
            for one in made
        ]

    made = [look_for(store, "nothing", name="one")]
    assert await found() == [[]]
    made.append(look_for(store, "register", name="two"))
    assert await found() == [[], [2]]
    store.write_now(lambda unit: unit.watches.edit("one", query="seal"))
    assert await found() == [[3], [2, 3]]
    store.write_now(lambda unit: unit.watches.edit("two", enabled=False))
    assert await found() == [[3, 4], [2, 3]]
    store.write_now(lambda unit: unit.watches.edit("two", enabled=True))
    store.write_now(lambda unit: unit.watches.remove("one"))
    assert await found() == [[3, 4], [2, 3, 5]]


async def test_own_concepts_count_and_a_watch_whose_concept_is_no_more_is_logged(store: Store, clock: Clock) -> None:
    union = Concept(id="our_union", kind="own", names=(Name(text="Our Sample Union", language="en", kind="name"),))
    watch = look_for(store, "@our_union")
    lexicon = with_own(shipped(), (union,))
    knowing = Intake(store, clock=clock, fresh=timedelta(days=1), lexicon=lexicon)
    await knowing.accept(answered(OFFICE, a_draft("Our Sample Union meets")))
    assert len(store.read_now(lambda unit: unit.matches.of_watch(watch.id, 9))) == 1
    with capture_logs() as logs:
        await an_intake(store, clock).accept(answered(OFFICE, a_draft("Our Sample Union meets again")))
    assert [(one["watch"], one["problem"]) for one in logs if one["log_level"] == "error"] == [
        ("@our_union", "there is no concept @our_union")
    ]


async def test_responses_that_come_at_once_are_all_taken_in(store: Store, intake: Intake) -> None:
    watch = look_for(store, "register")
    sources = [
        FeedSource(id=f"office-{number}", url=f"https://{number}.example/", publisher=f"Office {number}")
        for number in range(6)
    ]

    await asyncio.gather(
        *(
            intake.accept(
                answered(
                    source,
                    *(a_draft(f"Register {n} of {source.id}") for n in range(BATCH + 1)),
                    a_draft("The register opens", text=LONG, url=f"{source.url}42"),
                )
            )
            for source in sources
        )
    )

    def stored(unit: Unit) -> None:
        assert unit.items.count() == 6 * (BATCH + 2)
        assert len(unit.matches.of_watch(watch.id, 999)) == 6 * (BATCH + 2)
        copies = [item.id for item in reversed(unit.items.newest(999)) if item.title == "The register opens"]
        story = unit.stories.of_item(copies[0])
        assert story is not None
        assert list(story.items) == copies

    store.read_now(stored)
    assert {visit.source for visit in visits(store)} == {source.id for source in sources}
