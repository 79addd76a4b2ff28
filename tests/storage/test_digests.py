"""Digests: one a slot, frozen with its matches and its parcel, or not at all."""

from __future__ import annotations

from news.message import ParcelState
from news.story import Choice, Relation
from news.watch.watch import Recipient
from storage import Store, Unit
from tests.storage.samples import NOW, a_match, a_message, a_recipient, a_watch, add_one, found, numbered


def freeze(store: Store, recipient: Recipient, slot: str, match_ids: list[int], schedule: str = "daily") -> int | None:
    """Freeze a digest of these matches."""
    return store.write_now(
        lambda unit: unit.digests.freeze(recipient, schedule, slot, match_ids, a_message(), "folder", at=NOW)
    )


def match_ids(store: Store, recipient: Recipient) -> list[int]:
    """The matches not told yet."""
    return [one.match_id for one in store.read_now(lambda unit: unit.matches.untold(recipient, "daily", limit=99))]


def test_a_slot_is_frozen_once_with_one_parcel(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1, 2))
    ids = match_ids(store, recipient)
    digest = freeze(store, recipient, "2026-11-22", ids)
    assert digest is not None
    assert freeze(store, recipient, "2026-11-22", ids) is None
    assert freeze(store, recipient, "2026-11-22", []) is None
    parcels = store.read_now(lambda unit: unit.outbox.list(9))
    assert [(one.key, one.address, one.channel, one.message) for one in parcels] == [
        (f"digest/{recipient.id}/daily/2026-11-22", "desk@example.org", "folder", a_message())
    ]
    row = store.read_now(lambda unit: unit.digests.list(9))[0]
    assert (row.id, row.slot, row.items, row.stories, row.state) == (digest, "2026-11-22", 2, 2, ParcelState.QUEUED)
    assert row.created_at == NOW


def test_a_digest_composed_of_what_another_slot_told_meanwhile_is_not_frozen(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1, 2))
    ids = match_ids(store, recipient)
    assert freeze(store, recipient, "manual/2026-11-22T02:59:00+00:00", ids[:1]) is not None
    assert freeze(store, recipient, "2026-11-22", ids) is None
    assert store.read_now(lambda unit: unit.digests.has_slot(recipient.id, "daily", "2026-11-22")) is False
    assert freeze(store, recipient, "2026-11-22", ids[1:]) is not None


def test_schedules_and_recipients_have_slots_of_their_own(store: Store) -> None:
    first, second = a_recipient(store), a_recipient(store, "other@example.org")
    assert freeze(store, first, "2026-11-22", []) is not None
    assert freeze(store, first, "2026-11-22", [], schedule="weekly") is not None
    assert freeze(store, second, "2026-11-22", []) is not None
    assert store.read_now(lambda unit: unit.outbox.counts())[ParcelState.QUEUED] == 3


def test_items_and_stories_are_counted_apart(store: Store) -> None:
    recipient, watch, other = a_recipient(store), a_watch(store), a_watch(store, "other")

    def work(unit: Unit) -> None:
        first = add_one(unit, numbered(1))
        second, third = (saved.item.id for saved in unit.items.add([numbered(2), numbered(3)]))
        story = unit.stories.of_item(first)
        assert story is not None
        unit.stories.assign(second, Choice(story=story.id, relation=Relation.SAME), at=NOW)
        matches = [a_match(item, one.id) for item in (first, second, third) for one in (watch, other)]
        unit.matches.record(matches, at=NOW)

    store.write_now(work)
    freeze(store, recipient, "2026-11-22", match_ids(store, recipient))
    row = store.read_now(lambda unit: unit.digests.list(1))[0]
    # The third item has no story and counts as one of its own.
    assert (row.items, row.stories) == (3, 2)
