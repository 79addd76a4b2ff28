"""Recipients as commands show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from news.settings import Settings
    from news.watch.watch import Recipient


def told(recipient: Recipient, by: str) -> str:
    """Say in a sentence what a recipient gets, when and by which channel."""
    from news.schedule_words import told_when

    return f"{recipient.address} gets {follows(recipient)} by {by}: {told_when(recipient)}."


def to_agree(recipient: Recipient, by: str, settings: Settings) -> str:
    """Say what somebody outside the owner's domains has to do before they get anything; empty where nothing."""
    from scheduler.confirming import must_confirm

    if not must_confirm(recipient, channel=by, domains=settings.owner.domains):
        return ""
    outside = f"{recipient.address} is outside owner.domains, so nothing is sent before they agree"
    if settings.web.address:
        return f"{outside}: presswatch run sends them a mail with a link for it."
    return f"{outside}. When they did: presswatch recipient confirm {recipient.address}"


def follows(recipient: Recipient) -> str:
    """Name the watches a recipient gets."""
    return ", ".join(recipient.watches) or "every watch"


def written_in(recipient: Recipient) -> str:
    """Say where a recipient was written."""
    from news.watch.watch import Origin

    place = "config.yaml" if recipient.origin is Origin.CONFIG else "a command"
    return place if recipient.enabled else f"{place}, off"


def shown(recipient: Recipient) -> dict[str, Any]:
    """The recipient as data; hour and zone stand beside the whole schedule, in which `hours` may be several."""
    from news.schedule_words import told_when
    from news.settings.schedules import written_schedule

    schedule = recipient.schedule
    return {
        "address": recipient.address,
        "name": recipient.name,
        "channel": recipient.channel,
        "language": recipient.language,
        "hour": f"{schedule.hour:02}:{schedule.minute:02}",
        "zone": schedule.zone,
        "schedule": written_schedule(schedule),
        "when": told_when(recipient),
        "away_until": recipient.away_until,
        "watches": list(recipient.watches),
        "origin": recipient.origin,
        "enabled": recipient.enabled,
    }
