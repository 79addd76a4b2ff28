"""Tokens: what they prove, and that nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.tokens import Claim, Purpose, Tokens

TOKENS = Tokens(b"k" * 32)
CLAIM = Claim(recipient=12, schedule="daily", generation=1, slot="2026-11-22")


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("claim", [CLAIM, Claim(recipient=2**40, schedule="", generation=0)])
def test_a_token_says_what_was_signed(purpose: Purpose, claim: Claim) -> None:
    token = TOKENS.sign(purpose, claim)
    assert TOKENS.read(purpose, token) == claim
    assert len(token) < 110
    assert token.isascii()
    assert set(token) - set("-_.") == {sign for sign in token if sign.isalnum()}


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_of_another_purpose_is_refused(purpose: Purpose) -> None:
    token = TOKENS.sign(purpose, CLAIM)
    assert [other for other in Purpose if TOKENS.read(other, token)] == [purpose]


def test_a_token_of_another_key_is_refused() -> None:
    assert Tokens(b"K" * 32).read(Purpose.STOP, TOKENS.sign(Purpose.STOP, CLAIM)) is None


@given(st.text(max_size=200))
def test_no_text_is_a_token(text: str) -> None:
    assert TOKENS.read(Purpose.ONE_CLICK, text) is None


@given(st.data())
def test_a_token_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    token = TOKENS.sign(Purpose.ONE_CLICK, CLAIM)
    place = data.draw(st.integers(0, len(token) - 2))  # the last sign of base64 has spare bits
    sign = data.draw(st.characters(codec="ascii"))
    for other in (token[:place] + sign + token[place + 1 :], token[:place], token[:place] + token[place + 1 :]):
        assert other == token or TOKENS.read(Purpose.ONE_CLICK, other) is None


def test_the_form_of_a_page_belongs_to_its_token() -> None:
    token = TOKENS.sign(Purpose.STOP, CLAIM)
    form = TOKENS.form(token)
    assert TOKENS.is_form(token, form)
    assert not TOKENS.is_form(token + "x", form)
    assert not Tokens(b"K" * 32).is_form(token, form)
    assert not any(TOKENS.is_form(token, given) for given in ("", form[:-1], "\ud800", "форма"))
