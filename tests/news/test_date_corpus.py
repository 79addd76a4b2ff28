"""The date strings of dateparser's own tests: how many that name a day in Russian, Kazakh or English are read right.

Each row gives a string and what that project expects of it, as a call of its test or as words in plain English; from
those the expected day is worked out here, without any date library. Run with `-s` to see figures and misses by class.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from news.dates import parse_date
from tests.shared import shared

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TODAY = NOW.astimezone(ZoneInfo("Asia/Almaty"))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# The rows without a language hold all Cyrillic ones; these words are Belarusian, Bulgarian, Serbian, Ukrainian ...
OTHERS = re.compile(
    r"[їєґўӏъ]|учора|гадзін|хвіл|таму|тому|року|гады|жніў|берез|верес|листоп|преди|пред |пре |онзи|след|седм|мурун|өмнө"
    r"|анараа|өттүгэр|секунди|годину|месец|месеци|недеља|яьлча|кийин|дараа|мүнүү|кундан"
)


def expected_day(said: str) -> tuple[str, date] | None:
    """The class and the day of what a row expects; None where it names no day of the past."""
    said = said.lower()
    exact = re.search(r"datetime\((\d+), (\d+), (\d+)", said)
    if exact and "period='year'" not in said:
        return "calendar", date(*map(int, exact.groups()))
    counted = re.findall(r"'(minutes|hours|days|weeks)': (\d+)", said)
    if "ago=" in said and counted and not re.search(r"month|year|'weeks'.*,|,.*'weeks'", said):
        return "ago", (TODAY - timedelta(**{unit: int(number) for unit, number in counted})).date()
    ago = re.fullmatch(r"(\d+) (second|minute|hour|day|week) ago", said)
    if ago:
        return "ago", (TODAY - timedelta(**{ago[2] + "s": int(ago[1])})).date()
    if said.strip() in WEEKDAYS:
        return "weekday", (TODAY - timedelta(days=(TODAY.weekday() - WEEKDAYS.index(said.strip()) - 1) % 7 + 1)).date()
    day = _calendar_day(said)
    return ("calendar", day) if day and day <= TODAY.date() else None


def _calendar_day(said: str) -> date | None:
    iso = re.search(r"(\d{4})-(\d\d)-(\d\d)", said)
    if iso:
        return date(*map(int, iso.groups()))
    digits = re.search(r"(\d\d)/(\d\d)/(\d{4})", said)
    if digits:
        return date(int(digits[3]), int(digits[2]), int(digits[1]))
    month = re.search(rf"({'|'.join(MONTHS)})[a-z]*", said)
    numbers = re.findall(r"\d+", said)
    year = next((int(number) for number in numbers if len(number) == 4), None)
    day = next((int(number) for number in numbers if len(number) <= 2), None)
    if not month or year is None or day is None:
        return None
    return date(year, MONTHS.index(month[1]) + 1, day)


def test_nine_of_ten_strings_that_name_a_day_are_read_right() -> None:
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    misses = []
    for row in shared("corpora/dates/dateparser_cases.tsv").read_text("utf-8").splitlines():
        _, language, text, said = row.split("\t")
        if language not in ("en", "ru", "kk", "cyr") or (language == "cyr" and OTHERS.search(text.lower())):
            continue
        expected = expected_day(text if said == "None" else said)
        if expected is None:
            continue
        kind, day = expected
        hint = "" if language == "cyr" else language
        # A date without a year is the latest past one, whatever year the other project's clock stood at.
        yearless = language == "cyr" and not re.search(r"\d{4}|\d\d \d?\d:", text) and kind == "calendar"
        wanted = day.replace(year=TODAY.year) if yearless else day
        # Hours with an offset of their own may fall on another day in Almaty; in their own zone they do not.
        zone = "America/Los_Angeles" if "-08:00" in text else "Asia/Almaty"
        found = parse_date(text, language=hint, zone=zone, now=NOW)
        stated[kind] += 1
        right[kind] += found is not None and found.day == wanted
        if found is None or found.day != wanted:
            misses.append(f"{kind}: {language} {text!r}: {wanted}, found {found.day if found else None}")
    print(f"\n{right.total()} of {stated.total()} right: " + ", ".join(f"{k} {right[k]}/{stated[k]}" for k in stated))
    print("\n".join(misses))
    assert stated.total() > 40
    assert right.total() >= 0.9 * stated.total(), misses
