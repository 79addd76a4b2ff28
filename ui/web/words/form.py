"""What the pages need words for. In a line {address} is the recipient's, and {ask} says whom to turn to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from news.watch.watch import ScheduleKind


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words of one page. button: of its form; label: of the form's text."""

    title: str
    lines: tuple[str, ...]
    button: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class HoursWords:
    """The words of "My hours". {times}, {day} and the like stand for what the schedule has."""

    title: str
    lines: tuple[str, ...]
    recipient: str
    digest: str
    zone: str
    quiet: str
    quiet_hours: str
    away: str
    away_until: str
    watches: str
    all_watches: str
    kinds: Mapping[ScheduleKind, str]
    office_days: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A short mail to one recipient: a subject, what stands before its link, and what after."""

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Words:
    """All words of the pages in one language.

    ask, ask_nobody: how {ask} reads where an address is known ({owner}) and where none is. pages: by name; those whose
    name ends in " alerts" are said of alerts in place of the digest. refusals: by the value of a `Refusal`.
    stop_letters: ask the recipient, and nobody else, whether the digest is to end, or at True the alerts.
    """

    language: str
    ask: str
    ask_nobody: str
    pages: Mapping[str, Said]
    refusals: Mapping[str, Said]
    hours: HoursWords
    stop_letters: Mapping[bool, Letter]
