"""One card: a story's items merged, its headline, a snippet within what its source lets out, and why it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from news.item import Item
from news.source import AnySource, Quote, Standing
from news.story.voice import voice
from news.text.snippet import best_snippet
from news.visit import Reason
from news.watch.watch import Hit
from scheduler.digest.digest import Addition, Card, Found, Marked, Why
from scheduler.digest.safe import host_of, merged, one_line, printable, safe_link
from scheduler.digest.tellings import MOST_PUBLISHERS, language_tag, tellers_of, tellings
from storage import Teller, ToldBefore, ToldMatch, ToldStory

SNIPPET_LIMIT = 240
"""Characters of a snippet: some three lines. READERS.md lets a lead of 300 leave the house at most."""

_WEIGHT = {standing: weight for weight, standing in enumerate(Standing)}
_FIELDS = ("title", "lead", "text", "tag")
_QUOTABLE: dict[Quote, tuple[str, ...]] = {Quote.HEADLINE: (), Quote.LEAD: ("lead",), Quote.FULL: ("lead", "text")}


def make_card(
    matches: Sequence[ToldMatch],
    declared: Mapping[str, AnySource],
    *,
    language: str,
    story: ToldStory | None = None,
) -> Card:
    """Merge the matches of one story, those of the watch that tells it first, into a card.

    declared: sources by id. language: the reader's; a found item in it gives the headline, else the weightiest does.
    story: everybody who tells it, also where no watch looks for it; without it those found are taken for all.
    """
    matched = tellers_of(matches)
    tellers = _all_tellers(matched, story)
    told = tellings(tellers, declared)
    items = list({match.item.id: match.item for match in matches}.values())
    items.sort(key=lambda item: (tag(item) != language, _WEIGHT[item.standing], _when(item), item.id))
    hits = {
        item.id: tuple(
            hit for match in matches if match.item.id == item.id for hit in match.hits if _stands(hit, match.item)
        )
        for item in items
    }
    shown = items[0]
    url = safe_link(shown.url)
    title_marks = [(hit.start, hit.end) for hit in hits[shown.id] if hit.field == "title"]
    return Card(
        story=matches[0].story,
        title=Marked(text=printable(shown.title), marks=merged(title_marks, len(shown.title)), language=tag(shown)),
        tellings=told[:MOST_PUBLISHERS],
        unnamed=max(len(told) - MOST_PUBLISHERS, 0),
        further=story.size - len(story.tellers) if story is not None else 0,
        voice=voice(one.standing for one in told),
        why=_why(matches),
        url=url,
        host=host_of(url),
        snippet=_snippet(items, hits, declared),
        unread=Reason(shown.unread) if shown.unread else None,
        also_in=tuple(
            dict.fromkeys(one_line(match.watch.name) for match in matches if match.watch.name != matches[0].watch.name)
        ),
        credits=tuple(
            dict.fromkeys(
                one_line(source.credit) for item in items if (source := declared.get(item.source)) and source.credit
            )
        ),
    )


def make_addition(
    matches: Sequence[ToldMatch],
    declared: Mapping[str, AnySource],
    story: ToldStory,
    before: ToldBefore,
    *,
    language: str,
) -> Addition:
    """Make of the matches of a story that was told before the few words that say what came to it.

    language: the reader's; a headline in it is taken, else the one that the story began with.
    """
    found = {match.item.id for match in matches} - before.items
    new = tuple(one for one in story.tellers if one.item in found) or tellers_of(
        match for match in matches if match.item.id in found
    )
    begun_by = min(story.tellers or new, key=lambda one: (language_tag(one.language) != language, one.item))
    told = tellings(new, declared)
    title = Marked(text=printable(begun_by.title), language=language_tag(begun_by.language))
    return Addition(
        story=story.story,
        title=title,
        tellings=told[:MOST_PUBLISHERS],
        told_at=before.at,
        watches=tuple(dict.fromkeys(one_line(match.watch.name) for match in matches)),
        url=told[0].members[0].url,
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


def _snippet(
    items: Sequence[Item], hits: Mapping[int, tuple[Hit, ...]], declared: Mapping[str, AnySource]
) -> Marked | None:
    """Return the text around the hits of the first member whose quotable text has one, else the headline's own lead."""
    without_hit: Marked | None = None
    for item in items:
        source = declared.get(item.source)
        for field in _QUOTABLE[source.quote if source else Quote.HEADLINE]:
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


def _why(matches: Sequence[ToldMatch]) -> tuple[Why, ...]:
    """Return each term with the distinct forms in which it was found, terms and forms in the order of the matches."""
    terms: dict[str, dict[tuple[str, str], tuple[str, set[str]]]] = {}
    for match in matches:
        for hit in match.hits:
            if not _stands(hit, match.item):
                continue
            forms = terms.setdefault(one_line(hit.term), {})
            form = one_line(hit.text)
            _, fields = forms.setdefault((form.casefold(), tag(match.item)), (form, set()))
            fields.add(hit.field)
    return tuple(
        Why(
            term=term,
            found=tuple(
                Found(form=form, language=language, fields=tuple(field for field in _FIELDS if field in fields))
                for (_, language), (form, fields) in forms.items()
            ),
        )
        for term, forms in terms.items()
    )
