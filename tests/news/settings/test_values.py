"""Lengths of time as people write them, there and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.settings.values import parse_duration, written_duration
from tests.news.settings.text import CONTACT, read


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90 s", timedelta(seconds=90)),
        ("20 min", timedelta(minutes=20)),
        ("20min", timedelta(minutes=20)),
        ("1 h 30 min", timedelta(minutes=90)),
        ("1.5 hours", timedelta(minutes=90)),
        ("3 Days", timedelta(days=3)),
    ],
)
def test_a_length_of_time_is_read_as_written(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@given(st.integers(min_value=1, max_value=31 * 86400))
def test_a_written_length_is_read_as_the_same(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(written_duration(length)) == length


def test_seconds_may_be_a_number_or_have_a_unit() -> None:
    crawler = read(f"{CONTACT}crawler: {{timeout: 20, deadline: 2 min, delay: '0.5'}}\n").crawler
    assert (crawler.timeout, crawler.deadline, crawler.delay) == (20.0, 120.0, 0.5)


def test_networks_may_be_a_list_or_a_line() -> None:
    as_list = read(f"{CONTACT}crawler: {{allow_networks: [10.0.0.0/8, '::1/128']}}\n").crawler.allow_networks
    as_line = read(f"{CONTACT}crawler: {{allow_networks: '10.0.0.0/8, ::1/128'}}\n").crawler.allow_networks
    assert as_list == as_line
    assert [str(network) for network in as_list] == ["10.0.0.0/8", "::1/128"]


def test_the_port_follows_the_security() -> None:
    assert read(f"{CONTACT}smtp: {{security: tls}}\n").smtp.port == 465
    assert read(f"{CONTACT}smtp: {{security: tls, port: 1465}}\n").smtp.port == 1465
    assert read(CONTACT).smtp.port == 587


def test_a_mail_server_makes_mail_the_default() -> None:
    smtp = "smtp: {host: mail.example.org, sender: desk@example.org}\n"
    assert read(f"{CONTACT}{smtp}").default_channel == "email"
    assert read(f"{CONTACT}{smtp}delivery: {{channel: folder}}\n").default_channel == "folder"
