"""What Scrapy and Twisted raise gets a reason; what nobody foresaw gets one too, and a place in the log."""

from __future__ import annotations

import logging
import zlib

import pytest
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
)
from twisted.internet.error import ConnectionDone, NoRouteError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.failures import explained
from crawler.verdict import of_error
from news.errors import Refused, Unreadable
from news.visit import Reason, VisitResult


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DownloadTimeoutError("20 s"), Reason.TIMEOUT),
        (CannotResolveHostError("x"), Reason.DNS),
        (DownloadConnectionRefusedError("x"), Reason.CONNECTION),
        (NoRouteError(), Reason.CONNECTION),
        (NotSupported("gopher"), Reason.ADDRESS),
        (EOFError("gzip"), Reason.TRUNCATED),
        (zlib.error("gzip"), Reason.TRUNCATED),
        (Refused(Reason.ROBOTS, "x"), Reason.ROBOTS),
    ],
)
def test_reasons(error: Exception, reason: Reason) -> None:
    assert explained(error).reason == reason


@pytest.mark.parametrize(
    ("beneath", "reason"),
    [(SSL.Error([("", "", "certificate verify failed")]), Reason.TLS), (ConnectionDone(), Reason.CONNECTION)],
)
def test_what_lies_beneath_a_failed_download(beneath: Exception, reason: Reason) -> None:
    error = DownloadFailedError("failed")
    error.__cause__ = ResponseFailed([Failure(beneath)])

    assert explained(error).reason == reason


def test_the_unforeseen_is_logged_and_has_a_reason(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        error = explained(KeyError("what"))

    assert error.reason is Reason.READER_FAILED
    assert "KeyError" in error.detail
    assert "unforeseen" in caplog.text


def test_a_verdict_on_an_error_keeps_its_words() -> None:
    verdict = of_error(Unreadable(Reason.WRONG_SHAPE, "no list at data.news"))

    assert (verdict.result, verdict.reason) == (VisitResult.HARD, Reason.WRONG_SHAPE)
    assert verdict.detail == "no list at data.news"
