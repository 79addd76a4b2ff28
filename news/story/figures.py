"""The figures of a text, comparable across languages: 1,200, 1 200 and 1.2 thousand are 1200; 7,0 is 7."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice

_SPACES = "\u00a0\u202f\u2009 "
# It begins with a digit, by which the engine finds its way through a text, and looks back from there.
_FIGURE = re.compile(
    rf"(\d(?<![\w.,:]\d)(?:\d{{0,2}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:,\d{{1,2}}(?!\d))?|\d*(?:[.,:]\d+)*))"
    rf"(?:[{_SPACES}]?(тыс|thousand|мың|млн|миллион|million|mln|mn|млрд|миллиард|billion|bn|трлн|trillion))?"
)
_SCALES = {"тыс": 3, "tho": 3, "мың": 3, "млн": 6, "мил": 6, "mil": 6, "mln": 6, "mn": 6}
_SCALES |= {"млр": 9, "bil": 9, "bn": 9, "трл": 12, "tri": 12}
_MILLIARD = "миллиард"
_SPACE = re.compile(f"[{_SPACES}]")
_GROUPED_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")
_HOUR = re.compile(r"\d{1,2}:\d{2}")
_LONGEST = 18
_MOST = 200


def figures(text: str, words: Iterable[str] | None = None) -> list[str]:
    """Each figure of `text` in order, with repeats, at most some hundreds; a date's parts are figures of their own.

    words: those of the text that hold a digit, in order, where they are known: then nothing else is searched.
    """
    found = _FIGURE.finditer(text) if words is None else _at(text, words)
    return [figure for one in islice(found, _MOST) for figure in _read(*one.groups())]


def _at(text: str, words: Iterable[str]) -> Iterator[re.Match[str]]:
    place = end = 0
    for word in words:
        # No digit stands between two of these words, so the next place where one is found is its own.
        place = text.find(word, place)
        after = place + len(word)
        while end < after:
            found = _FIGURE.search(text, max(place, end))
            if found is None:
                return
            yield found
            end = found.end()
        place = after


@lru_cache(maxsize=4_096)
def _read(written: str, scale: str | None) -> tuple[str, ...]:
    """The figures of what was found at one place."""
    if len(written) > _LONGEST:
        return ()
    if scale is None and written.isdigit():
        return (written.lstrip("0") or "0",)
    if _DATE.fullmatch(written):
        return tuple([part.lstrip("0") for part in written.split(".")])
    if ":" not in written:
        return (_plain(written, scale),)
    if _HOUR.fullmatch(written):
        return (written.lstrip("0") if not written.startswith("00") else written[1:],)
    return ()


def is_year(figure: str) -> bool:
    """Whether a figure reads as a year of our days."""
    return len(figure) == 4 and figure[:2] in {"19", "20"} and figure.isdigit()


def _plain(written: str, scale: str | None) -> str:
    digits = _SPACE.sub("", written)
    if _GROUPED_BY_COMMAS.fullmatch(digits):
        digits = digits.replace(",", "")
    elif _GROUPED_BY_POINTS.fullmatch(digits):
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        return digits
    power = 0 if scale is None else 9 if scale == _MILLIARD else _SCALES[scale[:3]]
    return format((Decimal(digits) * 10**power).normalize(), "f")
