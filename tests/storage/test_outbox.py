"""The outbox: queued once, held by one worker at a time, settled only by the newest claim."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from news.message import Parcel, ParcelState
from storage import Store
from tests.storage.samples import NOW, a_message, a_recipient

LEASE = timedelta(minutes=5)
LATER = NOW + LEASE


def queue(store: Store, key: str) -> bool:
    """Queue a message under `key`."""
    return store.write_now(
        lambda unit: unit.outbox.queue(a_message(key), "desk@example.org", key=key, channel="folder", at=NOW)
    )


def claim(store: Store, *, now: datetime = NOW, limit: int = 10, worker: str = "one") -> list[Parcel]:
    """Claim what is due."""
    return store.write_now(lambda unit: unit.outbox.claim(now=now, lease=LEASE, limit=limit, worker=worker))


def settle(store: Store, parcel: Parcel, state: ParcelState, *, now: datetime = NOW, **more: object) -> bool:
    """Settle a parcel."""
    return store.write_now(lambda unit: unit.outbox.settle(parcel, state, now=now, **more))  # type: ignore[arg-type]


def only(store: Store) -> Parcel:
    """The one parcel there is."""
    (parcel,) = store.read_now(lambda unit: unit.outbox.list(9))
    return parcel


def test_a_key_is_queued_once_whatever_became_of_it(store: Store) -> None:
    assert queue(store, "a") is True
    assert queue(store, "a") is False
    settle(store, claim(store)[0], ParcelState.SENT)
    assert queue(store, "a") is False
    assert claim(store, now=LATER) == []
    assert only(store).message == a_message("a")


def test_a_claim_holds_until_its_lease_ends(store: Store) -> None:
    queue(store, "a")
    first = claim(store)[0]
    assert (first.state, first.fence, first.attempts, first.lease_until) == (ParcelState.CLAIMED, 1, 1, LATER)
    assert claim(store, now=LATER - timedelta(microseconds=1), worker="two") == []
    second = claim(store, now=LATER, worker="two")[0]
    assert (second.id, second.fence, second.attempts) == (first.id, 2, 2)


def test_who_lost_the_claim_settles_nothing(store: Store) -> None:
    queue(store, "a")
    slow = claim(store)[0]
    quick = claim(store, now=LATER, worker="two")[0]
    assert settle(store, slow, ParcelState.FAILED, error="too late") is False
    assert only(store).state is ParcelState.CLAIMED
    assert settle(store, quick, ParcelState.SENT) is True
    assert settle(store, quick, ParcelState.FAILED) is False
    assert (only(store).state, only(store).last_error) == (ParcelState.SENT, "")


def test_a_late_settlement_counts_while_nobody_else_has_claimed(store: Store) -> None:
    queue(store, "a")
    parcel = claim(store)[0]
    assert settle(store, parcel, ParcelState.SENT, now=LATER + LEASE) is True
    assert claim(store, now=LATER + LEASE) == []


@pytest.mark.parametrize("state", [ParcelState.DEFERRED, ParcelState.UNCERTAIN])
def test_what_is_put_off_is_due_again_at_its_time(store: Store, state: ParcelState) -> None:
    queue(store, "a")
    settle(store, claim(store)[0], state, error="421 busy", next_try=LATER)
    waiting = only(store)
    assert (waiting.state, waiting.last_error, waiting.next_try, waiting.lease_until) == (
        state,
        "421 busy",
        LATER,
        None,
    )
    assert claim(store, now=LATER - timedelta(seconds=1)) == []
    assert claim(store, now=LATER)[0].attempts == 2


@pytest.mark.parametrize("state", [ParcelState.SENT, ParcelState.FAILED])
def test_what_is_done_is_never_due_again(store: Store, state: ParcelState) -> None:
    queue(store, "a")
    settle(store, claim(store)[0], state, error="550 no such user")
    assert claim(store, now=NOW + timedelta(days=365)) == []


def test_a_parcel_given_back_untried_costs_no_attempt(store: Store) -> None:
    queue(store, "a")
    settle(store, claim(store)[0], ParcelState.QUEUED)
    assert (only(store).state, only(store).attempts) == (ParcelState.QUEUED, 0)
    again = claim(store)[0]
    assert (again.attempts, again.fence) == (1, 2)


def test_the_oldest_go_first_and_a_batch_is_bounded(store: Store) -> None:
    for number in range(7):
        queue(store, f"digest/{number}")
    batches = [[parcel.key for parcel in claim(store, limit=3)] for _ in range(4)]
    assert batches == [
        ["digest/0", "digest/1", "digest/2"],
        ["digest/3", "digest/4", "digest/5"],
        ["digest/6"],
        [],
    ]
    assert [parcel.key for parcel in store.read_now(lambda unit: unit.outbox.list(2))] == ["digest/6", "digest/5"]


def test_counts_name_every_state(store: Store) -> None:
    for key in "abc":
        queue(store, key)
    settle(store, claim(store, limit=1)[0], ParcelState.SENT)
    claim(store, limit=1)
    assert store.read_now(lambda unit: unit.outbox.counts()) == {
        **dict.fromkeys(ParcelState, 0),
        ParcelState.SENT: 1,
        ParcelState.CLAIMED: 1,
        ParcelState.QUEUED: 1,
    }


def test_the_text_of_a_settled_parcel_goes_in_time_and_what_became_of_it_stays(store: Store) -> None:
    for key in ("sent", "failed", "waiting"):
        queue(store, key)
    sent, failed, waiting = claim(store)
    settle(store, sent, ParcelState.SENT)
    settle(store, failed, ParcelState.FAILED, now=NOW + timedelta(days=2), error="no such mailbox")
    settle(store, waiting, ParcelState.DEFERRED)
    store.write_now(lambda unit: unit.outbox.drop_bodies(before=NOW + timedelta(days=1)))
    kept = {parcel.key: parcel for parcel in store.read_now(lambda unit: unit.outbox.list(9))}
    assert (kept["sent"].message.text, kept["sent"].message.html) == ("", "")
    assert (kept["sent"].state, kept["sent"].message.subject) == (ParcelState.SENT, a_message("sent").subject)
    assert kept["failed"].message == a_message("failed")
    assert kept["waiting"].message == a_message("waiting")


def test_a_person_may_have_what_waits_tried_early_but_not_what_another_holds(store: Store) -> None:
    for key in ("waits", "held"):
        queue(store, key)
    waits, held = claim(store)
    settle(store, waits, ParcelState.DEFERRED, next_try=LATER)
    assert claim(store) == []

    def early(after: int) -> list[int]:
        taken = store.write_now(
            lambda unit: unit.outbox.claim(now=NOW, lease=LEASE, limit=9, worker="two", early_after=after)
        )
        return [parcel.id for parcel in taken]

    assert early(waits.id) == []
    assert early(0) == [waits.id]
    assert held.id not in early(0)


def held(store: Store, *, until: datetime, now: datetime = NOW) -> int:
    """Hold the channel `folder`."""
    return store.write_now(lambda unit: unit.outbox.hold("folder", now=now, until=until, error="no connection"))


def test_a_channel_in_trouble_holds_what_is_due_untried(store: Store) -> None:
    queue(store, "a")
    assert held(store, until=LATER) == 1
    assert held(store, until=LATER + LEASE) == 0, "what is not due is left as it is"
    waiting = only(store)
    assert (waiting.state, waiting.attempts, waiting.next_try) == (ParcelState.DEFERRED, 0, LATER)
    assert waiting.last_error == "no connection"
    assert claim(store, now=LATER)[0].attempts == 1


def test_what_a_channel_is_to_be_spared_is_not_claimed(store: Store) -> None:
    queue(store, "a")
    claimed = store.write_now(
        lambda unit: unit.outbox.claim(now=NOW, lease=LEASE, limit=1, worker="one", without=("folder",))
    )
    assert claimed == []
    assert len(claim(store)) == 1


def test_an_attempt_that_was_the_channels_trouble_is_not_counted(store: Store) -> None:
    queue(store, "a")
    settle(store, claim(store)[0], ParcelState.DEFERRED, next_try=LATER, counted=False)
    assert only(store).attempts == 0


def test_what_was_sent_lately_is_counted_by_channel(store: Store) -> None:
    for key in ("a", "b"):
        queue(store, key)
        settle(store, claim(store)[0], ParcelState.SENT)
    count = lambda channel, since: store.read_now(lambda unit: unit.outbox.sent_since(channel, since))  # noqa: E731
    assert count("folder", NOW - LEASE) == 2
    assert count("folder", NOW) == 0
    assert count("email", NOW - LEASE) == 0


def test_a_parcel_that_came_back_has_failed_and_says_why(store: Store) -> None:
    queue(store, "a")
    parcel = claim(store)[0]
    settle(store, parcel, ParcelState.SENT)
    store.write_now(lambda unit: unit.outbox.bounced(parcel.id, "5.1.1 no such box", at=LATER))
    assert (only(store).state, only(store).last_error) == (ParcelState.FAILED, "5.1.1 no such box")


def test_digests_of_someone_nobody_writes_to_wait_for_them(store: Store) -> None:
    recipient = a_recipient(store)
    store.write_now(
        lambda unit: unit.outbox.queue(
            a_message("a"), recipient.address, key="a", channel="folder", at=NOW, recipient_id=recipient.id
        )
    )
    queue(store, "b")
    store.write_now(lambda unit: unit.subscriptions.pause(recipient.id, "refused", at=NOW))
    assert [parcel.key for parcel in claim(store)] == ["b"]
    store.write_now(lambda unit: unit.subscriptions.resume(recipient.id, at=NOW))
    assert [parcel.key for parcel in claim(store)] == ["a"]


def test_a_number_finds_its_parcel(store: Store) -> None:
    queue(store, "a")
    parcel = store.read_now(lambda unit: unit.outbox.get(1))
    assert parcel is not None
    assert (parcel.key, parcel.message.parcel, parcel.queued_at) == ("a", 1, NOW)
    assert store.read_now(lambda unit: unit.outbox.get(2)) is None
