"""The address guard, attacked on the path that production uses (P19)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest

from crawler.loop import install_resolver
from crawler.middlewares.public_hosts import GuardedResolver
from news.visit import Reason, VisitResult
from tests.crawler.crawls import LOOPBACK, NOW, Shelf, crawling, errand, visit
from tests.fakesite import FakeSite

SPELLINGS = {
    "dotted": "127.1.9.9",
    "decimal": str(0x7F010909),
    "hex": "0x7f010909",
    "hex dotted": "0x7f.0x1.0x9.0x9",
    "octal": "0177.1.9.9",
    "short": "127.67849",
    "trailing dot": "127.1.9.9.",
    "mapped": "[::ffff:127.1.9.9]",
    "mapped hex": "[::ffff:7f01:909]",
    "compatible": "[::7f01:909]",
    "nat64": "[64:ff9b::7f01:909]",
    "6to4": "[2002:7f01:909::1]",
    "full width": "１２７.1.9.9",
    "loopback name": "localhost",
    "IPv6 loopback": "[::1]",
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_loopback_is_refused_in_every_spelling(in_loop: Any, spelling: str) -> None:
    with FakeSite(host="127.1.9.9") as site:
        response = in_loop(visit(site.url("/feed", host=spelling), allow_networks=()))

        assert (response.visit.result, response.visit.reason) == (VisitResult.REFUSED, Reason.ADDRESS), response.visit
        assert not site.seen


def answering(*addresses: str) -> Callable[[str, int], list[tuple[Any, ...]]]:
    """A name server that gives the addresses one after the other, one a look-up, the last for ever."""
    left = list(addresses)

    def look_up(_name: str, port: int) -> list[tuple[Any, ...]]:
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    return look_up


async def through(resolver: GuardedResolver, *urls: str, **changes: Any) -> Shelf:
    """Visit with a resolver in place of the one that `start` installed."""
    shelf = Shelf()
    async with crawling(**changes) as subject:
        equipment = subject._equipment
        object.__setattr__(equipment, "resolver", resolver)
        install_resolver(resolver)
        await subject.crawl([errand(url) for url in urls], shelf, now=lambda: NOW)
    return shelf


@pytest.mark.parametrize("name", ["news.example.org", "NEWS.example.org.", "жаңалық.example.org"])
def test_a_name_that_leads_inside_is_refused(in_loop: Any, site: FakeSite, name: str) -> None:
    resolver = GuardedResolver((), look_up=answering(site.host))
    (response,) = in_loop(through(resolver, site.url("/feed", host=name))).responses

    assert (response.visit.result, response.visit.reason) == (VisitResult.REFUSED, Reason.ADDRESS)
    assert site.host in response.visit.detail
    assert not site.seen


def test_a_name_that_changes_between_two_look_ups_is_refused_at_the_second(in_loop: Any, site: FakeSite) -> None:
    with FakeSite(host="127.1.8.8") as inside:
        resolver = GuardedResolver((ip_network(site.host),), look_up=answering(site.host, inside.host))
        url = f"http://news.example.org:{site.port}/feed"
        (response,) = in_loop(through(resolver, url)).responses

        assert [seen.path for seen in site.seen] == ["/robots.txt"]
        assert (response.visit.result, response.visit.reason) == (VisitResult.REFUSED, Reason.ADDRESS)
        assert not inside.seen


def test_a_redirect_inside_is_refused(in_loop: Any, site: FakeSite) -> None:
    with FakeSite(host="127.1.7.7") as inside:
        response = in_loop(visit(site.url(f"/redirect?to={inside.url('/feed')}")))

        assert (response.visit.result, response.visit.reason) == (VisitResult.REFUSED, Reason.ADDRESS)
        assert not inside.seen


def test_a_redirect_within_the_site_but_to_an_inner_address_is_refused(in_loop: Any, site: FakeSite) -> None:
    """www.example.org may redirect to intern.example.org, which is the same site and leads inside."""
    names = {"www.example.org": site.host, "intern.example.org": "127.1.6.6"}

    def look_up(name: str, port: int) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[name], port))]

    with FakeSite(host="127.1.6.6") as inside:
        resolver = GuardedResolver((ip_network(site.host),), look_up=look_up)
        url = f"http://www.example.org:{site.port}/redirect?to=http://intern.example.org:{inside.port}/feed"
        (response,) = in_loop(through(resolver, url)).responses

        assert (response.visit.result, response.visit.reason) == (VisitResult.REFUSED, Reason.ADDRESS)
        assert not inside.seen


def test_an_allowed_network_is_dialled(in_loop: Any, site: FakeSite) -> None:
    assert in_loop(visit(site.url("/feed"), allow_networks=LOOPBACK)).visit.result is VisitResult.OK


def test_the_proxy_of_the_configuration_is_dialled_wherever_it_stands(in_loop: Any, site: FakeSite) -> None:
    response = in_loop(visit("http://news.example.org/feed", proxy=site.url(""), allow_networks=()))

    assert response.visit.result is VisitResult.OK
    assert [seen.path for seen in site.seen] == ["http://news.example.org/robots.txt", "http://news.example.org/feed"]


def test_an_inner_address_is_not_asked_of_the_proxy_either(in_loop: Any, site: FakeSite) -> None:
    response = in_loop(visit("http://169.254.169.254/latest/meta-data", proxy=site.url(""), allow_networks=()))

    assert (response.visit.result, response.visit.reason) == (VisitResult.REFUSED, Reason.ADDRESS)
    assert not site.seen


def test_a_proxy_of_the_environment_is_not_used(in_loop: Any, site: FakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.1.5.5:9")

    assert in_loop(visit(site.url("/feed"), deadline=4.0)).visit.result is VisitResult.OK
