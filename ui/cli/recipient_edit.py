"""`presswatch recipient edit`: other hours, watches or words for somebody who was added by command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation
from ui.cli.output import print_json, say
from ui.cli.recipient_entry import (
    AwayOption,
    ChannelOption,
    CountryOption,
    EmptyOption,
    HourOption,
    KindOption,
    LanguageOption,
    NameOption,
    OfficeDaysOption,
    QuietOption,
    WatchOption,
    WeekdayOption,
    ZoneOption,
    check_watches,
    checked,
    entry_of,
    with_options,
)
from ui.cli.recipient_words import shown, told

if TYPE_CHECKING:
    from news.watch.watch import Recipient
    from storage import Unit


def edit(
    address: Annotated[str, typer.Argument(help="As `recipient list` shows it.")],
    name: NameOption = None,
    watch: WatchOption = None,
    every_watch: Annotated[bool, typer.Option("--every-watch", help="Get all watches again.")] = False,
    kind: KindOption = None,
    hour: HourOption = None,
    weekday: WeekdayOption = None,
    office_days: OfficeDaysOption = None,
    country: CountryOption = None,
    quiet: QuietOption = None,
    empty: EmptyOption = None,
    away_until: AwayOption = None,
    zone: ZoneOption = None,
    language: LanguageOption = None,
    channel: ChannelOption = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Change when and what a recipient is told. What is not named stays.

    Another hour counts from today on: a digest that was made is not made again, one that was not is.
    """
    from news.watch.watch import Origin

    if watch and every_watch:
        raise Misuse("--watch and --every-watch do not go together")
    watches = [] if every_watch else watch or None
    options = {"name": name, "watches": watches, "language": language, "channel": channel, "away_until": away_until}
    schedule = {"kind": kind, "hours": hour or None, "weekday": weekday, "office_days": office_days}
    schedule |= {"country": country, "quiet": quiet, "empty": empty, "zone": zone}
    if all(value is None for value in (*options.values(), *schedule.values())):
        raise Misuse("nothing to change is named; see: presswatch recipient edit --help")
    with installation(config) as opened:

        def work(unit: Unit) -> Recipient:
            present = unit.recipients.get(address)
            if present is None:
                raise Misuse(f"there is no recipient {address}; see: presswatch recipient list")
            if present.origin is Origin.CONFIG:
                raise Misuse(f"{address} is written in {config}, under recipients: edit the entry there")
            wanted = checked(with_options(entry_of(present), options, schedule), opened)
            check_watches(wanted, [one.name for one in unit.watches.all()])
            kept = present.schedule.name
            changed = replace(
                wanted, id=present.id, created_at=present.created_at, schedule=replace(wanted.schedule, name=kept)
            )
            unit.recipients.change(changed)
            return changed

        stored = opened.store.write_now(work)
        by = stored.channel or opened.settings.default_channel
    if as_json:
        print_json(shown(stored))
        return
    say(told(stored, by))
