"""What is remembered of spellings stays within its bounds, and what is asked for often is not worked out again."""

from __future__ import annotations

from collections import Counter

from news.text.remembered import LONGEST, Remembered
from news.text.words import word_forms
from news.watch.tokens import token_of


class _Told(Counter[str]):
    """Tells a spelling in capitals, and counts how often it was asked to."""

    def __call__(self, raw: str) -> str:
        self[raw] += 1
        return raw.upper()


def test_what_was_told_once_is_remembered() -> None:
    told = _Told()
    subject = Remembered(told, most=10)

    assert [subject["hail"], subject["hail"]] == ["HAIL", "HAIL"]
    assert told["hail"] == 1


def test_it_never_holds_more_than_its_bound() -> None:
    subject = Remembered(_Told(), most=100)

    most = max(_held_after(subject, f"word{number}") for number in range(1_000))

    assert most == 100


def test_what_is_asked_for_often_outlives_any_number_of_rare_spellings() -> None:
    told = _Told()
    subject = Remembered(told, most=100)

    for number in range(1_000):
        assert (subject["often"], subject[f"rare{number}"]) == ("OFTEN", f"RARE{number}")

    assert told["often"] == 1


def test_a_spelling_without_end_is_told_and_not_kept() -> None:
    subject = Remembered(_Told(), most=10)

    assert subject["a" * (LONGEST + 1)] == "A" * (LONGEST + 1)
    assert subject.held == 0


def test_a_word_that_is_its_own_form_is_kept_once() -> None:
    for raw in ("granary", "элеватор", "астық"):
        forms, token = word_forms(raw), token_of(raw)

        assert forms.written is forms.form
        assert token.token is token.form is forms.form


def _held_after(subject: Remembered[str], raw: str) -> int:
    assert subject[raw] == raw.upper()
    return subject.held
