"""One card: a story's items merged, its headline, a snippet within what its source lets out, and why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from news.embargo import Embargo, embargo_in_force
from news.item import Item
from news.lexicon import Lexicon
from news.source import AnySource, Quote, Standing
from news.story.voice import voice
from news.text.snippet import best_snippet
from news.watch.watch import Hit
from scheduler.digest.digest import Addition, Card, Found, Marked, Telling, Why
from scheduler.digest.headline import headline_of
from scheduler.digest.safe import cut, host_of, one_line, printable
from scheduler.digest.spellings import spellings_of
from scheduler.digest.tellings import MOST_PUBLISHERS, language_tag, tellers_of, tellings
from storage import Teller, ToldBefore, ToldMatch, ToldStory

SNIPPET_LIMIT = 126
"""Characters of a snippet without its ellipses: two lines of the text part with its marks.

READERS.md lets a lead of 300 leave the house at most.
"""

LATE = timedelta(days=1)
"""So long before the period of a digest an item was published that is called late."""

_LONGEST_FORM = 80
_FIELDS = ("title", "lead", "text", "tag")
_QUOTABLE: dict[Quote, tuple[str, ...]] = {Quote.HEADLINE: (), Quote.LEAD: ("lead",), Quote.FULL: ("lead", "text")}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the cards of one digest have in common.

    declared: sources by id. language: the reader's. since: when the period of the digest began. lexicon: what gives the
    names of key terms.
    """

    declared: Mapping[str, AnySource]
    language: str
    since: datetime
    now: datetime
    lexicon: Lexicon

    def quotable(self, item: Item) -> tuple[str, ...]:
        """The fields of an item besides its headline that may leave the house."""
        source = self.declared.get(item.source)
        return _QUOTABLE[source.quote if source else Quote.HEADLINE]

    def embargo(self, items: Iterable[Item]) -> Embargo | None:
        """The embargo that one of the items asks for and that is in force, the longest where there are several."""
        found = [
            (one, one.ends_at(item.seen_at))
            for item in items
            if (one := embargo_in_force(item, zone=self._zone(item), now=self.now)) is not None
        ]
        return max(found, key=lambda pair: pair[1])[0] if found else None

    def _zone(self, item: Item) -> str:
        source = self.declared.get(item.source)
        return source.zone if source else item.published.zone if item.published else "UTC"


def make_card(matches: Sequence[ToldMatch], desk: Desk, *, story: ToldStory | None = None) -> Card:
    """Merge the matches of one story, those of the watch that tells it first, into a card.

    story: everybody who tells it, also where no watch looks for it; without it those found are taken for all.
    """
    matched = tellers_of(matches)
    tellers = _all_tellers(matched, story)
    told = tellings(tellers, desk.declared)
    items = list({match.item.id: match.item for match in matches}.values())
    items.sort(key=lambda item: (tag(item) != desk.language, item.standing.rank, _when(item), item.id))
    hits = {
        item.id: tuple(
            hit for match in matches if match.item.id == item.id for hit in match.hits if _stands(hit, match.item)
        )
        for item in items
    }
    headline = headline_of(items, hits, tellers, language=desk.language, lexicon=desk.lexicon)
    return Card(
        story=matches[0].story,
        title=headline.title,
        tellings=told[:MOST_PUBLISHERS],
        unnamed=max(len(told) - MOST_PUBLISHERS, 0),
        further=story.size - len(story.tellers) if story is not None else 0,
        voice=voice(one.standing for one in told),
        why=_why(matches, desk),
        url=headline.url,
        host=host_of(headline.url),
        snippet=_snippet(items, hits, desk),
        unread=headline.unread,
        also_in=tuple(
            dict.fromkeys(one_line(match.watch.name) for match in matches if match.watch.name != matches[0].watch.name)
        ),
        credits=tuple(
            dict.fromkeys(
                one_line(source.credit)
                for item in items
                if (source := desk.declared.get(item.source)) and source.credit
            )
        ),
        pinned=any(match.watch.pinned for match in matches),
        late=all(_is_late(item, desk) for item in items),
        alerted=_alerted(items, story),
        embargo=desk.embargo(items),
        key_terms=headline.key_terms,
        other_title=headline.other_title,
        spellings=spellings_of(sorted(items, key=lambda item: item.id)),
        score=max(match.score for match in matches),
        publishers=_independent(told),
    )


def _alerted(items: Iterable[Item], story: ToldStory | None) -> datetime | None:
    """When the reader had all of these items in alerts; None where one of them is new."""
    before = story.alerted if story is not None else None
    return None if before is None or before.goes_on(item.id for item in items) else before.at


def make_addition(matches: Sequence[ToldMatch], desk: Desk, story: ToldStory, before: ToldBefore) -> Addition:
    """Make of the matches of a story that was told before the few words that say what came to it.

    A headline in the reader's language is taken, else the one that the story began with.
    """
    found = {match.item.id for match in matches} - before.items
    new = tuple(one for one in story.tellers if one.item in found) or tellers_of(
        match for match in matches if match.item.id in found
    )
    begun_by = min(story.tellers or new, key=lambda one: (language_tag(one.language) != desk.language, one.item))
    told = tellings(new, desk.declared)
    title = Marked(text=printable(begun_by.title), language=language_tag(begun_by.language))
    return Addition(
        story=story.story,
        title=title,
        tellings=told[:MOST_PUBLISHERS],
        told_at=before.at,
        watches=tuple(dict.fromkeys(one_line(match.watch.name) for match in matches)),
        url=told[0].members[0].url,
        embargo=desk.embargo(match.item for match in matches),
    )


