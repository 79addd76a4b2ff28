"""Subscriptions: who is written to, by the word of the recipient and of their mail server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from news.message import Parcel, ParcelState
from news.subscription import Refusal, Subscription, SubscriptionState
from storage import Store, Unit
from tests.storage.samples import NOW, a_message, a_recipient

T = TypeVar("T")
LATER = NOW + timedelta(hours=1)


def told(store: Store, question: Callable[[Unit], T]) -> T:
    return store.read_now(question)


def freeze(store: Store, schedule: str, slot: str) -> int | None:
    """Freeze a digest of the first recipient."""

    def work(unit: Unit) -> int | None:
        recipient = unit.recipients.all()[0]
        return unit.digests.freeze(recipient, schedule, slot, [], a_message(slot), "email", at=NOW)

    return store.write_now(work)


def test_everybody_is_active_from_the_beginning(store: Store) -> None:
    recipient = a_recipient(store)
    assert told(store, lambda unit: unit.subscriptions.of(recipient.id)) == Subscription()
    assert told(store, lambda unit: unit.subscriptions.silent()) == {}
    assert told(store, lambda unit: unit.subscriptions.generation(recipient.id)) == 0


def test_stopping_ends_one_schedule_once_with_what_still_waits_of_it(store: Store) -> None:
    recipient = a_recipient(store)
    freeze(store, "daily", "1"), freeze(store, "instant", "2")
    stop = lambda unit: unit.subscriptions.stop(recipient.id, "daily", generation=0, at=LATER)  # noqa: E731
    assert store.write_now(stop)
    assert not store.write_now(stop)
    assert freeze(store, "daily", "3") is None
    assert freeze(store, "instant", "4") is not None
    assert told(store, lambda unit: unit.subscriptions.silent()) == {}
    assert told(store, lambda unit: unit.subscriptions.stopped()) == {(recipient.id, "daily"): LATER}
    states = {row.slot: row.state for row in told(store, lambda unit: unit.digests.list(9))}
    assert states == {"1": ParcelState.FAILED, "2": ParcelState.QUEUED, "4": ParcelState.QUEUED}


@pytest.mark.parametrize("state", [ParcelState.CLAIMED, ParcelState.UNCERTAIN])
def test_what_may_be_on_its_way_is_not_sent_again_to_who_has_stopped_it(store: Store, state: ParcelState) -> None:
    recipient = a_recipient(store)
    freeze(store, "daily", "1")

    def claim(unit: Unit, at: datetime) -> list[Parcel]:
        return unit.outbox.claim(now=at, lease=timedelta(minutes=3), limit=9, worker="one")

    (parcel,) = store.write_now(lambda unit: claim(unit, NOW))
    if state is ParcelState.UNCERTAIN:
        store.write_now(lambda unit: unit.outbox.settle(parcel, state, now=NOW, error="broke off"))
    store.write_now(lambda unit: unit.subscriptions.stop(recipient.id, "daily", generation=0, at=NOW))
    assert not store.write_now(lambda unit: claim(unit, LATER))
    (kept,) = told(store, lambda unit: unit.outbox.list(9))
    assert kept.last_error == "stopped by the recipient; it may have been delivered before"


def test_what_waits_for_who_is_removed_is_never_sent(store: Store) -> None:
    recipient = a_recipient(store)
    freeze(store, "daily", "1")
    store.write_now(lambda unit: unit.recipients.remove(recipient.address, at=LATER))
    (ended,) = told(store, lambda unit: unit.outbox.list(9))
    assert (ended.state, ended.last_error) == (ParcelState.FAILED, "the recipient was removed")
    a_recipient(store)
    assert not store.write_now(_claimed)


def test_what_waits_for_who_is_switched_off_is_sent_once_they_are_on_again(store: Store) -> None:
    recipient = a_recipient(store)
    freeze(store, "daily", "1")
    store.write_now(lambda unit: unit.recipients.change(replace(recipient, enabled=False)))
    assert not store.write_now(_claimed)
    store.write_now(lambda unit: unit.recipients.change(recipient))
    assert len(store.write_now(_claimed)) == 1


def _claimed(unit: Unit) -> list[Parcel]:
    return unit.outbox.claim(now=LATER, lease=timedelta(minutes=3), limit=9, worker="one")


def test_a_link_of_before_a_new_beginning_stops_nothing(store: Store) -> None:
    recipient = a_recipient(store)
    store.write_now(lambda unit: unit.subscriptions.stop(recipient.id, "daily", generation=0, at=NOW))
    assert store.write_now(lambda unit: unit.subscriptions.resume(recipient.id, at=LATER))
    assert told(store, lambda unit: unit.subscriptions.generation(recipient.id)) == 1
    assert not store.write_now(lambda unit: unit.subscriptions.stop(recipient.id, "daily", generation=0, at=LATER))
    assert freeze(store, "daily", "1") is not None
    assert store.write_now(lambda unit: unit.subscriptions.stop(recipient.id, "daily", generation=1, at=LATER))


def test_a_paused_recipient_is_silent_until_resumed(store: Store) -> None:
    recipient = a_recipient(store)
    pause = lambda unit: unit.subscriptions.pause(recipient.id, "no such box", at=NOW)  # noqa: E731
    assert store.write_now(pause)
    assert not store.write_now(pause)
    assert told(store, lambda unit: unit.subscriptions.silent()) == {recipient.id: "paused: no such box"}
    assert freeze(store, "daily", "1") is None
    assert store.write_now(lambda unit: unit.subscriptions.resume(recipient.id, at=LATER))
    assert not store.write_now(lambda unit: unit.subscriptions.resume(recipient.id, at=LATER))
    assert told(store, lambda unit: unit.subscriptions.silent()) == {}


def test_one_who_has_to_agree_is_silent_until_then(store: Store) -> None:
    recipient = a_recipient(store)
    ask = lambda unit: unit.subscriptions.require_confirmation(recipient.id, "asked", at=NOW)  # noqa: E731
    assert store.write_now(ask)
    assert not store.write_now(ask)
    assert told(store, lambda unit: unit.subscriptions.of(recipient.id)).state is SubscriptionState.UNCONFIRMED
    assert freeze(store, "daily", "1") is None
    assert not store.write_now(lambda unit: unit.subscriptions.confirm(recipient.id, generation=1, at=LATER))
    assert store.write_now(lambda unit: unit.subscriptions.confirm(recipient.id, generation=0, at=LATER))
    assert not store.write_now(lambda unit: unit.subscriptions.confirm(recipient.id, generation=0, at=LATER))
    assert freeze(store, "daily", "1") is not None
    assert not store.write_now(ask), "who has agreed is not asked again"


def test_stopping_and_resuming_does_not_agree_for_anybody(store: Store) -> None:
    recipient = a_recipient(store)
    store.write_now(lambda unit: unit.subscriptions.require_confirmation(recipient.id, "asked", at=NOW))
    store.write_now(lambda unit: unit.subscriptions.stop(recipient.id, "daily", generation=0, at=NOW))
    assert store.write_now(lambda unit: unit.subscriptions.resume(recipient.id, at=LATER))
    assert told(store, lambda unit: unit.subscriptions.silent()) == {recipient.id: "unconfirmed: asked"}
    assert store.write_now(lambda unit: unit.subscriptions.waive_confirmation(recipient.id, at=LATER))
    assert told(store, lambda unit: unit.subscriptions.silent()) == {}


@pytest.mark.parametrize("trouble", ["pause", "require_confirmation"])
def test_who_is_removed_and_added_again_starts_anew(store: Store, trouble: str) -> None:
    recipient = a_recipient(store)
    store.write_now(lambda unit: unit.subscriptions.confirm(recipient.id, generation=0, at=NOW))
    store.write_now(lambda unit: unit.subscriptions.stop(recipient.id, "daily", generation=0, at=NOW))
    store.write_now(lambda unit: getattr(unit.subscriptions, trouble)(recipient.id, "why", at=NOW))
    store.write_now(lambda unit: unit.recipients.remove(recipient.address, at=NOW))
    assert a_recipient(store).id == recipient.id
    anew = told(store, lambda unit: unit.subscriptions.of(recipient.id))
    assert anew == Subscription(generation=1, since=anew.since)


def test_what_was_refused_is_sent_again_when_the_recipient_is_back(store: Store) -> None:
    recipient = a_recipient(store)
    freeze(store, "daily", "1")
    parcel = store.write_now(
        lambda unit: unit.outbox.claim(now=NOW, lease=timedelta(minutes=3), limit=1, worker="one")
    )[0]
    store.write_now(lambda unit: unit.outbox.settle(parcel, ParcelState.FAILED, now=NOW, error="550 5.1.1 gone"))
    refusal = Refusal(parcel=parcel.key, code="5.1.1", said="gone", at=NOW)
    note = lambda unit: unit.subscriptions.note_refusal(recipient.id, refusal)  # noqa: E731
    assert store.write_now(note) == [refusal]
    assert store.write_now(note) == [refusal], "once a parcel"
    store.write_now(lambda unit: unit.subscriptions.pause(recipient.id, "refused", at=NOW))
    store.write_now(lambda unit: unit.subscriptions.resume(recipient.id, at=LATER))
    again = told(store, lambda unit: unit.outbox.get(parcel.id))
    assert again is not None
    assert (again.state, again.attempts) == (ParcelState.QUEUED, 0)
    other = Refusal(parcel="other", code="5.1.1", said="gone", at=LATER)
    assert store.write_now(lambda unit: unit.subscriptions.note_refusal(recipient.id, other)) == [other]
