"""The style sheet and the icon of the pages; and robots.txt, which asks for nothing here to be indexed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.responses import FileResponse, PlainTextResponse, Response

from ui.web.site import Site

_FOLDER: Final = Path(__file__).parents[1] / "static"
_KEPT: Final = {"Cache-Control": "public, max-age=3600"}


def router(_site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.api_route("/style.css", methods=["GET", "HEAD"])
    async def style() -> Response:
        return FileResponse(_FOLDER / "style.css", media_type="text/css", headers=_KEPT)

    @routes.api_route("/icon.svg", methods=["GET", "HEAD"])
    async def icon() -> Response:
        return FileResponse(_FOLDER / "icon.svg", media_type="image/svg+xml", headers=_KEPT)

    @routes.api_route("/robots.txt", methods=["GET", "HEAD"])
    async def robots() -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    return routes
