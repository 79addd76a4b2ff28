"""The mail that asks a recipient, and nobody else, whether their digest is to end."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from news.message import Message
from scheduler.digest.links import one_click_link
from ui.web.site import Holder, Site
from ui.web.templating import template

LETTERS_PAUSE = timedelta(days=1)
"""In so much time it is sent once: whoever has a forwarded digest could otherwise fill the mailbox."""


def stop_letter(holder: Holder, *, key: str, site: Site, at: datetime) -> Message:
    """Return the mail; key: of its parcel, which the Message-ID is made of, so that a repeated delivery is known."""
    words, app = holder.words.stop_letters[holder.alerts], site.app
    link = one_click_link(site.tokens, holder.claim, address=app.settings.web.served_at)
    html = template("letter.html").render(
        language=holder.words.language, before=words.before, after=words.after, link=link
    )
    return Message(
        id=f"stop.{hashlib.sha256(key.encode()).hexdigest()[:20]}@{app.domain}",
        subject=words.subject.format(address=holder.recipient.address),
        text="\n\n".join((*words.before, link, *words.after)) + "\n",
        html=html,
        date=at,
        headers={"Auto-Submitted": "auto-replied"},
    )
