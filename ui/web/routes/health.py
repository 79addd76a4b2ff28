"""/health: whether the database answers, and nothing else."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from news.errors import StorageError
from ui.web.site import Site


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.api_route("/health", methods=["GET", "HEAD"])
    async def health() -> Response:
        try:
            await site.app.store.read(lambda unit: unit.watches.revision())
        except StorageError:
            return JSONResponse({"ok": False}, status_code=503)
        return JSONResponse({"ok": True})

    return routes
