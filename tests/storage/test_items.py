"""Items: each stored once, under every key; versions kept; P7 and P8."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from news.item import Enclosure, Item, Outcome, Saved, Stated
from news.story import Choice, Relation, choose_story
from storage import Store
from storage.sql import LONGEST_LIST
from tests.storage.samples import NOW, add_one, an_item, numbered


def add(store: Store, *items: Item) -> list[Saved]:
    """Store items in one transaction."""
    return store.write_now(lambda unit: unit.items.add(items))


def outcomes(saved: list[Saved]) -> list[Outcome]:
    """What storing did, item by item."""
    return [one.outcome for one in saved]


def count(store: Store) -> int:
    """How many items are stored."""
    return store.read_now(lambda unit: unit.items.count())


def test_an_item_comes_back_as_it_was_stored(store: Store) -> None:
    almaty = ZoneInfo("Asia/Almaty")
    item = an_item(
        "Қазақстан: алғашқы хабар",
        native="1163144",
        guid="urn:1",
        lead="lead",
        text="text",
        html="<p>text</p>",
        language_sure=0.98,
        published=Stated(day=date(2026, 11, 22), zone="Asia/Almaty", at=datetime(2026, 11, 22, 1, tzinfo=almaty)),
        published_raw="22.11.2026 01:00",
        updated=Stated(day=date(2026, 11, 23), zone="Mars/Olympus", at=NOW),
        authors=("Press office",),
        tags=("floods", "су тасқыны"),
        enclosures=(Enclosure(url="https://press.example/a.pdf", type="application/pdf", length=12),),
        image="https://press.example/a.jpg",
        aside="ASTANA. KAZINFORM\nFor reference: text",
        story_keys=("native:press:1163144",),
    )
    saved = add(store, item)[0]
    assert saved == Saved(item=replace(item, id=saved.item.id, version=1), outcome=Outcome.NEW)
    stored = store.read_now(lambda unit: unit.items.get(saved.item.id))
    assert stored == saved.item
    assert stored.published is not None
    assert stored.published.isoformat() == "2026-11-22T01:00:00+05:00"


def test_answers_come_in_the_order_of_the_questions(store: Store) -> None:
    first = add(store, *(numbered(number) for number in (5, 3, 9, 1)))
    assert [saved.item.title for saved in first] == ["Release 5", "Release 3", "Release 9", "Release 1"]
    ids = {saved.item.title: saved.item.id for saved in first}
    again = add(store, numbered(1), numbered(2), numbered(3))
    assert outcomes(again) == [Outcome.KNOWN, Outcome.NEW, Outcome.KNOWN]
    assert [again[0].item.id, again[2].item.id] == [ids["Release 1"], ids["Release 3"]]


def test_one_item_twice_in_a_batch_is_stored_once(store: Store) -> None:
    saved = add(store, an_item(lead="a long lead"), an_item(source="world", lead="short"), an_item(lead="other"))
    assert outcomes(saved) == [Outcome.NEW, Outcome.KNOWN, Outcome.KNOWN]
    assert len({one.item.id for one in saved}) == 1
    assert count(store) == 1


def test_other_content_is_another_version_and_both_are_kept(store: Store) -> None:
    first = add(store, an_item(text="10 people"))[0]
    second = add(store, an_item(text="12 people", seen_at=NOW + timedelta(hours=1)))[0]
    assert (second.outcome, second.item.id, second.item.version) == (Outcome.CHANGED, first.item.id, 2)
    kept = store.read_now(lambda unit: unit.items.versions(first.item.id))
    assert [(one.version, one.text, one.seen_at) for one in kept] == [
        (1, "10 people", NOW),
        (2, "12 people", NOW + timedelta(hours=1)),
    ]
    assert outcomes(add(store, an_item(text="12 people"))) == [Outcome.KNOWN]
    # The old text still identifies it: a server that answers from two caches makes versions, never items.
    assert outcomes(add(store, an_item(text="10 people"))) == [Outcome.CHANGED]
    assert [one.version for one in store.read_now(lambda unit: unit.items.versions(first.item.id))] == [1, 2, 3]


def test_a_shorter_lead_in_another_feed_of_the_portal_changes_nothing(store: Store) -> None:
    first = add(store, an_item(lead="the whole first paragraph"))[0]
    for _ in range(3):
        assert outcomes(add(store, an_item(source="world", lead="the whole", guid="w1"))) == [Outcome.KNOWN]
        assert outcomes(add(store, an_item(lead="the whole first paragraph"))) == [Outcome.KNOWN]
    stored = store.read_now(lambda unit: unit.items.get(first.item.id))
    assert stored is not None
    assert (stored.lead, stored.version) == ("the whole first paragraph", 1)
    assert "w1" in {key.key for key in stored.keys}


def test_p7_ten_releases_of_one_day_without_a_time_are_ten_items(store: Store) -> None:
    release = [
        an_item(f"Release {number}", url=f"https://press.example/{number}", guid="2026-11-22") for number in range(10)
    ]
    for visit in (release[:4], release[2:7], release[5:]):
        add(store, *reversed(visit))
    assert count(store) == 10


def test_p7_holds_for_releases_with_one_title_and_no_text(store: Store) -> None:
    release = [an_item("Weekly briefing", url=f"https://press.example/{number}") for number in range(10)]
    for visit in (release[:4], release[2:7], release[5:]):
        add(store, *visit)
    assert count(store) == 10


def test_p8_new_guids_https_and_old_entries_announce_nothing(store: Store) -> None:
    old = [
        an_item(
            f"Release {number}", url=f"http://www.press.example/{number}", guid=f"old-{number}", text=f"text {number}"
        )
        for number in range(30)
    ]
    assert set(outcomes(add(store, *old))) == {Outcome.NEW}
    changed_guids = [replace_guid(item, "new") for item in old]
    assert set(outcomes(add(store, *changed_guids))) == {Outcome.KNOWN}
    https = [
        an_item(f"Release {number}", url=f"https://press.example/{number}", guid=f"s-{number}", text=f"text {number}")
        for number in range(30)
    ]
    assert set(outcomes(add(store, *https))) == {Outcome.KNOWN}
    assert set(outcomes(add(store, *old[20:], *old[:20]))) == {Outcome.KNOWN}
    assert count(store) == 30


def replace_guid(item: Item, name: str) -> Item:
    """The same item after its feed gave it another guid."""
    return an_item(item.title, url=item.url, guid=f"{name}-{item.title}", text=item.text)


def test_a_guid_found_to_be_reused_stays_distrusted_in_later_visits(store: Store) -> None:
    add(store, an_item("One", url="https://press.example/1", guid="g"))
    add(store, an_item("Two", url="https://press.example/2", guid="g"))
    assert outcomes(add(store, an_item("One", url="https://press.example/3", guid="g", text="x"))) == [Outcome.NEW]


def test_two_native_ids_behind_one_address_are_two_items_visit_after_visit(store: Store) -> None:
    records = [an_item("One", native="1"), an_item("Two", native="2")]
    assert outcomes(add(store, *records)) == [Outcome.NEW, Outcome.NEW]
    assert outcomes(add(store, *records)) == [Outcome.KNOWN, Outcome.KNOWN]


def test_an_item_none_of_whose_keys_may_be_believed_is_still_stored_once(store: Store) -> None:
    # Same text, another day, no address: not the first one, and no key of its own but its content.
    day = Stated(day=date(2026, 11, 23), zone="Asia/Almaty")
    add(store, an_item("Briefing", guid="g"), an_item("Other", url="https://press.example/2", guid="g"))
    serial = an_item("Briefing", guid="g", published=day, content_hash="next", native="")
    serial = replace(
        serial, keys=tuple(key for key in serial.keys if key.kind.value in ("guid", "text")), source="world"
    )
    first, second = add(store, serial)[0], add(store, serial)[0]
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.KNOWN)
    assert first.item.id == second.item.id


def test_find_by_number_and_by_any_address_with_tracking(store: Store) -> None:
    saved = add(store, an_item(url="https://press.example/news/1"))[0]
    for text in (
        str(saved.item.id),
        "https://press.example/news/1",
        " http://www.press.example/news/1/?utm_source=mail&utm_medium=x ",
    ):
        found = store.read_now(lambda unit, text=text: unit.items.find(text))  # type: ignore[misc]
        assert found is not None, text
        assert found.id == saved.item.id
    for text in ("0", "9" * 40, "https://press.example/other", "not an address", ""):
        assert store.read_now(lambda unit, text=text: unit.items.find(text)) is None, text  # type: ignore[misc]


def test_newest_pages_backwards_and_knows_when_an_item_was_first_seen(store: Store) -> None:
    for number in range(6):
        add(store, numbered(number, seen_at=NOW + timedelta(hours=number)))
    # A new version of an old item does not make it a new item.
    add(store, numbered(0, text="corrected", seen_at=NOW + timedelta(hours=9)))
    page = store.read_now(lambda unit: unit.items.newest(4))
    assert [item.title for item in page] == ["Release 5", "Release 4", "Release 3", "Release 2"]
    rest = store.read_now(lambda unit: unit.items.newest(4, before_id=page[-1].id))
    assert [item.title for item in rest] == ["Release 1", "Release 0"]
    late = store.read_now(lambda unit: unit.items.newest(9, since=NOW + timedelta(hours=4)))
    assert [item.title for item in late] == ["Release 5", "Release 4"]


def test_lookalikes_share_text_within_two_weeks_or_a_story_key_at_any_time(store: Store) -> None:
    def work_on(item: Item) -> int:
        return store.write_now(lambda unit: add_one(unit, item))

    key = ("native:portal:7",)
    old = work_on(an_item(url="https://a.example/1", source="a", text="same", seen_at=NOW - timedelta(days=15)))
    copy = work_on(an_item(url="https://b.example/1", source="b", text="same", seen_at=NOW - timedelta(days=13)))
    sister = work_on(an_item("Жаңалық", url="https://c.example/1", source="c", language="kk", story_keys=key))
    other = work_on(an_item("Unrelated", url="https://d.example/1", source="d"))
    asked = an_item(url="https://e.example/1", source="e", text="same", story_keys=key)
    found = store.read_now(lambda unit: unit.stories.lookalikes(asked))
    assert [one.item for one in found] == [copy, sister]
    assert {old, other}.isdisjoint(one.item for one in found)
    assert found[1].story_keys == key
    assert choose_story(asked, found).to == sister


def test_lookalikes_do_not_hold_the_item_itself(store: Store) -> None:
    saved = add(store, an_item(story_keys=("k",)))[0]
    store.write_now(lambda unit: unit.stories.assign(saved.item.id, Choice(story=None, relation=Relation.NEW), at=NOW))
    assert store.read_now(lambda unit: unit.stories.lookalikes(saved.item)) == []


def test_a_notice_copied_a_thousand_times_gives_a_bounded_answer(store: Store) -> None:
    copies = [an_item("Cookies", url=f"https://press.example/{number}") for number in range(120)]

    def store_all(unit) -> None:  # type: ignore[no-untyped-def]
        for copy in copies:
            add_one(unit, copy)

    store.write_now(store_all)
    found = store.read_now(lambda unit: unit.stories.lookalikes(an_item("Cookies", url="https://press.example/new")))
    assert 0 < len(found) <= 50


def test_a_batch_larger_than_any_statement_takes_is_stored_whole(store: Store) -> None:
    items = [numbered(number) for number in range(LONGEST_LIST // 2)]
    assert set(outcomes(add(store, *items))) == {Outcome.NEW}
    assert set(outcomes(add(store, *items))) == {Outcome.KNOWN}


def test_one_odd_sign_in_a_guid_stops_no_batch_and_makes_no_second_item(store: Store) -> None:
    odd = [an_item(guid="a\x00\udc00b", tags=("\x00",), enclosures=(Enclosure(url="\ud800x"),)), numbered(2)]
    assert outcomes(add(store, *odd)) == [Outcome.NEW, Outcome.NEW]
    assert outcomes(add(store, *odd)) == [Outcome.KNOWN, Outcome.KNOWN]
    stored = store.read_now(lambda unit: unit.items.find(odd[0].url))
    assert stored is not None
    assert (stored.tags, stored.enclosures) == (("",), (Enclosure(url="x"),))
    assert "ab" in {key.key for key in stored.keys}


def test_get_of_an_unknown_item_is_none_and_an_empty_batch_is_empty(store: Store) -> None:
    assert store.read_now(lambda unit: unit.items.get(1)) is None
    assert store.read_now(lambda unit: unit.items.versions(1)) == []
    assert add(store) == []


def test_times_of_an_unknown_zone_are_shown_in_utc(store: Store) -> None:
    stated = Stated(day=date(2026, 11, 22), zone="Mars/Olympus", at=NOW)
    saved = add(store, an_item(published=stated))[0]
    stored = store.read_now(lambda unit: unit.items.get(saved.item.id))
    assert stored is not None
    assert stored.published == stated
    assert stored.published.at is not None
    assert stored.published.at.tzinfo is UTC
