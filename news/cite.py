"""A reference to one item as a report would print it, in English, Russian or Kazakh.

Publisher, title, the date that was stated, the address, when it was read, and the digest of the page as received.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from news.item import Item
from news.text.clean import one_line

_ENGLISH = "January February March April May June July August September October November December".split()  # noqa: SIM905
_RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
_KAZAKH = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()  # noqa: SIM905


@dataclass(frozen=True, kw_only=True)
class _Form:
    """The words of a reference in one language."""

    quotes: tuple[str, str]
    day: Callable[[date], str]
    undated: str
    version: str
    accessed: str
    sha256: str
    no_copy: str


_FORMS = {
    "en": _Form(
        quotes=("“", "”"),
        day=lambda day: f"{day.day} {_ENGLISH[day.month - 1]} {day.year}",
        undated="no date stated",
        version="version {}",
        accessed="{} (accessed {})",
        sha256="SHA-256 of what was received: {}",
        no_copy="no copy kept",
    ),
    "ru": _Form(
        quotes=("«", "»"),
        day=lambda day: f"{day.day} {_RUSSIAN[day.month - 1]} {day.year} г.",
        undated="дата не указана",
        version="редакция {}",
        accessed="URL: {} (дата обращения: {})",
        sha256="SHA-256 полученного: {}",
        no_copy="копия не сохранена",
    ),
    "kk": _Form(
        quotes=("«", "»"),
        day=lambda day: f"{day.year} жылғы {day.day} {_KAZAKH[day.month - 1]}",
        undated="күні көрсетілмеген",
        version="{}-нұсқа",
        accessed="URL: {} (қаралған күні: {})",
        sha256="Алынған мәліметтің SHA-256 мәні: {}",
        no_copy="көшірмесі сақталмаған",
    ),
}
LANGUAGES = tuple(_FORMS)


def cite(item: Item, language: str, *, accessed: datetime, sha256: str, zone: str) -> str:
    """Return one line that refers to this version of an item; KeyError for a language without a form.

    accessed: when it was received, shown as a day in `zone`; sha256: of the body as received, empty without a copy.
    The day stated is the publisher's, in the publisher's zone.
    """
    form = _FORMS[language]
    opening, closing = form.quotes
    day = form.day(item.published.day) if item.published else form.undated
    parts = [
        one_line(item.publisher),
        f"{opening}{one_line(item.title)}{closing}",
        day + (f", {form.version.format(item.version)}" if item.version > 1 else ""),
        form.accessed.format(item.url, form.day(accessed.astimezone(ZoneInfo(zone)).date())),
        form.sha256.format(sha256) if sha256 else form.no_copy,
    ]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)
