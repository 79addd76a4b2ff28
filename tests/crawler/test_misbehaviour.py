"""Each misbehaviour of a site has its name in the Visit (P5, P16, P18), by real requests to a real server."""

from __future__ import annotations

from typing import Any

import pytest

from news.visit import Reason, Validators, VisitResult
from tests.crawler.crawls import errand, json_errand, visit, visited
from tests.fakesite import FakeSite

R, V = Reason, VisitResult


@pytest.mark.parametrize(
    ("path", "result", "reason"),
    [
        ("/feed", V.OK, R.NONE),
        ("/bare_gzip", V.OK, R.NONE),
        ("/feed?entries=0", V.EMPTY, R.NO_ENTRIES),
        ("/empty", V.EMPTY, R.NO_ENTRIES),
        ("/challenge", V.SOFT, R.CHALLENGE),
        ("/challenge?status=403", V.SOFT, R.CHALLENGE),
        ("/challenge?status=503", V.SOFT, R.CHALLENGE),
        ("/firewall", V.SOFT, R.CHALLENGE),
        ("/webpage", V.HARD, R.NOT_A_FEED),
        ("/text?words=hello", V.HARD, R.NOT_A_FEED),
        ("/status?code=401", V.REFUSED, R.FORBIDDEN),
        ("/status?code=403", V.REFUSED, R.FORBIDDEN),
        ("/status?code=404", V.HARD, R.NOT_FOUND),
        ("/status?code=410", V.HARD, R.GONE),
        ("/status?code=418", V.HARD, R.HTTP_ERROR),
        ("/status?code=429", V.SOFT, R.THROTTLED),
        ("/status?code=500", V.SOFT, R.SERVER_ERROR),
        ("/status?code=304", V.HARD, R.HTTP_ERROR),
        ("/truncated", V.SOFT, R.TRUNCATED),
        ("/dropped", V.SOFT, R.TRUNCATED),
        ("/reset", V.SOFT, R.CONNECTION),
        ("/never", V.SOFT, R.TIMEOUT),
        ("/trickle", V.SOFT, R.TIMEOUT),
        ("/bomb", V.HARD, R.TOO_LARGE),
        ("/huge", V.HARD, R.TOO_LARGE),
        ("/endless", V.HARD, R.TOO_LARGE),
        ("/circle", V.HARD, R.HTTP_ERROR),
        ("/redirect?to=/feed", V.OK, R.NONE),
        ("/redirect?to=http://example.org/feed", V.REFUSED, R.ADDRESS),
        ("/redirect?to=file:///etc/passwd", V.REFUSED, R.ADDRESS),
        ("/redirect?to=data:text/xml,%3Crss/%3E", V.REFUSED, R.ADDRESS),
        ("/redirect?to=http://%5Bx/", V.REFUSED, R.ADDRESS),
        ("/redirect?to=//%5B", V.REFUSED, R.ADDRESS),
        ("/redirect?to=http://127.0.0.2:99999/feed", V.REFUSED, R.ADDRESS),
        ("/forbidden", V.REFUSED, R.ROBOTS),
    ],
)
def test_a_site_misbehaves(in_loop: Any, site: FakeSite, path: str, result: Any, reason: Any) -> None:
    response = in_loop(visit(site.url(path)))

    assert (response.visit.result, response.visit.reason) == (result, reason), response.visit
    assert (response.validators is not None) == (result is V.OK)
    assert response.visit.entries == len(response.drafts)


def test_what_a_broken_page_holds_is_saved_but_the_page_is_read_again(in_loop: Any, site: FakeSite) -> None:
    response = in_loop(visit(site.url("/dropped")))

    assert len(response.drafts) >= 4
    assert response.validators is None


@pytest.mark.parametrize(("said", "seconds"), [("120", 120), ("Sun, 22 Nov 2026 08:10:00 GMT", 600), ("soon", None)])
def test_retry_after_in_both_forms(in_loop: Any, site: FakeSite, said: str, seconds: float | None) -> None:
    response = in_loop(visit(site.url(f"/status?code=503&retry_after={said.replace(' ', '+')}")))

    assert response.visit.reason is R.SERVER_ERROR
    assert response.visit.retry_after == seconds


def test_nobody_listens(in_loop: Any) -> None:
    response = in_loop(visit("http://127.0.0.9:9/feed"))

    assert (response.visit.result, response.visit.reason) == (V.SOFT, R.CONNECTION)


