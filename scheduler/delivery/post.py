"""A message as the bytes of one mail, built by DESIGN.md "Mail" and read back before anybody sends it.

On CPython 3.11 EmailMessage drops spaces in folded Cyrillic subjects, and an encoded word in a headline can carry line
ends that become a Bcc. So the subject is decoded first, then cleaned, then encoded by `email.header.Header`; and what
was built is parsed again and compared with what was meant.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from email import policy
from email.errors import HeaderParseError, MessageError
from email.header import Header, decode_header
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from urllib.parse import quote

from news.errors import DeliveryError
from news.message import Message

LONGEST_LINE = 998
"""Bytes of a line without its end (RFC 5322 section 2.1.1)."""

_WIDTH = 76
_LAYERS = 5
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_NOT_IN_BODY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE = re.compile(f".{{1,{_WIDTH}}}")
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_SPACES = re.compile(" {2,}")
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_OWN = frozenset(
    (
        *("bcc", "cc", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version"),
        *("reply-to", "sender", "subject", "to"),
    )
)
_STRUCTURED = frozenset(
    (
        *("auto-submitted", "list-archive", "list-help", "list-id", "list-owner", "list-post", "list-subscribe"),
        *("list-unsubscribe", "list-unsubscribe-post", "precedence"),
    )
)
"""Headers that programs read: tokens and addresses, never encoded words (RFC 2369 section 2, RFC 2919, RFC 3834)."""

# The parser takes a Content-Type apart anew each time it asks for it, dozens of times a mail.
_READING = policy.default.clone(header_factory=lru_cache(maxsize=32)(HeaderRegistry()))


def compose_mail(message: Message, address: str, sender: str) -> bytes:
    """Return the mail that brings `message` to `address`, lines ended by CRLF.

    sender: the From mailbox, with or without a display name. Raises DeliveryError (permanent) where an address cannot
    be used or where the mail, read back, is not what was meant.
    """
    headers = _headers(message, mailbox(address, "recipient"), sender)
    text, html = _body(message.text), _body(message.html)
    try:
        # Our own lines, not the generator's: it folds a long value without a space right behind the colon, where
        # parsers keep the blank of the next line, and a long Message-ID would be another one.
        lines = "".join(f"{name}: {_encoded(name, value)}\r\n" for name, value in headers.items())
        raw = lines.encode("ascii") + _parts(text, html, boundary=f"=_{_boundary(message.id)}")
        problem = _difference(raw, headers, text, html)
    except (MessageError, UnicodeError) as error:
        raise DeliveryError(f"the mail was not sent, it cannot be written down: {error}", permanent=True) from error
    if problem:
        raise DeliveryError(f"the mail was not sent, read back it is not what was meant: {problem}", permanent=True)
    return raw


def plain_subject(subject: str) -> str:
    """Return the subject as it is meant to be seen: encoded words decoded, control characters and line ends gone."""
    for _ in range(_LAYERS):
        decoded = _decoded(subject)
        if decoded == subject:
            break
        subject = decoded
    return _SPACES.sub(" ", _UNPRINTABLE.sub(" ", subject)).strip(" ")


def _headers(message: Message, address: str, sender: str) -> dict[str, str]:
    """Return the meant headers in order, values as a parser is to give them back."""
    name, envelope = parseaddr(sender)
    envelope = mailbox(envelope, "sender")
    headers = {
        "From": formataddr((plain_subject(name), envelope), charset="utf-8"),
        "To": address,
        "Subject": plain_subject(message.subject),
        "Date": format_datetime(message.date),
        "Message-ID": f"<{message.id}>",
    }
    for field, value in message.headers.items():
        if not _FIELD_NAME.fullmatch(field) or field.lower() in _OWN:
            raise DeliveryError(f"the message asks for a header that is not its to set: {field!r}", permanent=True)
        headers[field] = _tokens(field, value) if field.lower() in _STRUCTURED else plain_subject(value)
    return headers


def _tokens(name: str, value: str) -> str:
    """Return the value of a structured header: ASCII, one space between its tokens, nothing that a parser decodes."""
    value = " ".join(_UNPRINTABLE.sub(" ", value).split())
    if "<" in value and name.lower() != "list-id":
        # Addresses: what a URI cannot hold is percent-encoded, as RFC 3986 section 2.5 and RFC 6068 section 2 say.
        value = quote(value, safe="".join(map(chr, range(0x20, 0x7F)))).replace("=?", "=%3F")
    if not value.isascii() or "=?" in value:
        raise DeliveryError(f"the header {name} must be plain ASCII: {value!r}", permanent=True)
    return value


def mailbox(address: str, whose: str) -> str:
    """Return an address that fits a header and an envelope; a domain in other letters in its ASCII form."""
    local, _, domain = address.rpartition("@")
    try:
        if not local.isascii():
            raise ValueError("letters that only SMTPUTF8 carries")
        ascii_domain = domain.encode("idna").decode() if not domain.isascii() else domain
        return Address(addr_spec=f"{local}@{ascii_domain}").addr_spec
    except (HeaderParseError, UnicodeError, ValueError, IndexError) as error:
        raise DeliveryError(f"the {whose}'s address cannot be used: {address!r}", permanent=True) from error


def _encoded(name: str, value: str) -> str:
    """Return the header's value as it is written, folded; what was built from addresses and ids is so already."""
    if name in ("From", "To", "Date", "Message-ID"):
        return value
    if name.lower() in _STRUCTURED:
        return _folded(name, value)
    # Plain ASCII stays readable where it fits one line and holds nothing that a parser would decode.
    if _PLAIN.fullmatch(value) and "=?" not in value and len(name) + len(value) < 74:
        return value
    return Header(value, "utf-8", header_name=name, maxlinelen=76).encode(linesep="\r\n")


