"""How a visit ended, decided from what came back: pure, one short rule for each thing a server can do.

An answer with status 200 is not yet success: challenge pages, maintenance pages and empty lists come with 200 too
(SOURCES.md section 0), and each of them is a fault of that source, never "no news".
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.read.page import Reading
from crawler.read.prune import lasting
from news.errors import SourceError
from news.visit import Reason, Validators, VisitResult

LONGEST_PAUSE = 86_400.0  # seconds; a server that asks for more is asked again after a day (never given up)

# What a reason means for the source. SOFT passes by itself, HARD needs a look, REFUSED is a no that we keep.
RESULTS: dict[Reason, VisitResult] = {
    Reason.NONE: VisitResult.OK,
    Reason.ADDRESS: VisitResult.REFUSED,
    Reason.API_ERROR: VisitResult.SOFT,
    Reason.CANCELLED: VisitResult.SOFT,
    Reason.CHALLENGE: VisitResult.SOFT,
    Reason.CONNECTION: VisitResult.SOFT,
    Reason.DEADLINE: VisitResult.SOFT,
    Reason.DNS: VisitResult.SOFT,
    Reason.FORBIDDEN: VisitResult.REFUSED,
    Reason.GONE: VisitResult.HARD,
    Reason.HTTP_ERROR: VisitResult.HARD,
    Reason.NO_ENTRIES: VisitResult.EMPTY,
    Reason.NOT_A_FEED: VisitResult.HARD,
    Reason.NOT_FOUND: VisitResult.HARD,
    Reason.NOT_AN_ARTICLE: VisitResult.HARD,
    Reason.NOT_A_PAGE: VisitResult.HARD,
    Reason.NOT_A_SITEMAP: VisitResult.HARD,
    Reason.NOT_JSON: VisitResult.HARD,
    Reason.NOT_STORED: VisitResult.SOFT,
    Reason.READER_FAILED: VisitResult.HARD,
    Reason.ROBOTS: VisitResult.REFUSED,
    Reason.SERVER_ERROR: VisitResult.SOFT,
    Reason.THROTTLED: VisitResult.SOFT,
    Reason.TIMEOUT: VisitResult.SOFT,
    Reason.TLS: VisitResult.SOFT,
    Reason.TOO_LARGE: VisitResult.HARD,
    Reason.TRUNCATED: VisitResult.SOFT,
    Reason.WRONG_SHAPE: VisitResult.HARD,
}

_STATUSES: dict[int, Reason] = {
    206: Reason.TRUNCATED,  # no range was asked for
    401: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    407: Reason.FORBIDDEN,
    408: Reason.TIMEOUT,
    410: Reason.GONE,
    425: Reason.THROTTLED,
    429: Reason.THROTTLED,
    451: Reason.FORBIDDEN,
}
# By kind: what a web page is where it is not what was asked for.
_INSTEAD: dict[str, Reason] = {
    "feed": Reason.NOT_A_FEED,
    "json": Reason.NOT_JSON,
    "sitemap": Reason.NOT_A_SITEMAP,
}

# Marks of firewalls that ask for a browser: header names, then words near the top of the page.
_CHALLENGE_HEADERS = ("cf-mitigated", "x-amzn-waf-action")
_CHALLENGE_WORDS = re.compile(
    r"just a moment|cf-chl|challenge-platform|attention required! \| cloudflare|awswaf|_incapsula_|ddos-guard"
    r"|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|g-recaptcha|h-captcha|sucuri_cloudproxy"
    r"|enable javascript and cookies to continue|проверка браузера|подтвердите, что вы не робот",
    re.IGNORECASE,
)
# Atomic: what lies before the root is read in one way only, else a page of comments would be read in 2^n ways.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s|<!--(?>.*?-->))*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_LOOKED_AT = 16_384  # bytes of a page that are searched for the marks above
_TITLE = re.compile(r"<title[^>]*>([^<]{0,300})", re.IGNORECASE)
_SHORT = 4_000  # bytes; a firewall's page without a title of its own is shorter than any article


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a visit ended: `result` and `reason` belong together by RESULTS; `retry_after` is seconds."""

    result: VisitResult
    reason: Reason = Reason.NONE
    detail: str = ""
    retry_after: float | None = None


