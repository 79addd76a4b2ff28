"""What Scrapy and Twisted raise, said in our own words: one table from exception to named reason."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError
from twisted.python.failure import Failure

from news.errors import Refused, SourceError, Unreachable, Unreadable
from news.visit import Reason

log = logging.getLogger(__name__)

# The first line that fits decides.
_MEANINGS: tuple[tuple[type[Exception], type[SourceError], Reason], ...] = (
    (DownloadTimeoutError, Unreachable, Reason.TIMEOUT),
    (CannotResolveHostError, Unreachable, Reason.DNS),
    (DownloadConnectionRefusedError, Unreachable, Reason.CONNECTION),
    (
        DownloadCancelledError,
        Unreadable,
        Reason.TOO_LARGE,
    ),  # cancelled at DOWNLOAD_MAXSIZE
    (IgnoreRequest, Unreadable, Reason.TOO_LARGE),  # of HttpCompression: a bomb; all other uses of it are off
    (ResponseDataLossError, Unreadable, Reason.TRUNCATED),
    (EOFError, Unreadable, Reason.TRUNCATED),  # a compressed body that breaks off
    (zlib.error, Unreadable, Reason.TRUNCATED),
    (UnsupportedURLSchemeError, Refused, Reason.ADDRESS),
    (NotSupported, Refused, Reason.ADDRESS),
    (ConnectError, Unreachable, Reason.CONNECTION),
    (DownloadFailedError, Unreachable, Reason.CONNECTION),
    (OSError, Unreachable, Reason.CONNECTION),
)


def explained(error: Exception) -> SourceError:
    """The error as a SourceError with its reason; what nobody foresaw is logged whole and is READER_FAILED.

    It is a fault of presswatch's own: to call it one of the connection would send people looking at the network.
    """
    if isinstance(error, SourceError):
        return error
    causes = list(_causes(error))
    if any(isinstance(cause, SSL.Error | VerificationError) for cause in causes):
        return Unreachable(Reason.TLS, _words(causes[-1]))
    for kind, meaning, reason in _MEANINGS:
        if isinstance(error, kind):
            return meaning(reason, _words(error))
    log.error("an unforeseen failure of a visit", exc_info=error)
    return Unreadable(Reason.READER_FAILED, f"{type(error).__name__}: {_words(error)}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies beneath it; Twisted keeps lists of Failures in `reasons`."""
    yield error
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    for reason in getattr(error, "reasons", ()):
        if isinstance(reason, Failure) and reason.value is not None:
            yield from _causes(reason.value)


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
