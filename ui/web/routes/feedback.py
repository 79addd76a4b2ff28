"""/n/: what was not relevant in a digest, or is missing in it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from news.text.clean import printable
from news.trouble import TroubleKind
from scheduler.tokens import Purpose
from scheduler.trouble import note_trouble
from storage import FeedbackKind, Unit
from ui.web.forms import check_form, fields_of
from ui.web.pages import show
from ui.web.refusals import Refusal, Refused
from ui.web.site import Holder, Site


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    def shown(request: Request, holder: Holder, name: str, form: str = "") -> Response:
        said = holder.words.pages[name]
        return show(request, said, holder.words, owner=site.owner, address=holder.recipient.address, form=form)

    @routes.api_route("/n/{token}/{kind}", methods=["GET", "HEAD"])
    async def ask(request: Request, token: str, kind: str) -> Response:
        holder = await site.holder(Purpose.FEEDBACK, token)
        return shown(request, holder, _kind(kind).value, site.tokens.form(token))

    @routes.post("/n/{token}/{kind}")
    async def keep(request: Request, token: str, kind: str) -> Response:
        fields = await fields_of(request)
        holder = await site.holder(Purpose.FEEDBACK, token)
        about = _kind(kind)
        check_form(request, fields, site.tokens, token)
        text = "\n".join(line.strip() for line in fields.get("text", "").splitlines() if line.strip())
        if not text:
            return shown(request, holder, about.value, site.tokens.form(token))
        claim, at = holder.claim, site.clock()

        def work(unit: Unit) -> bool:
            kept = unit.feedback.add(claim.recipient, claim.schedule, claim.slot, about, text, at=at)
            if kept:
                said = f"{about.value}: {' '.join(printable(text).split())[:200]}"
                note_trouble(unit, TroubleKind.FEEDBACK, said, at=at, about=holder.recipient.address)
            return kept

        if not await site.app.store.write(work):
            raise Refused(Refusal.TOO_MANY, holder.words)
        return shown(request, holder, "thanks")

    return routes


def _kind(name: str) -> FeedbackKind:
    try:
        return FeedbackKind(name)
    except ValueError:
        raise Refused(Refusal.NO_PAGE) from None