OK = Verdict(result=VisitResult.OK)


def because(reason: Reason, detail: str = "", *, retry_after: float | None = None) -> Verdict:
    """The verdict that goes with a reason."""
    return Verdict(result=RESULTS[reason], reason=reason, detail=detail, retry_after=retry_after)


def of_error(error: SourceError) -> Verdict:
    """The verdict on an error that ended a step; its `reason` is a `Reason` value by contract."""
    return because(Reason(error.reason), error.detail)


def of_answer(
    *, status: int, headers: Mapping[str, str], body: bytes, kind: str, known: Validators, now: datetime
) -> Verdict:
    """The verdict on an HTTP answer before its body is read; OK means: hand it to the readers.

    headers: names in lower case. body: after content decoding. kind: the source's, or `article` for an entry's page.
    known: what the request was conditional on. now: for a Retry-After that is a date.
    """
    if status == 304:
        if known.etag or known.last_modified:
            return Verdict(result=VisitResult.NOT_MODIFIED)
        return because(Reason.HTTP_ERROR, "304 to a request that was not conditional")
    pause = retry_after(headers.get("retry-after", ""), now=now)
    beginning = _beginning(body)
    if _is_challenge(headers, beginning, status, kind):
        return because(Reason.CHALLENGE, f"{status} with a page that asks for a browser", retry_after=pause)
    if status >= 500:
        return because(Reason.SERVER_ERROR, f"{status}", retry_after=pause)
    if status in _STATUSES:
        return because(_STATUSES[status], f"{status}", retry_after=pause)
    if not 200 <= status < 300:
        return because(Reason.HTTP_ERROR, f"{status}", retry_after=pause)
    if not body.strip():
        empty = Reason.NOT_AN_ARTICLE if kind == "article" else Reason.NO_ENTRIES
        return because(empty, f"{status} with an empty body")
    if known.body_hash and known.body_hash == body_hash(body):
        return Verdict(result=VisitResult.NOT_MODIFIED, detail="the same bytes as last time")
    if kind in _INSTEAD and _HTML.match(beginning):
        return because(_INSTEAD[kind], "a web page came instead")
    return OK


def of_reading(reading: Reading, *, cut: bool = False) -> Verdict:
    """The verdict on a page that was read. `cut`: fewer bytes came than the server had announced."""
    entries = len(reading.drafts) + len(reading.links) + reading.unchanged
    if cut or reading.truncated:
        return because(Reason.TRUNCATED, f"{entries} entries could be saved of a page that breaks off")
    detail = "; ".join(part for part in (reading.note, reading.doubt) if part)
    if not entries and not reading.nested:
        return because(Reason.NO_ENTRIES, detail or "a list without entries")
    return because(Reason.NONE, detail)


def retry_after(value: str, *, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After header in either form (RFC 9110 10.2.3); None where it says nothing."""
    text = value.strip()
    if re.fullmatch(r"[0-9]{1,12}", text):
        return min(float(text), LONGEST_PAUSE)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return min(max((then - now).total_seconds(), 0.0), LONGEST_PAUSE)


def body_hash(body: bytes) -> str:
    """The digest that tells the same page again, whenever its feed was made; not all servers know better."""
    return hashlib.sha256(lasting(body)).hexdigest()[:32]


def _is_challenge(headers: Mapping[str, str], beginning: bytes, status: int, kind: str) -> bool:
    if any(name in headers for name in _CHALLENGE_HEADERS):
        return True
    if not _HTML.match(beginning):
        return False
    if status == 202:  # what ReliefWeb's firewall answers (SOURCES.md section 0)
        return True
    text = beginning.decode("utf-8", "replace")
    if kind not in _INSTEAD and status < 300 and len(beginning) >= _SHORT:
        # A site's own page may hold a captcha for its comments, or its firewall's script: only the title tells.
        text = " ".join(_TITLE.findall(text)[:1])
    return bool(_CHALLENGE_WORDS.search(text))


def _beginning(body: bytes) -> bytes:
    """The first bytes as text would see them: some servers send gzip without saying so."""
    if body[:2] != b"\x1f\x8b":
        return body[:_LOOKED_AT]
    try:
        return zlib.decompressobj(31).decompress(body, _LOOKED_AT)
    except zlib.error:
        return b""
