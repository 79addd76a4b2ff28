"""`presswatch search QUERY`: the archive asked in the language of watches, with the very meaning that alerts have."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from ui.cli import frame
from ui.cli.exits import Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.moments import local, period
from ui.cli.opened import installation, right_now
from ui.cli.output import counted, print_json, say, visible

if TYPE_CHECKING:
    from news.lexicon import Lexicon
    from news.text.snippet import Snippet
    from news.watch.query import Query
    from storage import Found, Unit, UnknownWord

MOST_COUNTED = 1_000
"""Items that are counted one by one; of more the index says how many there are at most."""

MOST_RANKED = 5_000
"""The newest items among which the best are looked for."""

_LONGEST_SNIPPET = 240
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for and where. since is included, until is not; story: its members alone, 0 for all."""

    query: Query
    since: datetime | None
    until: datetime | None
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    story: int
    best: bool
    limit: int
    lexicon: Lexicon


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was found.

    found: how many were counted; exact: whether those are all, else there are at most `at_most`. first, last: the
    oldest and the newest instant that anything stored is of; None where nothing is. stories: of the items shown.
    reaches_back: whether `first` stands for anything older. unknown: where nothing was found, the words that no stored
    item has.
    """

    shown: tuple[Found, ...]
    found: int
    exact: bool
    at_most: int
    first: datetime | None
    last: datetime | None
    reaches_back: bool
    stories: dict[int, int]
    unknown: tuple[UnknownWord, ...] = ()


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='As for a watch, for example: "Red Crescent" OR IFRC')],
    since: Annotated[
        str, typer.Option("--since", metavar="WHEN", help="Published since a day (2026-11-01) or a time ago (90d).")
    ] = "",
    until: Annotated[str, typer.Option("--until", metavar="WHEN", help="Published until then, the day included.")] = "",
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="ID", help="Of this source; again for more.")
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="CODE", help="In this language (en, ru, kk); again for more."),
    ] = None,
    story: Annotated[int, typer.Option("--story", metavar="NUMBER", min=0, help="Items of this story alone.")] = 0,
    best: Annotated[
        bool,
        typer.Option("--best/--newest", help="Those with most of the terms first, or the newest; default: newest."),
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000, help="How many are shown.")] = 20,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Find stored items; a query means what it means as a watch.

    The newest come first. Each is shown with the piece of its text that holds most of what was looked for, and the
    words found are marked.
    """
    from news.lexicon import shipped
    from ui.cli import watch_change
    from ui.cli.unknown_words import unknown_lines

    now = right_now()
    with installation(config, only_stored=True) as opened:
        settings = opened.settings
        reading = watch_change.with_label_notes(watch_change.read_query(query, settings.lexicon), settings)
        lexicon = settings.lexicon or shipped()
        asked = Asked(
            query=_tree(query, lexicon),
            since=moment(since, settings.zone, now=now) if since else None,
            until=moment(until, settings.zone, now=now, end=True) if until else None,
            sources=tuple(source or ()),
            languages=tuple(code.lower() for code in language or ()),
            story=story,
            best=best,
            limit=limit,
            lexicon=lexicon,
        )
        _check_narrowing(asked)
        answer = opened.store.read_now(lambda unit: answered(unit, asked))
        if not answer.found:
            _assert_sources(asked.sources, [one.id for one in settings.sources])
    if as_json:
        print_json({"query": query, "sentence": reading.sentence, **_shown(asked, answer)})
        return
    for line in reading.lines()[1:]:
        say(line)
    say(heading(asked, answer, settings.zone))
    for line in unknown_lines(answer.unknown):
        say(line)
    for found in answer.shown:
        _print(found, settings.zone)


def _check_narrowing(asked: Asked) -> None:
    """Refuse what can find nothing by a slip; it would read as "there is no such news"."""
    if asked.since is not None and asked.until is not None and asked.since >= asked.until:
        raise Misuse("--since is later than --until: nothing lies between them")
    for code in asked.languages:
        if not _LANGUAGE.fullmatch(code):
            raise Misuse(f"{code!r} is no language code; write for example en, ru or kk")


def _assert_sources(named: Sequence[str], declared: Sequence[str]) -> None:
    """Refuse an id that the settings do not have; asked where nothing was found: imported news has its own ids."""
    for name in named:
        if name not in declared:
            near = get_close_matches(name, declared, n=1)
            hint = f"did you mean {near[0]}?" if near else "see: presswatch source list"
            raise Misuse(f"nothing was found, and no source has the id {name!r}; {hint}")


def moment(text: str, zone: str, *, now: datetime, end: bool = False) -> datetime:
    """The instant that `2026-11-01` (its beginning, or with `end` its end, in `zone`) or `90d` (ago) means.

    Raises Misuse for anything else.
    """
    if not _DAY.fullmatch(text.strip()):
        try:
            return now - period(text)
        except Misuse as error:
            raise Misuse(f"{text!r} is neither a day (2026-11-01) nor a time ago (90d, 12h, 2w)") from error
    try:
        day = date.fromisoformat(text.strip())
        return datetime.combine(day + timedelta(days=end), time(), ZoneInfo(zone))
    except (ValueError, OverflowError) as error:
        raise Misuse(f"{text!r} is no day") from error


