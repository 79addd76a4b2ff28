"""`presswatch try url | date | language | robots`: one answer a line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from ui.cli.frame import usage_error
from ui.cli.steps.lines import Answer, answer_each


def try_url() -> None:
    """Addresses in, canonical ones out.

    Each line gives {"url": canonical or null, "why": ...}.
    """
    from news.urls import canonical_url

    def answer(text: str) -> Answer:
        canonical = canonical_url(text)
        return {"url": canonical.url, "why": canonical.why}

    raise typer.Exit(answer_each(answer))


def try_date(
    language: Annotated[str, typer.Option("--language", metavar="TAG", help="A hint: en, ru, kk ...")] = "",
    zone: Annotated[str, typer.Option("--zone", help="Of hours and days stated without an offset.")] = "Asia/Almaty",
    now: Annotated[str, typer.Option("--now", metavar="ISO", help="What counts as now; default: now.")] = "",
) -> None:
    """Written dates in, ISO 8601 out.

    Each line gives {"date": ... or null, "precision": "exact" or "day"}.
    """
    from news.dates import assert_zone_data, parse_date

    moment = _instant(now, zone)
    assert_zone_data()

    def answer(text: str) -> Answer:
        stated = parse_date(text, language=language, zone=zone, now=moment)
        if stated is None:
            return {"date": None, "precision": None}
        return {"date": stated.isoformat(), "precision": stated.precision}

    raise typer.Exit(answer_each(answer))


def try_language() -> None:
    """Texts in, languages out.

    Each line gives {"language": "en", "sure": 0.98}, `und` where it cannot be told.
    """
    from news.language import detect

    def answer(text: str) -> Answer:
        guess = detect(text)
        return {"language": guess.language, "sure": round(guess.sure, 4)}

    raise typer.Exit(answer_each(answer))


def try_robots(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A robots.txt.")],
    agent: Annotated[str, typer.Option("--agent", help="The name that the reader goes by.")],
) -> None:
    """Addresses in, what a robots.txt allows out.

    Each line gives {"url", "allowed"}.
    """
    from crawler.robots import parsed

    rules = parsed(file.read_bytes().decode("utf-8-sig", "replace"))

    def answer(text: str) -> Answer:
        return {"url": text, "allowed": bool(rules.can_fetch(text, agent))}

    raise typer.Exit(answer_each(answer))


def _instant(written: str, zone: str) -> datetime:
    """The instant that `--now` means; without an offset it is an hour of the zone, without an hour midnight."""
    try:
        local = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise usage_error(f"--zone {zone!r} is no zone of the IANA data; write for example Asia/Almaty") from None
    try:
        moment = datetime.fromisoformat(written) if written else datetime.now(UTC)
    except ValueError:
        raise usage_error(f"--now {written!r} is not ISO 8601; write for example 2024-03-07T08:00:00+05:00") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=local)).astimezone(UTC)
