"""The names of feeds: stable, different for each, not to be guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.feeds.secrets import FeedKind, feed_name, is_name, read_name

KEY = b"k" * 32
NAME = feed_name(FeedKind.RECIPIENT, 7, generation=0, key=KEY)


def test_a_name_says_what_it_is_of_and_keeps_the_rest_to_itself() -> None:
    read = read_name(NAME)
    assert read is not None
    assert (read.kind, read.id, len(read.signature)) == (FeedKind.RECIPIENT, 7, 32)
    assert feed_name(FeedKind.RECIPIENT, 7, generation=0, key=KEY) == NAME
    assert is_name(NAME, FeedKind.RECIPIENT, 7, generation=0, key=KEY)


@pytest.mark.parametrize(
    ("kind", "number", "generation", "key"),
    [
        (FeedKind.WATCH, 7, 0, KEY),
        (FeedKind.RECIPIENT, 8, 0, KEY),
        (FeedKind.RECIPIENT, 7, 1, KEY),
        (FeedKind.RECIPIENT, 7, 0, b"K" * 32),
    ],
)
def test_another_feed_generation_or_key_has_another_name(
    kind: FeedKind, number: int, generation: int, key: bytes
) -> None:
    other = feed_name(kind, number, generation=generation, key=key)
    assert other.partition("-")[2] != NAME.partition("-")[2]
    assert not is_name(NAME, kind, number, generation=generation, key=key)


@given(st.text(max_size=60))
def test_no_other_text_is_a_name(text: str) -> None:
    assert text == NAME or not is_name(
        text.encode(errors="ignore").decode(), FeedKind.RECIPIENT, 7, generation=0, key=KEY
    )


@pytest.mark.parametrize("text", ["", "w0-" + "a" * 32, "x1-" + "a" * 32, "w1-" + "a" * 31, "w1-" + "A" * 32, "../w1"])
def test_what_cannot_be_a_name_is_not_looked_up(text: str) -> None:
    assert read_name(text) is None
