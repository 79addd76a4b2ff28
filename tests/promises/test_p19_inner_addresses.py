"""P19: nothing that is not globally routable is dialled, however it is spelled and wherever the address comes from.

Attacked on the way that production goes: real visits in the production loop, and a note of whatever Twisted dials, made
at the last place before a socket opens. The spellings are our own and those of the shared list, where that is there.
"""

from __future__ import annotations

import csv
import socket
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from crawler.inbox import Errand
from crawler.middlewares import redirects
from crawler.middlewares.public_hosts import GuardedResolver, PublicHosts
from news.egress import literal_addresses
from news.source import ArticleRules
from news.visit import Reason, VisitResult
from tests.crawler.crawls import NOW, Shelf, crawling, errand
from tests.fakesite import FakeSite, acts, server
from tests.fakesite.sending import send
from tests.shared import ROOT

pytestmark = pytest.mark.usefixtures("shared_crawling")

OURS = [
    "http://127.8.9.1/", "http://127.8.9.1./", "http://127.526593/", "http://0x7f080901/", "http://0177.8.9.1/",
    "http://1２7.8.9.1/", "http://127｡8｡9｡1/", "http://%31%32%37.8.9.1/", "http://[::ffff:127.8.9.1]/",
    "http://[64:ff9b::7f08:901]/", "http://[2002:7f08:901::1]/", "http://[::1]/", "http://localhost/",
    "http://user:word@127.8.9.1/", "http://example.org@127.8.9.1/", "http://0/", "http://169.254.169.254/latest/",
    "http://10.1.2.3/", "http://172.31.255.255/", "http://192.168.1.1/", "http://100.64.0.1/", "http://224.0.0.251/",
    "http://255.255.255.255/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[ff02::1]/", "gopher://127.8.9.1:25/_x",
    "file:///etc/passwd", "ftp://127.8.9.1/feed", "data:text/xml,%3Crss/%3E", "javascript:alert(1)",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1",
    "100.63.255.255", "100.128.0.1", "169.253.1.1", "169.255.1.1", "126.255.255.255", "128.0.0.1", "11.0.0.1",
    "9.255.255.255", "198.17.255.255", "198.20.0.1", "223.255.255.254", "191.255.0.1", "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e", "2400:cb00:2048:1::6810:1", "::ffff:8.8.8.8", "64:ff9b::808:808",
]  # fmt: skip


@cache
def listed(expected: str) -> list[str]:
    """The addresses of the shared list that are expected to be blocked or allowed; none where it is not there."""
    file = ROOT / "corpora/urls/ssrf_addresses.tsv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8") as lines:
        return [row["url"] for row in csv.DictReader(lines, delimiter="\t") if row["expected"] == expected]


def blocked() -> list[str]:
    return list(dict.fromkeys([*OURS, *listed("block")]))


def inner_addresses() -> list[str]:
    """Every inner address that one of them spells."""
    spelled = (literal_addresses(urlsplit(url).hostname or "") for url in blocked() if url.startswith("http"))
    return list(dict.fromkeys(address for addresses in spelled for address in addresses if is_inner(address)))


def is_inner(address: str) -> bool:
    """All of the list's addresses in IPv6 carry or are an inner one; 0177.8.9.1 is 177.8.9.1 to some, which is not."""
    parsed = ip_address(address)
    return parsed.version == 6 or parsed.is_multicast or not parsed.is_global


