"""The most telling piece of a text: where the hits are densest, cut where sentences end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

# The end of a sentence: its mark, closing quotes and brackets, white space. One letter and a dot is an initial. Every
# alternative begins with its own sign, so that texts are looked through for these signs alone.
_CLOSING = r"[.!?…]*[»”\"')\]]*\s+"
_SENTENCE_END = re.compile(rf"\.(?<!\b[^\W\d_]\.){_CLOSING}|!{_CLOSING}|\?{_CLOSING}|…{_CLOSING}|\n\s*")
_WORD_START = re.compile(r"(?<=\s)\S")
_WORD_END = re.compile(r"\S(?=\s)")


class Place(Protocol):
    """Where a term was found: `news.watch.watch.Hit` is one."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def term(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """A piece of a text, cut from it unchanged.

    marks: start and end of each hit within the piece, ascending, none overlapping. cut_before, cut_after: whether text
    was left out on that side.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    cut_before: bool
    cut_after: bool


def best_snippet(text: str, hits: Sequence[Place], *, limit: int) -> Snippet:
    """At most `limit` code points of `text`, with as many different terms of `hits`, then as many hits, as fit.

    `hits` are places in this very text; without any the snippet is the beginning. Costs what the hits and `limit` do.
    """
    ordered = sorted(hits, key=lambda hit: (hit.start, hit.end))
    if len(text) <= limit:
        return _snippet(text, ordered, 0, len(text))
    first, last = _densest(ordered, limit)
    core_start, core_end = (ordered[first].start, ordered[last].end) if ordered else (0, 0)
    core_end = min(core_end, core_start + limit)
    start = _start(text, core_start, core_end, limit)
    return _snippet(text, ordered, start, _end(text, start, core_end, limit))


def _densest(ordered: Sequence[Place], limit: int) -> tuple[int, int]:
    """First and last index of the hits of the window that is worth most; of equals the closest, then the earliest."""
    best, chosen = (0, 0, 0), (0, 0)
    terms: Counter[str] = Counter()
    first = 0
    for last, hit in enumerate(ordered):
        terms[hit.term] += 1
        while first < last and hit.end - ordered[first].start > limit:
            left = ordered[first].term
            terms[left] -= 1
            if not terms[left]:
                del terms[left]
            first += 1
        if (worth := (len(terms), last - first + 1, ordered[first].start - hit.end)) > best:
            best, chosen = worth, (first, last)
    return chosen


def _start(text: str, core_start: int, core_end: int, limit: int) -> int:
    """The start of the sentence that holds the first hit if that leaves room for all hits, else of a word before it."""
    earliest = max(0, core_end - limit)
    sentences = [
        found.end() for found in _SENTENCE_END.finditer(text, earliest, core_start) if found.end() <= core_start
    ]
    if sentences:
        return sentences[-1]
    if earliest == 0:
        return 0
    # Half of what is left goes before the hits.
    earliest = core_start - (core_start - earliest) // 2
    word = _WORD_START.search(text, earliest, core_start)
    return word.start() if word else core_start


def _end(text: str, start: int, core_end: int, limit: int) -> int:
    latest = min(len(text), start + limit)
    if latest == len(text):
        return latest
    sentences = [
        found for found in _SENTENCE_END.finditer(text, core_end, min(len(text), latest + 1)) if found.end() > core_end
    ]
    for found in reversed(sentences):
        end = found.start() + len(found.group().rstrip())
        if core_end <= end <= latest and end > start:
            return end
    words = [found.end() for found in _WORD_END.finditer(text, core_end, latest + 1) if found.end() <= latest]
    return words[-1] if words else max(core_end, latest if core_end == start else core_end)


def _snippet(text: str, ordered: Sequence[Place], start: int, end: int) -> Snippet:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    marks: list[tuple[int, int]] = []
    for hit in ordered[bisect_left([hit.start for hit in ordered], start) :]:
        if hit.start >= end:
            break
        mark = (hit.start - start, min(hit.end, end) - start)
        if marks and mark[0] < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(marks[-1][1], mark[1]))
        else:
            marks.append(mark)
    return Snippet(
        text=text[start:end],
        marks=tuple(marks),
        cut_before=bool(text[:start].strip()),
        cut_after=bool(text[end:].strip()),
    )
