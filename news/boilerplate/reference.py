"""What closes a release: the block of reference about an organisation, and the signature of its press service."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import accumulate

from news.boilerplate.datelines import dateline

_OPENS = (
    r"(?:(?:информация\s+)?для\s+справки|справка|справочно|справочная\s+информация"
    r"|for\s+(?:your\s+)?reference|reference|background\s+information|notes?\s+(?:to|for)\s+(?:the\s+)?editors?"
    r"|анықтама(?:\s+(?:үшін|ретінде))?|anyqtama(?:\s+(?:úshin|üshin|retinde))?)"
)
_REFERENCE = re.compile(rf"\W{{0,3}}{_OPENS}\s?[:.–—]\s.*|\W{{0,3}}{_OPENS}\W{{0,3}}", re.IGNORECASE)
_HEADING = re.compile(rf"\W{{0,3}}{_OPENS}\W{{0,3}}", re.IGNORECASE)
# Where the news goes on: a reference describes, it does not let anybody speak and adds nothing to what was said.
_ADDS = re.compile(r"(?:also|также|сонымен қатар|сондай-ақ|sonymen qatar|sondaı?-aq|sondai-aq)\b", re.IGNORECASE)
_QUOTATION = re.compile(
    r"[»”\"]\s?,\s?[–—-]|[!?…][»”\"]\s?[–—-]|[,.!?…][»”\"](?:\s|$)|:\s?[«“„\"]"
    r"|[»”\"],?\s(?:said|says|деді|дейді|деп|dedi|deıdi|deidi|dep)\b"
)
_QUOTE_MARK = re.compile(r"[»”\"«“„]")

_MOST_SIGNED = 4
_LONGEST_SIGNED = 160
_SENTENCE = re.compile(r"[.!?:;…]\s*$")
_SIGNATURE = re.compile(
    r"(?:источник:?\s+)?пресс-(?:релиз|служба)(?:\s.*)?"
    r"|press[ -](?:release|service|office)(?:\s+of\b.*)?"
    r"|(?:.*\s)?баспасөз[ -](?:қызметі|хатшысы|релизі)"
    r"|(?:.*\s)?baspas[óö]z[ -](?:qyzmeti|qızmeti|hatshysy|relızi|relizi)",
    re.IGNORECASE,
)
# A signature names its office; with one of these it is a sentence about it.
_VERB = re.compile(
    r"\b(?:сообщ|информир|проинформ|отмет|заяв|подчерк|уточн|reports?\b|reported|said|says|informed|announced)",
    re.IGNORECASE,
)


def reference_lines(lines: Sequence[str], apart: Container[int]) -> set[int]:
    """The numbers of the lines of reference blocks ("Справка: ...", "For reference: ..."); `apart` are no body anyway.

    Such a block closes a text, or ends where the news goes on: at a dateline, a quotation, an "also". One that would be
    longer than what it refers to is only its own paragraph: then the news goes on below it.
    """
    found: set[int] = set()
    before = end = 0
    signs = [0, *accumulate(map(len, lines))]
    for number, line in enumerate(lines):
        if number in found or number in apart:
            continue
        if before and _REFERENCE.fullmatch(line):
            if end <= number:
                end = _end_of_block(lines, number + 1)
            whole = signs[end] - signs[number] <= before
            own = 2 if _HEADING.fullmatch(line) else 1
            found.update(range(number, end if whole else min(end, number + own)))
        else:
            before += len(line)
    return found


def _end_of_block(lines: Sequence[str], start: int) -> int:
    return next((number for number in range(start, len(lines)) if _is_news(lines[number])), len(lines))


def _is_news(line: str) -> bool:
    if _ADDS.match(line) or dateline(line):
        return True
    return _QUOTE_MARK.search(line) is not None and _QUOTATION.search(line) is not None


def closing_signature(lines: Sequence[str]) -> int:
    """How many of the last lines sign the text ("Пресс-релиз", "Министерства иностранных дел", ...)."""
    for count in range(min(_MOST_SIGNED, len(lines) - 1), 0, -1):
        last = lines[-count:]
        signed = " ".join(last)
        if (
            len(signed) <= _LONGEST_SIGNED
            and not any(_SENTENCE.search(line) for line in last)
            and _SIGNATURE.fullmatch(signed)
            and not _VERB.search(signed)
        ):
            return count
    return 0
