"""Language versions that a release usually has and that are not there yet: "KK none yet (usual delay: 1 day)"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from news.changes.editions import Awaited, awaited, expected_languages, usual_delays
from news.source import AnySource
from scheduler.digest.digest import Telling
from scheduler.digest.filters import language_label
from scheduler.digest.wording import Wording
from storage import ToldMatch, Unit

LOOKED_BACK = timedelta(days=60)
"""How far back the usual delay of a language is learnt from."""

MOST = 100
"""Items of one digest that are asked about; of more than that nobody reads every line."""

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def awaited_editions(
    unit: Unit, told: Sequence[ToldMatch], *, sources: Sequence[AnySource], now: datetime
) -> dict[int, tuple[Awaited, ...]]:
    """Return, by item, the editions that are late, and those that come as a rule and are not there yet."""
    families = {source.id: source.family for source in sources if source.family}
    items = {match.item.id: match.item for match in told if match.item.source in families}
    usual: dict[str, dict[str, timedelta]] = {}
    found: dict[int, tuple[Awaited, ...]] = {}
    for item in list(items.values())[:MOST]:
        seen = unit.editions.seen(unit.editions.of_item(item.id))
        expected = expected_languages(item, sources)
        if not expected - set(seen):
            continue
        family = families[item.source]
        if family not in usual:
            usual[family] = usual_delays(unit.editions.releases(family, since=now - LOOKED_BACK))
        missing = awaited(seen, expected, usual=usual[family], now=now)
        told_of = tuple(one for one in missing if one.late or one.usual is not None)
        if told_of:
            found[item.id] = told_of
    return found


def none_yet(telling: Telling, awaited: Mapping[int, tuple[Awaited, ...]], words: Wording) -> str:
    """Say which editions of a publisher's releases are not there yet; nothing where all are, or none is known of.

    awaited: by item, as `awaited_editions` gives it.
    """
    missing = {one.language: one for member in telling.members for one in awaited.get(member.item, ())}
    for member in telling.members:
        missing.pop(member.language, None)
    return "".join(f", {_awaited(one, words)}" for one in missing.values())


def _awaited(one: Awaited, words: Wording) -> str:
    text = words.say("none_yet", language=language_label(one.language))
    if one.usual is None:
        return text
    if one.usual >= _DAY / 2:
        usually = words.count(max(round(one.usual / _DAY), 1), "usual_delay_days")
    else:
        hours = round(one.usual / _HOUR)
        usually = words.count(hours, "usual_delay_hours") if hours else words.say("usual_delay_short")
    return words.say("with_brackets", name=text, note=usually)
