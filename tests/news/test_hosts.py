"""Hosts in one spelling, and those that no browser would take."""

from __future__ import annotations

import pytest

from news.hosts import is_literal_address, normal_host, without_www


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Example.KZ", "example.kz"),
        ("example.kz.", "example.kz"),
        ("ex%61mple.kz", "example.kz"),
        ("Ｇｏ.com", "go.com"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("0x7f.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("[0:0::1]", "[::1]"),
    ],
)
def test_a_host_has_one_spelling(written: str, normal: str) -> None:
    assert normal_host(written) == normal


@pytest.mark.parametrize(
    "written",
    ["", ".", "a..kz", "a b.kz", "a%20b.kz", "256.1.1.1", "1.2.3.4.5", "0xg.1.1.0x", "[::1", "[1::2::3]", "%ff.kz",
     "a" * 64 + ".kz", "a<b.kz", "%00.kz"],
)  # fmt: skip
def test_a_host_that_cannot_be_is_none(written: str) -> None:
    assert normal_host(written) is None


def test_addresses_are_told_from_names() -> None:
    assert is_literal_address("127.0.0.1")
    assert is_literal_address("[::1]")
    assert not is_literal_address("example.kz")


def test_www_is_dropped_only_before_a_name() -> None:
    assert without_www("www.example.kz") == "example.kz"
    assert without_www("www.kz") == "www.kz"
