"""P20: only http and https are fetched, certificates are verified, robots.txt is obeyed, and no port is opened."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import psutil
import pytest
from scrapy import Request

from crawler.middlewares.public_hosts import PublicHosts
from news.errors import Refused
from news.visit import Reason, VisitResult
from tests.crawler.crawls import Shelf, errand, visit, visited
from tests.crawler.test_certificates import certificate
from tests.fakesite import FakeSite

pytestmark = pytest.mark.usefixtures("shared_crawling")

REFUSED = (VisitResult.REFUSED, Reason.ADDRESS)
ELSEWHERE = [
    "file:///etc/passwd",
    "ftp://127.0.0.2/a",
    "s3://bucket/a",
    "data:text/xml,%3Crss/%3E",
    "gopher://127.0.0.2/",
]


def outcomes(shelf: Shelf) -> set[tuple[VisitResult, Reason]]:
    return {(one.visit.result, one.visit.reason) for one in shelf.responses}


def test_p20_no_other_scheme_is_fetched_directly_or_by_a_redirect(in_loop: Any, site: FakeSite, tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(
        "<rss version='2.0'><channel><item><title>Secret</title></item></channel></rss>", encoding="utf-8"
    )
    targets = [*ELSEWHERE, secret.as_uri()]
    urls = [*targets, *(site.url(f"/redirect?to={target.replace('%', '%25')}") for target in targets)]
    shelf = in_loop(visited([errand(url) for url in urls]))

    assert len(shelf.responses) == len(urls)
    assert outcomes(shelf) == {REFUSED}
    assert not any(response.drafts for response in shelf.responses)


@pytest.mark.parametrize("url", ELSEWHERE)
def test_p20_the_guard_alone_refuses_other_schemes(url: str) -> None:
    with pytest.raises(Refused):
        PublicHosts((), "").process_request(Request(url))


def test_p20_nothing_that_could_answer_for_other_schemes_is_there(
    in_loop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would pass the guard."""
    monkeypatch.setattr(PublicHosts, "process_request", lambda *_, **__: None)
    secret = tmp_path / "feed.xml"
    secret.write_text("<rss version='2.0'><channel><item><title>Secret</title></item></channel></rss>")
    shelf = in_loop(visited([errand(url) for url in (*ELSEWHERE, secret.as_uri())]))

    assert not any(response.drafts or response.visit.result.answered for response in shelf.responses)
    assert {one.visit.reason for one in shelf.responses} == {Reason.ADDRESS}


def test_p20_redirects_leave_neither_encryption_nor_the_site(in_loop: Any, site: FakeSite, tmp_path: Path) -> None:
    pair = certificate(tmp_path, "127.1.4.8")
    with FakeSite(host="127.1.4.8", certificate=pair) as safe, FakeSite(host="127.1.4.9") as other:
        urls = [
            safe.url(f"/redirect?to=http://127.1.4.8:{site.port}/feed"),
            site.url(f"/redirect?to={other.url('/feed')}"),
            site.url(f"/redirect?to=http://{site.host}@127.1.4.9:{other.port}/feed"),
        ]
        shelf = in_loop(visited([errand(url) for url in urls], ca_bundle=pair[0]))

        assert outcomes(shelf) == {REFUSED}
        assert not other.asked("/feed")


def test_p20_certificates_are_verified(in_loop: Any, tmp_path: Path) -> None:
    pair = certificate(tmp_path, "127.1.4.7")
    with FakeSite(host="127.1.4.7", certificate=pair) as safe:
        assert in_loop(visit(safe.url("/feed"))).visit.reason is Reason.TLS
        assert not safe.seen
        believed = in_loop(visit(safe.url("/feed"), ca_bundle=pair[0], timeout=10.0, deadline=30.0))
        assert believed.visit.reason is Reason.NONE


def test_p20_robots_txt_is_obeyed(in_loop: Any, site: FakeSite) -> None:
    site.robots = "User-agent: presswatch\nDisallow: /feed$\n\nUser-agent: *\nDisallow:\n"
    shelf = in_loop(visited([errand(site.url("/feed")), errand(site.url("/redirect?to=/feed"))]))

    assert outcomes(shelf) == {(VisitResult.REFUSED, Reason.ROBOTS)}
    assert not site.asked("/feed")


def test_p20_no_port_is_opened_while_a_crawl_runs(in_loop: Any, site: FakeSite) -> None:
    """Scrapy as shipped opens a telnet console and a remote control server, which run what they are told."""

    async def listening_meanwhile() -> set[int]:
        crawl = asyncio.ensure_future(visited([errand(site.url("/slow?seconds=0.3"))], timeout=20.0))
        while not site.asked("/robots.txt"):
            await asyncio.sleep(0.01)
        ports = listening()
        await crawl
        return ports

    before = listening()
    assert site.port in before
    assert in_loop(listening_meanwhile()) <= before


def listening() -> set[int]:
    """The ports of this process on which connections are taken."""
    return {one.laddr.port for one in psutil.Process().net_connections("tcp") if one.status == psutil.CONN_LISTEN}
