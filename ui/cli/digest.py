"""`presswatch digest preview | show | send | list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from news.errors import PresswatchError
from ui.cli import frame
from ui.cli.digest_show import CleanOption, PageOption, show_message
from ui.cli.exits import ExitStatus, Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.moments import local
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, print_table, say
from ui.cli.slot_words import slot_words

if TYPE_CHECKING:
    from datetime import datetime

    from news.watch.watch import Recipient
    from scheduler.app import App
    from scheduler.digest.digest import Digest
    from storage import DigestRow, Unit

_SHOWN = 50

app = frame.group("Look at digests and send what waits.")


@app.command("preview")
def preview(
    recipient: Annotated[
        str, typer.Option("--recipient", metavar="ADDRESS", help="Whose; needed where there are several.")
    ] = "",
    clean: CleanOption = False,
    html: PageOption = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print what would be sent now.

    Nothing is sent or marked as told.
    """
    from scheduler.digest.message import message_of

    with installation(config) as opened:
        person, digest = opened.store.read_now(lambda unit: _drawn_up(unit, opened, recipient, right_now()))
        message = message_of(digest, domain=opened.domain, templates=opened.templates)
    show_message(message, {"recipient": person.address}, clean=clean, html=html, as_json=as_json)


@app.command("show")
def show(
    number: Annotated[int, typer.Argument(metavar="ID", min=1, help="Its number, as digest list shows it.")],
    clean: CleanOption = False,
    html: PageOption = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print a digest as it was made, or its copy to forward."""
    with installation(config) as opened:
        found = opened.store.read_now(lambda unit: unit.frozen.get(number))
    if found is None:
        raise Misuse(f"there is no digest with the number {number}; see: presswatch digest list")
    made = {"id": number, "recipient": found.recipient, "schedule": found.schedule, "slot": found.slot}
    if found.message is None:
        raise PresswatchError(
            f"the text of digest {number} was dropped, as delivery.keep_days says; what it told is kept"
            if found.had_mail
            else f"digest {number} had nothing to tell: no mail was made of it"
        )
    show_message(found.message, made, clean=clean, html=html, as_json=as_json)


@app.command("send")
def send(config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Send what waits in the outbox, also what would be tried again later.

    Exit status 75 where something has to be tried again, 1 where something failed for good.
    """
    import asyncio

    from scheduler.delivery import open_channels
    from scheduler.delivery.send import send_due, worker_name

    with installation(config) as opened:
        channels, lease = open_channels(opened.settings, opened.home), opened.settings.delivery.lease
        counts = asyncio.run(
            send_due(opened.store, channels, now=right_now, worker=worker_name(), lease=lease, early=True)
        )
        parcels = opened.store.read_now(lambda unit: unit.outbox.list(_SHOWN))
    troubled = [
        parcel for parcel in parcels if parcel.last_error and parcel.state in ("deferred", "uncertain", "failed")
    ]
    if as_json:
        print_json({name: getattr(counts, name) for name in ("sent", "deferred", "uncertain", "failed")})
    elif not counts.total:
        say("Nothing waits in the outbox.")
    else:
        waiting = counts.deferred + counts.uncertain
        say(f"{counts.sent} sent, {waiting} to be tried again, {counts.failed} failed for good")
        for parcel in troubled if counts.total > counts.sent else ():
            say(f"  {parcel.address}: {parcel.state}: {parcel.last_error}")
    if counts.failed:
        raise typer.Exit(ExitStatus.PROBLEM)
    if counts.deferred or counts.uncertain:
        raise typer.Exit(ExitStatus.TEMPORARY)


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, the newest first.")] = 20,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """List the digests made so far, and the hours that passed without news and needed no mail."""
    with installation(config) as opened:
        digests = opened.store.read_now(lambda unit: unit.digests.list(limit))
        zone = opened.settings.zone
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "recipient": one.recipient,
                    "schedule": one.schedule,
                    "slot": one.slot,
                    "created_at": one.created_at,
                    "stories": one.stories,
                    "items": one.items,
                    "state": one.state,
                    "error": one.error,
                }
                for one in digests
            ]
        )
    elif not digests:
        say("No digest was made yet. See what it would hold with: presswatch digest preview")
    else:
        rows = [
            (
                str(one.id),
                local(one.created_at, zone),
                one.recipient,
                slot_words(one.slot),
                str(one.stories),
                str(one.items),
                _state(one),
            )
            for one in digests
        ]
        print_table(("id", "made", "recipient", "slot", "stories", "items", "state"), rows)
        for trouble in dict.fromkeys(one.error for one in digests if one.error):
            say(f"Not delivered: {trouble}")


def _state(row: DigestRow) -> str:
    return "no mail" if row.state is None else row.state.value


def _drawn_up(unit: Unit, opened: App, address: str, now: datetime) -> tuple[Recipient, Digest]:
    from scheduler.composing import draw_up
    from scheduler.digest.calendar import manual_slot

    person = _recipient(unit, address)
    digest = draw_up(unit, app=opened, recipient=person, schedule=person.schedule.name, slot=manual_slot(now), now=now)
    assert digest is not None  # only an instant slot with nothing to tell has no digest
    return person, digest


def _recipient(unit: Unit, address: str) -> Recipient:
    people = unit.recipients.all()
    if not people:
        raise Misuse("there is no recipient yet; add one with: presswatch recipient add ADDRESS")
    if not address and len(people) == 1:
        return people[0]
    found = unit.recipients.get(address) if address else None
    if found is None:
        listed = ", ".join(one.address for one in people)
        raise Misuse(
            f"{'there is no recipient ' + address if address else 'name one with --recipient'}; there are: {listed}"
        )
    return found
