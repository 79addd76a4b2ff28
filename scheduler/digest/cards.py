"""One card: a story's items merged, its headline, a snippet within what its source lets out, and why it is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from news.item import Item
from news.source import AnySource, Quote, Standing
from news.text.snippet import best_snippet
from news.visit import Reason
from news.watch.watch import Hit
from scheduler.digest.digest import Card, Found, Marked, Member, Telling, Why
from scheduler.digest.safe import host_of, merged, one_line, printable, safe_link
from storage import ToldMatch

SNIPPET_LIMIT = 240
"""Characters of a snippet: some three lines. READERS.md lets a lead of 300 leave the house at most."""

_WEIGHT = {standing: weight for weight, standing in enumerate(Standing)}
_TAG = re.compile("[a-z]{2,3}")
_FIELDS = ("title", "lead", "text", "tag")
_QUOTABLE: dict[Quote, tuple[str, ...]] = {Quote.HEADLINE: (), Quote.LEAD: ("lead",), Quote.FULL: ("lead", "text")}


def make_card(matches: Sequence[ToldMatch], declared: Mapping[str, AnySource], *, language: str) -> Card:
    """Merge the matches of one story, those of the watch that tells it first, into a card.

    declared: sources by id. language: the reader's; a member in it gives the headline, else the weightiest one does.
    """
    members = {match.item.id: _member(match) for match in matches}
    items = list({match.item.id: match.item for match in matches}.values())
    items.sort(key=lambda item: (tag(item) != language, _WEIGHT[item.standing], members[item.id].when, item.id))
    hits = {
        item.id: tuple(
            hit for match in matches if match.item.id == item.id for hit in match.hits if _stands(hit, match.item)
        )
        for item in items
    }
    shown = items[0]
    url = members[shown.id].url
    title_marks = [(hit.start, hit.end) for hit in hits[shown.id] if hit.field == "title"]
    return Card(
        story=matches[0].story,
        title=Marked(text=printable(shown.title), marks=merged(title_marks, len(shown.title)), language=tag(shown)),
        tellings=_tellings(items, members),
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


def tag(item: Item) -> str:
    """Return the item's language tag, "und" for anything that is not one: a page may declare what it likes."""
    return item.language if _TAG.fullmatch(item.language) else "und"


def _member(match: ToldMatch) -> Member:
    item = match.item
    return Member(
        item=item.id,
        language=tag(item),
        stated=item.published,
        seen_at=item.seen_at,
        url=safe_link(item.url),
        version=item.version,
        relation=match.relation,
    )


def _tellings(items: Sequence[Item], members: Mapping[int, Member]) -> tuple[Telling, ...]:
    by_publisher: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        by_publisher.setdefault((_WEIGHT[item.standing], one_line(item.publisher)), []).append(item)
    tellings = [
        Telling(
            publisher=publisher,
            standing=told[0].standing,
            members=tuple(sorted((members[item.id] for item in told), key=lambda one: (one.when, one.item))),
        )
        for (_, publisher), told in by_publisher.items()
    ]
    return tuple(sorted(tellings, key=lambda one: (_WEIGHT[one.standing], one.members[0].when, one.publisher)))


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
