"""Host names and addresses in the one spelling that machines agree on (WHATWG URL Standard, "host parsing")."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote, urlsplit

# "Forbidden domain code points" of the URL Standard, plus the percent sign once decoding is done.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^`{|}]")
_IGNORED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_FULL_STOPS = re.compile("[\u3002\uff0e\uff61]")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


def normal_host(host: str) -> str | None:
    """The host in lower case, IDNA and dotted decimals, IPv6 in brackets; None where no browser would accept it."""
    if host.startswith("["):
        return _ipv6(host[1:-1]) if host.endswith("]") else None
    try:
        decoded = unquote(host, errors="strict")
    except UnicodeDecodeError:
        return None
    decoded = _FULL_STOPS.sub(".", _IGNORED.sub("", unicodedata.normalize("NFKC", decoded))).lower()
    if not decoded or _FORBIDDEN.search(decoded):
        return None
    if decoded.isascii():
        ascii_host = decoded
    else:
        try:
            ascii_host = decoded.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    labels = ascii_host.rstrip(".").split(".")
    if not all(0 < len(label) <= 63 for label in labels) or len(ascii_host) > 254:
        return None
    return _ipv4(labels) if _NUMBER.fullmatch(labels[-1]) else ascii_host.removesuffix(".")


def host_of(url: str) -> str:
    """The host that politeness counts by: lower case, no port, no closing dot; empty where the address has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_literal_address(host: str) -> bool:
    """Whether a normal host is an IP address and not a name."""
    if host.startswith("["):
        return True
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True


def without_www(host: str) -> str:
    """The host without a leading "www.", for comparison only: some sites answer under one of the two."""
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def shown_host(host: str) -> str:
    """The host as people write it: names in their own letters instead of xn-- (RFC 3490), others as they are."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def _ipv6(text: str) -> str | None:
    if "%" in text:
        return None
    try:
        return f"[{IPv6Address(text).compressed}]"
    except AddressValueError:
        return None


def _ipv4(labels: list[str]) -> str | None:
    # 0x7f.1, 017700000001 and 2130706433 all are 127.0.0.1: the last part fills the bytes that are left.
    if len(labels) > 4:
        return None
    numbers = []
    for label in labels:
        value = _number(label)
        if value is None:
            return None
        numbers.append(value)
    *heads, tail = numbers
    if any(head > 255 for head in heads) or tail >= 256 ** (4 - len(heads)):
        return None
    return str(IPv4Address(sum(head << (8 * (3 - place)) for place, head in enumerate(heads)) + tail))


def _number(label: str) -> int | None:
    if not _NUMBER.fullmatch(label):
        return None
    try:
        if label[:2] in ("0x", "0X"):
            return int(label[2:] or "0", 16)
        return int(label, 8) if label.startswith("0") and len(label) > 1 else int(label)
    except ValueError:
        return None
