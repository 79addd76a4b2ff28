"""/d/: the copy of a digest to forward, as it was frozen with it."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from scheduler.tokens import Purpose
from ui.web.refusals import Refusal, Refused
from ui.web.site import Site

_POLICY: Final = (
    # It is written for mail programs, with its styles inlined; nothing else may come or run.
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.api_route("/d/{token}", methods=["GET", "HEAD"])
    async def copy(request: Request, token: str) -> Response:
        holder = await site.holder(Purpose.CLEAN, token)
        claim = holder.claim
        found = await site.app.store.read(
            lambda unit: unit.linked.clean_copy(claim.recipient, claim.schedule, claim.slot)
        )
        if found is None or not (found.html or found.text):
            raise Refused(Refusal.NO_COPY, holder.words)
        if request.query_params.get("form") == "text" or not found.html:
            return PlainTextResponse(found.text)
        return HTMLResponse(found.html, headers={"Content-Security-Policy": _POLICY})

    return routes
