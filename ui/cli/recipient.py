"""`presswatch recipient add | list | remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, print_table, say
from ui.cli.recipient_state import shown_state

if TYPE_CHECKING:
    from news.watch.watch import Recipient
    from scheduler.app import App
    from storage import Unit

app = frame.group("Say who gets digests.")


@app.command("add")
def add(
    address: Annotated[str, typer.Argument(help="Mail address; on the folder channel it names the subfolder.")],
    name: Annotated[str, typer.Option("--name", help="Name of the person or desk.")] = "",
    watch: Annotated[
        list[str] | None, typer.Option("--watch", metavar="NAME", help="A watch to get; again for more. Default: all.")
    ] = None,
    hour: Annotated[str, typer.Option("--hour", help="When the digest is sent.")] = "08:00",
    zone: Annotated[str, typer.Option("--zone", help="Zone of the hour; default: the one of config.yaml.")] = "",
    language: Annotated[str, typer.Option("--language", help="Of the digest's own words: en, ru or kk.")] = "en",
    channel: Annotated[str, typer.Option("--channel", help="email or folder; default: as config.yaml says.")] = "",
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Add a recipient."""
    entry = {
        "address": address,
        "name": name,
        "watches": watch or [],
        "schedule": {"hour": hour, "zone": zone or None},
        "language": language,
        "channel": channel,
    }
    with installation(config) as opened:
        recipient = _checked(entry, opened)

        def work(unit: Unit) -> Recipient:
            if unit.recipients.get(address) is not None:
                raise Misuse(f"{address} is a recipient already; see: presswatch recipient list")
            known = [one.name for one in unit.watches.all()]
            for wanted in recipient.watches:
                if wanted not in known:
                    raise Misuse(f"there is no watch named {wanted!r}; there are: {', '.join(known) or 'none'}")
            return unit.recipients.add(recipient, at=right_now())

        stored = opened.store.write_now(work)
        by = stored.channel or opened.settings.default_channel
    if as_json:
        print_json(_shown(stored))
        return
    say(f"{stored.address} gets {_follows(stored)} every day at {_hour(stored)} by {by}.")
    say("Told is what is found from now on.")


@app.command("list")
def list_(config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """List the recipients."""
    with installation(config) as opened:
        recipients, standing = opened.store.read_now(lambda unit: (unit.recipients.all(), unit.subscriptions.all()))
        default = opened.settings.default_channel
    states = {one.id: shown_state(standing.get(one.id)) for one in recipients}
    if as_json:
        print_json([{**_shown(one), "state": states[one.id]} for one in recipients])
    elif not recipients:
        say("No recipient yet. Add one with: presswatch recipient add ADDRESS")
    else:
        rows = [
            (one.address, one.name, _hour(one), one.channel or default, _follows(one), _written_in(one), states[one.id])
            for one in recipients
        ]
        print_table(("address", "name", "hour", "by", "gets", "from", "state"), rows)


@app.command("remove")
def remove(
    address: Annotated[str, typer.Argument(help="As `recipient list` shows it.")],
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Stop sending digests to a recipient."""
    from news.watch.watch import Origin

    with installation(config) as opened:

        def work(unit: Unit) -> None:
            recipient = unit.recipients.get(address)
            if recipient is None:
                raise Misuse(f"there is no recipient {address}; see: presswatch recipient list")
            if recipient.origin is Origin.CONFIG:
                raise Misuse(f"{address} is written in {config}, under recipients: remove the entry there")
            unit.recipients.remove(address)

        opened.store.write_now(work)
    say(f"{address} gets no digests any more.")


def _checked(entry: dict[str, Any], opened: App) -> Recipient:
    """The recipient that the options mean, by the same rules as in config.yaml."""
    from dataclasses import replace

    from pydantic import ValidationError

    from news.settings.people import RecipientEntry, recipient_of
    from news.watch.watch import Origin
    from ui.cli.watch_entry import told_faults

    try:
        checked = RecipientEntry.model_validate(entry)
    except ValidationError as error:
        raise Misuse(told_faults(error)) from error
    if checked.channel == "email" and not opened.settings.smtp.host:
        raise Misuse("email needs a mail server: set smtp.host in the settings, or write --channel folder")
    return replace(recipient_of(checked, zone=opened.settings.zone), origin=Origin.COMMAND)


def _hour(recipient: Recipient) -> str:
    schedule = recipient.schedule
    return f"{schedule.hour:02}:{schedule.minute:02} {schedule.zone}"


def _follows(recipient: Recipient) -> str:
    return ", ".join(recipient.watches) or "every watch"


def _written_in(recipient: Recipient) -> str:
    from news.watch.watch import Origin

    place = "config.yaml" if recipient.origin is Origin.CONFIG else "a command"
    return place if recipient.enabled else f"{place}, off"


def _shown(recipient: Recipient) -> dict[str, Any]:
    schedule = recipient.schedule
    return {
        "address": recipient.address,
        "name": recipient.name,
        "channel": recipient.channel,
        "language": recipient.language,
        "hour": f"{schedule.hour:02}:{schedule.minute:02}",
        "zone": schedule.zone,
        "watches": list(recipient.watches),
        "origin": recipient.origin,
        "enabled": recipient.enabled,
    }
