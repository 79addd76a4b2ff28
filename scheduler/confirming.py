"""Recipients outside the owner's domains agree before anything else is sent to them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from functools import partial

import structlog
from markupsafe import escape

from news.message import Message
from news.subscription import Subscription, SubscriptionState
from news.trouble import TroubleKind
from news.watch.watch import Recipient
from scheduler.app import App
from scheduler.digest.links import confirm_link
from scheduler.everybody import everybody
from scheduler.trouble import note_trouble
from storage import Unit

_log = structlog.get_logger()

WORDS = {
    "en": (
        "Do you want news digests at {address}?",
        "{owner} wants to send digests of news to {address}.\n\nIf you want them, open this page and agree:\n{link}\n\n"
        "If you do not, do nothing: nothing else will be sent to you.\n",
    ),
    "ru": (
        "Получать дайджесты новостей на {address}?",
        "{owner} предлагает присылать дайджесты новостей на {address}.\n\n"
        "Если вы согласны, откройте страницу и подтвердите:\n{link}\n\n"
        "Если нет, ничего не делайте: больше писем не будет.\n",
    ),
    "kk": (
        "{address} мекенжайына жаңалықтар дайджесі керек пе?",
        "{owner} жаңалықтар дайджесін {address} мекенжайына жіберуді ұсынады.\n\n"
        "Келіссеңіз, мына бетті ашып, растаңыз:\n{link}\n\n"
        "Келіспесеңіз, ештеңе істемеңіз: бұдан басқа хат келмейді.\n",
    ),
}
"""Subject and text of the question, by language; {owner} asks, {address} is asked, {link} is the page."""


def must_confirm(recipient: Recipient, *, channel: str, domains: Collection[str]) -> bool:
    """Whether a recipient has to agree first: by mail, outside the owner's domains and what is below them.

    Without domains nobody has to.
    """
    domain = recipient.address.rpartition("@")[2].lower()
    inside = any(domain == one or domain.endswith(f".{one}") for one in domains)
    return bool(domains) and channel == "email" and not inside


async def ask_newcomers(app: App, *, now: datetime) -> None:
    """Silence who has to agree and has not, ask them once, and let those go on who have to no more.

    Where no page is served the owner is asked instead, who knows how the recipient agreed. To be done before digests
    are composed.
    """
    wanted, free = await app.store.read(partial(_changes, app=app))
    if wanted or free:
        await app.store.write(partial(_apply, wanted=wanted, free=free, app=app, now=now))


def _changes(unit: Unit, *, app: App) -> tuple[list[Recipient], list[Recipient]]:
    """Who has to agree and was not asked, and who was asked and has to no more."""
    standing = unit.subscriptions.all()
    wanted, free = [], []
    settings = app.settings
    for recipient in everybody(unit, app.store):
        present = standing.get(recipient.id, Subscription())
        channel = recipient.channel or settings.default_channel
        must = must_confirm(recipient, channel=channel, domains=settings.owner.domains)
        if must and present.state is SubscriptionState.ACTIVE and present.confirmed_at is None and recipient.enabled:
            wanted.append(recipient)
        if not must and present.state is SubscriptionState.UNCONFIRMED:
            free.append(recipient)
    return wanted, free


def _apply(unit: Unit, *, wanted: list[Recipient], free: list[Recipient], app: App, now: datetime) -> None:
    reason = "asked to confirm" if app.settings.web.address else "the owner has to confirm"
    for recipient in free:
        unit.subscriptions.waive_confirmation(recipient.id, at=now)
    for recipient in wanted:
        if unit.subscriptions.require_confirmation(recipient.id, reason, at=now):
            _ask(unit, recipient, app=app, now=now)


def _ask(unit: Unit, recipient: Recipient, *, app: App, now: datetime) -> None:
    generation = unit.subscriptions.generation(recipient.id)
    _log.info("recipient has to confirm", recipient=recipient.id, by="mail" if app.settings.web.address else "owner")
    if not app.settings.web.address:
        note_trouble(unit, TroubleKind.UNCONFIRMED, "outside owner.domains", at=now, about=recipient.address)
        return
    link = confirm_link(recipient.id, generation=generation, key=app.key, address=app.settings.web.address)
    message = confirmation_of(recipient, link=link, app=app, generation=generation, now=now)
    key = f"confirm/{recipient.id}/{generation}"
    unit.outbox.queue(message, recipient.address, key=key, channel="email", at=now)


def confirmation_of(recipient: Recipient, *, link: str, app: App, generation: int, now: datetime) -> Message:
    """Return the one mail that asks a recipient whether they want digests."""
    subject, text = WORDS.get(recipient.language, WORDS["en"])
    owner = app.owner_address or app.domain
    told = {"owner": owner, "address": recipient.address}
    html = str(escape(text)).replace("\n", "<br>\n").replace("{link}", f'<a href="{escape(link)}">{escape(link)}</a>')
    named = hashlib.sha256(f"{recipient.address.casefold()}/{generation}".encode()).hexdigest()[:20]
    return Message(
        id=f"confirm.{named}@{app.domain}",
        subject=subject.format(**told),
        text=text.format(**told, link=link),
        html="<p>" + html.format(owner=escape(owner), address=escape(recipient.address)) + "</p>\n",
        date=now,
        headers={"Auto-Submitted": "auto-generated"},
    )
