"""Return addresses: a report says whose digest came back, and nobody can make one up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.delivery.verp import Returns, Ticket
from tests.scheduler.delivery.samples import numbered

KEY = b"k" * 32
RETURNS = Returns("bounces@example.org", KEY)


def ticket_of(address: str, number: int = 7) -> Ticket:
    """The ticket in the return address of parcel `number` to `address`."""
    (ticket,) = RETURNS.tickets(RETURNS.address_for(numbered(number), address))
    return ticket


@given(st.integers(1, 2**62), st.text(min_size=1, max_size=80))
def test_a_return_address_reads_back(number: int, address: str) -> None:
    ticket = ticket_of(address, number)
    assert ticket.parcel == number
    assert RETURNS.is_true(ticket, address)


def test_a_return_address_fits_an_envelope() -> None:
    made = RETURNS.address_for(numbered(2**62), "desk@example.org")
    assert made.isascii()
    assert len(made.partition("@")[0]) <= 64


@pytest.mark.parametrize(
    "forged",
    [
        Ticket(parcel=8, code=ticket_of("desk@example.org").code),
        Ticket(parcel=7, code=ticket_of("chief@example.org").code),
        Ticket(parcel=7, code="a" * 16),
    ],
)
def test_a_ticket_of_another_parcel_or_recipient_or_of_nobody_is_false(forged: Ticket) -> None:
    assert not RETURNS.is_true(forged, "desk@example.org")


def test_another_key_makes_other_tickets() -> None:
    other = Returns("bounces@example.org", b"o" * 32)
    assert not other.is_true(ticket_of("desk@example.org"), "desk@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "bounces@example.org",
        "bounces+7@example.org",
        "bounces+7-abc@example.org",
        "other+7-aaaaaaaaaaaaaaaa@example.org",
        "bounces+7-aaaaaaaaaaaaaaaa@example.com",
        f"bounces+{10**19 - 1}-aaaaaaaaaaaaaaaa@example.org",
    ],
)
def test_what_is_no_return_address_is_not_read_as_one(text: str) -> None:
    assert RETURNS.tickets(text) == []


def test_capitals_of_a_mail_server_do_not_matter() -> None:
    made = RETURNS.address_for(numbered(7), "Desk@Example.org")
    (ticket,) = RETURNS.tickets(made.upper())
    assert RETURNS.is_true(ticket, "desk@example.org")
