"""What may stand in a mail: text without control characters, links that open a page and nothing else (P22)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scheduler.digest.digest import Marked

# Controls, line and paragraph separators, characters that turn the direction of writing (a headline must not reverse
# what follows it), lone surrogates and non-characters, which no mail can carry.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_UNSAFE_IN_LINK = re.compile(r"[\s\"'<>\\`{}|^]")


def printable(text: str) -> str:
    """Return `text` with every character that is not for print replaced by a space, so offsets stay as they are."""
    return _UNPRINTABLE.sub(" ", text)


def one_line(text: str) -> str:
    """Return the printable text with each run of white space as one space and none at the ends."""
    return " ".join(printable(text).split())


def cut(text: str, limit: int) -> str:
    """Return `text` if it has at most `limit` characters, else its first words and an ellipsis within the limit."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word = head.rpartition(" ")[0]
    # A single endless word has no better place to be cut than the limit.
    return (at_word if len(at_word) > limit // 2 else head).rstrip(" ,;:-–—") + "…"


def cut_marked(marked: Marked, limit: int) -> Marked:
    """Return `marked` cut like `cut`, with the marks that are still whole."""
    text = cut(marked.text, limit)
    kept = len(text) - 1 if text != marked.text else len(text)
    return Marked(text=text, marks=tuple(mark for mark in marked.marks if mark[1] <= kept), language=marked.language)


def safe_link(url: str) -> str:
    """Return `url` if it is an http or https address with a host and no character that needs quoting, else nothing."""
    if not url or _UNSAFE_IN_LINK.search(url) or printable(url) != url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and host else ""


def host_of(url: str) -> str:
    """Return the host of a safe link as people write it, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def merged(marks: list[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    """Return the marks inside 0..length in order, those that overlap made one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        start, end = max(start, 0), min(end, length)
        if start >= end:
            continue
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