def answered(unit: Unit, asked: Asked) -> Answer:
    """Ask the archive; what is counted is counted on one steady picture of it."""
    from storage import EARLIEST

    most = MOST_RANKED if asked.best else max(MOST_COUNTED, asked.limit)
    coming = _found(unit, asked)
    found = list(islice(coming, most))
    exact = len(found) < most or next(coming, None) is None
    span = unit.archive.span()
    ranked = sorted(found, key=lambda one: (-one.match.score, -len(one.match.hits))) if asked.best else found
    shown = tuple(ranked[: asked.limit])
    stories = {one.item.id: story for one in shown if (story := unit.stories.story_of(one.item.id)) is not None}
    return Answer(
        shown=shown,
        found=len(found),
        exact=exact,
        at_most=len(found) if exact else _candidates(unit, asked),
        first=span[0] if span else None,
        last=span[1] if span else None,
        reaches_back=span is not None and span[0] == EARLIEST,
        stories=stories,
        unknown=() if found or span is None else tuple(unit.spelling.unknown(asked.query)),
    )


def heading(asked: Asked, answer: Answer, zone: str) -> str:
    """Say how many were found, in which period, and which are shown."""
    if answer.first is None or answer.last is None:
        return "Nothing is stored yet."
    first, last = asked.since or answer.first, asked.until or answer.last
    number = counted(answer.found, "item") if answer.exact else f"More than {answer.found} items"
    most = "" if answer.exact else f" (at most {answer.at_most})"
    begins = local(first, zone) if asked.since or not answer.reaches_back else f"before {first.year}"
    text = f"{number}{most} from {begins} to {local(last, zone)}"
    order = "best" if asked.best else "newest"
    if asked.best and not answer.exact:
        order = f"best of the newest {answer.found}"
    if len(answer.shown) < answer.found:
        return f"{text}; the {order} {len(answer.shown)}:"
    return f"{text}, {order} first:" if answer.found > 1 else f"{text}:" if answer.found else f"{text}."


def _tree(query: str, lexicon: Lexicon) -> Query:
    from news.watch.compiler import check_watch

    return check_watch(query, lexicon)


def _found(unit: Unit, asked: Asked) -> Iterator[Found]:
    found = unit.archive.matching(
        asked.query,
        since=asked.since,
        until=asked.until,
        sources=asked.sources,
        languages=asked.languages,
        lexicon=asked.lexicon,
    )
    if not asked.story:
        return found
    story = unit.stories.get(asked.story)
    if story is None:
        raise Misuse(f"there is no story {asked.story}")
    members = frozenset(story.items)
    return (one for one in found if one.item.id in members)


def _candidates(unit: Unit, asked: Asked) -> int:
    return unit.archive.count_candidates(
        asked.query,
        since=asked.since,
        until=asked.until,
        sources=asked.sources,
        languages=asked.languages,
        lexicon=asked.lexicon,
    )


def _shown(asked: Asked, answer: Answer) -> dict[str, Any]:
    from ui.cli.unknown_words import unknown_json

    return {
        "since": asked.since or answer.first,
        "until": asked.until or answer.last,
        "order": "best" if asked.best else "newest",
        "found": answer.found,
        "unknown_words": unknown_json(answer.unknown),
        "exact": answer.exact,
        "at_most": answer.at_most,
        "items": [
            {
                "id": found.item.id,
                "version": found.item.version,
                "title": found.item.title,
                "url": found.item.url,
                "source": found.item.source,
                "publisher": found.item.publisher,
                "language": found.item.language,
                "published": None if found.item.published is None else found.item.published.isoformat(),
                "seen_at": found.item.seen_at,
                "story": answer.stories.get(found.item.id),
                "score": found.match.score,
                "snippet": {"text": piece.text, "marks": [list(mark) for mark in piece.marks]},
            }
            for found in answer.shown
            for piece in (_piece(found),)
        ],
    }


def _print(found: Found, zone: str) -> None:
    item = found.item
    stated = item.published
    if stated is None:
        when = f"seen {local(item.seen_at, zone)}"
    else:
        when = stated.day.isoformat() if stated.at is None else local(stated.at, zone)
    say()
    say(f"{when}  {item.source}  {item.language}  item {item.id}")
    print(_marked(_whole(found, "title", item.title)))
    if (piece := _piece(found)).text:
        print(f"    {_marked(piece)}")
    say(f"    {item.url}")


def _piece(found: Found) -> Snippet:
    """The best piece of the text, or of the lead where the text says nothing."""
    from news.text.snippet import best_snippet

    hits = {name: [hit for hit in found.match.hits if hit.field == name] for name in ("text", "lead")}
    name = "lead" if (hits["lead"] and not hits["text"]) or not found.item.text else "text"
    return best_snippet(getattr(found.item, name), hits[name], limit=_LONGEST_SNIPPET)


def _whole(found: Found, field: str, text: str) -> Snippet:
    from news.text.snippet import best_snippet

    return best_snippet(text, [hit for hit in found.match.hits if hit.field == field], limit=len(text))


def _marked(piece: Snippet) -> str:
    """The piece for people: what was found in bold where the terminal shows it, else between asterisks."""
    before, after = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else ("*", "*")
    parts, at = ["… " if piece.cut_before else ""], 0
    for start, end in piece.marks:
        parts += [visible(piece.text[at:start]), before, visible(piece.text[start:end]), after]
        at = end
    parts += [visible(piece.text[at:]), " …" if piece.cut_after else ""]
    return "".join(parts)
