"""When a recipient's mail server has refused often enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.subscription import Refusal, is_about_the_recipient, why_pause

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def refusals(*codes: str, apart: timedelta = timedelta(days=1)) -> list[Refusal]:
    """One refusal a day with these codes, the last one now."""
    return [
        Refusal(parcel=str(number), code=code, said="no", at=NOW - apart * (len(codes) - 1 - number))
        for number, code in enumerate(codes)
    ]


@pytest.mark.parametrize(
    ("codes", "pauses"),
    [
        ([], False),
        (["5.1.1"], False),
        (["5.1.1", "5.1.10"], True),
        (["5.1.1", "5.2.2"], False),
        (["5.2.2", "550"], False),
        (["5.2.2", "550", "5.2.1"], True),
    ],
)
def test_two_unknown_mailboxes_or_three_refusals(codes: list[str], pauses: bool) -> None:
    assert bool(why_pause(refusals(*codes), now=NOW)) is pauses


def test_old_refusals_say_nothing() -> None:
    assert not why_pause(refusals("5.1.1", "5.1.1", "5.1.1", apart=timedelta(days=31)), now=NOW)


@pytest.mark.parametrize("code", ["5.1.1", "5.2.2", "5.4.1", "5.0.0", "550", "551", "553"])
def test_codes_of_the_recipient(code: str) -> None:
    assert is_about_the_recipient(code)


@pytest.mark.parametrize("code", ["4.2.2", "450", "5.7.1", "5.3.4", "5.5.2", "5.6.0", "523", "552", "554", "", "2.0.0"])
def test_codes_of_the_message_the_policy_or_nobody(code: str) -> None:
    assert not is_about_the_recipient(code)
