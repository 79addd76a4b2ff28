"""News from a file: lines of JSON become items as those of a source do, and nothing of them alerts."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from news.dates import parse_date
from news.errors import PresswatchError
from news.item import Draft, Outcome
from news.language import detect
from news.normalise import normalise
from news.source import AnySource, FeedSource, Standing
from scheduler.app import App
from scheduler.intake import BATCH, Intake
from scheduler.prepare import Ready, make_ready

_NO_ID = re.compile(r"[^a-z0-9]+")
MOST_BYTES = 5_000_000
"""Bytes of one line, as of one answer of a site."""

_TEXTS = ("title", "url", "summary", "text", "language", "source", "publisher", "standing", "published")
KEYS = frozenset({*_TEXTS, "tags"})
"""Keys of a line that are read."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class BrokenLine(PresswatchError):
    """A line that is no item; the text says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A line that was left out; numbers count from 1."""

    line: int
    error: str


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of a file's items, and the lines that are none. unknown: keys that are not read, with their
    lines."""

    outcomes: Mapping[Outcome, int]
    broken: tuple[Broken, ...]
    unknown: Mapping[str, Sequence[int]] = field(default_factory=dict)


def import_lines(app: App, lines: Iterable[bytes], *, now: datetime) -> Imported:
    """Take in every line that is an item; blank ones are passed over. The same lines again change nothing.

    An item of a source that the settings declare is one of its own; any other has the source and publisher it names, or
    else those of its address. now: when the items count as seen.
    """
    intake = Intake(app.store, clock=lambda: now, fresh=app.settings.daemon.fresh, lexicon=app.settings.lexicon)
    return asyncio.run(_taken_in(intake, lines, {one.id: one for one in app.settings.sources}, now))


async def _taken_in(
    intake: Intake, lines: Iterable[bytes], sources: Mapping[str, AnySource], now: datetime
) -> Imported:
    outcomes: Counter[Outcome] = Counter()
    broken: list[Broken] = []
    unknown: dict[str, list[int]] = {}
    for batch in _batches(lines, sources, unknown, now):
        items = [(number, one) for number, one in batch if isinstance(one, Ready)]
        broken += [Broken(line=number, error=one) for number, one in batch if isinstance(one, str)]
        try:
            outcomes += await intake.accept_imported([one for _, one in items]) if items else Counter()
        except PresswatchError:
            raise
        except Exception:
            # One of them breaks our own code: each by itself, so that its neighbours are not lost with it.
            for number, one in items:
                try:
                    outcomes += await intake.accept_imported([one])
                except PresswatchError:
                    raise
                except Exception as error:
                    broken.append(Broken(line=number, error=f"{type(error).__name__}: {error}"))
    return Imported(outcomes=outcomes, broken=tuple(sorted(broken, key=lambda one: one.line)), unknown=unknown)


def _batches(
    lines: Iterable[bytes], sources: Mapping[str, AnySource], unknown: dict[str, list[int]], now: datetime
) -> Iterator[Sequence[tuple[int, Ready | str]]]:
    """The lines with their numbers, each an item or what is wrong with it, so many as one transaction takes."""
    batch: list[tuple[int, Ready | str]] = []
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        if raw.startswith(_UTF16) and number == 1:
            yield [(number, "the file is UTF-16: save it as UTF-8; nothing of it was read")]
            return
        if b"\0" in raw:
            yield [*batch, (number, "this is no text, so neither this line nor what follows was read")]
            return
        if len(raw) > MOST_BYTES:
            batch.append((number, f"the line has more than {MOST_BYTES // 1_000_000} MB"))
            continue
        read, others = _read(raw, sources, now)
        batch.append((number, read))
        for key in others:
            unknown.setdefault(key, []).append(number)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(raw: bytes, sources: Mapping[str, AnySource], now: datetime) -> tuple[Ready | str, frozenset[str]]:
    """The item of a line, or what is wrong with it, and the keys of it that are not read."""
    others = frozenset[str]()
    try:
        given = json.loads(raw.decode("utf-8-sig"))
        if not isinstance(given, dict):
            raise BrokenLine("an item is a JSON object")
        others = frozenset(given) - KEYS
        source = _source(given, sources)
        return make_ready(normalise(_draft(given, source, now), source, seen_at=now)), others
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1} is not UTF-8", others
    except PresswatchError as error:
        return str(error), others
    except json.JSONDecodeError as error:
        return f"this is not JSON: {error.msg} at character {error.pos + 1}", others
    except Exception as error:
        # Whatever a line does to our own code, the lines after it are still taken in.
        return f"{type(error).__name__}: {error}", others


def _draft(given: Mapping[str, Any], source: AnySource, now: datetime) -> Draft:
    said = {name: _text(given, name) for name in _TEXTS}
    for name in ("title", "url"):
        if not said[name].strip():
            raise BrokenLine(f"the item has no {name}")
    tags = given.get("tags") or ()
    if not isinstance(tags, list | tuple) or not all(isinstance(tag, str) for tag in tags):
        raise BrokenLine("tags is not a list of texts")
    # What the line says counts; else the words tell it, as they do for pages.
    guess = None if said["language"] else detect("\n".join((said["title"], said["summary"], said["text"])))
    language, published = said["language"] if guess is None else guess.language, None
    if said["published"]:
        published = parse_date(said["published"], language=language, zone=source.zone, now=now, clock=source.clock)
        if published is None:
            raise BrokenLine(f"published is no date, or one to come: {said['published']!r}")
    return Draft(
        title=said["title"],
        url=said["url"],
        summary=said["summary"],
        text=said["text"],
        language=language,
        language_sure=1.0 if guess is None else guess.sure,
        published=published,
        published_raw=said["published"],
        tags=tuple(tags),
    )


def _source(given: Mapping[str, Any], sources: Mapping[str, AnySource]) -> AnySource:
    """The declared source that the item names, or one made up of what it says."""
    named, publisher, standing = (_text(given, name).strip() for name in ("source", "publisher", "standing"))
    if standing and standing not in list(Standing):
        raise BrokenLine(f"standing is one of {', '.join(Standing)}, not {standing!r}")
    if named in sources:
        declared = sources[named]
        said = Standing(standing) if standing else declared.standing
        return replace(declared, publisher=publisher or declared.publisher, standing=said)
    host = (urlsplit(_text(given, "url")).hostname or "").removeprefix("www.")
    return FeedSource(
        id=_NO_ID.sub("-", (named or host).lower()).strip("-") or "imported",
        url=_text(given, "url"),
        publisher=publisher or named or host,
        standing=Standing(standing or Standing.MEDIA),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BrokenLine(f"{name} is not a text")
    return value