def tag(item: Item) -> str:
    """Return the item's language tag, "und" for anything that is not one."""
    return language_tag(item.language)


def _all_tellers(matched: tuple[Teller, ...], story: ToldStory | None) -> tuple[Teller, ...]:
    """Return all who tell the story; of a very long one those found come first."""
    if story is None:
        return matched
    known = {one.item for one in story.tellers}
    return (*story.tellers, *(one for one in matched if one.item not in known))


def _when(item: Item) -> datetime:
    return item.published.at if item.published is not None and item.published.at is not None else item.seen_at


def _independent(told: Sequence[Telling]) -> int:
    """How many publishers tell a story by themselves: the editions of one count once, aggregators pass on others'."""
    publishers = {one.publisher.casefold() for one in told if one.standing is not Standing.AGGREGATOR}
    return max(len(publishers), 1)


def _is_late(item: Item, desk: Desk) -> bool:
    """Whether an item was published clearly before the period; of a day without an hour its end counts."""
    if item.published is None:
        return False
    at = item.published.at
    if at is None:
        at = datetime.combine(item.published.day + timedelta(days=1), time(), tzinfo=ZoneInfo(item.published.zone))
    return desk.since - at >= LATE


def _snippet(items: Sequence[Item], hits: Mapping[int, tuple[Hit, ...]], desk: Desk) -> Marked | None:
    """Return the text around the hits of the first member whose quotable text has one, else the headline's own lead."""
    without_hit: Marked | None = None
    for item in items:
        for field in desk.quotable(item):
            text = item.lead if field == "lead" else item.text
            if not text.strip():
                continue
            found = [hit for hit in hits[item.id] if _lies_in(hit, field, item)]
            if not found and (without_hit is not None or item is not items[0]):
                continue
            best = best_snippet(printable(text), found, limit=SNIPPET_LIMIT)
            shown = Marked(
                text=("… " if best.cut_before else "") + best.text + (" …" if best.cut_after else ""),
                marks=tuple((start + 2 * best.cut_before, end + 2 * best.cut_before) for start, end in best.marks),
                language=tag(item),
            )
            if found:
                return shown
            without_hit = shown
    return without_hit


def _stands(hit: Hit, item: Item) -> bool:
    """Whether the hit is where it says: a publisher may have changed the item since, so that it no longer matches."""
    where = {"title": item.title, "lead": item.lead, "text": item.text}.get(hit.field)
    return where is None or where[hit.start : hit.end] == hit.text


def _lies_in(hit: Hit, field: str, item: Item) -> bool:
    """Whether the hit can be marked in `field`: a lead that begins the text has its hits recorded there, once."""
    if hit.field == field:
        return True
    return field == "lead" and hit.field == "text" and hit.end <= len(item.lead) and item.text.startswith(item.lead)


def _why(matches: Sequence[ToldMatch], desk: Desk) -> tuple[Why, ...]:
    """Return each term of the watch that tells the story, with the distinct forms in which it was found, in order:
    those in the reader's language first, for what is too much is only counted.

    What stands inside a longer name that was looked for too is no reason of its own (Kazakh in Kazakh Red Crescent). A
    form is a word or name that the reader asked for. What a regular expression found in a text that may not be quoted
    may be anything: of that the term alone is said.
    """
    terms: dict[str, dict[tuple[str, str], tuple[str, set[str]]]] = {}
    for match in matches:
        if match.watch.name != matches[0].watch.name:
            continue
        hits = [hit for hit in match.hits if _stands(hit, match.item)]
        for hit in hits:
            if any(_is_part(hit, other) for other in hits):
                continue
            forms = terms.setdefault(one_line(hit.term), {})
            form = _form(hit, match.item, desk)
            _, fields = forms.setdefault((form.casefold(), tag(match.item)), (form, set()))
            fields.add(hit.field)
    return tuple(
        Why(
            term=term,
            found=tuple(
                Found(form=form, language=language, fields=tuple(field for field in _FIELDS if field in fields))
                for (_, language), (form, fields) in sorted(
                    forms.items(), key=lambda found: found[0][1].casefold() != desk.language
                )
            ),
        )
        for term, forms in terms.items()
    )


def _is_part(hit: Hit, other: Hit) -> bool:
    within = hit.field == other.field and other.start <= hit.start and hit.end <= other.end
    return within and other.end - other.start > hit.end - hit.start


def _form(hit: Hit, item: Item, desk: Desk) -> str:
    form = one_line(hit.text)
    if hit.field in ("title", "tag", *desk.quotable(item)):
        return cut(form, _LONGEST_FORM)
    is_free = hit.term.lstrip("-( ").startswith("/") or len(form) > _LONGEST_FORM
    return one_line(hit.term) if is_free else form
