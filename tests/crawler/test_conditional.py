"""Validators: what is kept of an answer, and what the next request says."""

from __future__ import annotations

from scrapy import Request

from crawler.middlewares.conditional import Conditional, condition, new_validators
from crawler.verdict import body_hash
from news.visit import Validators

KNOWN = Validators(etag='W/"a"', last_modified="Tue, 03 Nov 2026 08:00:00 GMT", body_hash="f00d")


def test_a_condition_says_only_what_is_known() -> None:
    assert condition(Validators()) == {}
    assert condition(Validators(etag='"a"', body_hash="f00d")) == {"If-None-Match": '"a"'}
    assert condition(KNOWN) == {"If-None-Match": KNOWN.etag, "If-Modified-Since": KNOWN.last_modified}


def test_a_get_is_conditional_and_a_post_is_not() -> None:
    get = Request("https://example.org/feed", meta={"validators": KNOWN})
    post = Request("https://example.org/feed", method="POST", meta={"validators": KNOWN})
    robots = Request("https://example.org/robots.txt")
    for request in (get, post, robots):
        Conditional().process_request(request)

    assert get.headers["If-None-Match"] == b'W/"a"'
    assert "If-None-Match" not in post.headers
    assert "If-None-Match" not in robots.headers


def test_what_is_kept_of_an_answer() -> None:
    assert new_validators({"etag": '"b"'}, b"body") == Validators(etag='"b"', body_hash=body_hash(b"body"))


def test_validators_that_are_noise_are_not_kept() -> None:
    kept = new_validators({"etag": "x" * 5_000, "last-modified": "Tue\r\nX-Injected: yes"}, b"body")

    assert kept == Validators(body_hash=body_hash(b"body"))
