"""Making what is due: each digest is drawn up, given its form and frozen, one recipient after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from news.watch.watch import Mode, Recipient
from scheduler.alerting import alerting_schedule, is_alerted_only
from scheduler.app import App
from scheduler.digest.links import Links, links_for
from scheduler.digest.message import message_of
from scheduler.digest.worth import Closing, Worth, worth
from scheduler.due_digests import alert_due, digest_due
from storage import Unit

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who is told. stopped: (recipient id, schedule) of those who want no more of it; alerting: watches that alert."""

    people: tuple[Recipient, ...]
    stopped: Collection[tuple[int, str]]
    alerting: frozenset[str]


async def tell_due(app: App, *, now: datetime, closing_now: bool = False) -> int:
    """Freeze every digest that is due, with `closing_now` also what is untold before its hour; count the mails.

    One that cannot be made holds up nobody else's: its error is logged, and the first one raised at the end.
    """
    frozen = 0
    failures: list[Exception] = []
    audience = await app.store.read(_audience)
    for recipient in audience.people:
        for schedule, draw in _drafts(audience, app=app, recipient=recipient, now=now, closing_now=closing_now):
            try:
                closing = await app.store.read(draw)
                if closing is not None:
                    frozen += await _freeze(app, recipient, closing, now=now)
            except Exception as error:
                _log.error("digest failed", schedule=schedule, recipient=recipient.id, error=str(error))
                failures.append(error)
    if failures:
        raise failures[0]
    return frozen


def _audience(unit: Unit) -> Audience:
    silent = unit.subscriptions.silent()
    return Audience(
        people=tuple(one for one in unit.recipients.all() if one.enabled and one.id not in silent),
        stopped=unit.subscriptions.stopped(),
        alerting=frozenset(one.name for one in unit.watches.all(enabled_only=True) if one.mode is Mode.INSTANT),
    )


def _drafts(
    audience: Audience, *, app: App, recipient: Recipient, now: datetime, closing_now: bool
) -> list[tuple[str, Callable[[Unit], Closing | None]]]:
    """What to ask for a recipient, in this order, each with the name of its schedule."""
    drafts: list[tuple[str, Callable[[Unit], Closing | None]]] = []
    follows = audience.alerting.intersection(recipient.watches) if recipient.watches else audience.alerting
    if follows or is_alerted_only(recipient):
        alert = partial(alert_due, app=app, recipient=recipient, now=now)
        drafts.append((alerting_schedule(recipient), alert))
    digest = partial(digest_due, app=app, recipient=recipient, now=now, closing_now=closing_now)
    drafts.append((recipient.schedule.name, digest))
    return [(schedule, draw) for schedule, draw in drafts if (recipient.id, schedule) not in audience.stopped]


async def _freeze(app: App, recipient: Recipient, closing: Closing, *, now: datetime) -> bool:
    """Write down what closes a slot; False where that was done before, or no mail comes of it."""
    becomes, digest = worth(closing), closing.digest
    if becomes is Worth.NOTHING:
        return False
    message, notices = None, []
    if becomes is Worth.MAIL and digest is not None:
        links = await app.store.read(partial(_links, app=app, recipient=recipient, closing=closing))
        message = await asyncio.to_thread(message_of, digest, domain=app.domain, links=links, templates=app.templates)
        notices = [notice.id for notice in digest.coverage.notices]
    channel = recipient.channel or app.settings.default_channel

    def work(unit: Unit) -> int | None:
        shown = digest.shown if digest is not None else ()
        slot = closing.slot.name
        frozen = unit.digests.freeze(
            recipient, closing.schedule, slot, closing.match_ids, message, channel, at=now, shown=shown
        )
        if frozen is not None:
            unit.health.mark_told(recipient.id, notices, at=now)
        return frozen

    if await app.store.write(work) is None or message is None or digest is None:
        return False
    name, stories = closing.slot.name, digest.stories
    _log.info("digest", slot=name, schedule=closing.schedule, stories=stories, recipient=recipient.id)
    return True


def _links(unit: Unit, *, app: App, recipient: Recipient, closing: Closing) -> Links:
    return links_for(
        recipient,
        closing.schedule,
        closing.slot.name,
        generation=unit.subscriptions.generation(recipient.id),
        key=app.key,
        address=app.settings.web.address,
        owner_address=app.owner_address,
    )
