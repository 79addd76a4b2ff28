"""From bytes to bytes that a reader can take, and to text: gzip without a header, byte order marks, charsets.

What the bytes prove goes before what header and page declare: a byte order mark, the zero bytes of UTF-16, valid UTF-8
(text in another charset is hardly ever that by accident, while headers are often a server's default). Only then comes
the declaration, and it has to fit the letters (`crawler.read.charset`).
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass, replace

from crawler.read.charset import charset_of, known
from crawler.read.mojibake import without_mojibake
from crawler.read.page import Page
from news.errors import Unreadable
from news.visit import Reason

# A 5 MB body (the default download limit) that unpacks to more than this is a bomb or a mistake, never a feed.
LARGEST = 25_000_000
_GZIP = b"\x1f\x8b"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# The Encoding Standard looks for it in the first 1,024 bytes; pages with long comments have it later.
_IN_PAGE = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)|<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_HEAD = 4_096
REPAIRED = "doubly encoded letters were repaired"
UTF_8_XML = "application/xml; charset=utf-8"
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def unpacked(page: Page) -> tuple[bytes, bool]:
    """The body, gunzipped where it starts 1f 8b, and whether the gzip stream broke off.

    UN News has sent such bodies without a Content-Encoding header. Raises Unreadable: TOO_LARGE for a bomb,
    TRUNCATED where nothing could be unpacked.
    """
    if not page.body.startswith(_GZIP):
        return page.body, False
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        body = unpack.decompress(page.body, LARGEST)
        if not unpack.eof and unpack.unconsumed_tail:
            raise Unreadable(Reason.TOO_LARGE, f"a gzip body that unpacks to more than {LARGEST} bytes")
    except zlib.error as error:
        raise Unreadable(Reason.TRUNCATED, f"a damaged gzip body: {error}") from error
    if not body:
        raise Unreadable(Reason.TRUNCATED, "a gzip body that holds nothing")
    return body, not unpack.eof


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A body as text: `charset` is the one it was read in, `doubt` says in words why that may be wrong (else empty).

    sure: whether some charset fits the letters at all.
    """

    text: str
    charset: str
    doubt: str = ""
    sure: bool = True


def decoded(body: bytes, content_type: str, *, repaired: bool = True) -> Decoded:
    """The text of an unpacked body of any kind; damaged places become U+FFFD, so that they are seen, and are told.

    repaired: doubly encoded text is undone; not so for who keeps little of a large page and does it there.
    """
    found = _read(body, content_type)
    if not repaired:
        return found
    # Before markup is cleaned: that drops control signs, which are letters here.
    sound = without_mojibake(found.text)
    if sound == found.text:
        return found
    return replace(found, text=sound, doubt="; ".join(filter(None, (found.doubt, REPAIRED))))


def text_of(body: bytes, content_type: str) -> str:
    """The text of a JSON or HTML body (see `decoded`)."""
    return decoded(body, content_type).text


def xml_of(body: bytes, content_type: str) -> tuple[bytes, str]:
    """An XML body and the content type under which its letters come out right.

    feedparser reads a body without a declared charset as Latin-1 and trusts a wrong declaration, so a body that is not
    in the charset it declares is told to it in the header, which it believes first, if need be as UTF-8.
    """
    if body.isascii() and not _utf_16_without_mark(body):
        return body, content_type  # seven-bit charsets look like this too
    found = decoded(body, content_type)
    if found.charset == "utf-8" and not found.doubt:
        return body, UTF_8_XML
    if found.sure and (found.doubt or found.charset.startswith("utf-")):
        return found.text.encode("utf-8", "replace"), UTF_8_XML
    return body, content_type


def _read(body: bytes, content_type: str) -> Decoded:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _told(body, encoding)
    unmarked = _utf_16_without_mark(body)
    if unmarked:
        return _told(body, unmarked)
    try:
        return Decoded(text=body.decode("utf-8"), charset="utf-8")
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf_8(body):
        return _told(body, "utf-8")
    declared = _declared(body, content_type)
    charset, fits = charset_of(body, declared)
    if not fits:
        return replace(_told(body, charset, f"no charset fits its letters; read as {charset}"), sure=False)
    if known(declared) == charset:
        return _told(body, charset)
    return _told(body, charset, f"declared as {declared or 'nothing'}, written in {charset}")


def _declared(body: bytes, content_type: str) -> str:
    """The charset that the header names, else the page itself; empty where neither does."""
    named = _CHARSET.search(content_type)
    if named and known(named[1]):
        return named[1]
    found = _IN_PAGE.search(body[:_HEAD])
    return (found[1] or found[2]).decode("ascii") if found else ""


def _utf_16_without_mark(body: bytes) -> str:
    # Markup and JSON are mostly ASCII, and every second byte of ASCII in UTF-16 is zero.
    head = body[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    most = len(head) // 2
    if len(head) < 4 or 5 * max(even, odd) < most or 20 * min(even, odd) > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_damaged_utf_8(body: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8, and some places are broken."""
    text = body.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - lost >= 5 * lost


def _told(body: bytes, charset: str, doubt: str = "") -> Decoded:
    text = body.decode(charset, "replace")
    lost = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    if lost > 0:
        doubt = "; ".join(filter(None, (doubt, f"{lost} damaged place{'s' if lost > 1 else ''} in {charset}")))
    return Decoded(text=text, charset=charset, doubt=doubt)
