"""`presswatch watch test | add | list | show | edit | remove | suggest`."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli import frame
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.moments import period
from ui.cli.opened import installation, right_now
from ui.cli.output import counted, on_terminal, print_json, print_table, say
from ui.cli.query_command import QueryCommand
from ui.cli.watch_entry import query_text
from ui.cli.watch_test import try_query

app = frame.group("Say what to look for.")
app.command("test", cls=QueryCommand)(try_query)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What digests call it.")]
AnyOption = Annotated[
    list[str] | None, typer.Option("--any", metavar="PHRASE", help="One of these is enough; again for each phrase.")
]
AlsoOption = Annotated[list[str] | None, typer.Option("--also", metavar="PHRASE", help="And one of these.")]
NotOption = Annotated[list[str] | None, typer.Option("--not", metavar="PHRASE", help="But none of these.")]
AsWrittenOption = Annotated[
    bool, typer.Option("--as-written", help="Keep words that the lexicon knows as words, in their own language.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, even where it finds very much.")]


@app.command("add", cls=QueryCommand)
def add(
    name: NameArgument,
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help='For example: "Red Crescent" OR IFRC')] = None,
    any_of: AnyOption = None,
    also: AlsoOption = None,
    never: NotOption = None,
    instant: Annotated[bool, typer.Option("--instant", help="Tell at once, not with the next digest.")] = False,
    pinned: Annotated[bool, typer.Option("--pinned", help="Put its stories first in every digest.")] = False,
    since: Annotated[
        str, typer.Option("--since", metavar="PERIOD", help="Also tell what was stored in this time, for example 7d.")
    ] = "",
    as_written: AsWrittenOption = False,
    yes: YesOption = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Add a watch.

    Words of a query that the lexicon knows are saved as what they name, in all its languages, unless you decline. It
    counts for every item that is stored after this command has ended, also by a daemon that runs meanwhile.
    """
    from news.watch.watch import Mode, Watch
    from ui.cli import watch_change
    from ui.cli.trial_words import trial_json
    from ui.cli.watch_agreed import tried_and_agreed

    length = period(since) if since else None
    text = query_text(query, any_of=any_of or (), also=also or (), never=never or ())
    mode = Mode.INSTANT if instant else Mode.DIGEST
    watch = Watch(name=watch_change.checked_name(name), query=text, mode=mode, pinned=pinned)
    with installation(config) as opened:
        lexicon = opened.settings.lexicon
        watch_change.assert_free(opened.store, watch.name)
        watch, reading = watch_change.to_be_saved(
            opened.settings, watch, as_lists=query is None, as_written=as_written, quiet=as_json
        )
        trial = tried_and_agreed(opened, watch, reading, at=right_now(), yes=yes, quiet=as_json)
        now = right_now()
        queued = None
        if length is None:
            stored = watch_change.add(opened.store, watch, at=now)
        else:
            stored, queued = watch_change.add_with_stored(
                opened.store, watch, since=now - length, at=now, lexicon=lexicon
            )
    if as_json:
        print_json({**watch_change.shown(stored, reading), "trial": trial_json(trial), "queued": queued})
        return
    say(f"Added. It counts from now on and is told {watch_change.TOLD[stored.mode]}.")
    if queued is not None:
        verb = "is" if queued == 1 else "are"
        say(f"{counted(queued, 'item')} stored within {since} {verb} queued and told likewise.")


