"""`presswatch source list | check | test | record | backfill | replay`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from news.health.state import HERE
from ui.cli import frame
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation, right_now
from ui.cli.output import counted, print_json, print_table, say
from ui.cli.source_latency import latency_table
from ui.cli.source_replay import kept_told, replay
from ui.cli.source_visits import backfill, check, record, visit

LATELY = timedelta(days=1)
"""How far back odd articles of a source are told of: a visit later, nothing new may have come."""

app = frame.group("See the sources and where they stand.")
app.command("check")(check)
app.command("test")(visit)
app.command("record")(record)
app.command("backfill")(backfill)
app.command("replay")(replay)


@app.command("list")
def list_(
    latency: Annotated[bool, typer.Option("--latency", help="How long their news take to arrive.")] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """List the sources and their state.

    When each was read and what it brought, or why not and what to do.
    """
    if latency:
        latency_table(config, as_json=as_json)
        return
    from ui.cli.source_words import (
        STANDINGS,
        articles_told,
        health_told,
        move_told,
        norms_told,
        remedies,
        shown,
        standing,
        told,
    )

    now = right_now()
    with installation(config) as opened:
        states, pending, lately = opened.store.read_now(
            lambda unit: (unit.visits.states(), unit.pending.counts(), unit.visits.between(now - LATELY, now))
        )
        kept = opened.store.read_now(lambda unit: unit.quarantine.counts())
        conditions, norms = opened.store.read_now(lambda unit: (unit.health.conditions(), unit.health.all_norms()))
        sources, zone = opened.settings.sources, opened.settings.zone
    if as_json:
        print_json(
            [
                shown(
                    source,
                    states.get(source.id),
                    pending.get(source.id),
                    kept=kept.get(source.id, 0),
                    condition=conditions.get(source.id),
                    norms=norms.get(source.id),
                    now=now,
                )
                for source in sources
            ]
        )
        return
    rows = []
    for source in sources:
        state = states.get(source.id)
        visits = [visit for visit in lately if visit.source == source.id]
        articles = articles_told(pending.get(source.id))
        condition = conditions.get(source.id)
        last = told(source, state, now=now, lately=visits)
        to_replay = kept_told(source.id, kept.get(source.id, 0))
        health = health_told(condition, zone) if source.enabled else ""
        parts = (health, last, move_told(source, state), articles, to_replay)
        rows.append((source.id, source.title, standing(source, state, condition), "; ".join(filter(None, parts))))
    print_table(("id", "source", "state", "last visit"), rows)
    active = [source for source in sources if source.enabled]
    for line in remedies(((states.get(one.id), conditions.get(one.id)) for one in active), conditions.get(HERE), zone):
        say(line)
    say(norms_told(norms.get(source.id) for source in active))
    counts = [(sum(row[2] == name for row in rows), name) for name in STANDINGS]
    say(f"{counted(len(rows), 'source')}: {', '.join(f'{count} {name}' for count, name in counts if count)}")
