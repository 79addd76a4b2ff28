"""Language versions that a release usually has and that are not there yet: "KK none yet (usual delay: 1 day)"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from news.changes.editions import Awaited, awaited, expected_languages, usual_delays
from news.source import AnySource
from scheduler.digest.digest import Digest, Telling
from scheduler.digest.filters import language_label
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


def none_yet(telling: Telling, *, digest: Digest) -> str:
    """Say which editions of a publisher's releases are not there yet; nothing where all are, or none is known of."""
    members = [one.item for one in telling.members]
    missing = {one.language: one for item in members for one in digest.awaited.get(item, ())}
    for member in telling.members:
        missing.pop(member.language, None)
    return "".join(f", {language_label(one.language)} none yet{_usually(one)}" for one in missing.values())


def _usually(one: Awaited) -> str:
    if one.usual is None:
        return ""
    if one.usual >= _DAY / 2:
        days = max(round(one.usual / _DAY), 1)
        return f" (usual delay: {days} {'day' if days == 1 else 'days'})"
    hours = round(one.usual / _HOUR)
    return f" (usual delay: {hours} h)" if hours else " (usual delay: under 1 h)"
