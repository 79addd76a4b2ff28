"""/h/: "My hours", what a recipient's schedule is and whom to ask for another."""

from __future__ import annotations

from datetime import time

from babel.dates import format_date, format_time, get_day_names
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from news.watch.watch import Recipient, Schedule
from scheduler.tokens import Purpose
from ui.web.pages import show
from ui.web.site import Site
from ui.web.words import Said, Words


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.api_route("/h/{token}", methods=["GET", "HEAD"])
    async def hours(request: Request, token: str) -> Response:
        holder = await site.holder(Purpose.HOURS, token)
        words = holder.words
        said = Said(title=words.hours.title, lines=words.hours.lines)
        return show(request, said, words, owner=site.owner, rows=hours_rows(holder.recipient, words))

    return routes


def hours_rows(recipient: Recipient, words: Words) -> list[tuple[str, str]]:
    """Return what a recipient gets and when: names and values in their language."""
    said, schedule = words.hours, recipient.schedule
    rows = [
        (said.recipient, recipient.address),
        (said.digest, _when(schedule, words)),
        (said.zone, schedule.zone),
        (said.watches, ", ".join(recipient.watches) or said.all_watches),
    ]
    if schedule.quiet is not None:
        begins, ends = _hour(schedule.quiet.begins, words), _hour(schedule.quiet.ends, words)
        rows.append((said.quiet, said.quiet_hours.format(begins=begins, ends=ends)))
    if recipient.away_until is not None:
        day = format_date(recipient.away_until, "long", locale=words.language)
        rows.append((said.away, said.away_until.format(day=day)))
    return rows


def _when(schedule: Schedule, words: Words) -> str:
    weekday = get_day_names("wide", locale=words.language)[schedule.weekday]
    times = ", ".join(_hour(one, words) for one in schedule.times)
    often = words.hours.kinds[schedule.kind].format(times=times, weekday=weekday)
    return f"{often}, {words.hours.office_days}" if schedule.office_days else often


def _hour(moment: time, words: Words) -> str:
    return str(format_time(moment, "HH:mm", locale=words.language))