@app.command("list")
def list_(config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """List the watches, and which languages each reads.

    What a missing language would add is counted on the newest items, for a second at most.
    """
    from ui.cli import watch_change
    from ui.cli.watch_list import catches, row, shown_with_catch

    with installation(config) as opened:
        watches = opened.store.read_now(lambda unit: unit.watches.all())
        caught = catches(opened, watches, now=right_now())
    if as_json:
        print_json([shown_with_catch(watch, caught[watch.id]) for watch in watches])
    elif not watches:
        say("No watch yet. Add one with: presswatch watch add NAME '\"Red Crescent\" OR IFRC'")
    else:
        rows = [(*row(one, caught[one.id]), watch_change.written_in(one)) for one in watches]
        print_table(("name", "told", "state", "query", "reads", "from"), rows)


@app.command("show")
def show(name: NameArgument, config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Print one watch, in words too."""
    from ui.cli import watch_change
    from ui.cli.watch_list import catch_of

    with installation(config) as opened:
        watch = watch_change.existing(opened.store, name)
        last = watch_change.last_found(opened.store, watch)
        reading = watch_change.read_query(watch.query, opened.settings.lexicon)
        catch = catch_of(opened, watch, now=right_now())
    if as_json:
        print_json({**watch_change.shown(watch, reading), **catch.shown(), "last": last})
        return
    pinned = ", its stories first" if watch.pinned else ""
    say(f"{watch.name}: told {watch_change.TOLD[watch.mode]}{pinned}{'' if watch.enabled else ', off'}")
    say(f"from   {watch_change.written_in(watch)}")
    say(f"query  {watch.query}")
    for key, phrases in (reading.lists or {}).items():
        if phrases:
            say(f"{key:<5}  {', '.join(phrases)}")
    for line in (*reading.lines(), *catch.lines()):
        say(line)
    for found in last:
        say(f"found  {found['seen_at'].isoformat(timespec='minutes')}  {found['title']}  {found['url']}")
    if not last:
        say("It has found nothing so far.")


@app.command("edit", cls=QueryCommand)
def edit(
    name: NameArgument,
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="The new query; left out, it stays.")] = None,
    any_of: AnyOption = None,
    also: AlsoOption = None,
    never: NotOption = None,
    instant: Annotated[
        bool | None, typer.Option("--instant/--digest", help="Tell at once, or with the next digest.")
    ] = None,
    enabled: Annotated[bool | None, typer.Option("--on/--off", help="Look for it, or keep it without looking.")] = None,
    pinned: Annotated[
        bool | None, typer.Option("--pinned/--not-pinned", help="Put its stories first, or in their order.")
    ] = None,
    as_written: AsWrittenOption = False,
    yes: YesOption = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Change a watch; what is not given stays."""
    from dataclasses import replace

    from news.watch.watch import Mode
    from ui.cli import watch_change
    from ui.cli.watch_agreed import tried_and_agreed

    lists_given = bool(any_of or also or never)
    text = query_text(query, any_of=any_of or (), also=also or (), never=never or ()) if query or lists_given else None
    mode = None if instant is None else Mode.INSTANT if instant else Mode.DIGEST
    if text is None and mode is None and enabled is None and pinned is None:
        raise frame.usage_error("nothing to change: give a query, --instant, --digest, --on, --off or --pinned")
    with installation(config) as opened:
        lexicon = opened.settings.lexicon
        watch = watch_change.own(opened.store, name, config)
        if text is not None:
            edited, reading = watch_change.to_be_saved(
                opened.settings,
                replace(watch, query=text),
                as_lists=query is None,
                as_written=as_written,
                quiet=as_json,
            )
            tried_and_agreed(opened, edited, reading, at=right_now(), yes=yes, quiet=as_json, former=watch.query)
            text = edited.query
        else:
            reading = watch_change.read_query(watch.query, lexicon)
        changed = opened.store.write_now(
            lambda unit: unit.watches.edit(
                watch.name, query=text, mode=mode, enabled=enabled, pinned=pinned, lexicon=lexicon
            )
        )
    if as_json:
        print_json(watch_change.shown(changed, reading))
        return
    say(f"Changed. It is {'on' if changed.enabled else 'off'} and told {watch_change.TOLD[changed.mode]}.")


@app.command("remove")
def remove(name: NameArgument, config: ConfigOption = frame.DEFAULT_CONFIG) -> None:
    """Remove a watch; what it found stays."""
    from ui.cli import watch_change

    with installation(config) as opened:
        watch = watch_change.own(opened.store, name, config)
        opened.store.write_now(lambda unit: unit.watches.remove(watch.name))
    say(f"Removed {watch.name}. What it found stays stored; it finds nothing more.")


@app.command("suggest", cls=QueryCommand)
def suggest(
    query: Annotated[str, typer.Argument(metavar="QUERY|NAME", help="Words, a whole query, or the name of a watch.")],
    accept: Annotated[
        str, typer.Option("--accept", metavar="NUMBERS", help="Take these proposals, for example 1,3.")
    ] = "",
    save: Annotated[
        str, typer.Option("--save", metavar="NAME", help="Save what comes of it: a new watch, or one of yours.")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also names that would add nothing.")] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Propose names, other languages, abbreviations and spellings for a watch.

    Each comes with the number of stored items that it alone would add. Nothing is changed unless you take some and save
    what comes of it.
    """
    from ui.cli import watch_suggest
    from ui.cli.watch_change import saved, text_or_query

    chosen = watch_suggest.numbers(accept)
    with installation(config) as opened:
        text = text_or_query(opened.store, query)
        offered = watch_suggest.offer(opened.store, text, opened.settings.lexicon)
        if not as_json:
            for line in watch_suggest.told(offered, everything=everything):
                say(line)
            if not accept and offered.proposals and on_terminal():
                chosen = watch_suggest.numbers(typer.prompt("Take which? (for example 1,3)", default=""))
        result = offered.accepted(chosen) if chosen else None
        if save and result is None and not on_terminal():
            raise frame.usage_error("--save needs a choice: --accept 1,3")
        kept = saved(opened, save, result, at=right_now(), config=config) if save and result else None
    if as_json:
        print_json({**watch_suggest.as_json(offered), "result": result, "saved": kept.name if kept else None})
    elif result is not None:
        say(f"\nThe watch is then: {result}")
        say(f"Saved as {kept.name}." if kept else "Nothing was changed; save it with --save NAME.")
    elif offered.proposals:
        say("Take some with: --accept 1,3   and save what comes of it with: --save NAME")
