"""The one change of a watch that would have made it find an item, where one change is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from news.errors import QuerySyntaxError
from news.lexicon import LANGUAGES, Lexicon, shipped
from news.watch.compiler import check_watch
from news.watch.expand import LANGUAGE_NAMES, in_language, phrase, rewritten
from news.watch.indexed import IndexedItem
from news.watch.matcher import Matcher
from news.watch.near import Lack, relaxations
from news.watch.near_text import written
from news.watch.query import Query, Term
from news.watch.watch import Watch
from news.watch.why import Clause

_HOW = {
    Lack.MISSING: "without {}",
    Lack.APART: "without asking for the words of {} side by side",
    Lack.ELSEWHERE: "with {} in any field",
    Lack.WRITTEN: "with {} in any letters",
    Lack.LEFT_OUT: "without {}",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A watch that finds the item, as query text and tree; how: what is different, in words."""

    text: str
    query: Query
    how: str


def changes(
    text: str, query: Query, clause: Clause, indexed: IndexedItem, lexicon: Lexicon | None = None
) -> tuple[Change, ...]:
    """Every single change of a watch that makes it find the item, those that add least to its meaning first.

    clause: what `explain` said of the watch and the item.
    """
    offered: dict[str, Change] = {}
    names = lexicon or shipped()
    for changed, how in _offers(text, query, clause, indexed, names):
        try:
            tree = check_watch(changed, lexicon)
        except QuerySyntaxError:
            continue
        if tree != query:
            offered.setdefault(changed, Change(text=changed, query=tree, how=how))
    matcher = Matcher(lexicon=lexicon)
    listed = list(offered.values())
    for number, one in enumerate(listed, start=1):
        matcher.register(Watch(name="", query="", id=number), matcher.compile(one.query))
    met = {watch.id for watch in matcher.matching(indexed)}
    return tuple(one for number, one in enumerate(listed, start=1) if number in met)


def _offers(
    text: str, query: Query, clause: Clause, indexed: IndexedItem, lexicon: Lexicon
) -> Iterator[tuple[str, str]]:
    for failing in clause.failing():
        term = failing.query
        near = [form for _, form in failing.missing if form]
        if isinstance(term, Term) and len(term.words) == 1 and near:
            typed = text[term.place.start : term.place.end]
            # A word that begins a sentence has a capital that says nothing.
            form = near[0].lower() if term.words[0].islower() else near[0]
            yield rewritten(text, {term.place: f"({typed} OR {phrase(form)})"}), f"with {form} beside {typed}"
    language = indexed.item.language
    if language in LANGUAGES:
        try:
            wider = in_language(text, language, lexicon)
        except QuerySyntaxError:
            wider = text
        if wider != text:
            yield wider, f"with the {LANGUAGE_NAMES[language]} names"
    for one in relaxations(query):
        yield written(one.query, text), _HOW[one.lack].format(written(one.part, text))
