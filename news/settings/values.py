"""Times, numbers and words as config.yaml holds them, each read from what a person would write."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from news.settings.faults import plain, wrong

_UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
}
_LONGEST = timedelta(days=31)
_PART = re.compile(r"(\d{1,7}(?:\.\d{1,3})?)\s*([a-z]+)")
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DURATION_SCHEMA = {"type": "string", "pattern": r"^\s*([0-9]+(\.[0-9]+)?\s*[A-Za-z]+\s*)+$"}
ONE_OR_MANY = {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}


def parse_duration(value: object) -> timedelta:
    """The length of time that `20 min`, `1 h 30 min` or `90 s` means; a bare number is asked about."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise wrong("has no unit", f'Write the unit, for example "{plain(value)} min" or "{plain(value)} s"')
    text = value.strip().lower() if isinstance(value, str) else ""
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip() or any(unit not in _UNITS for _, unit in parts):
        raise wrong("is not a length of time", 'Write for example "90 s", "20 min", "1 h" or "1 h 30 min"')
    length = sum((float(count) * _UNITS[unit] for count, unit in parts), timedelta())
    if not timedelta(seconds=1) <= length <= _LONGEST:
        raise wrong("is too short or too long", "Give a time between 1 s and 31 d")
    return length


def written_duration(length: timedelta) -> str:
    """The length of time as a person writes it, in the largest unit that divides it: `20 min`."""
    seconds = length.total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{plain(seconds / size)} {unit}"
    return f"{plain(seconds)} s"


def parse_hour(value: object) -> time:
    """The time of day that `08:00` means; a number is refused, for YAML reads some hours as numbers."""
    if isinstance(value, time):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24:
        raise wrong("is a number, not a time of day", f'Write it in quotes: "{value:02}:00"')
    found = _HOUR.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise wrong("is not a time of day", 'Write hour and minute in quotes, from "00:00" to "23:59"')
    return time(int(found[1]), int(found[2]))


def _seconds(value: object) -> object:
    if isinstance(value, bool):
        raise wrong("is not a number of seconds", 'Write for example 20 or "20 s"')
    if isinstance(value, str) and not re.fullmatch(r"\s*\d+(\.\d+)?\s*", value):
        return parse_duration(value).total_seconds()
    return value


def _whole(value: object) -> object:
    # pydantic would count true and false as 1 and 0.
    if isinstance(value, bool):
        raise wrong("is not a whole number", "Write digits only")
    return value


def _one_line(text: str) -> str:
    if not text.strip():
        raise wrong("is empty", "Write something, or take the line out")
    if any(character in text.strip() for character in "\r\n\x00"):
        raise wrong("runs over several lines", "Keep it on one line")
    return text.strip()


def as_list(value: object) -> object:
    """A text where a list belongs, as the list of it alone."""
    return [value] if isinstance(value, str) else value


Duration = Annotated[
    timedelta, BeforeValidator(parse_duration), PlainSerializer(written_duration), WithJsonSchema(_DURATION_SCHEMA)
]
Seconds = Annotated[
    float,
    Field(gt=0, le=86400, allow_inf_nan=False),
    BeforeValidator(_seconds),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0, "maximum": 86400}, _DURATION_SCHEMA]}),
]
WHOLE = BeforeValidator(_whole)
TimeOfDay = Annotated[
    time,
    BeforeValidator(parse_hour),
    PlainSerializer(lambda hour: hour.strftime("%H:%M")),
    WithJsonSchema({"type": "string", "pattern": r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}),
]
Line = Annotated[str, AfterValidator(_one_line)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(as_list), WithJsonSchema(ONE_OR_MANY)]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
