"""/feeds/: Atom and JSON Feed of a watch or a recipient, under a secret address."""

from __future__ import annotations

from fastapi import APIRouter

from ui.web.site import Site


def router(_site: Site) -> APIRouter:
    """Return the routes."""
    return APIRouter()
