"""Which addresses may be dialled (P19): every spelling in the shared list, and the public ones that must stay open."""

from __future__ import annotations

import csv
from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest

from news.egress import allowed_address, literal_addresses
from tests.shared import shared

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.167.255.255",
    "192.169.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "169.253.1.1",
    "126.255.255.255",
    "128.0.0.1",
    "11.0.0.1",
    "9.255.255.255",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.254",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]
INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_dialled(address: str) -> None:
    assert allowed_address(address)


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not(address: str) -> None:
    assert not allowed_address(address)


def test_a_network_of_the_configuration_is_dialled_in_every_form() -> None:
    allow = [ip_network("127.0.0.0/8"), ip_network("fd00::/8")]

    assert allowed_address("127.0.0.2", allow)
    assert allowed_address("::ffff:127.0.0.2", allow)
    assert allowed_address("fd12::1", allow)
    assert not allowed_address("10.0.0.1", allow)
    assert not allowed_address("::1", allow)


@pytest.mark.parametrize(
    ("host", "addresses"),
    [
        ("127.0.0.1", ("127.0.0.1",)),
        ("2130706433", ("127.0.0.1",)),
        ("0x7f.1", ("127.0.0.1",)),
        ("0177.0.0.1", ("127.0.0.1", "177.0.0.1")),
        ("127.0.0.1.", ("127.0.0.1",)),
        ("１２７。０。０。１", ("127.0.0.1",)),
        ("[::1]", ("::1",)),
        ("::1", ("::1",)),
        ("010.8.8.8", ("8.8.8.8", "10.8.8.8")),
        ("example.org", ()),
        ("localhost.example.org", ()),
        ("Foo.LocalHost.", ("127.0.0.1",)),
        ("127-0-0-1.example.org", ()),
        ("қазақстан.қаз", ()),
        ("", ()),
    ],
)
def test_hosts_that_spell_an_address(host: str, addresses: tuple[str, ...]) -> None:
    assert literal_addresses(host) == addresses


def test_every_literal_of_the_shared_list() -> None:
    with shared("corpora/urls/ssrf_addresses.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    wrong = []
    for row in rows:
        try:
            host = urlsplit(row["url"]).hostname or ""
        except ValueError:
            continue  # no address at all
        addresses = literal_addresses(host)
        if addresses and all(map(allowed_address, addresses)) != (row["expected"] == "allow"):
            wrong.append(row["url"])
    assert len(rows) > 100
    assert not wrong
