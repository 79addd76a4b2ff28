"""`presswatch source list | check | test | record | backfill`."""

from __future__ import annotations

from datetime import timedelta

from ui.cli import frame
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, print_table, say
from ui.cli.source_visits import backfill, check, record, visit

LATELY = timedelta(days=1)
"""How far back odd articles of a source are told of: a visit later, nothing new may have come."""

app = frame.group("See the sources and where they stand.")
app.command("check")(check)
app.command("test")(visit)
app.command("record")(record)
app.command("backfill")(backfill)


@app.command("list")
def list_(config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """List the sources and their state.

    When each was read and what it brought, or why not and what to do.
    """
    from ui.cli.source_words import articles_told, remedies, shown, standing, told

    now = right_now()
    with installation(config) as opened:
        states, pending, lately = opened.store.read_now(
            lambda unit: (unit.visits.states(), unit.pending.counts(), unit.visits.between(now - LATELY, now))
        )
        sources = opened.settings.sources
    if as_json:
        print_json([shown(source, states.get(source.id), pending.get(source.id)) for source in sources])
        return
    rows = []
    for source in sources:
        state = states.get(source.id)
        visits = [visit for visit in lately if visit.source == source.id]
        articles = articles_told(pending.get(source.id))
        last = "; ".join(part for part in (told(source, state, now=now, lately=visits), articles) if part)
        rows.append((source.id, source.title, standing(source, state), last))
    print_table(("id", "source", "state", "last visit"), rows)
    for line in remedies(states.get(source.id) for source in sources if source.enabled):
        say(line)
    counts = ", ".join(
        f"{sum(row[2] == name for row in rows)} {name}" for name in ("ok", "fault", "never yet read", "off")
    )
    say(f"{len(rows)} sources: {counts}")
