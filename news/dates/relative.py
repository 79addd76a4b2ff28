"""Dates told from now: "Сегодня, 09:05", "кеше, 09:30", "2 hours ago", "15 минут бұрын".

Hours are counted on instants, so that two hours before 01:00 on 1 March 2024 are two hours in Kazakhstan as well.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from news.dates.times import hour_in, zone_in
from news.dates.words import folded
from news.dates.written import Question, Written, days_before, moment

_JUST_NOW = re.compile(r"(?:just )?now|right now|сейчас|только что|қазір|жаңа ғана|[qk]azir")
_DAYS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b"), days)
    for words, days in (
        ("day before yesterday|позавчера|алдыңғы күні|алдыңгүні", 2),
        ("yesterday|вчера|кеше|keshe|kese", 1),
        ("today|сегодня|бүгін|bugin", 0),
    )
)
# Cards spell out small numbers only.
_NUMBERS: dict[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "один": 1, "одну": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5,
    "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
    "бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9, "он": 10,
}  # fmt: skip
# Longer stems first. A week ago is a day as well, seven days back; months and years name none.
_UNITS: tuple[tuple[str, timedelta], ...] = (
    ("seconds?|secs?|секунд[уыа]?|сек|sekund", timedelta(seconds=1)),
    ("minutes?|mins?|минут[уыа]?|мин|minut", timedelta(minutes=1)),
    ("hours?|hrs?|часа?|часов|ч|сағат|saghat|sagat", timedelta(hours=1)),
    ("days?|день|дня|дней|дн|күн|kun", timedelta(days=1)),
    ("weeks?|недел[юяиь]|нед|апта|apta", timedelta(weeks=1)),
)
_NUMBER = r"\d{1,4}|" + "|".join(_NUMBERS)
_UNIT = "|".join(f"(?P<unit{place}>(?:{words}))" for place, (words, _) in enumerate(_UNITS))
_PART = re.compile(rf"(?:(?P<number>{_NUMBER})\s*)?(?:{_UNIT})\b\.?")
_AGO = re.compile(
    rf"(?:about |около |шамамен )?(?P<span>(?:(?:(?:{_NUMBER})\s*)?(?:{'|'.join(words for words, _ in _UNITS)})\b\.?"
    r"(?:,| and| и)?\s*)+)(?:ago|назад|бұрын|buryn|burin)"
)
_HALF_HOUR = re.compile(r"(?:half an hour|полчаса|жарты сағат) (?:ago|назад|бұрын)")


def read_relative(question: Question) -> Written | None:
    """Read a day or an hour counted from now; None for what lies ahead and for spans without a day (months, years)."""
    text = folded(question.text)
    if _JUST_NOW.fullmatch(text):
        return moment(question.now)
    return _ago(text, question.now) or _named_day(text, question.now)


def _named_day(text: str, now: datetime) -> Written | None:
    for pattern, days in _DAYS:
        found = pattern.search(text)
        if found:
            beside = text[: found.start()] + " | " + text[found.end() :]
            hour, end = hour_in(beside)
            zone = zone_in(beside, after=end) if hour is not None else None
            # Whose yesterday it is decides the zone of the hour, if there is one.
            day = days_before(now.astimezone(zone) if zone else now, days)
            return Written(day=day, hour=hour, zone=zone) if day else None
    return None


def _ago(text: str, now: datetime) -> Written | None:
    if _HALF_HOUR.fullmatch(text):
        return _back(now, timedelta(minutes=30))
    found = _AGO.fullmatch(text)
    if not found:
        return None
    span, to_the_hour = timedelta(), False
    for part in _PART.finditer(found["span"]):
        unit = next(length for place, (_, length) in enumerate(_UNITS) if part[f"unit{place}"])
        number = part["number"]
        span += unit * (int(number) if number and number.isdigit() else _NUMBERS.get(number or "", 1))
        to_the_hour = to_the_hour or unit < timedelta(days=1)
    if to_the_hour:
        return _back(now, span)
    day = days_before(now, span.days)
    return Written(day=day) if day else None


def _back(now: datetime, span: timedelta) -> Written | None:
    try:
        return moment((now.astimezone(UTC) - span).astimezone(now.tzinfo))
    except OverflowError:
        return None