def test_a_name_that_does_not_exist(in_loop: Any) -> None:
    response = in_loop(visit("http://nowhere.invalid/feed"))

    assert (response.visit.result, response.visit.reason) == (V.SOFT, R.DNS)


@pytest.mark.parametrize(
    "url", ["data:text/xml,<rss/>", "file:///etc/passwd", "ftp://127.0.0.2/feed", "s3://bucket/feed"]
)
def test_only_http_and_https_are_fetched(in_loop: Any, url: str) -> None:
    response = in_loop(visit(url))

    assert (response.visit.result, response.visit.reason) == (V.REFUSED, R.ADDRESS)


def test_the_same_etag_is_not_modified(in_loop: Any, site: FakeSite) -> None:
    first = in_loop(visit(site.url("/validated")))
    assert first.validators is not None
    again = in_loop(visit(site.url("/validated"), validators=first.validators))

    assert again.visit.result is V.NOT_MODIFIED
    assert again.validators is None
    assert site.asked("/validated")[1].headers["if-none-match"] == '"one"'


def test_the_same_bytes_are_not_modified(in_loop: Any, site: FakeSite) -> None:
    first = in_loop(visit(site.url("/feed")))
    assert first.validators is not None
    again = in_loop(visit(site.url("/feed"), validators=Validators(body_hash=first.validators.body_hash)))

    assert again.visit.result is V.NOT_MODIFIED
    assert not again.drafts


def test_a_json_api_is_asked_in_its_language(in_loop: Any, site: FakeSite) -> None:
    body = {"query": "news", "variables": {"lang": "{language}", "first": 5}}
    asked = json_errand(
        site.url("/graphql?lang={language}"),
        language="kk",
        method="POST",
        body=body,
        headers={"Accept-Language": "{language}"},
    )
    (response,) = in_loop(visited([asked])).responses

    (seen,) = site.asked("/graphql")
    assert (seen.method, seen.path, seen.headers["accept-language"]) == ("POST", "/graphql?lang=kk", "kk")
    assert seen.headers["content-type"] == "application/json"
    assert '"lang": "kk"' in response.drafts[0].title


def test_a_web_page_from_a_json_api(in_loop: Any, site: FakeSite) -> None:
    (response,) = in_loop(visited([json_errand(site.url("/webpage"))])).responses

    assert (response.visit.result, response.visit.reason) == (V.HARD, R.NOT_JSON)


def test_we_say_who_we_are(in_loop: Any, site: FakeSite) -> None:
    in_loop(visit(site.url("/feed")))

    headers = site.asked("/feed")[0].headers
    assert headers["user-agent"] == "presswatch/0.1 (+mailto:press@example.org)"
    assert not {"cookie", "referer"} & set(headers)


@pytest.mark.parametrize(
    ("status", "reason"), [(404, R.NONE), (403, R.NONE), (503, R.SERVER_ERROR), (429, R.THROTTLED)]
)
def test_what_a_missing_robots_txt_means(in_loop: Any, site: FakeSite, status: int, reason: Reason) -> None:
    site.robots_status = status

    assert in_loop(visit(site.url("/feed"))).visit.reason is reason


def test_two_sources_of_one_host_are_both_read(in_loop: Any, site: FakeSite) -> None:
    shelf = in_loop(visited([errand(site.url("/feed")), errand(site.url("/feed?entries=2"))]))

    assert [response.visit.result for response in shelf.responses] == [V.OK, V.OK]


def test_robots_txt_that_leads_to_another_site_is_like_none(in_loop: Any, site: FakeSite) -> None:
    site.robots_status, site.robots_headers = 302, {"Location": "http://127.1.9.1/robots.txt"}

    assert in_loop(visit(site.url("/feed"))).visit.reason is R.NONE


def test_robots_txt_is_asked_for_once(in_loop: Any, site: FakeSite) -> None:
    for _ in range(3):
        in_loop(visit(site.url("/feed")))

    assert len(site.asked("/robots.txt")) == 1


def test_robots_txt_counts_after_a_redirect_too(in_loop: Any, site: FakeSite) -> None:
    response = in_loop(visit(site.url("/redirect?to=/forbidden")))

    assert (response.visit.result, response.visit.reason) == (V.REFUSED, R.ROBOTS)
    assert not site.asked("/forbidden")
