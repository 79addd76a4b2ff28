"""Options of `presswatch recipient` that say when somebody is told, and the entry of config.yaml that they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.exits import Misuse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from news.watch.watch import Recipient
    from scheduler.app import App

NONE = "none"
"""What takes an optional setting away."""

NameOption = Annotated[str | None, typer.Option("--name", help="Name of the person or desk.")]
WatchOption = Annotated[
    list[str] | None, typer.Option("--watch", metavar="NAME", help="A watch to get; again for more. Default: all.")
]
KindOption = Annotated[
    str | None,
    typer.Option("--kind", help="daily, weekly, hourly, or instant: no digest, everything at once. Default: daily."),
]
HourOption = Annotated[
    list[str] | None,
    typer.Option("--hour", metavar="HH:MM", help="When the digest is sent; again for several a day. Default: 08:00."),
]
WeekdayOption = Annotated[str | None, typer.Option("--weekday", help="Of a weekly digest. Default: monday.")]
OfficeDaysOption = Annotated[
    bool | None, typer.Option("--office-days/--every-day", help="Only on days on which offices of the country work.")
]
CountryOption = Annotated[
    str | None, typer.Option("--country", metavar="KZ", help="Whose holidays count. Default: that of the zone.")
]
QuietOption = Annotated[
    str | None, typer.Option("--quiet", metavar="22:00-07:00", help="Hours in which nothing is sent, or none.")
]
EmptyOption = Annotated[
    str | None, typer.Option("--empty", help="A mail when nothing is new: office-days, always or never.")
]
AwayOption = Annotated[
    str | None,
    typer.Option("--away-until", metavar="DAY", help="Nothing is sent before this day, or none: 2026-12-01."),
]
ZoneOption = Annotated[str | None, typer.Option("--zone", help="Zone of the hours; default: the one of config.yaml.")]


def _language(code: str | None) -> str | None:
    if code not in (None, "en", "ru", "kk"):
        raise Misuse(f"--language: digests are written in en, ru or kk, not in {code!r}")
    return code


LanguageOption = Annotated[
    str | None, typer.Option("--language", callback=_language, help="Of the digest's own words: en, ru or kk.")
]
ChannelOption = Annotated[
    str | None, typer.Option("--channel", help="email, folder or one of config.yaml; default: as config.yaml says.")
]


def entry_of(recipient: Recipient) -> dict[str, Any]:
    """The recipient as config.yaml would have them."""
    from news.settings.schedules import written_schedule

    return {
        "address": recipient.address,
        "name": recipient.name,
        "language": recipient.language,
        "channel": recipient.channel,
        "schedule": written_schedule(recipient.schedule),
        "watches": list(recipient.watches),
        "away_until": recipient.away_until,
        "enabled": recipient.enabled,
    }


def with_options(entry: Mapping[str, Any], options: Mapping[str, Any], schedule: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with the options that were given, of the recipient and of the schedule; None was not given."""
    given = {name: value for name, value in options.items() if value is not None}
    if given.get("away_until") == NONE:
        given["away_until"] = None
    return {**entry, **given, "schedule": _with_schedule(entry.get("schedule", {}), schedule)}


def checked(entry: Mapping[str, Any], opened: App) -> Recipient:
    """The recipient that an entry means, by the same rules as in config.yaml; raises Misuse."""
    from dataclasses import replace

    from pydantic import ValidationError

    from news.settings.people import RecipientEntry, recipient_of
    from news.watch.watch import Origin
    from ui.cli.watch_entry import told_faults

    try:
        valid = RecipientEntry.model_validate(entry)
    except ValidationError as error:
        raise Misuse(told_faults(error)) from error
    _check_channel(valid.channel, opened)
    if valid.channel == "email" and not opened.settings.smtp.host:
        raise Misuse("email needs a mail server: set smtp.host in the settings, or write --channel folder")
    return replace(recipient_of(valid, zone=opened.settings.zone), origin=Origin.COMMAND)


def check_watches(recipient: Recipient, known: Sequence[str]) -> None:
    """Refuse names of watches that there are not."""
    for wanted in recipient.watches:
        if wanted not in known:
            raise Misuse(f"there is no watch named {wanted!r}; there are: {', '.join(known) or 'none'}")


def _check_channel(name: str, opened: App) -> None:
    """Refuse the name of a channel that there is not; empty is the one of the settings."""
    from news.settings.channels import BUILT_IN

    known = (*BUILT_IN, *(channel.name for channel in opened.settings.channels))
    if name and name not in known:
        raise Misuse(f"there is no channel {name!r}; there are: {', '.join(known)}")


def _with_schedule(present: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in options.items() if value is not None}
    kept = dict(present)
    if "kind" in given and given["kind"] != kept.get("kind"):
        for name in ("weekday", *(("hour", "hours") if given["kind"] in ("hourly", "instant") else ())):
            kept.pop(name, None)
    if hours := given.pop("hours", None):
        kept = {name: value for name, value in kept.items() if name not in ("hour", "hours")}
        given |= {"hour": hours[0]} if len(hours) == 1 else {"hours": hours}
    if "zone" in given:
        kept.pop("country", None)
    if given.get("empty") == NONE:
        given["empty"] = None
    if quiet := given.pop("quiet", None):
        kept.pop("quiet", None)
        given |= {} if quiet == NONE else {"quiet": _quiet(quiet)}
    return {**kept, **given}


def _quiet(text: str) -> dict[str, str]:
    begins, dash, ends = text.partition("-")
    if not dash:
        raise Misuse(f"--quiet {text!r} is no pair of hours; write for example 22:00-07:00, or none")
    return {"from": begins, "until": ends}