def _folded(name: str, value: str) -> str:
    """Return the value folded where it has spaces; a token longer than a line stays whole."""
    lines, room = [""], _WIDTH - len(name) - 2
    for token in value.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(token) > room:
            lines.append("")
            room = _WIDTH - 1
        lines[-1] += f" {token}" if lines[-1] else token
    return "\r\n ".join(lines)


def _decoded(value: str) -> str:
    """Return `value` with its encoded words decoded (RFC 2047); what cannot be decoded stays as it is."""
    if "=?" not in value:
        return value
    try:
        parts = decode_header(value)
        return "".join(part if isinstance(part, str) else part.decode(charset or "latin-1") for part, charset in parts)
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value


def _body(text: str) -> str:
    """Return the text with CRLF line ends, as MIME's canonical form wants it, and nothing that UTF-8 cannot carry."""
    if not _is_clean(text):
        text = _NOT_IN_BODY.sub("\ufffd", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


def _is_clean(text: str) -> bool:
    """Whether nothing of _NOT_IN_BODY stands in the text, found out faster than by looking for it."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data)


def _parts(text: str, html: str, *, boundary: str) -> bytes:
    """Return the rest of the header and the two parts: base64, which no server on the way breaks or folds anew."""
    head = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\nMIME-Version: 1.0\r\n\r\n'
    bodies = "".join(
        f'--{boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\nMIME-Version: 1.0\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_base64(content)}\r\n"
        for kind, content in (("plain", text), ("html", html))
    )
    return f"{head}{bodies}--{boundary}--\r\n".encode("ascii")


def _base64(content: str) -> str:
    """Return the text in lines of base64, each with its end: whole, because encodebytes calls anew for every line."""
    encoded = b2a_base64(content.encode(), newline=False).decode("ascii")
    return "".join(f"{line}\r\n" for line in _LINE.findall(encoded))


def _boundary(identity: str) -> str:
    """Return a boundary that is the same at each repetition; "=_" cannot occur in base64 (RFC 2045 section 6.7)."""
    return re.sub(r"[^0-9A-Za-z]", "", identity)[-40:]


def _difference(raw: bytes, headers: dict[str, str], text: str, html: str) -> str:
    """Return how the mail, parsed again, differs from what was meant; nothing where it does not."""
    if _has_longer_line(raw, LONGEST_LINE):
        return f"a line is longer than {LONGEST_LINE} bytes"
    head, _, body = raw.partition(b"\r\n\r\n")
    mail = _read(head)
    names = [*headers, "Content-Type", "MIME-Version"]
    found = sorted(mail.keys(), key=str.lower)
    if found != sorted(names, key=str.lower):
        return f"headers {found}"
    for name, meant in headers.items():
        if name != "From" and str(mail[name]) != meant:
            return f"{name} reads {str(mail[name])!r}"
    if [address.addr_spec for address in mail["From"].addresses] != [parseaddr(headers["From"])[1]]:
        return f"From reads {str(mail['From'])!r}"
    boundary = mail.get_boundary()
    if mail.get_content_type() != "multipart/alternative" or not boundary:
        return "it has other parts"
    # Taken apart as RFC 2046 section 5.1.1 says: whatever begins a line with the boundary ends a part.
    before, *parts, after = f"\r\n{body.decode('ascii')}".split(f"\r\n--{boundary}")
    if before or after != "--\r\n" or len(parts) != 2:
        return "it has other parts"
    for part, kind, meant in zip(parts, ("text/plain", "text/html"), (text, html), strict=True):
        if not part.startswith("\r\n"):
            return "it has other parts"
        head, _, body = part.removeprefix("\r\n").encode("ascii").partition(b"\r\n\r\n")
        described = _read(head)
        said = (described.get_content_type(), described.get_content_charset(), described["Content-Transfer-Encoding"])
        if said != (kind, "utf-8", "base64") or a2b_base64(body) != meant.encode():
            return f"the part {kind} reads otherwise"
    return ""


def _has_longer_line(raw: bytes, limit: int) -> bool:
    """Whether a line has more than `limit` bytes; looks at the end of each stretch of that length only."""
    at = 0
    while len(raw) - at > limit:
        end = raw.rfind(b"\r\n", at, at + limit + 2)
        if end < 0:
            return True
        at = end + 2
    return False


def _read(head: bytes) -> EmailMessage:
    """Return the headers as a mail program reads them."""
    return BytesParser(policy=_READING).parsebytes(head + b"\r\n\r\n", headersonly=True)
