"""Headers that programs read: they arrive as plain tokens, folded at spaces, and say what was meant."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import DeliveryError
from scheduler.delivery.post import LONGEST_LINE, compose_mail
from tests.scheduler.delivery.samples import message

LONG = "https://press.example.org/u/" + "Abc-_." * 30


def written(**headers: str) -> tuple[str, bytes]:
    """One header as a parser gives it back, and the mail's bytes."""
    ((name, value),) = ((name.replace("_", "-"), value) for name, value in headers.items())
    raw = compose_mail(replace(message(), headers={name: value}), "desk@example.org", "press@example.org")
    return str(BytesParser(policy=policy.default).parsebytes(raw)[name]), raw


@pytest.mark.parametrize("length", [20, 40, 60, 74, 75, 76, 200, 900])
def test_a_long_address_to_unsubscribe_stays_one_plain_token(length: int) -> None:
    url = ("https://press.example.org/u/" + "Abc-_." * 200)[:length]
    value = f"<{url}>, <mailto:press@example.org?subject=Stop%20the%20daily%20digest>"
    read, raw = written(List_Unsubscribe=value)
    assert read == value
    assert f"<{url}>".encode() in raw
    assert b"=?" not in raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, raw.split(b"\r\n"))) <= LONGEST_LINE


def test_headers_are_folded_at_spaces_within_the_usual_width() -> None:
    _, raw = written(List_Unsubscribe=", ".join(f"<https://example.org/{number}>" for number in range(20)))
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_one_click_is_said_to_the_letter() -> None:
    read, raw = written(List_Unsubscribe_Post="List-Unsubscribe=One-Click")
    assert read == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


@pytest.mark.parametrize("name", ["List-Id", "Auto-Submitted", "List-Unsubscribe-Post"])
def test_other_letters_in_a_header_for_programs_are_refused(name: str) -> None:
    with pytest.raises(DeliveryError, match="plain ASCII"):
        compose_mail(replace(message(), headers={name: "дайджест"}), "desk@example.org", "press@example.org")


def test_other_letters_in_an_address_are_percent_encoded() -> None:
    read, _ = written(List_Unsubscribe="<mailto:desk@мысал.қаз?subject=Stop>, <https://example.org/?a==?utf-8?q?x?=>")
    assert read.isascii()
    assert read.startswith("<mailto:desk@%D0%BC")
    assert "=?" not in read


@given(st.text(max_size=300))
def test_no_value_makes_another_header_or_an_encoded_word(value: str) -> None:
    try:
        read, raw = written(List_Unsubscribe=f"<https://example.org/{value}>")
    except DeliveryError:
        return
    head = raw.partition(b"\r\n\r\n")[0]
    assert b"=?" not in head
    assert read.startswith("<https://example.org/")
    assert "bcc" not in BytesParser(policy=policy.default).parsebytes(raw)
