"""What stands in a text without being of it: datelines, reference blocks, credits, teasers of other news, site notices.

Each of these names places, offices and people that the news itself is not about, and would match in every item of its
publisher. They are split off by line, and conservatively: a line that merely holds the words of one is body.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from news.boilerplate.credits import is_breadcrumb, is_caption, is_credit
from news.boilerplate.datelines import date_line, dateline, opening_date
from news.boilerplate.notices import is_notice
from news.boilerplate.reference import closing_signature, reference_lines
from news.boilerplate.teasers import teaser_lines

# A breadcrumb, the title again, the hour and a credit may come before the first sentence.
_OPENING_LINES = 6
_DATELINE_WITHIN = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A text split: `body` is the news, `aside` the rest, both one paragraph a line and in page order.

    dated: the date that the dateline states, else the one with which the text opens, as written; empty without one.
    """

    body: str
    aside: str = ""
    dated: str = ""


def split_text(text: str, *, title: str = "", notices: Sequence[str] = ()) -> Parts:
    """Split a plain text of one paragraph a line. notices: beginnings of lines that its site puts into every text.

    A text that would leave nothing stays whole but for credits, captions and notices.
    """
    lines = [" ".join(line.split()) for line in text.split("\n") if line and not line.isspace()]
    body, aside, dated = _split(lines, title, notices)
    if not body:
        furniture = [_is_furniture(line, notices) for line in lines]
        body = [line for line, apart in zip(lines, furniture, strict=True) if not apart]
        aside = [line for line, apart in zip(lines, furniture, strict=True) if apart]
    return Parts(body="\n".join(body), aside="\n".join(aside), dated=dated)


def _split(lines: Sequence[str], title: str, notices: Sequence[str]) -> tuple[list[str], list[str], str]:
    start, dated = _opening(lines, title, notices)
    rest = list(lines[start:])
    aside = list(lines[:start])
    # A headline or a lead of its own may stand above the paragraph that the dateline opens.
    for number, line in enumerate(rest[:_DATELINE_WITHIN]):
        found = dateline(line)
        if found:
            rest[number] = line[found.end :]
            aside.append(found.text)
            dated = found.date or dated
            break
    apart = _apart(rest, notices)
    aside += [line for number, line in enumerate(rest) if number in apart and line]
    body = [line for number, line in enumerate(rest) if number not in apart and line]
    return body, aside, dated or next(filter(None, map(opening_date, body[:2])), "")


def _opening(lines: Sequence[str], title: str, notices: Sequence[str]) -> tuple[int, str]:
    """How many lines come before the first sentence, and the date that one of them states."""
    dated, known = "", _words(title)
    for number, line in enumerate(lines[:_OPENING_LINES]):
        stated = date_line(line)
        dated = dated or stated
        repeated = bool(known) and _words(line) == known
        if not (stated or repeated or is_breadcrumb(line) or _is_furniture(line, notices)):
            return number, dated
    return min(len(lines), _OPENING_LINES), dated


def _apart(lines: Sequence[str], notices: Sequence[str]) -> set[int]:
    """The numbers of the lines that are no body."""
    apart = {number for number, line in enumerate(lines) if _is_furniture(line, notices)} | teaser_lines(lines)
    end = len(lines)
    while end and (end - 1 in apart or not lines[end - 1]):
        end -= 1
    signature = closing_signature(lines[:end])
    apart.update(range(end - signature, end))
    apart |= reference_lines(lines[: end - signature], apart)
    return apart


def _is_furniture(line: str, notices: Sequence[str]) -> bool:
    return is_credit(line) or is_caption(line) or is_notice(line, notices)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
