"""Whatever stands at the beginning of an answer is looked at in linear time: the loop does it, and everybody waits.

No clock is asked: what takes more than linear time takes minutes or years at these sizes, and the test never ends.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.read.page import Page
from crawler.read.sniff import is_challenge, root_name
from crawler.verdict import of_answer
from news.visit import Reason, Validators, VisitResult

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PIECES = ["<!---->", "<!-- a -->", "<!--", "-->", " ", "<?", "<?xml?>", "<!a ", "<!a [", "<!a []", "[ ] ", "<a:"]


def judged(body: bytes, kind: str = "feed") -> object:
    return of_answer(status=200, headers={}, body=body, kind=kind, known=Validators(), now=NOW).reason


@pytest.mark.parametrize("comments", [1, 2, 26, 2_000])
def test_a_web_page_is_known_behind_any_number_of_comments(comments: int) -> None:
    assert judged(b"<!---->" * comments + b"<html>") is Reason.NOT_A_FEED
    assert judged(b" <!-- > -->\n" * min(comments, 1_000) + b"<!DOCTYPE  html>", kind="json") is Reason.NOT_JSON


@pytest.mark.parametrize("comments", [26, 2_000])
def test_comments_before_a_feed_are_no_web_page(comments: int) -> None:
    assert judged(b"<!---->" * comments + b"<rss>") is Reason.NONE
    assert judged(b"<!--" * comments) is Reason.NONE


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("length", [50_000, 100_000])
def test_a_hundred_thousand_bytes_of_anything_are_judged_and_their_root_is_named(piece: str, length: int) -> None:
    body = (piece * (length // len(piece))).encode()

    verdict = of_answer(status=200, headers={}, body=body, kind="feed", known=Validators(), now=NOW)

    assert verdict.result in (VisitResult.OK, VisitResult.EMPTY)
    assert root_name(body) in ("", "a")


@pytest.mark.parametrize("length", [50_000, 200_000])
def test_a_page_of_one_endless_word_is_no_challenge(length: int) -> None:
    word = "технически"
    page = Page(url="https://example.org/", body=b"", fetched_at=NOW)

    assert not is_challenge(page, word * (length // len(word)))
    assert is_challenge(page, "Ведутся технические работы")
