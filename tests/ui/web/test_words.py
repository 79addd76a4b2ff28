"""The words of the pages: each language has all of them, with the same places to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from scheduler.tokens import Purpose
from ui.web.refusals import STATUSES, Refusal
from ui.web.words import WORDS, Said, Words, words_for
from ui.web.words.english import ENGLISH

_PLACE = re.compile(r"\{\w+\}")


def _said(words: Words) -> dict[str, Said]:
    return {**words.pages, **words.refusals}


def _texts(words: Words) -> Iterator[str]:
    for said in _said(words).values():
        yield from (said.title, *said.lines, said.button, said.label)
    hours = words.hours
    yield from (hours.title, *hours.lines, hours.quiet_hours, hours.away_until, *hours.kinds.values())
    yield from (words.ask, words.ask_nobody)
    for letter in words.stop_letters.values():
        yield from (letter.subject, *letter.before, *letter.after)


@pytest.mark.parametrize("words", WORDS.values(), ids=lambda words: words.language)
def test_a_language_has_every_word_with_the_same_places(words: Words) -> None:
    assert set(_said(words)) == set(_said(ENGLISH))
    assert set(words.hours.kinds) == set(ENGLISH.hours.kinds)
    assert set(words.stop_letters) == {False, True}
    for name, said in _said(words).items():
        same = _said(ENGLISH)[name]
        assert (bool(said.button), bool(said.label)) == (bool(same.button), bool(same.label)), name
        assert _places(said) == _places(same), name
    for kind, text in words.hours.kinds.items():
        assert set(_PLACE.findall(text)) == set(_PLACE.findall(ENGLISH.hours.kinds[kind]))


@pytest.mark.parametrize("words", WORDS.values(), ids=lambda words: words.language)
def test_words_are_text_that_needs_no_escaping(words: Words) -> None:
    assert not [text for text in _texts(words) if re.search("[<>&\"']", text)]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_word_is_left_in_another_language(language: str) -> None:
    text = " ".join(_PLACE.sub("", one) for one in _texts(WORDS[language]))
    assert set(re.findall("[A-Za-z]+", text)) <= {"presswatch"}


def test_every_refusal_has_words_and_a_status() -> None:
    assert {one.value for one in Refusal} == set(ENGLISH.refusals)
    assert set(STATUSES) == set(Refusal)


def test_the_first_language_that_there_are_words_in_is_taken() -> None:
    assert [words_for(*asked).language for asked in (("fr", "kk"), ("de",), ())] == ["kk", "en", "en"]


def test_each_purpose_is_signed_differently() -> None:
    assert len({one.value for one in Purpose}) == len(Purpose)


def _places(said: Said) -> set[str]:
    return {place for text in (said.title, *said.lines, said.button) for place in _PLACE.findall(text)}
