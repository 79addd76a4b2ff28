"""When one item ties two stories: a language version of one release that another publisher's story tells as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from news.item import Item
from news.story.choose import choose_story
from news.story.frequencies import Frequencies
from news.story.relation import Choice, Lookalike, Relation
from news.story.signature import Signature

_GREATER_PART = 0.6


def further_choices(
    item: Item,
    choice: Choice,
    lookalikes: Sequence[Lookalike],
    *,
    signature: Signature,
    frequencies: Frequencies,
) -> Iterator[Choice]:
    """Decide to which other stories `item` belongs too, once the publisher's own id has put it into that of `choice`.

    The Russian release came first, the agency's English reprint stood alone, and now comes the English release: it is
    the release by its id, and the reprint by its words. Both ties have to be sure: an id on one side, on the other the
    greater part of both texts. A chain of texts that are merely alike would in the end tie everything to everything.
    """
    mine = set(item.story_keys)
    rest = [one for one in lookalikes if one.story != choice.story and mine.isdisjoint(one.story_keys)]
    if not any(one.item == choice.to and not mine.isdisjoint(one.story_keys) for one in lookalikes):
        return
    while rest:
        further = choose_story(item, rest, signature=signature, frequencies=frequencies)
        if not further.relation.joins:
            return
        if _is_sure(further):
            yield further
        rest = [one for one in rest if one.story != further.story]


def _is_sure(choice: Choice) -> bool:
    """Whether an item is a copy of another one: exactly, or with the greater part of both texts."""
    if choice.relation not in {Relation.SAME, Relation.UPDATE} or choice.evidence is None:
        return False
    shares = (choice.evidence.of_new, choice.evidence.of_old)
    return None in shares or min(share for share in shares if share is not None) >= _GREATER_PART
