"""Texts made to keep the splitter busy: the time grows with the length of the text, whatever its lines are."""

from __future__ import annotations

from time import process_time

import pytest

from news.boilerplate import split_text

SIGNS = 500_000
MOST = 3.0  # seconds of this process; each takes about one


@pytest.mark.parametrize(
    ("opening", "line"),
    [
        ("b\n", "Справка: a\n"),
        ("b\n", "Справка:\n"),
        ("b" * 100_000 + "\n", "Справка: a\n"),
        ("b\nСправка: a\n", "Aa a a, 5 мая 5 мая 5 мая - - - - - - - - - -\n"),
        ("A" + "-a" * 30 + "- " * 20 + "\n", "A" + "-a" * 25 + " - a" * 12 + "\n"),
        ("", "Related\n"),
        ("", "жаз\n"),
        ("", "Бұған дейін " + "жаз" * 190 + "\n"),
        ("", "Buǵan deıin " + "jaz " * 140 + "\n"),
        ("", "Ранее " + "наш" * 190 + "\n"),
        ("", "Фото: а\n"),
        ("", "home > "),
        ("b\nСправка:\n", "» " * 100 + "\n"),
    ],
    ids=lambda value: value[:12].strip() or "plain",
)
def test_a_hostile_text_takes_about_a_second(opening: str, line: str) -> None:
    text = opening + line * ((SIGNS - len(opening)) // len(line))
    started = process_time()
    split_text(text, title="A title")
    assert process_time() - started < MOST
