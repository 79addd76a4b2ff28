"""`presswatch recipient feedback`: what readers said of their digests."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli import frame
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation
from ui.cli.output import print_json, say
from ui.cli.slot_words import slot_words


def feedback(
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, the newest first.")] = 50,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """List what readers said was not relevant or missing, through the links in their digests."""
    from zoneinfo import ZoneInfo

    with installation(config, only_stored=True) as opened:
        remarks = opened.store.read_now(lambda unit: unit.feedback.newest(limit))
        zone = ZoneInfo(opened.settings.zone)
    if as_json:
        keys = ("id", "recipient", "schedule", "slot", "kind", "text")
        print_json([{**{key: getattr(one, key) for key in keys}, "at": one.at.isoformat()} for one in remarks])
        return
    if not remarks:
        say("Nobody said anything yet. Digests have links for it once web.address is set.")
    for one in remarks:
        say(f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}  {one.kind}  {one.recipient}, {slot_words(one.slot)}")
        for line in one.text.splitlines():
            say(f"  {line}")
