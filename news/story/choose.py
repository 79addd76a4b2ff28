"""Which story an item belongs to: exact knowledge first, then the stored item that says the same.

The publisher's own id outranks equal text, equal text outranks likeness, earlier items outrank later ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from news.item import Item
from news.story.compare import Named, Overlap, Weights, overlap
from news.story.frequencies import Frequencies
from news.story.judge import ACROSS, Side, Verdict, is_of_one_text, judge, says_one_event
from news.story.relation import Choice, Evidence, Lookalike, Relation
from news.story.semantic_recent import LEAST_CLOSENESS
from news.story.signature import Signature, believable, day_of

WINDOW = timedelta(days=14)
"""How far back candidates are looked for."""

MOST_HOLDERS = 200
"""A filed hash that more items hold is boilerplate: the look-up skips it."""

# Copies of one text at one publisher: more are what its site shows in place of news.
_MOST_COPIES = 3
_NAMED = {
    Relation.SAME: "same news",
    Relation.UPDATE: "a later version",
    Relation.TRANSLATION: "the same news in another language",
    Relation.EXCERPT: "shares a passage",
    Relation.TEMPLATE: "same form, another event",
}
_SHOWN = 4
_SURE = 0.9
# More lookalikes than these add time and no better choice.
_MOST_TEXTS, _MOST_OTHERS, _MOST_NEAR = 6, 12, 8


def choose_story(
    item: Item,
    lookalikes: Sequence[Lookalike],
    *,
    signature: Signature | None = None,
    frequencies: Frequencies | None = None,
) -> Choice:
    """Decide the story of `item` among `lookalikes`; without a signature by exact knowledge alone.

    Where several items would do, the surest decides. An item that is another event than a member of a story in its own
    language does not enter that story by another member.
    """
    ordered = sorted(lookalikes, key=lambda one: one.item)
    exact = next(_exact(item, ordered, signature), None)
    if exact is not None:
        return exact
    if signature is None or not says_one_event(signature):
        return Choice(story=None, relation=Relation.NEW)
    named = Named(signature)
    compared = _shortlist(signature, named, day_of(item), lookalikes)
    weights = Weights(frequencies, [signature, *(of_other for _, of_other, _ in compared)])
    new = Side(
        signature=signature,
        language=item.language,
        publisher=item.publisher,
        day=day_of(item),
        at=item.published.at if item.published is not None and item.published.day == day_of(item) else None,
    )
    verdicts = []
    for other, of_other, texts in compared:
        old = _side(other, of_other, day_of(item))
        verdict = judge(new, named, old, texts, weights, other.closeness)
        if verdict is not None:
            verdicts.append((other, verdict))
    barred = {other.story for other, verdict in verdicts if verdict.relation is Relation.TEMPLATE}
    best = max(verdicts, key=lambda one: _order(one[0], one[1], barred), default=None)
    if best is None:
        return Choice(story=None, relation=Relation.NEW)
    other, verdict = best
    relation, evidence = verdict.relation, verdict.evidence
    if _is_barred(other, verdict, barred):
        relation = Relation.TEMPLATE
    return Choice(
        story=other.story if relation.joins else None,
        relation=relation,
        to=other.item,
        why=_why(relation, evidence),
        evidence=evidence,
    )


def _shortlist(
    new: Signature, named: Named, today: date, lookalikes: Sequence[Lookalike]
) -> list[tuple[Lookalike, Signature, Overlap]]:
    """Those worth a closer look: of texts that share passages the likest, of the others the first given."""
    by_text: list[tuple[Lookalike, Signature, Overlap]] = []
    others: list[tuple[Lookalike, Signature, Overlap]] = []
    near: list[tuple[Lookalike, Signature, Overlap]] = []
    for other in lookalikes:
        if other.signature is None or not says_one_event(other.signature):
            continue
        texts = overlap(new, other.signature)
        if is_of_one_text(texts):
            by_text.append((other, other.signature, texts))
        elif other.closeness is not None and other.closeness >= LEAST_CLOSENESS:
            near.append((other, other.signature, texts))
        elif (
            len(others) < _MOST_OTHERS
            and abs(day_told(other, today) - today) <= ACROSS
            and (named.may_share(other.signature) or not other.signature.words)
        ):
            others.append((other, other.signature, texts))
    by_text.sort(key=lambda one: (-one[2].of_new - one[2].of_old, one[0].item))
    near.sort(key=lambda one: -(one[0].closeness or 0.0))
    return by_text[:_MOST_TEXTS] + near[:_MOST_NEAR] + others


def _is_barred(other: Lookalike, verdict: Verdict, barred: set[int]) -> bool:
    """Whether a likeness counts for nothing, because another member of the story is another event on the same form."""
    return verdict.relation.joins and other.story in barred and verdict.strength < _SURE


def _order(other: Lookalike, verdict: Verdict, barred: set[int]) -> tuple[bool, bool, float, int]:
    joins = verdict.relation.joins and not _is_barred(other, verdict, barred)
    return joins, verdict.relation is not Relation.TRANSLATION, verdict.strength, -other.item


def _exact(item: Item, ordered: Sequence[Lookalike], signature: Signature | None) -> Iterator[Choice]:
    for other in ordered:
        shared = set(item.story_keys) & set(other.story_keys)
        if shared:
            relation = Relation.TRANSLATION if other.language != item.language else Relation.SAME
            yield _certain(other, relation, f"same id at the publisher ({min(shared)})")
    for other in ordered:
        if item.url and item.url == other.url:
            copied = bool(item.text_hash) and item.text_hash == other.text_hash
            yield _certain(other, Relation.SAME if copied else Relation.UPDATE, "same address")
    if signature is not None and signature.notice:
        return
    copies = [other for other in ordered if item.text_hash and item.text_hash == other.text_hash]
    at_home = [other for other in copies if other.publisher and other.publisher == item.publisher]
    today = day_of(item)
    is_serial = _is_serial(item.publisher, copies, today)
    # A serial repeats word for word, an item a day: who reprints it reprints that of the day.
    for other in sorted(copies, key=lambda one: day_told(one, today) != today):
        if (is_serial and day_told(other, today) != today) or (other in at_home and len(at_home) >= _MOST_COPIES):
            yield Choice(
                story=None,
                relation=Relation.TEMPLATE,
                to=other.item,
                why="same text again at its publisher",
                evidence=Evidence(rule="same text again at its publisher", of_new=1.0, of_old=1.0),
            )
        else:
            yield _certain(other, Relation.SAME, "same text")


def _is_serial(publisher: str, copies: Sequence[Lookalike], today: date) -> bool:
    """Whether somebody tells the same text on several days, the new item's publisher among them."""
    told = {(one.publisher, day_told(one, today)) for one in copies if one.publisher}
    told |= {(publisher, today)} if publisher else set()
    return len(told) > len({of for of, _ in told})


def _certain(other: Lookalike, relation: Relation, why: str) -> Choice:
    return Choice(story=other.story, relation=relation, to=other.item, why=why, evidence=Evidence(rule=why))


def _side(other: Lookalike, signature: Signature, today: date) -> Side:
    day = day_told(other, today)
    at = other.published.at if other.published is not None and other.published.day == day else None
    return Side(signature=signature, language=other.language, publisher=other.publisher, day=day, at=at)


def day_told(other: Lookalike, today: date) -> date:
    """The day a stored item tells of; `today` where nothing is known of it."""
    seen = today if other.seen_at is None else other.seen_at.date()
    return believable(other.published.day if other.published else None, seen)


def _why(relation: Relation, evidence: Evidence) -> str:
    parts = [f"{_NAMED[relation]}: {evidence.rule}"]
    if evidence.of_new:
        parts.append(f"{evidence.of_new:.0%} of the new text and {evidence.of_old or 0.0:.0%} of the other are shared")
    if evidence.shared:
        parts.append(f"both name {_listed(evidence.shared)}")
    if evidence.only_new and evidence.only_old:
        parts.append(f"only the new one {_listed(evidence.only_new)}, only the other {_listed(evidence.only_old)}")
    return "; ".join(parts)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
