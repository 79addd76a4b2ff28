"""What every page works with: one installation, its tokens and the hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from starlette.requests import Request

from news.watch.watch import Recipient, ScheduleKind
from scheduler.app import App
from scheduler.composing import INSTANT
from scheduler.tokens import Claim, Purpose, Tokens
from storage import Unit
from ui.web.refusals import Refusal, Refused
from ui.web.words import Words, words_for


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whom a link was made for, as far as the link proves it, and the words of their language."""

    claim: Claim
    recipient: Recipient
    words: Words

    @property
    def alerts(self) -> bool:
        """Whether the link is about alerts rather than about a digest."""
        return self.claim.schedule == INSTANT or self.recipient.schedule.kind is ScheduleKind.INSTANT


@dataclass(frozen=True, kw_only=True)
class Site:
    """One installation as its pages see it. clock: gives the aware instant of a request."""

    app: App
    tokens: Tokens
    clock: Callable[[], datetime]

    async def holder(self, purpose: Purpose, token: str) -> Holder:
        """Return whom `token` was made for; raises Refused where it was not signed here for this, or has ended."""
        claim = self.tokens.read(purpose, token)
        if claim is None:
            raise Refused(Refusal.BAD_LINK)
        recipient, generation = await self.app.store.read(partial(_found, claim=claim))
        if recipient is None:
            raise Refused(Refusal.NOBODY)
        words = words_for(recipient.language)
        if generation != claim.generation:
            raise Refused(Refusal.OLD_LINK, words)
        return Holder(claim=claim, recipient=recipient, words=words)

    def words(self, request: Request) -> Words:
        """Return the words for somebody of whom no more is known than what their browser asks for."""
        asked = request.headers.get("accept-language", "")[:200]
        return words_for(*(part.split(";")[0].split("-")[0].strip().lower() for part in asked.split(",")))

    @property
    def owner(self) -> str:
        """Whom readers write to; empty where nobody is named."""
        return self.app.owner_address


def _found(unit: Unit, *, claim: Claim) -> tuple[Recipient | None, int]:
    return unit.linked.recipient(claim.recipient), unit.subscriptions.generation(claim.recipient)
