"""What the watch commands share: reading a query, finding a watch, asking before a broad one is saved, showing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from news.lexicon import Lexicon
from news.settings import Settings
from news.watch.compiler import check_watch
from news.watch.lists import lists_from_query
from news.watch.notes import Note
from news.watch.parser import parse
from news.watch.sentence import describe
from news.watch.watch import Mode, Origin, Watch
from scheduler.app import App
from storage import Store, Unit
from ui.cli.exits import Misuse
from ui.cli.label_notes import label_notes
from ui.cli.output import say
from ui.cli.watch_concepts import as_concepts, stay_as_written
from ui.cli.watch_look import find_stored

TOLD = {Mode.DIGEST: "with the next digest", Mode.INSTANT: "at once"}
_LAST = 5
_LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a query was understood: in words, with questions about places, as lists where they can show it whole."""

    query: str
    sentence: str
    notes: tuple[Note, ...]
    lists: Mapping[str, Sequence[str]] | None

    def lines(self) -> list[str]:
        """The sentence, and each note with its place underlined."""
        lines = [self.sentence]
        for note in self.notes:
            lines += [f"Note: {note.text}", f"  {self.query}", f"  {' ' * note.start}{'^' * (note.end - note.start)}"]
        return lines


def read_query(query: str, lexicon: Lexicon | None = None) -> Reading:
    """Understand a query; raises QuerySyntaxError, with the place underlined, where it cannot be matched.

    lexicon: what concepts mean; the shipped one unless given.
    """
    tree = check_watch(query, lexicon)
    lists = lists_from_query(tree)
    return Reading(
        query=query,
        sentence=describe(tree),
        notes=parse(query).notes,
        lists=None if lists is None else {"any": lists.any, "also": lists.also, "not": lists.not_},
    )


def with_label_notes(reading: Reading, settings: Settings) -> Reading:
    """Return the reading with a note on each source and publisher that it names and the settings do not have."""
    return replace(reading, notes=(*reading.notes, *label_notes(reading.query, settings.sources, settings.lexicon)))


def to_be_saved(
    settings: Settings, watch: Watch, *, as_lists: bool, as_written: bool, quiet: bool
) -> tuple[Watch, Reading]:
    """The watch with what was typed as it is to be saved, and how it reads; raises QuerySyntaxError.

    Terms that the lexicon knows become concepts, except in lists, whose lines stay phrases, and as_written. quiet: say
    and ask nothing.
    """
    read_query(watch.query, settings.lexicon)
    if as_lists and not as_written and not quiet and (told := stay_as_written(watch, settings.lexicon)):
        say(told)
    if not as_lists and not as_written:
        query, _ = as_concepts(watch.query, settings.lexicon, quiet=quiet)
        watch = replace(watch, query=query)
    return watch, with_label_notes(read_query(watch.query, settings.lexicon), settings)


def checked_name(name: str) -> str:
    """Return the name without outer spaces; raises Misuse where digests could not show it on one line."""
    tidy = name.strip()
    if not tidy or not tidy.isprintable() or len(tidy) > _LONGEST_NAME:
        raise Misuse(f"a watch's name is one line of 1 to {_LONGEST_NAME} characters")
    return tidy


def add(store: Store, watch: Watch, *, at: datetime) -> Watch:
    """Store the watch in one transaction with the watches' revision; raises Misuse where the name is taken."""
    return store.write_now(lambda unit: _add(unit, watch, at))


def add_with_stored(
    store: Store, watch: Watch, *, since: datetime, at: datetime, lexicon: Lexicon | None = None
) -> tuple[Watch, int]:
    """Store the watch together with what it finds among the items first seen since `since`; return how many those are.

    One transaction: after a kill there is neither or both. What is stored now is searched before it, so that nobody
    waits for the search; only what came in meanwhile is searched within.
    """
    earlier = find_stored(store.read_now, watch, since=since, lexicon=lexicon)

    def work(unit: Unit) -> tuple[Watch, int]:
        stored = _add(unit, watch, at)
        later = find_stored(lambda page: page(unit), watch, since=since, after=earlier.newest, lexicon=lexicon)
        found = [replace(match, watch=stored.id) for match in (*earlier.matches, *later.matches)]
        return stored, unit.matches.record(found, at=at)

    return store.write_now(work)


