"""`presswatch recipient confirm | resume | bounce`: whether a recipient is written to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from news.subscription import Subscription
    from storage import Unit

AddressArgument = Annotated[str, typer.Argument(help="As `recipient list` shows it.")]


def register(group: typer.Typer) -> None:
    """Add these commands to `presswatch recipient`."""
    for name, command in (("confirm", confirm), ("resume", resume), ("bounce", bounce)):
        group.command(name)(command)


def confirm(address: AddressArgument, config: ConfigOption = frame.DEFAULT_CONFIG) -> None:
    """Write to a recipient outside your domains: they agreed, and you can show how."""
    _change(address, config, _confirmed, "gets digests from now on.", "has nothing to confirm.")


def resume(address: AddressArgument, config: ConfigOption = frame.DEFAULT_CONFIG) -> None:
    """Write again to a recipient who was paused after refused mails, or who had stopped a digest and asks for it."""
    _change(address, config, _resumed, "is written to again; links of earlier mails do nothing.", "is not paused.")


def bounce(
    envelope: Annotated[
        str, typer.Option("--to", metavar="ADDRESS", help="The address that the report was sent to, if known.")
    ] = "",
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Take in a report about a mail that came back, or a reader's complaint, from stdin: for a pipe of the mail server.

    Exit status 1 where it is about no mail of this installation.
    """
    from scheduler.bounces import TakenIn, take_in_bounce
    from scheduler.delivery.bounces import MOST_READ
    from scheduler.delivery.verp import Returns
    from ui.cli.exits import ExitStatus

    raw = sys.stdin.buffer.read(MOST_READ)
    while sys.stdin.buffer.read(MOST_READ):
        pass  # a mail server takes an end of reading for a failure
    with installation(config) as opened:
        bounces = opened.settings.smtp.bounces
        if not bounces:
            raise Misuse("reports are told apart by their address: set smtp.bounces in the settings")
        returns = Returns(bounces, opened.key)
        taken = opened.store.write_now(
            lambda unit: take_in_bounce(unit, raw, returns=returns, envelope=envelope, at=right_now())
        )
    if as_json:
        print_json({"taken": taken.value})
    else:
        say(_TOLD[taken.value])
    if taken is TakenIn.FOREIGN:
        raise typer.Exit(ExitStatus.PROBLEM)


_TOLD = {
    "paused": "Refused for good, and too often: nobody writes to this recipient until `presswatch recipient resume`.",
    "refused": "Refused for good; the digest is marked as not delivered.",
    "final": "Given up by a mail server on the way; the digest is marked as not delivered.",
    "late": "Only late: nothing was changed.",
    "unwanted": "Marked as unwanted: nobody writes to this recipient until `presswatch recipient resume`.",
    "nothing": "No report of a failed delivery: nothing was changed.",
    "foreign": "This is about no mail of this installation: nothing was changed.",
}


def shown_state(subscription: Subscription | None) -> str:
    """How a recipient stands, for the list; empty for one who simply gets digests."""
    if subscription is None:
        return ""
    stopped = ", ".join(sorted(subscription.stopped))
    state = "" if subscription.state.value == "active" else f"{subscription.state.value}: {subscription.reason}"
    return "; ".join(filter(None, (state, f"stopped: {stopped}" if stopped else "")))


def _confirmed(unit: Unit, recipient: int, at: datetime) -> bool:
    generation = unit.subscriptions.generation(recipient)
    return unit.subscriptions.confirm(recipient, generation=generation, at=at)


def _resumed(unit: Unit, recipient: int, at: datetime) -> bool:
    return unit.subscriptions.resume(recipient, at=at)


def _change(address: str, config: Path, change: Callable[[Unit, int, datetime], bool], done: str, nothing: str) -> None:
    with installation(config) as opened:

        def work(unit: Unit) -> bool:
            recipient = unit.recipients.get(address)
            if recipient is None:
                raise Misuse(f"there is no recipient {address}; see: presswatch recipient list")
            return change(unit, recipient.id, right_now())

        changed = opened.store.write_now(work)
    say(f"{address} {done if changed else nothing}")
