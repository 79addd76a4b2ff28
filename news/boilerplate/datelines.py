"""Datelines: where and when a text was filed, before its first sentence.

Spellings seen (SOURCES.md, section 2.4): "ASTANA. KAZINFORM – ", "ASTANA.KAZINFORM -", "TAShKENT. KAZINFORM —",
"date 2017-07-04 ASTANA. KAZINFORM - ", "АСТАНА. 5 октября. КАЗИНФОРМ – ", "Астана, 3 мая 2018 год - ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from news.dates.words import MONTH, folded

_FARTHEST = 110  # signs into the text, no dateline ends later
_MOST_DASHES = 3
_LONGEST_DATE = 40
_LONGEST_PARTICLE = 3  # letters: "Rio de Janeiro", "г. Астана", "Астана қ."
_FILED = re.compile(r"(?i:date|дата)[:\s]\s*(?P<date>\d{4}-\d\d-\d\d)(?:\s+|$)")
_DASH = re.compile(r"\s*[–—]\s*|\s+-\s*|-\s+")
_PLACE = r"(?:г\.\s?)?[^\W\d_][\w’'ʼ-]*\.?(?:[ /][^\W\d_][\w’'ʼ-]*){0,3}(?:\s[қгq]\.)?"
# The agencies that open their texts so. Other words in capitals are of the sentence: "UNDP, UNICEF – partners ...".
_AGENCY = (
    r"(?i:kazinform|qazinform|казинформ|қазақпарат|казакпарат|qazaqparat|kazaqparat|тасс|tass|риа новости|ria novosti"
    r"|interfax(?:-kazakhstan)?|интерфакс(?:-казахстан)?|xinhua|синьхуа|trend|тренд|akipress|акипресс|kabar|кабар"
    r"|uza|уза|reuters|anadolu|belta|белта|un news|новости оон|бұұ жаңалықтары)"
)
# Common words too: an agency only after its place.
_WORDS = frozenset({"trend", "тренд", "kabar", "кабар", "uza", "уза"})
_AGENCY_ALONE = re.compile(_AGENCY)
# What stands before an agency in a list of those who took part, where a city stands in a dateline.
_ORGANISATIONS = re.compile(
    r"\b(?:un|оон|бұұ|unicef|юнисеф|undp|проон|undrr|усрб|unesco|юнеско|unhcr|увкб|who|воз|ocha|укгв|ifrc|мфоккк|icrc|мккк"
    r"|osce|обсе|еқыұ|nato|нато|eu|ес|cis|снг|sco|шос|csto|одкб|ministry|министерство|министрлік|мид|мчс|мвд|сим|тжм)\b",
    re.IGNORECASE,
)
_BY = r"(?:\s*[/(][^/()]{1,60}[/)])?"
_BY_AGENCY = re.compile(
    rf"(?:(?P<place>{_PLACE})\s?[.,/]\s?)?(?:(?P<date>[^.,]{{3,40}}?)\.?[.,]\s?)?(?P<agency>{_AGENCY}){_BY}\.?"
)
_BY_DATE = re.compile(rf"(?P<place>{_PLACE}),\s+(?P<date>[^()/]{{4,40}}?)[.,]?{_BY}(?:[.,]?\s+{_AGENCY})?\.?")
_YEAR_WORD = r"\s*(?:жылғы|жылдың|жылы|жыл|жж?|года?|г|jylgy|jyldyn|jyly|jyl|j)?\.?"
_ORDINAL = r"(?:st|nd|rd|th|-?(?:го|е|ое|ші|шы|сі|сы))?"
_DAYS = rf"[0-3]?\d{_ORDINAL}(?:\s*-\s*[0-3]?\d)?"
# Over folded text, which has one kind of dash and no capitals.
_DATE_FORMS = (
    rf"{_DAYS}(?:\s+of)?\s+{MONTH}\.?(?:,?\s+[12]\d{{3}}{_YEAR_WORD})?",
    rf"{MONTH}\.?\s+{_DAYS}(?:,?\s+[12]\d{{3}})?",
    rf"[12]\d{{3}}{_YEAR_WORD},?\s+{_DAYS}[\s-]+{MONTH}",
    r"[0-3]?\d\.[01]?\d\.[12]\d{3}",
    r"[12]\d{3}-[01]\d-[0-3]\d",
)
_DATE = re.compile("|".join(_DATE_FORMS))
_YEAR = re.compile(r"[12]\d{3}")
_MONTH_DAY = re.compile(rf"{MONTH}\.?\s+{_DAYS}")
_DAY = re.compile(r"[0-3]?\d\b")
_BESIDE_DATE = re.compile(
    r"[\s|,.:/•·-]+|[0-2]?\d:[0-5]\d(?::\d\d)?|gmt|utc|[+]\s?\d{1,2}(?::?\d\d)?"
    r"|published|updated|posted|on|at|опубликовано|обновлено|дата|date|в|жарияланган|жарияланды|zhariialangan"
)
_OPENING = re.compile(r"(?:on|в|во)?\s*")


@dataclass(frozen=True, kw_only=True)
class Dateline:
    """A dateline: its text without the closing dash, where the sentence begins, and its date as written, if any."""

    text: str
    end: int
    date: str = ""


def dateline(line: str) -> Dateline | None:
    """The dateline that opens a paragraph; None where it opens with a sentence."""
    filed = _FILED.match(line)
    start = filed.end() if filed else 0
    for dash in islice(_DASH.finditer(line, start, _FARTHEST), _MOST_DASHES):
        date = _date_of(line[start : dash.start()], after=line[dash.end() :][:_LONGEST_DATE])
        if date is not None:
            return Dateline(text=line[: dash.start()].rstrip(), end=dash.end(), date=filed["date"] if filed else date)
    if filed:
        return Dateline(text=filed[0].rstrip(), end=start, date=filed["date"])
    return None


def date_line(line: str) -> str:
    """The line itself where it is a date and nothing else ("11:17, 30 Qańtar 2026 | GMT +5"), else empty."""
    if len(line) > 80 or not any(sign.isdigit() for sign in line):
        return ""
    plain = folded(line)
    found = _DATE.search(plain)
    if not found or not _YEAR.search(found[0]):
        return ""
    return "" if _BESIDE_DATE.sub("", plain[: found.start()] + " " + plain[found.end() :]) else line


def opening_date(line: str) -> str:
    """The day, with its year, with which a sentence opens ("On April 20, 2022, a delegation ..."); else empty."""
    head = line[:60]
    plain = folded(head)
    if len(plain) != len(head):
        return ""  # places would not be comparable
    start = _OPENING.match(plain)
    found = _DATE.match(plain, start.end() if start else 0)
    return head[found.start() : found.end()] if found and _YEAR.search(found[0]) else ""


def _date_of(head: str, *, after: str) -> str | None:
    """The date in what would be a dateline, empty where it has none; None where it is no dateline.

    after: what follows its dash; a date there makes the two one span of days ("Астана, 5 мая – 9 мая пройдёт ...").
    """
    if not head[:1].isupper() and not head.startswith("г."):
        return None
    by_date = _BY_DATE.fullmatch(head)
    if by_date and _DATE.fullmatch(folded(by_date["date"])):
        return None if _goes_on(folded(by_date["date"]), folded(after)) else by_date["date"]
    by_agency = _BY_AGENCY.fullmatch(head)
    if not by_agency:
        return None
    place, date, agency = by_agency["place"], by_agency["date"], by_agency["agency"]
    if date and not _DATE.fullmatch(folded(date)):
        return None
    if not (_is_place(place) if place else agency.casefold() not in _WORDS):
        return None  # "Ministry, TASS - ..." is a list
    return date or ""


def _goes_on(date: str, after: str) -> bool:
    return bool(_DATE.match(after) or (_MONTH_DAY.fullmatch(date) and _DAY.match(after)))


def _is_place(words: str) -> bool:
    names = re.findall(r"[^\W\d_]+", words)
    return (
        all(name[0].isupper() or len(name) <= _LONGEST_PARTICLE for name in names)
        and not _ORGANISATIONS.search(words)
        and not _AGENCY_ALONE.fullmatch(words)
    )