def assert_free(store: Store, name: str) -> None:
    """Raise Misuse where a watch has the name already, before any time is spent on a trial."""
    store.read_now(lambda unit: _assert_free(unit, name))


def existing(store: Store, name: str) -> Watch:
    """Return the watch of the name; raises Misuse with the nearest names."""

    def work(unit: Unit) -> Watch:
        watch = unit.watches.get(name.strip())
        if watch is None:
            near = get_close_matches(name, [one.name for one in unit.watches.all()], n=1)
            hint = f"did you mean {near[0]!r}?" if near else "see: presswatch watch list"
            raise Misuse(f"there is no watch named {name!r}; {hint}")
        return watch

    return store.read_now(work)


def own(store: Store, name: str, config: Path) -> Watch:
    """Return the watch to change; raises Misuse for one that is written in the settings, saying where."""
    watch = existing(store, name)
    if watch.origin is Origin.CONFIG:
        raise Misuse(f"the watch {watch.name!r} is written in {config}, under watches: edit it there and save the file")
    return watch


def text_or_query(store: Store, given: str) -> str:
    """The query of the watch named so, or `given` itself where no watch is."""
    watch = store.read_now(lambda unit: unit.watches.get(given.strip()))
    return given if watch is None else watch.query


def saved(app: App, name: str, query: str, *, at: datetime, config: Path) -> Watch:
    """Store the query under the name: as a new watch, or in place of what the user's own watch of that name asked."""
    if app.store.read_now(lambda unit: unit.watches.get(name.strip())) is None:
        return add(app.store, Watch(name=checked_name(name), query=query), at=at)
    watch, lexicon = own(app.store, name, config), app.settings.lexicon
    return app.store.write_now(lambda unit: unit.watches.edit(watch.name, query=query, lexicon=lexicon))


def last_found(store: Store, watch: Watch) -> list[dict[str, Any]]:
    """Return the newest items that the watch found."""

    def work(unit: Unit) -> list[dict[str, Any]]:
        found = (unit.items.get(match.item) for match in unit.matches.of_watch(watch.id, _LAST))
        return [
            {"id": item.id, "title": item.title, "url": item.url, "seen_at": item.seen_at}
            for item in found
            if item is not None
        ]

    return store.read_now(work)


def written_in(watch: Watch) -> str:
    """Say where the watch is edited: config.yaml, or by commands."""
    return "config.yaml" if watch.origin is Origin.CONFIG else "a command"


def shown(watch: Watch, reading: Reading | None = None) -> dict[str, Any]:
    """Return the watch for `--json`, with how it reads where that is given."""
    plain: dict[str, Any] = {
        "name": watch.name,
        "query": watch.query,
        "mode": watch.mode,
        "enabled": watch.enabled,
        "pinned": watch.pinned,
        "origin": watch.origin,
        "created_at": watch.created_at,
    }
    if reading is not None:
        notes = [{"start": note.start, "end": note.end, "text": note.text} for note in reading.notes]
        plain |= {"sentence": reading.sentence, "lists": reading.lists, "notes": notes}
    return plain


def _add(unit: Unit, watch: Watch, at: datetime) -> Watch:
    _assert_free(unit, watch.name)
    return unit.watches.add(watch, at=at)


def _assert_free(unit: Unit, name: str) -> None:
    taken = unit.watches.get(name)
    if taken is None:
        return
    remedy = "edit it there" if taken.origin is Origin.CONFIG else f"change it with: presswatch watch edit {name!r}"
    raise Misuse(f"there is a watch named {name!r} already, written {_place(taken)}: choose another name, or {remedy}")


def _place(watch: Watch) -> str:
    return "in config.yaml" if watch.origin is Origin.CONFIG else "by watch add"