@pytest.fixture
def dialled(shared_crawling: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:  # noqa: ARG001
    """Every address for which Twisted is about to open a socket; those outside 127.1.0.0/16 lead to a closed port."""
    from twisted.internet import reactor

    addresses: list[str] = []
    dial = reactor.connectTCP  # type: ignore[attr-defined]

    def noted(host: str, port: int, *arguments: Any, **named: Any) -> Any:
        addresses.append(host)
        return (
            dial(host, port, *arguments, **named)
            if host.startswith("127.1.")
            else dial("127.0.0.9", 9, *arguments, **named)
        )

    monkeypatch.setattr(reactor, "connectTCP", noted)
    return addresses


async def visited(errands: Sequence[Errand], *, names: dict[str, list[str]] | None = None, **changes: Any) -> Shelf:
    """What a crawl brings that has only the site's own address allowed.

    names: what each host name leads to, one address a look-up, the last for ever; other names are looked up for real.
    """

    def look_up(name: str, port: int) -> list[tuple[Any, ...]]:
        places = (names or {}).get(name.lower().rstrip("."))
        if places is None:
            return list(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
        place = places.pop(0) if len(places) > 1 else places[0]
        family = socket.AF_INET6 if ":" in place else socket.AF_INET
        rest = (0, 0) if family == socket.AF_INET6 else ()
        return [(family, socket.SOCK_STREAM, 6, "", (place, port, *rest))]

    shelf = Shelf()
    async with crawling(timeout=30.0, deadline=60.0, **changes) as subject:
        resolver = subject._equipment.resolver
        assert isinstance(resolver, GuardedResolver)
        resolver._look_up = look_up
        await subject.crawl(errands, shelf, now=lambda: NOW)
    return shelf


def only(site: FakeSite) -> dict[str, Any]:
    return {"allow_networks": (ip_network(site.host),)}


def outcomes(shelf: Shelf) -> dict[str, tuple[VisitResult, Reason]]:
    return {one.source.url: (one.visit.result, one.visit.reason) for one in shelf.responses}


def all_refused(urls: Sequence[str]) -> dict[str, tuple[VisitResult, Reason]]:
    return dict.fromkeys(urls, (VisitResult.REFUSED, Reason.ADDRESS))


def test_p19_directly(in_loop: Any, dialled: list[str]) -> None:
    shelf = in_loop(visited([errand(url) for url in blocked()], allow_networks=()))

    assert outcomes(shelf) == all_refused(blocked())
    assert dialled == []


def test_p19_the_resolver_alone_is_a_wall(in_loop: Any, dialled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the early look at the address's spelling misses."""
    monkeypatch.setattr(PublicHosts, "process_request", lambda *_, **__: None)
    urls = [url for url in blocked() if url.startswith("http:") and not {"@", "%"} & set(url)]
    shelf = in_loop(visited([errand(url) for url in urls], allow_networks=()))

    assert {reason for _, reason in outcomes(shelf).values()} <= {Reason.ADDRESS, Reason.DNS, Reason.CONNECTION}
    assert [address for address in dialled if is_inner(address)] == []


def test_p19_by_a_redirect(in_loop: Any, site: FakeSite, dialled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the rule that redirects stay within a site lets them pass."""
    monkeypatch.setattr(redirects, "site", lambda _: "one and the same")
    urls = [site.url(f"/redirect?to={quote(url, safe='')}") for url in blocked()]
    shelf = in_loop(visited([errand(url) for url in urls], **only(site)))

    assert [url for url, (result, _) in outcomes(shelf).items() if result.answered] == []
    assert set(dialled) == {site.host}
    assert {seen.path.partition("?")[0] for seen in site.seen} == {"/robots.txt", "/redirect"}


def test_p19_by_a_redirect_within_the_site(in_loop: Any, site: FakeSite, dialled: list[str]) -> None:
    """To a name of the same site that leads inside."""
    names = {f"n{number}.example.org": [address] for number, address in enumerate(inner_addresses())}
    home = f"http://www.example.org:{site.port}"
    urls = [f"{home}/redirect?to=http://{name}:{site.port}/feed" for name in names]
    shelf = in_loop(visited([errand(u) for u in urls], names={**names, "www.example.org": [site.host]}, **only(site)))

    assert outcomes(shelf) == all_refused(urls)
    assert set(dialled) == {site.host}


def test_p19_inside_a_feed(in_loop: Any, site: FakeSite, dialled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    entries = "".join(
        f"<item><title>Part {number}</title><link><![CDATA[{url}]]></link></item>"
        for number, url in enumerate(blocked())
    )
    body = f"<rss version='2.0'><channel><title>x</title>{entries}</channel></rss>".encode()
    monkeypatch.setitem(acts.ACTS, "feed", lambda stage: send(stage.handler, body))
    asked = errand(site.url("/feed"))
    shelf = in_loop(visited([replace(asked, source=replace(asked.source, articles=ArticleRules()))], **only(site)))

    (response,) = shelf.responses
    assert len(response.links) > 15
    assert {(article.result, article.reason) for article in shelf.articles} == {(VisitResult.REFUSED, Reason.ADDRESS)}
    assert {one.pending.link.key for one in shelf.articles} == {link.key for link in response.links}
    assert set(dialled) == {site.host}


def test_p19_by_a_redirect_of_robots_txt(
    in_loop: Any, site: FakeSite, dialled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of many names has its own robots.txt; all are answered by one site, whose redirect tells them apart."""
    monkeypatch.setattr(redirects, "site", lambda _: "one and the same")
    urls = blocked()
    names = {f"n{number}.example.org": [site.host] for number in range(len(urls))}
    leads = iter(urls)

    def leading(handler: BaseHTTPRequestHandler, body: bytes, **answer: Any) -> None:
        if handler.path == "/robots.txt":
            answer |= {"status": 302, "Location": quote(next(leads), safe=":/?#[]@!$&'()*+,;=%")}
        send(handler, body, **answer)

    monkeypatch.setattr(server, "send", leading)
    shelf = in_loop(visited([errand(f"http://{name}:{site.port}/feed") for name in names], names=names, **only(site)))

    assert len(site.asked("/robots.txt")) == len(urls)
    assert next(leads, None) is None
    assert set(outcomes(shelf).values()) == {(VisitResult.OK, Reason.NONE)}  # it is as if there was none
    assert set(dialled) == {site.host}


def test_p19_by_a_name(in_loop: Any, site: FakeSite, dialled: list[str]) -> None:
    names = {f"n{number}.example.org": [address] for number, address in enumerate(inner_addresses())}
    urls = [f"http://{name}:{site.port}/feed" for name in names]
    shelf = in_loop(visited([errand(url) for url in urls], names=names, **only(site)))

    assert outcomes(shelf) == all_refused(urls)
    assert dialled == []


def test_p19_by_a_name_that_changes_between_two_look_ups(in_loop: Any, site: FakeSite, dialled: list[str]) -> None:
    """The first look-up is for robots.txt and leads to the site; the second, for the feed, leads inside."""
    names = {f"n{number}.example.org": [site.host, address] for number, address in enumerate(inner_addresses())}
    urls = [f"http://{name}:{site.port}/feed" for name in names]
    shelf = in_loop(visited([errand(url) for url in urls], names=names, **only(site)))

    assert outcomes(shelf) == all_refused(urls)
    assert dialled == [site.host] * len(names)
    assert {seen.path for seen in site.seen} == {"/robots.txt"}


def test_p19_what_is_public_is_dialled(in_loop: Any, dialled: list[str]) -> None:
    """The guard is no wall against the world: each of these gets its connection, which ends at a closed port here."""
    names = {f"n{number}.example.org": [address] for number, address in enumerate(PUBLIC)}
    names["127-0-0-1.example.org"] = ["93.184.216.34"]
    literal = [f"http://[{address}]/feed" if ":" in address else f"http://{address}/feed" for address in PUBLIC]
    urls = [*literal, *(f"http://{name}/feed" for name in names), *listed("allow")]
    shelf = in_loop(visited([errand(url) for url in urls], names=names, allow_networks=()))

    assert {reason for _, reason in outcomes(shelf).values()} == {Reason.CONNECTION}
    assert {str(ip_address(address)) for address in dialled} >= {str(ip_address(address)) for address in PUBLIC}
    assert len(dialled) >= len(urls)
