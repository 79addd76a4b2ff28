"""What happens to matches when an item or the declaration of its source changes."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from news.changes import Change, What, classify
from news.item import Item
from news.visit import Validators
from scheduler import versions
from scheduler.intake import Intake
from storage import Store
from tests.scheduler.office import (
    OFFICE,
    Clock,
    a_draft,
    add_recipient,
    an_intake,
    answered,
    look_for,
    told_titles,
    validators,
    visits,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(store: Store, clock: Clock) -> Intake:
    return an_intake(store, clock)


async def test_a_corrected_item_is_version_2_keeps_version_1_and_is_told_once(
    store: Store, intake: Intake, clock: Clock
) -> None:
    watch = look_for(store, "register")
    add_recipient(store)
    await intake.accept(answered(OFFICE, a_draft("The register opens", text="There are 420 entries.", guid="g1")))
    clock.passes(minutes=30)
    await intake.accept(answered(OFFICE, a_draft("The register opens", text="There are 240 entries.", guid="g1")))
    await intake.accept(answered(OFFICE, a_draft("The register opens", text="There are 240 entries.", guid="g1")))

    assert [(one.new, one.changed, one.known) for one in visits(store)] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    versions = store.read_now(lambda unit: unit.items.versions(1))
    assert [(one.version, one.lead) for one in versions] == [
        (1, "There are 420 entries."),
        (2, "There are 240 entries."),
    ]
    assert len(store.read_now(lambda unit: unit.matches.of_watch(watch.id, 9))) == 1
    assert told_titles(store) == ["The register opens"]


async def test_a_correction_that_brings_the_word_in_is_found(store: Store, intake: Intake) -> None:
    watch = look_for(store, "register")
    await intake.accept(answered(OFFICE, a_draft("The list opens", guid="g1")))

    await intake.accept(answered(OFFICE, a_draft("The list opens", text="It is a register.", guid="g1")))

    assert [match.item for match in store.read_now(lambda unit: unit.matches.of_watch(watch.id, 9))] == [1]


async def test_a_source_whose_address_changed_is_read_as_for_the_first_time(
    store: Store, intake: Intake, clock: Clock
) -> None:
    look_for(store, "register")
    add_recipient(store)
    await intake.accept(answered(OFFICE, a_draft("The seal is kept"), etag='"1"'))
    clock.passes(minutes=30)
    moved = replace(OFFICE, url="https://office.example/archive")
    assert validators(store, moved) == Validators()

    await intake.accept(answered(moved, a_draft("A register of long ago", at=None), etag='"2"'))
    assert told_titles(store) == []

    clock.passes(minutes=30)
    await intake.accept(answered(moved, a_draft("The register opens"), etag='"3"'))
    assert told_titles(store) == ["The register opens"]


async def test_a_correction_that_takes_the_word_out_is_not_told(store: Store, intake: Intake, clock: Clock) -> None:
    watch = look_for(store, "register")
    add_recipient(store)
    await intake.accept(answered(OFFICE, a_draft("The list opens", text="It is a register.", guid="g1")))
    clock.passes(minutes=30)

    await intake.accept(answered(OFFICE, a_draft("The list opens", text="It is a seal.", guid="g1")))

    assert told_titles(store) == []
    assert store.read_now(lambda unit: unit.matches.of_watch(watch.id, 9)) == []


async def test_versions_are_compared_before_the_transaction_and_again_where_one_came_between(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def classified(old: Item, new: Item) -> Change:
        threads.append(threading.current_thread().name)
        if len(threads) == 2:
            between = replace(old, lead="There are 240 entries in 7 books.", content_hash="between")
            store.write_now(lambda unit: unit.items.add([between]))
        return classify(old, new)

    monkeypatch.setattr(versions, "classify", classified)
    for count in (420, 240, 250):
        text = f"There are {count} entries in 7 books."
        await intake.accept(answered(OFFICE, a_draft("The register opens", text=text, guid="g1")))
        if count == 240:
            assert [name.startswith("storage-writer") for name in threads] == [False]
    assert [name.startswith("storage-writer") for name in threads] == [False, False, True]
    changes = store.read_now(lambda unit: unit.changes.of_item(1))
    assert changes == {2: (What.FIGURES,), 4: (What.FIGURES,)}
