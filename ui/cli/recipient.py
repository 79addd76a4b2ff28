"""`presswatch recipient add | edit | list | remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, print_table, say
from ui.cli.recipient_edit import edit
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
    with_options,
)
from ui.cli.recipient_state import shown_state
from ui.cli.recipient_words import follows, shown, to_agree, told, written_in

if TYPE_CHECKING:
    from news.watch.watch import Recipient
    from storage import Unit

app = frame.group("Say who gets digests, and when.")
app.command("edit")(edit)


@app.command("add")
def add(
    address: Annotated[str, typer.Argument(help="Mail address; on the folder channel it names the subfolder.")],
    name: NameOption = None,
    watch: WatchOption = None,
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
    """Add a recipient."""
    options = {"name": name, "watches": watch or None, "language": language, "channel": channel}
    options |= {"away_until": away_until}
    schedule = {"kind": kind, "hours": hour or None, "weekday": weekday, "office_days": office_days}
    schedule |= {"country": country, "quiet": quiet, "empty": empty, "zone": zone}
    entry = with_options({"address": address}, options, schedule)
    with installation(config) as opened:
        recipient = checked(entry, opened)

        def work(unit: Unit) -> Recipient:
            if unit.recipients.get(address) is not None:
                raise Misuse(f"{address} is a recipient already; see: presswatch recipient list")
            check_watches(recipient, [one.name for one in unit.watches.all()])
            return unit.recipients.add(recipient, at=right_now())

        stored = opened.store.write_now(work)
        by = stored.channel or opened.settings.default_channel
        first = to_agree(stored, by, opened.settings)
    if as_json:
        print_json(shown(stored))
        return
    say(told(stored, by))
    say("Told is what is found from now on.")
    if first:
        say(first)


@app.command("list")
def list_(config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """List the recipients, and when each is told."""
    from news.schedule_words import told_when

    with installation(config) as opened:
        recipients, standing = opened.store.read_now(lambda unit: (unit.recipients.all(), unit.subscriptions.all()))
        default = opened.settings.default_channel
    states = {one.id: shown_state(standing.get(one.id)) for one in recipients}
    if as_json:
        print_json([{**shown(one), "state": states[one.id]} for one in recipients])
    elif not recipients:
        say("No recipient yet. Add one with: presswatch recipient add ADDRESS")
    else:
        rows = [
            (
                one.address,
                one.name,
                told_when(one),
                one.channel or default,
                follows(one),
                written_in(one),
                states[one.id],
            )
            for one in recipients
        ]
        print_table(("address", "name", "told", "by", "gets", "from", "state"), rows)


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
            unit.recipients.remove(address, at=right_now())

        opened.store.write_now(work)
    say(f"{address} gets no digests any more.")
