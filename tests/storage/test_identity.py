"""Who an arriving item is, decided without a database."""

from __future__ import annotations

from datetime import date

import pytest

from news.item import Item, ItemKey, KeyKind, Stated
from storage.identity import Known, Register
from tests.storage.samples import an_item


def register_with(*items: Item) -> Register:
    """A register into which `items` were entered as if stored, numbered from 1."""
    register = Register()
    for number, item in enumerate(items, 1):
        known, _ = register.enter(item)
        known.id = number
        register.add_keys(known, item.keys)
    return register


def recognised(register: Register, item: Item) -> int:
    """The number of the item that `item` is; 0 for a new one."""
    known = register.recognise(item)
    return known.id if known else 0


def test_the_publishers_own_number_outranks_every_other_key() -> None:
    register = register_with(an_item(native="7"), an_item("Other", url="https://press.example/2", native="8"))
    moved = an_item("Other", url="https://press.example/2", native="7")
    assert recognised(register, moved) == 1


def test_two_native_ids_are_two_items_where_the_words_are_too_few_to_tell() -> None:
    register = register_with(an_item(native="7", guid="g", text_hash=""))
    assert recognised(register, an_item(native="8", guid="g", text_hash="")) == 0


def test_the_same_words_at_the_same_address_under_another_id_are_what_a_site_numbered_anew() -> None:
    numbered = an_item(native="7", text_hash="the words")
    register = register_with(numbered)
    anew = an_item(native="8", text_hash="the words")
    assert recognised(register, anew) == 1
    assert recognised(register, an_item(native="8", text_hash="other words")) == 0
    assert recognised(register, an_item(native="8", text_hash="the words", url="https://press.example/2")) == 0

    register.add_keys(register.holders[numbered.keys[0]], anew.keys)
    corrected = an_item("Corrected", native="8", text_hash="corrected words")
    assert recognised(register, corrected) == 1
    assert recognised(register, an_item(native="7", text_hash="corrected words")) == 1


def test_native_ids_of_other_scopes_say_nothing() -> None:
    register = register_with(an_item(native="7", scope="portal"))
    assert recognised(register, an_item(native="8", scope="other")) == 1


def test_http_and_https_with_and_without_www_are_one_address() -> None:
    register = register_with(an_item(url="http://www.press.example/1/"))
    assert recognised(register, an_item("Corrected", url="https://press.example/1")) == 1


def test_a_mended_slug_is_recognised_by_guid_and_title() -> None:
    register = register_with(an_item("Minister  Meets UNRCCA", url="https://press.example/old", guid="g", text="a"))
    mended = an_item("Minister meets UNRCCA", url="https://press.example/new", guid="g", text="b")
    assert recognised(register, mended) == 1


def test_a_guid_on_two_addresses_with_two_titles_is_never_believed_again() -> None:
    register = register_with(an_item("One", url="https://press.example/1", guid="2026-11-22"))
    other = an_item("Two", url="https://press.example/2", guid="2026-11-22")
    assert recognised(register, other) == 0
    assert [key.kind for key in register.newly_shared] == [KeyKind.GUID]
    same_title = an_item("One", url="https://press.example/3", guid="2026-11-22", text="other")
    assert recognised(register, same_title) == 0


def test_a_guid_is_enough_where_there_is_no_address() -> None:
    register = register_with(without_address("One", guid="g"))
    assert recognised(register, without_address("One, corrected", guid="g")) == 1


def without_address(title: str, guid: str = "") -> Item:
    """An item whose address gives no key."""
    return an_item(title, url="", guid=guid)


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        (Stated(day=date(2026, 11, 22), zone="Asia/Almaty"), "the text of the release", 1),
        (Stated(day=date(2026, 11, 23), zone="Asia/Almaty"), "the text of the release", 0),
        (None, "the text of the release", 0),
        (Stated(day=date(2026, 11, 22), zone="Asia/Almaty"), "", 0),
    ],
    ids=["moved site", "another day: a serial", "no day", "only a title"],
)
def test_equal_text_at_another_address_needs_a_body_and_the_same_day(
    published: Stated | None, text: str, expected: int
) -> None:
    register = register_with(an_item("Exchange rates", url="https://press.example/1", text=text))
    again = an_item("Exchange rates", url="https://new.example/1", text=text, published=published)
    assert recognised(register, again) == expected


def test_equal_text_of_another_publisher_is_an_item_of_its_own() -> None:
    key = ItemKey(kind=KeyKind.TEXT, scope="", key="same")
    register = register_with(an_item(url="", keys=(key,)))
    assert recognised(register, an_item(url="", keys=(key,), source="agency")) == 0


def test_identity_is_the_strongest_key_that_is_free() -> None:
    register = register_with(an_item(guid="g"))
    _, identity = register.enter(an_item(native="7", guid="g"))
    assert identity == "native press 7"
    _, identity = register.enter(an_item("Two", guid="h"))
    assert identity == "guid press h"


def test_identity_without_a_free_key_is_the_content() -> None:
    item = an_item(guid="g")
    _, identity = register_with(item).enter(item)
    assert identity == f"content press {item.content_hash}"


def test_keys_stay_with_their_first_holder() -> None:
    register = register_with(an_item(guid="g"))
    first = register.holders[ItemKey(kind=KeyKind.GUID, scope="press", key="g")]
    register.add_keys(
        Known(id=2, source="press", title="", day=None, content_hash="", version=1), an_item(guid="g").keys
    )
    assert register.holders[ItemKey(kind=KeyKind.GUID, scope="press", key="g")] is first
