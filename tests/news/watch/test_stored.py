"""An item's words come out of their packing as they went in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.watch.indexed import IndexedItem, index_item
from news.watch.stored import TOKENISER, Sought, pack, unpack
from news.watch.tokens import key_number, keys_of, name_keys_of, token_of
from tests.news.watch import chance as sample
from tests.news.watch.items import item

# More than a byte takes: an endless word, and words far apart.
_ODD = ("", "x" * 70 + " y", "a" + " . . . " * 20 + "b", "…… Ү", "㈠ ½ don't U.N. a\u00adb")


def _random(seed: int) -> IndexedItem:
    chance = random.Random(seed)
    title, lead, text = (sample.text(chance, count) + chance.choice(_ODD) for count in (4, 6, 15))
    tags = tuple(chance.choice(_ODD) for _ in range(chance.randint(0, 2)))
    return index_item(item(title=title, lead=lead, text=text, tags=tags))


@given(st.integers(min_value=0, max_value=2**32))
def test_what_is_unpacked_is_what_was_packed(seed: int) -> None:
    indexed = _random(seed)
    again = unpack(indexed.item, pack(indexed))
    assert (again.spellings, again.labels) == (indexed.spellings, indexed.labels)
    for field, given_ in zip(again.fields, indexed.fields, strict=True):
        assert (field.name, field.by_default, field.places) == (given_.name, given_.by_default, given_.places)
        assert tuple(field.words.raw) == given_.words.raw
        assert tuple(field.words.starts) == given_.words.starts
        assert field.words.written == given_.words.written


@given(st.integers(min_value=0, max_value=2**32), st.booleans())
def test_of_what_is_sought_every_place_is_known_and_nothing_else(seed: int, by_beginning: bool) -> None:
    indexed = _random(seed)
    chance = random.Random(seed)
    some = sorted(indexed.spellings)[:: chance.randint(1, 5)]
    tokens = {token_of(raw).token for raw in some}
    again = unpack(indexed.item, pack(indexed), Sought(tokens, ["па"] if by_beginning else []))

    def sought(raw: str) -> bool:
        return token_of(raw).token in tokens or (by_beginning and token_of(raw).form.startswith("па"))

    for field, whole in zip(again.fields, indexed.fields, strict=True):
        assert field.places == {raw: places for raw, places in whole.places.items() if sought(raw)}


def test_words_of_another_text_are_refused() -> None:
    indexed = index_item(item(title="Flood in the north", text="Water rises."))
    packed = pack(indexed)
    for wrong, note in (
        (item(title="Flood", text="Water rises."), packed),
        (item(title="Flood in the north", text="Water rises.", tags=("a",)), packed),
        (indexed.item, packed[:-3]),
        (indexed.item, packed + b"\0"),
    ):
        with pytest.raises(ValueError, match="these words are"):
            unpack(wrong, note)


def test_an_abbreviation_is_another_token_than_the_word_and_accents_are_kept() -> None:
    assert token_of("WHO").token != token_of("who").token == token_of("Who").token
    assert token_of("Toqaevtyń").token != token_of("Toqaevtyn").token
    assert token_of("U.N.").token == token_of("UN").token


def test_a_change_of_what_words_are_or_answer_is_a_new_index() -> None:
    """If this fails, stored indexes no longer mean what watches mean: raise TOKENISER, then note the number it gives.

    Until a release has shipped an index of this TOKENISER, the number alone is enough.
    """
    spellings = sorted(
        {*sample.READ, *sample.WATCHED, "Toqaevtyń", "Абдрахманова", "министрлігінің", "children", "МИДа"}
    )
    answered = [f"{token_of(raw)} {sorted(keys_of(raw))} {sorted(name_keys_of(raw))}" for raw in spellings]
    assert (TOKENISER, key_number("\n".join(answered))) == (1, 162_288_773_262_530)
