"""Dates in words and digits, anywhere in a line: "Astana, 3 May 2018", "17:36, 30 Qańtar 2026 | GMT +5", "07.03.2024".

Our patterns know no language: month names of English, Russian and Kazakh differ enough to be one table. Days come
before months whatever the language says, as everywhere outside the United States; 04/16/2019 can only be April.
"""

from __future__ import annotations

import re
from datetime import date, tzinfo

from news.dates.times import hour_in, zone_in
from news.dates.words import MONTH, folded, month_number
from news.dates.written import Question, Written, day_of, full_year

# "2nd", "7-го", "7-сі", "7-інде".
_ORDINAL = r"(?:st|nd|rd|th|-?(?:го|е|ое|ші|шы|сі|сы|і|ы|сінде|сында|інде|ында))?"
_DAY = rf"(?<![\d:])(?<!\d\.)(?P<day>[0-3]?\d){_ORDINAL}(?![\d:])"
_UNTIL = rf"(?:\s*(?:-|и|по|және|мен|and|to)\s*[0-3]?\d{_ORDINAL})?"
_MONTH = rf"(?P<month>{MONTH})\.?"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
# Two digits are a year only where nothing else can follow: the end, a comma, "г." or a time.
_ANY_YEAR = rf"(?:{_YEAR}|'?(?P<short>\d\d)(?=\s*(?:$|[,|]|г\b|\d?\d:\d\d)))"
_YEAR_WORD = r"\s*(?:-?\s*(?:жылғы|жылдың|жылы|жыл|жж?|года?|г|jyl[a-z]*|jil[a-z]*|j)\b\.?)?[\s,-]*"
_GAP = r"[\s.,/#-]{0,3}"
# "30 апреля - 2 мая 2018 года": the first day takes the year of the last.
_LATER = rf"(?:\s*-\s*[0-3]?\d\s+(?P<last_month>{MONTH})\.?)?"

_WORDED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}{_YEAR_WORD}{_DAY}{_UNTIL}{_GAP}{_MONTH}",
        rf"{_YEAR}{_YEAR_WORD}{_MONTH}{_GAP}{_DAY}",
        rf"{_DAY}{_UNTIL}{_GAP}(?:of\s+)?{_MONTH}{_LATER}(?:{_GAP}(?:of\s+)?{_ANY_YEAR})?",
        rf"{_MONTH}{_GAP}{_DAY}{_UNTIL}(?:{_GAP}{_ANY_YEAR})?",
    )
)
_NUMERIC = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d/-])(?<!\d\.)(?P<year>[12]\d{3})\s?(?P<sign>[./-])\s?(?P<month>\d\d?)\s?(?P=sign)\s?(?P<day>\d\d?)(?!\d)",
        r"(?<![\d/])(?<!\d\.)(?P<day>\d\d?)(?:\s*-\s*\d\d?)?\s?(?P<sign>[./-])\s?(?P<month>\d\d?)\s?(?P=sign)\s?"
        r"(?P<year>[12]\d{3}|\d\d)(?!\d|[./-]\d)",
        # Without a year only beside a time: "5.9" alone is an earthquake.
        r"(?:^|(?<=[\s,|]))(?P<day>\d\d)\.(?P<month>\d\d)(?=\.?,?\s+\d?\d:\d\d)",
        r"(?<=\d:\d\d)[\s,|]+(?P<day>\d\d)\.(?P<month>\d\d)(?=$|[\s,|])",
    )
)


def read_phrase(question: Question) -> Written | None:
    """Read the first day that a line names by day and month, with an hour and a zone where they stand beside it."""
    text = folded(question.text)
    today = question.now.date()
    days = sorted(_days(text, today), key=lambda found: found[0])
    if not days:
        return None
    start, end, day = days[0]
    # What follows a second day belongs to that one: "5 марта 2024 | Обновлено: 7 марта 2024, 12:00".
    limit = next((other for other, _, _ in days if other >= end), len(text))
    return _written(day, text[:start] + " | " + text[end:limit])


def _written(day: date, beside: str) -> Written:
    hour, end = hour_in(beside)
    zone: tzinfo | None = zone_in(beside, after=end) if hour is not None else None
    return Written(day=day, hour=hour, zone=zone)


def _days(text: str, today: date) -> list[tuple[int, int, date]]:
    """Start, end and day of every date in a folded text; a form that takes more of the text goes before its parts."""
    found: list[tuple[int, int, date]] = []
    for pattern in (*_WORDED, *_NUMERIC):
        for place in pattern.finditer(text):
            if any(start < place.end() and place.start() < end for start, end, _ in found):
                continue
            day = _day(place, today)
            if day is not None:
                found.append((place.start(), place.end(), day))
    return found


def _day(place: re.Match[str], today: date) -> date | None:
    parts = place.groupdict()
    day, word = int(parts["day"]), parts["month"]
    month = int(word) if word.isdigit() else month_number(word)
    if word.isdigit() and month > 12 >= day:
        day, month = month, day
    digits = parts.get("year") or parts.get("short")
    year = full_year(digits) if digits else None
    last = parts.get("last_month")
    if year is not None and last is not None and month_number(last) < month:
        year -= 1
    return day_of(year, month, day, today=today)
