"""Doubly encoded text: undone where it is certain, left alone where it could be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.mojibake import without_mojibake

SOUND = [
    "Қазақстан Республикасы Сыртқы істер министрлігі мәлімдеме жасады – «Ұлттық» № 5, Һ және И",
    "Министерство иностранных дел Казахстана: «Россия и Иран» — 2026 № 7… Ещё ёлка, Р., С…",
    "The UN’s “regional” office – 5 years",
]


def as_windows_1252(text: str) -> str:
    """UTF-8 read as browsers read windows-1252, where five bytes are control signs."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("text", SOUND)
def test_utf_8_that_was_read_as_something_else_is_undone(text: str) -> None:
    assert without_mojibake(text.encode().decode("cp1251", "replace")) == text
    assert without_mojibake(text.encode().decode("latin-1")) == text
    assert without_mojibake(as_windows_1252(text)) == text


def test_only_the_broken_part_of_a_text_is_touched() -> None:
    broken = "Сыртқы істер".encode().decode("cp1251", "replace")
    assert without_mojibake(f"Астана. {broken} және С…, Т»") == "Астана. Сыртқы істер және С…, Т»"


def test_kazakh_letters_that_went_through_windows_1251_come_back() -> None:
    assert without_mojibake("Ќазаќстан Республикасы Сыртќы істер") == "Қазақстан Республикасы Сыртқы істер"


@pytest.mark.parametrize(
    "text",
    [
        *SOUND,
        "С… Р. «СССР» ТІСІ ЖЕТІСІ",
        "10°С–15°С, Р±5 Т±3 У±1; С–300, Р–5, Т–34",
        "Україна: Її сіль, РІВНІ, є і ґанок",
        "Љубљана, куќа, Ѓорѓи",
        "São Paulo, Ã la carte, Árvíztűrő",
        "â€™â€Š",
        "",
    ],
)
def test_what_could_be_meant_stays(text: str) -> None:
    assert without_mojibake(text) == text


@given(st.text(alphabet="РСТУВГв‚ЂЃ„…†‡€‰°±Ііѓ–—»«ÐÑÂÃâ\x80\x98\xa0\xb0 a", max_size=40))
def test_undoing_never_fails(text: str) -> None:
    assert isinstance(without_mojibake(text), str)
