"""Signatures: what is kept of an item, packed and unpacked, and what it is filed under."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.story import BUCKETS, Signature, seeded, sign
from news.story.entities import NAME, keys
from news.story.figures import figures
from news.story.frequencies import passage_bucket
from news.story.marks import is_collection
from news.story.signature import is_cross_key
from news.text.words import tokenise
from news.watch.indexed import index_item
from tests.news.story.samples import an_item, received

LONG = " ".join(f"Word{at} stands beside figure {at * 37} and name Surname{chr(97 + at % 26)}ov." for at in range(400))


@pytest.mark.parametrize(
    "item",
    [an_item(), an_item("Title alone"), received("kk"), an_item("Long", LONG), an_item("Daily briefing", "1 2 3 4")],
)
def test_unpacking_gives_back_all_but_what_is_filed(item: object) -> None:
    signature = sign(index_item(item))  # type: ignore[arg-type]
    packed = signature.pack()
    assert Signature.unpack(packed) == replace(signature, filed_under=(), counted=())
    assert len(packed) < 2_000


@given(st.binary(max_size=60))
def test_other_bytes_are_no_signature(packed: bytes) -> None:
    with pytest.raises(ValueError, match="signature"):
        Signature.unpack(packed)


@given(title=st.text(max_size=40), text=st.text(max_size=400))
def test_any_text_is_signed_within_bounds(title: str, text: str) -> None:
    signature = sign(index_item(an_item(title, text)))
    assert len(signature.filed_under) == len(set(signature.filed_under)) <= 45
    assert all(0 <= filed < 2**47 for filed in signature.filed_under)
    assert all(0 <= bucket < BUCKETS for bucket in signature.counted)
    assert Signature.unpack(signature.pack()).entities == signature.entities


def test_versions_in_three_languages_are_filed_under_one_key() -> None:
    filed = [
        {one for one in sign(index_item(received(one))).filed_under if is_cross_key(one)} for one in ("en", "ru", "kk")
    ]
    assert filed[0] & filed[1]
    assert filed[0] & filed[2]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Имнадзе", "Imnadze", True),
        ("Нұртілеумен", "Нуртлеу", True),
        ("Әбдірахманов", "Abdrakhmanov", True),
        ("НАТО", "NATO", True),
        ("Каримов", "Кайратов", False),
    ],
)
def test_names_are_one_in_every_script_and_form(one: str, other: str, same: bool) -> None:
    assert bool(keys(NAME, one) & keys(NAME, other)) is same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,200 people, 1 200 человек, 1.2 thousand", ["1200"] * 3),
        ("12 млн, $12 million, 12,0 миллион", ["12000000"] * 3),
        ("магнитудой 7,0 в 14:05, magnitude 7.0", ["7", "14:05", "7"]),
        ("498,12 тенге 05.03.2026", ["498.12", "5", "3", "2026"]),
        ("3,5 млрд, 3.5 billion", ["3500000000"] * 2),
        ("COVID-19, A4, 44-летний", ["19", "44"]),
        ("9" * 5_000, []),
    ],
)
def test_figures_are_comparable_across_languages(text: str, found: list[str]) -> None:
    assert list(figures(text)) == found
    assert figures(text, [word for word in tokenise(text).raw if re.search(r"\d", word)]) == found


@pytest.mark.parametrize(
    "title",
    [
        "News of the day",
        "(Weekly briefing)",
        "«Итоги недели»",
        "Айдың басты жаңалықтары",
        "Дайджест",
        "This week in UN",
    ],
)
def test_a_collection_is_known_by_how_its_title_begins_anywhere(title: str) -> None:
    assert is_collection(title, tokenise(title).forms)
    assert is_collection(f"Astana, {title}", tokenise(f"Astana, {title}").forms)
    assert not is_collection("Minister visits Almaty", tokenise("Minister visits Almaty").forms)


def test_what_every_ministry_writes_is_counted_from_the_first_day_on() -> None:
    documents, counts = seeded()
    text = "Following the meeting the parties agreed to maintain regular contacts and to continue the constructive"
    buckets = {passage_bucket(one) for one in sign(index_item(an_item("Talks", text))).passages}
    assert sum(counts.get(bucket, 0) == documents // 10 for bucket in buckets) == len(buckets)
