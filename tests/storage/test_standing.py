"""Standing: what is told is what the watch finds now in the item as it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.item import Item
from news.lexicon import Concept, Name, shipped, with_own
from news.watch.matcher import Matcher, index_item
from news.watch.watch import Origin, Recipient, Watch
from storage import Store, ToldMatch, Unit
from tests.storage.samples import NOW, a_message, a_recipient, a_watch, add_one, an_item

FLOOD = an_item("Flood in the valley", url="https://press.example/flood", guid="flood")
FIRE = an_item("Fire in the steppe", url="https://press.example/fire", guid="fire")


def take_in(store: Store, *items: Item) -> None:
    """Store items and match them with the watches in force, as intake does."""

    def work(unit: Unit) -> None:
        matcher = Matcher(unit.watches.all(enabled_only=True))
        for item in items:
            number = add_one(unit, item)
            found = [replace(match, item=number) for match in matcher.matches(index_item(item))]
            unit.matches.retire_others(number, [match.watch for match in found])
            unit.matches.record(found, at=NOW)

    store.write_now(work)


def untold(store: Store, recipient: Recipient, schedule: str = "daily") -> list[ToldMatch]:
    """What a digest of the recipient has still to tell."""
    return store.read_now(lambda unit: unit.matches.untold(recipient, schedule, limit=99))


def titles(store: Store, recipient: Recipient) -> list[str]:
    """The titles of what the daily digest has still to tell."""
    return [one.item.title for one in untold(store, recipient)]


def tell(store: Store, recipient: Recipient, schedule: str = "daily") -> None:
    """Freeze a digest of everything untold."""
    ids = [one.match_id for one in untold(store, recipient, schedule)]
    store.write_now(
        lambda unit: unit.digests.freeze(recipient, schedule, "2026-11-22", ids, a_message(), "folder", at=NOW)
    )


def edit(store: Store, query: str) -> None:
    """Give the watch another query by command."""
    store.write_now(lambda unit: unit.watches.edit("releases", query=query))


def configure(store: Store, query: str, *, enabled: bool = True) -> None:
    """Give a watch of config.yaml its query."""
    watch = Watch(name="floods", query=query, enabled=enabled, origin=Origin.CONFIG)
    store.write_now(lambda unit: unit.watches.sync_configured([watch], at=NOW))


def test_an_edited_query_is_asked_again_of_what_is_still_untold(store: Store) -> None:
    recipient, _ = a_recipient(store), a_watch(store)
    edit(store, "flood OR fire")
    take_in(store, FLOOD, FIRE)
    edit(store, "valley")
    (told,) = untold(store, recipient)
    assert [(hit.term, hit.text) for hit in told.hits] == [("valley", "valley")]
    shown = store.read_now(lambda unit: unit.matches.of_watch(told.watch.id, 9))
    assert [match.item for match in shown] == [told.item.id]


def test_an_own_concept_is_understood_when_matches_are_asked_again(store: Store) -> None:
    valley = Concept(id="our_valley", kind="own", names=(Name(text="Valley", language="en", kind="name"),))
    lexicon = with_own(shipped(), (valley,))
    recipient, _ = a_recipient(store), a_watch(store)
    edit(store, "flood OR fire")
    take_in(store, FLOOD, FIRE)
    store.write_now(lambda unit: unit.watches.edit("releases", query="@our_valley", lexicon=lexicon))
    assert titles(store, recipient) == ["Flood in the valley"]


def test_a_query_edited_back_and_forth_loses_nothing(store: Store) -> None:
    recipient, _ = a_recipient(store), a_watch(store)
    edit(store, "flood OR fire")
    take_in(store, FLOOD, FIRE)
    edit(store, "valley")
    edit(store, "flood OR fire")
    assert titles(store, recipient) == [FLOOD.title, FIRE.title]


def test_a_query_edited_in_the_configuration_is_asked_again(store: Store) -> None:
    recipient = a_recipient(store)
    configure(store, "flood OR fire")
    take_in(store, FLOOD, FIRE)
    configure(store, "fire")
    assert titles(store, recipient) == [FIRE.title]


@pytest.mark.parametrize("away", ["removed", "disabled"])
def test_a_watch_that_comes_back_with_another_query_tells_what_that_one_finds(store: Store, away: str) -> None:
    recipient = a_recipient(store)
    configure(store, "flood OR fire")
    take_in(store, FLOOD, FIRE)
    if away == "removed":
        store.write_now(lambda unit: unit.watches.sync_configured([], at=NOW))
    else:
        configure(store, "fire", enabled=False)
    configure(store, "fire")
    assert titles(store, recipient) == [FIRE.title]


def test_what_was_told_to_all_stays_and_what_one_still_waits_for_is_asked_again(store: Store) -> None:
    first, watch = a_recipient(store), a_watch(store)
    edit(store, "flood")
    take_in(store, FLOOD)
    tell(store, first)
    edit(store, "flood OR fire")
    second = a_recipient(store, "late@example.org")
    take_in(store, FIRE)
    tell(store, first)
    edit(store, "storm")
    assert titles(store, second) == []
    kept = store.read_now(lambda unit: unit.matches.of_watch(watch.id, 9))
    assert len(kept) == 1
    assert kept[0].hits[0].term == "flood"


def test_what_was_told_at_once_is_asked_again_before_the_digest_repeats_it(store: Store) -> None:
    recipient, _ = a_recipient(store), a_watch(store)
    edit(store, "flood")
    take_in(store, FLOOD)
    tell(store, recipient, "instant")
    edit(store, "fire")
    assert titles(store, recipient) == []


def test_a_correction_that_takes_the_word_out_takes_the_match_back(store: Store) -> None:
    recipient, _ = a_recipient(store), a_watch(store)
    edit(store, "flood")
    take_in(store, FLOOD)
    corrected = an_item("Rain in the valley", url=FLOOD.url, guid="flood", seen_at=NOW + timedelta(hours=1))
    take_in(store, corrected)
    assert untold(store, recipient) == []
    assert store.read_now(lambda unit: unit.matches.of_item(1)) == []
    take_in(store, replace(FLOOD, seen_at=NOW + timedelta(hours=2)))
    assert titles(store, recipient) == [FLOOD.title]


def test_a_correction_takes_nothing_from_a_watch_that_is_off_meanwhile(store: Store) -> None:
    recipient, _ = a_recipient(store), a_watch(store)
    edit(store, "valley")
    take_in(store, FLOOD, FIRE)
    store.write_now(lambda unit: unit.watches.edit("releases", enabled=False))
    corrected = an_item("Rain in the valley", url=FLOOD.url, guid="flood", seen_at=NOW + timedelta(hours=1))
    take_in(store, corrected)
    store.write_now(lambda unit: unit.watches.edit("releases", enabled=True))
    assert titles(store, recipient) == [corrected.title]


def test_a_correction_changes_nothing_of_what_was_told(store: Store) -> None:
    recipient, _ = a_recipient(store), a_watch(store)
    edit(store, "flood")
    take_in(store, FLOOD)
    tell(store, recipient)
    take_in(store, an_item("Rain in the valley", url=FLOOD.url, guid="flood", seen_at=NOW + timedelta(hours=1)))
    assert len(store.read_now(lambda unit: unit.matches.of_item(1))) == 1
