"""/feeds/: Atom and JSON Feed of a watch or a recipient, under a secret address."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from scheduler.feeds import atom, json_feed
from scheduler.feeds.feed import Feed
from scheduler.feeds.feeds import find_feed, read_feed
from storage import Unit
from ui.web.refusals import Refusal, Refused
from ui.web.site import Site

_FORMS: Final = {
    "atom": (atom.as_atom, atom.MEDIA_TYPE),
    "json": (json_feed.as_json, json_feed.MEDIA_TYPE),
}


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.api_route("/feeds/{name}.{form}", methods=["GET", "HEAD"])
    async def feed(request: Request, name: str, form: str) -> Response:
        if form not in _FORMS:
            raise Refused(Refusal.NO_PAGE)
        found = await site.app.store.read(partial(_read, name=name, site=site))
        if found is None:
            raise Refused(Refusal.NO_PAGE)
        write, media_type = _FORMS[form]
        body = write(found)
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        updated = found.updated.replace(microsecond=0)
        headers = {
            "ETag": tag,
            "Last-Modified": format_datetime(updated, usegmt=True),
            "Cache-Control": "private, max-age=300",
        }
        if _is_known(request, tag, updated):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=media_type, headers=headers)

    return routes


def _read(unit: Unit, *, name: str, site: Site) -> Feed | None:
    listed = find_feed(unit, name, key=site.app.key)
    return None if listed is None else read_feed(unit, listed, app=site.app, now=site.clock())


def _is_known(request: Request, tag: str, updated: datetime) -> bool:
    """Whether the reader has it already (RFC 9110, section 13.2.2: an ETag is asked before a date)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return "*" in tags or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and updated <= since
