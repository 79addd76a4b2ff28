"""/u/ and /s/: how a digest ends.

The header of a mail has /u/: a mail provider POSTs there once (RFC 8058), and forwarding takes the header away. The
body has /s/, which a colleague may get forwarded: it can do no more than send a mail with the /u/ link to the
recipient's own address.
"""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from scheduler.tokens import Purpose
from storage import Unit
from ui.web.forms import check_form, fields_of, is_one_click
from ui.web.pages import show
from ui.web.site import Holder, Site
from ui.web.stop_letter import LETTERS_PAUSE, stop_letter
from ui.web.words import Said


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.api_route("/u/{token}", methods=["GET", "HEAD"])
    async def ask(request: Request, token: str) -> Response:
        holder = await site.holder(Purpose.ONE_CLICK, token)
        name = "ended" if await site.app.store.read(partial(_is_stopped, holder=holder)) else "end"
        return _shown(site, request, holder, name, form=site.tokens.form(token) if name == "end" else "")

    @routes.post("/u/{token}")
    async def end(request: Request, token: str) -> Response:
        fields = await fields_of(request)
        holder = await site.holder(Purpose.ONE_CLICK, token)
        one_click = is_one_click(fields)
        if not one_click:
            check_form(request, fields, site.tokens, token)
        claim, at = holder.claim, site.clock()
        await site.app.store.write(
            lambda unit: unit.subscriptions.stop(claim.recipient, claim.schedule, generation=claim.generation, at=at)
        )
        # A provider shows the answer to nobody, and must get neither a redirect nor a question (RFC 8058, section 3.1).
        return PlainTextResponse("Stopped.\n") if one_click else _shown(site, request, holder, "ended")

    @routes.api_route("/s/{token}", methods=["GET", "HEAD"])
    async def offer(request: Request, token: str) -> Response:
        holder = await site.holder(Purpose.STOP, token)
        name = "ended" if await site.app.store.read(partial(_is_stopped, holder=holder)) else "stop"
        return _shown(site, request, holder, name, form=site.tokens.form(token) if name == "stop" else "")

    @routes.post("/s/{token}")
    async def mail(request: Request, token: str) -> Response:
        fields = await fields_of(request)
        holder = await site.holder(Purpose.STOP, token)
        check_form(request, fields, site.tokens, token)
        await site.app.store.write(partial(_mail, site=site, holder=holder))
        return _shown(site, request, holder, "mailed")

    return routes


def _is_stopped(unit: Unit, *, holder: Holder) -> bool:
    return holder.claim.schedule in unit.subscriptions.of(holder.claim.recipient).stopped


def _mail(unit: Unit, *, site: Site, holder: Holder) -> None:
    """Queue the mail with the last link: one in LETTERS_PAUSE, however often the button is pressed."""
    now, claim = site.clock(), holder.claim
    period = int(now.timestamp() // LETTERS_PAUSE.total_seconds())
    key = f"stop/{claim.recipient}/{claim.schedule}/{claim.generation}/{period}"
    message = stop_letter(holder, key=key, site=site, at=now)
    channel = holder.recipient.channel or site.app.settings.default_channel
    unit.outbox.queue(message, holder.recipient.address, key=key, channel=channel, at=now)


def _shown(site: Site, request: Request, holder: Holder, name: str, *, form: str = "") -> Response:
    said = _said(holder, name)
    return show(request, said, holder.words, owner=site.owner, address=holder.recipient.address, form=form)


def _said(holder: Holder, name: str) -> Said:
    pages = holder.words.pages
    return pages.get(f"{name} alerts", pages[name]) if holder.alerts else pages[name]
