"""dateparser for what our own patterns do not know, one language at a time and never a date ahead."""

from __future__ import annotations

import re
from datetime import datetime

from news.dates.times import OFFSET, ZONE_NAMES
from news.dates.written import Question, Written
from news.zones import written_zone

_TAIL_ZONE = re.compile(
    rf"(?<=[\d\s|])[\s|]*(?P<zone>{OFFSET}|[+-]\d{{2}}:?\d{{2}}|\b(?:{ZONE_NAMES})\b)$", re.IGNORECASE
)
# dateparser turns "a", "5" and "5.9" into dates of this year; a date in digits alone is our own patterns' business.
_NAMES_A_DAY = re.compile(r"\d:\d\d|\d\s*[^\W\d]|[^\W\d]{4,}")
# It knows weekdays, but not that the last one is the last one.
_LAST = re.compile(
    r"\b(?:last\s+(?=mon|tue|wed|thu|fri|sat|sun)|(?:минувш|прошл)\w+\s+(?=пон|вто|сре|чет|пят|суб|вос)"
    r"|өткен\s+(?=дүй|сей|сәр|бей|жұм|сен|жек))",
    re.IGNORECASE,
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def read_by_library(question: Question) -> Written | None:
    """Read what dateparser can, where it finds a day and not only a month or year, in the past."""
    if not _NAMES_A_DAY.search(question.text):
        return None
    tail = _TAIL_ZONE.search(question.text)
    text = _LAST.sub("", question.text[: tail.start()] if tail else question.text)
    zone = written_zone(tail["zone"]) if tail else None
    now = question.now.astimezone(zone) if zone else question.now
    for language in _languages(question):
        found = _asked(text, language, now)
        if found is not None:
            moment, exact = found
            return Written(day=moment.date(), hour=moment.time().replace(microsecond=0) if exact else None, zone=zone)
    return None


def _asked(text: str, language: str, now: datetime) -> tuple[datetime, bool] | None:
    """What dateparser makes of a text in one language, on the clock of `now`, and whether it names an hour."""
    from dateparser.date import DateDataParser  # 0.2 s to import, and most pages never need it

    settings = {
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
        "RETURN_TIME_AS_PERIOD": True,
        "TIMEZONE": "UTC",
    }
    try:
        found = DateDataParser(languages=[language], settings=settings).get_date_data(text)
    except (ValueError, OverflowError, TypeError):  # a language or a number it does not know
        return None
    if found.date_obj is None or found.period not in ("day", "time"):
        return None
    # People date what has happened: "tomorrow" is an announcement's content, never its date.
    if found.date_obj > now.replace(tzinfo=None):
        return None
    return found.date_obj, found.period == "time"


def _languages(question: Question) -> tuple[str, ...]:
    """The languages to try, the hinted one first, then those of ours that are written so."""
    by_script = ("ru", "kk") if _CYRILLIC.search(question.text) else ("en",)
    hinted = (question.language,) if question.language and question.language != "und" else ()
    return tuple(dict.fromkeys((*hinted, *by_script)))
