"""Why an item is in its story: which rule put it there, or the others beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from news.story import Relation
from ui.cli.output import shortened
from ui.cli.why_told import numbered

if TYPE_CHECKING:
    from news.item import Item
    from storage import Unit
    from storage.stories import Membership

_MOST_JOINED = 5
_AS = {
    Relation.SAME: "a copy",
    Relation.UPDATE: "a later version",
    Relation.TRANSLATION: "a translation",
    Relation.EXCERPT: "an excerpt",
    Relation.TEMPLATE: "the same form for another event",
}


def why_in_story(unit: Unit, item: Item) -> tuple[dict[str, Any] | None, list[str]]:
    """How the item came into its story, and with whom."""
    membership = unit.stories.membership(item.id)
    if membership is None:
        return None, []
    story = unit.stories.get(membership.story)
    others = [one for one in (story.items if story else ()) if one != item.id]
    lines = [f"story {membership.story}, {f'together with {numbered(others)}' if others else 'alone in it'}"]
    weighed = membership.evidence
    if membership.to:
        lines += _joined(membership, unit.items.get(membership.to))
    else:
        # The first of a story did not join anything: how the others came to it says why they are together.
        joined = [unit.stories.membership(one) for one in others[:_MOST_JOINED]]
        lines += [line for one in joined if one for line in _joined(one, item, unit.items.get(one.item))]
    plain = {
        "id": membership.story,
        "items": list(story.items if story else ()),
        "relation": membership.relation.value,
        "to": membership.to or None,
        "why": membership.why or None,
        "evidence": None
        if weighed is None
        else {
            "rule": weighed.rule,
            "of_new": weighed.of_new,
            "of_old": weighed.of_old,
            "shared": list(weighed.shared),
            "only_new": list(weighed.only_new),
            "only_old": list(weighed.only_old),
        },
    }
    return plain, lines


def _joined(membership: Membership, to: Item | None, own: Item | None = None) -> list[str]:
    """How an item joined its story, by which rule. own: the item, where another one is asked about."""
    if to is None or membership.to != to.id:
        return []
    relation = _AS.get(membership.relation, membership.relation.value)
    weighed = membership.evidence
    rule = f" [{weighed.rule}]" if weighed is not None and weighed.rule not in membership.why else ""
    why = f": {membership.why}" if membership.why else ""
    if own is not None:
        return [f"  item {own.id} ({own.publisher}, {own.language}) joined it as {relation}{why}{rule}"]
    return [f"  {relation} of item {to.id}, {shortened(to.title, 60)} ({to.publisher}){why}{rule}"]
