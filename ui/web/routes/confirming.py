"""/c/: a new recipient says that they want digests."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from scheduler.tokens import Purpose
from storage import Unit
from ui.web.forms import check_form, fields_of
from ui.web.pages import show
from ui.web.site import Holder, Site


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    def shown(request: Request, holder: Holder, name: str, form: str = "") -> Response:
        said = holder.words.pages[name]
        return show(request, said, holder.words, owner=site.owner, address=holder.recipient.address, form=form)

    @routes.api_route("/c/{token}", methods=["GET", "HEAD"])
    async def ask(request: Request, token: str) -> Response:
        holder = await site.holder(Purpose.CONFIRM, token)
        if await site.app.store.read(partial(_agreed, holder=holder)):
            return shown(request, holder, "confirmed")
        return shown(request, holder, "confirm", site.tokens.form(token))

    @routes.post("/c/{token}")
    async def confirm(request: Request, token: str) -> Response:
        fields = await fields_of(request)
        holder = await site.holder(Purpose.CONFIRM, token)
        check_form(request, fields, site.tokens, token)
        claim, at = holder.claim, site.clock()
        await site.app.store.write(
            lambda unit: unit.subscriptions.confirm(claim.recipient, generation=claim.generation, at=at)
        )
        return shown(request, holder, "confirmed")

    return routes


def _agreed(unit: Unit, *, holder: Holder) -> bool:
    return unit.subscriptions.of(holder.claim.recipient).confirmed_at is not None
