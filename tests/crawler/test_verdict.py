"""The rules of the verdict, without a network."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.read.page import Reading
from crawler.verdict import LONGEST_PAUSE, OK, RESULTS, Verdict, body_hash, of_answer, of_reading, retry_after
from news.item import Draft
from news.link import Link
from news.visit import Reason, Validators, VisitResult

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>"
PAGE = b"\xef\xbb\xbf <!-- cms -->\n<!DOCTYPE html><html><body>%s</body></html>"


def judge(status: int = 200, body: bytes = FEED, *, kind: str = "feed", known: Validators | None = None) -> Verdict:
    return of_answer(status=status, headers={}, body=body, kind=kind, known=known or Validators(), now=NOW)


def test_every_reason_has_its_result() -> None:
    assert set(RESULTS) == set(Reason)
    assert [reason for reason, result in RESULTS.items() if result.answered] == [Reason.NONE]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (206, "truncated"),
        (302, "http_error"),
        (404, "not_found"),
        (407, "forbidden"),
        (408, "timeout"),
        (410, "gone"),
        (418, "http_error"),
        (425, "throttled"),
        (451, "forbidden"),
        (599, "server_error"),
    ],
)
def test_statuses(status: int, reason: str) -> None:
    assert judge(status).reason == reason


def test_a_feed_is_read() -> None:
    assert judge() is OK
    assert judge(202) is OK


@pytest.mark.parametrize("words", ["Just a moment...", "g-recaptcha", "DDoS-Guard", "Подтвердите, что вы не робот"])
@pytest.mark.parametrize("status", [200, 403, 503])
def test_challenge_pages_with_any_status(words: str, status: int) -> None:
    verdict = judge(status, PAGE % words.encode())

    assert (verdict.result, verdict.reason) == (VisitResult.SOFT, Reason.CHALLENGE)


COMMENTS = PAGE % (
    b"<p>News of the day</p>" * 300 + b'<div class="g-recaptcha"></div><script src="/challenge-platform/x.js">'
)


@pytest.mark.parametrize("kind", ["listing", "article"])
def test_a_sites_own_page_may_hold_a_captcha(kind: str) -> None:
    assert judge(body=COMMENTS, kind=kind) is OK
    titled = COMMENTS.replace(b"<body>", b"<head><title>Just a moment...</title></head><body>")
    assert judge(body=titled, kind=kind).reason is Reason.CHALLENGE
    assert judge(body=PAGE % b"<script src='/_Incapsula_Resource'></script>", kind=kind).reason is Reason.CHALLENGE
    assert judge(202, COMMENTS, kind=kind).reason is Reason.CHALLENGE


def test_an_article_without_a_byte_is_none() -> None:
    assert judge(body=b" ", kind="article").reason is Reason.NOT_AN_ARTICLE
    assert judge(body=b" ", kind="listing").reason is Reason.NO_ENTRIES


def test_a_feed_that_writes_about_captchas_is_no_challenge() -> None:
    assert judge(body=FEED.replace(b"x", b"Just a moment: g-recaptcha explained")) is OK


def test_a_web_page_is_not_what_was_asked_for() -> None:
    assert judge(body=PAGE % b"Welcome").reason is Reason.NOT_A_FEED
    assert judge(body=gzip.compress(PAGE % b"Welcome")).reason is Reason.NOT_A_FEED
    assert judge(body=PAGE % b"Welcome", kind="json").reason is Reason.NOT_JSON
    assert judge(body=PAGE % b"Welcome", kind="sitemap").reason is Reason.NOT_A_SITEMAP
    assert judge(body=PAGE % b"Welcome", kind="listing") is OK
    assert judge(body=PAGE % b"Welcome", kind="article") is OK


def test_an_xhtml_page_inside_a_damaged_gzip_is_left_to_the_reader() -> None:
    assert judge(body=b"\x1f\x8b damaged") is OK


def test_304_is_an_answer_only_to_a_condition() -> None:
    assert judge(304, b"", known=Validators(etag='"a"')).result is VisitResult.NOT_MODIFIED
    assert judge(304, b"", known=Validators(body_hash="a")).reason is Reason.HTTP_ERROR


def test_the_same_bytes() -> None:
    assert judge(known=Validators(body_hash=body_hash(FEED))).result is VisitResult.NOT_MODIFIED
    assert judge(known=Validators(body_hash=body_hash(FEED + b" "))) is OK


def test_readings() -> None:
    draft = Draft(title="One")
    assert of_reading(Reading(drafts=(draft,))) == OK
    odd = Reading(drafts=(draft,), note="not well-formed", doubt="written in koi8-r")
    assert of_reading(odd) == Verdict(result=VisitResult.OK, detail="not well-formed; written in koi8-r")
    assert of_reading(Reading(drafts=())).reason is Reason.NO_ENTRIES
    assert of_reading(Reading(drafts=(), links=(Link(url="https://example.org/1", said=draft),))) == OK
    assert of_reading(Reading(drafts=(), nested=("https://example.org/1.xml",))) == OK
    assert of_reading(Reading(drafts=(draft,), truncated=True)).reason is Reason.TRUNCATED
    assert of_reading(Reading(drafts=(draft,)), cut=True).reason is Reason.TRUNCATED


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("999999999", LONGEST_PAUSE),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 3_600.0),
        ("Sun, 22 Nov 2026 14:00:00 +0500", 3_600.0),
        ("Sun, 22 Nov 2026 09:00:00", 3_600.0),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("tomorrow", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=NOW) == seconds
