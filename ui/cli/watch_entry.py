"""A watch as people write it, in YAML or as options, made into the one text that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.cli.exits import Misuse

if TYPE_CHECKING:
    from pydantic import ValidationError

    from news.lexicon import Lexicon
    from news.watch.watch import Watch


def watch_from_entry(entry: Any, lexicon: Lexicon | None = None) -> Watch:
    """Return the watch that one entry of a YAML list means; raises QuerySyntaxError or Misuse with what is wrong.

    lexicon: what concepts mean; the shipped one unless given.
    """
    from pydantic import ValidationError

    from news.settings.people import WatchEntry
    from news.watch.compiler import check_watch
    from news.watch.watch import Watch

    try:
        checked = WatchEntry.model_validate(entry)
    except ValidationError as error:
        raise Misuse(told_faults(error)) from error
    query = query_text(checked.query, any_of=checked.phrases, also=checked.also, never=checked.not_)
    check_watch(query, lexicon)
    return Watch(name=checked.name, query=query, mode=checked.mode, enabled=checked.enabled, pinned=checked.pinned)


def query_text(
    query: str | None, *, any_of: Sequence[str] = (), also: Sequence[str] = (), never: Sequence[str] = ()
) -> str:
    """Return the query as text, from text or from lists; raises Misuse where both or neither are given."""
    from news.watch.lists import query_from_lists

    if query is not None and (any_of or also or never):
        raise Misuse("write the watch either as query text or as lists (--any, --also, --not), not as both")
    if query is not None:
        return query
    if not any_of and not also:
        raise Misuse("nothing to look for: write query text, or phrases with --any")
    return query_from_lists(any=any_of, also=also, not_=never)


def told_faults(error: ValidationError) -> str:
    """Say what pydantic found wrong, each fault with its place and remedy, without the values themselves."""
    return "; ".join(_told(one) for one in error.errors(include_url=False, include_input=False))


def _told(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in fault["loc"]) or "the watch"
    remedy = fault.get("ctx", {}).get("remedy", "")
    return f"{place}: {fault['msg']}" + (f". {remedy}" if remedy else "")
