"""Making what is due: each digest is drawn up, given its form and frozen, one recipient after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

import structlog

from news.schedule import is_away, is_quiet
from news.watch.watch import Recipient
from scheduler.alerting import alerting_schedule, due_alert
from scheduler.app import App
from scheduler.digest.links import Links, links_for
from scheduler.digest.message import message_of
from scheduler.digest.worth import Closing, Waiting, Worth, worth
from scheduler.due_digests import digest_due
from scheduler.untold import Audience, Looked, audience
from storage import Unit

_log = structlog.get_logger()


class Draft(NamedTuple):
    """What to ask for a recipient. state: on which the answer depends, None where it is asked whatever was found."""

    schedule: str
    draw: Callable[[Unit], Closing | Waiting | None]
    state: Hashable | None


async def tell_due(app: App, *, now: datetime, closing_now: bool = False, looked: Looked | None = None) -> int:
    """Freeze every digest that is due, with `closing_now` also what is untold before its hour; count the mails.

    One that cannot be made holds up nobody else's: its error is logged, and the first one raised at the end.
    looked: what earlier calls found to be nothing, in the life of one process; whom it concerns is not asked again.
    """
    looked = looked if looked is not None else Looked()
    frozen = 0
    failures: list[Exception] = []
    told = await app.store.read(partial(audience, app=app, now=now))
    for recipient in told.people:
        for draft in _drafts(told, app=app, recipient=recipient, closing_now=closing_now):
            if draft.state is not None and looked.is_known(recipient, draft.schedule, draft.state):
                continue
            try:
                closing = await app.store.read(draft.draw)
                if isinstance(closing, Closing):
                    frozen += await _freeze(app, recipient, closing, now=now)
                elif closing is None and draft.state is not None:
                    looked.remember(recipient, draft.schedule, draft.state)
            except Exception as error:
                _log.error("digest failed", schedule=draft.schedule, recipient=recipient.id, error=str(error))
                failures.append(error)
    if failures:
        raise failures[0]
    return frozen


def _drafts(told: Audience, *, app: App, recipient: Recipient, closing_now: bool) -> Iterator[Draft]:
    """What to ask for a recipient, in this order; quiet hours and absences hold all but what a person asks for."""
    is_held = is_away(recipient, told.now) or is_quiet(recipient.schedule, told.now)
    alerts, name = told.alerts(recipient), alerting_schedule(recipient)
    if alerts is not None and not is_held and told.wants(recipient, name):
        yield Draft(name, partial(due_alert, app=app, recipient=recipient, now=told.now), alerts)
    state, name = None if closing_now else told.slot(recipient), recipient.schedule.name
    if (closing_now or (state is not None and not is_held)) and told.wants(recipient, name):
        draw = partial(digest_due, app=app, recipient=recipient, now=told.now, closing_now=closing_now)
        yield Draft(name, draw, state)


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
