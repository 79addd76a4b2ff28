"""The web application: its pages joined, its limits, and what is answered where something is wrong.

Every link is a signed token or a secret address; there are no cookies and no accounts. A GET changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from news.errors import StorageError
from scheduler.app import App
from scheduler.tokens import Tokens
from ui.web.headers import WithHeaders
from ui.web.pages import show
from ui.web.refusals import STATUSES, Refusal, Refused
from ui.web.routes import confirming, copies, feedback, feeds, health, hours, static, stopping
from ui.web.site import Site

_log = structlog.get_logger()

ROUTERS: Final = (
    *(stopping.router, confirming.router, copies.router, hours.router),
    *(feedback.router, feeds.router, static.router, health.router),
)
"""What is served: each gives the routes of one file."""

_OF_STATUS: Final = {404: Refusal.NO_PAGE, 405: Refusal.NO_METHOD, 413: Refusal.TOO_LARGE}


def web_app(app: App, *, clock: Callable[[], datetime]) -> FastAPI:
    """Return the application that serves the installation `app`; clock: gives the aware instant of a request."""
    site = Site(app=app, tokens=Tokens(app.key), clock=clock)
    web = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    for router in ROUTERS:
        web.include_router(router(site))

    def refused(request: Request, refusal: Refusal, error: Refused | None = None) -> Response:
        words = (error.words if error else None) or site.words(request)
        said = words.refusals[refusal]
        response = show(request, said, words, owner=site.owner, status=STATUSES[refusal])
        if refusal is Refusal.BROKEN:
            response.headers["Retry-After"] = "300"
        return response

    @web.exception_handler(Refused)
    async def on_refused(request: Request, error: Refused) -> Response:
        return refused(request, error.refusal, error)

    @web.exception_handler(HTTPException)
    async def on_status(request: Request, error: HTTPException) -> Response:
        return refused(request, _OF_STATUS.get(error.status_code, Refusal.NOT_ASKED))

    @web.exception_handler(StorageError)
    async def on_trouble(request: Request, error: StorageError) -> Response:
        # The path may hold a token: it is no more logged than any other secret.
        _log.error("a page could not be shown", problem=str(error))
        return refused(request, Refusal.BROKEN)

    @web.exception_handler(Exception)
    async def on_fault(request: Request, error: Exception) -> Response:  # noqa: ARG001 - logged by the server
        return refused(request, Refusal.BROKEN)

    web.add_middleware(WithHeaders)
    return web
