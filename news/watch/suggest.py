"""What could stand beside the terms of a watch: other names, languages and abbreviations, and the persons meant.

Everything comes from the lexicon; what a term finds already (its forms) is no proposal. Each proposal is ordinary query
text, and so is the watch that takes some of them. Spellings that only the archive knows are in spellings.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from typing import Literal

from news import lexicon as lexicon_of
from news.errors import QuerySyntaxError
from news.lexicon import LANGUAGES, Concept, Holder, Lexicon
from news.lexicon.lexicon import key_of
from news.text.forms import explained_forms, is_abbreviation
from news.text.name_fold import same_name
from news.text.names import is_given_name
from news.text.words import tokenise
from news.watch import query as tree
from news.watch.expand import expansion, phrase, reads, rewritten, term_of
from news.watch.parser import parse_query
from news.watch.query import LABEL_FIELDS, Name, Place, Query, Term, Wording, children, walk

MOST_OF_A_LANGUAGE = 8
MOST_RELATED = 6
MOST_TERMS = 20
MOST_PROPOSALS = 100
_EXPLAINED = 2
_FROM_RUSSIAN = ("ru", "kk", "en")

ProposalKind = Literal["concept", "person", "office", "name", "abbreviation", "old", "related", "form", "spelling"]
Anchor = Term | Name


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One more term that may stand beside a term of a watch.

    place: of that term, in code points of `Suggestions.text`. query: the proposal as query text. languages: those it
    reads. sure: False where nobody has checked it: to be looked at first. about: what it is, in words. instead: it
    finds all that the term finds, and takes its place.
    """

    place: Place
    query: str
    kind: ProposalKind
    languages: tuple[str, ...] = ()
    sure: bool = True
    about: str = ""
    instead: bool = False


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """text: the watch as it was read: several words that together are a name or a person became one phrase."""

    text: str
    proposals: tuple[Proposal, ...]


def suggestions(text: str, lexicon: Lexicon) -> Suggestions:
    """What may be added to a watch, term by term, in an order that depends on nothing else; raises QuerySyntaxError.

    Of a watch of many terms the first are looked at, and the first proposals given: it is read by a person.
    """
    text = _one_phrase(text, lexicon)
    query = parse_query(text)
    known: set[Query] = {node for node in walk(query) if isinstance(node, Term | Name | tree.Concept)}
    proposals: list[Proposal] = []
    for proposal in chain.from_iterable(_of(anchor, lexicon) for anchor in islice(_anchors(query), MOST_TERMS)):
        proposed = parse_query(proposal.query)
        if proposed not in known and _fits(text, proposal):
            known.add(proposed)
            proposals.append(proposal)
            if len(proposals) == MOST_PROPOSALS:
                break
    return Suggestions(text=text, proposals=tuple(proposals))


def persons(text: str) -> tuple[tuple[str, Place], ...]:
    """The persons that a watch names, with the places of the terms."""
    anchors = _anchors(parse_query(text))
    return tuple((one.text, one.place) for one in anchors if isinstance(one, Name) or _is_person(one))


def with_accepted(text: str, accepted: Iterable[Proposal]) -> str:
    """The watch with proposals beside their terms, as query text; `accepted` is of `suggestions` with this text."""
    query = parse_query(text)
    # Where alternatives stand anyway, more of them need no brackets.
    alternatives = query.parts if isinstance(query, tree.Or) else (query,)
    bare = {part.place for part in alternatives}
    by_place: dict[Place, list[Proposal]] = {}
    for proposal in accepted:
        by_place.setdefault(proposal.place, []).append(proposal)
    instead = {}
    for place, proposals in by_place.items():
        term = [] if any(one.instead for one in proposals) else [text[place.start : place.end]]
        parts = [*term, *(one.query for one in proposals)]
        joined = " OR ".join(dict.fromkeys(parts))
        instead[place] = joined if place in bare or len(parts) == 1 else f"({joined})"
    return rewritten(text, instead)


def already(text: str) -> dict[str, dict[str, list[str]]]:
    """By plain term of a watch, some of the forms that it finds in each language."""
    terms = (one for one in _anchors(parse_query(text)) if isinstance(one, Term) and one.wording is Wording.ANY_CASE)
    return {term.text: explained_forms(term.words) for term in terms}


def _one_phrase(text: str, lexicon: Lexicon) -> str:
    query = parse_query(text)
    words = query.parts if isinstance(query, tree.And) else ()
    if not words or not all(isinstance(word, Term) and word.wording is Wording.ANY_CASE for word in words):
        return text
    bare = " ".join(word.text for word in words if isinstance(word, Term))
    if '"' in text or not (expansion(text, lexicon) or lexicon.by_text(bare, unsure=True) or _person_words(bare)):
        return text
    return phrase(bare)


def _anchors(query: Query) -> Iterator[Anchor]:
    """The terms and names that a watch asks for; what it leaves out is not widened, or it would find less."""
    match query:
        case Term(wording=wording) if wording is not Wording.PREFIX:
            yield query
        case Name():
            yield query
        case tree.Not() | tree.Score():
            return
        case tree.InField(field=field) if field in LABEL_FIELDS:
            return
        case _:
            for child in children(query):
                yield from _anchors(child)


def _of(anchor: Anchor, lexicon: Lexicon) -> Iterator[Proposal]:
    return _of_term(anchor, lexicon) if isinstance(anchor, Term) else _of_person(anchor, lexicon)


def _of_term(term: Term, lexicon: Lexicon) -> Iterator[Proposal]:
    bare = term.text.removeprefix("=")
    if term.wording is Wording.EXACT:
        about = "the same words in all their forms"
        yield Proposal(place=term.place, query=phrase(bare), kind="form", languages=reads(term, lexicon), about=about)
        return
    sure, all_ = lexicon.by_text(bare), lexicon.by_text(bare, unsure=True)
    for concept in sure:
        yield _concept(term, concept, "concept", instead=True)
    if _is_person(term):
        yield Proposal(
            place=term.place,
            query=f'name:"{bare}"',
            kind="person",
            languages=LANGUAGES,
            about="the person, in every script and spelling",
        )
        yield from _of_person(term, lexicon)
    for concept in sure:
        yield from _names(term, concept)
    doubtful = [concept for concept in all_ if concept not in sure]
    for concept in doubtful:
        yield replace(_concept(term, concept, "concept"), sure=False)
    yield from (_concept(term, one, "related") for one in _related(bare, lexicon, all_))


def _concept(anchor: Anchor, concept: Concept, kind: ProposalKind, *, instead: bool = False) -> Proposal:
    languages = concept.languages or tuple(dict.fromkeys(name.language for name in concept.names))
    about = next((name.text for name in concept.names if name.kind == "name"), concept.id)
    if kind == "concept":
        about = "all its names" if instead else f"it may mean {about}"
    elif kind == "related":
        about = f"related: {about}"
    return Proposal(
        place=anchor.place, query=f"@{concept.id}", kind=kind, languages=languages, about=about, instead=instead
    )


def _names(term: Term, concept: Concept) -> Iterator[Proposal]:
    """The names of a concept by language, those checked first; of the term's own language last."""
    own = reads(term, Lexicon(()))
    asked = tokenise(term.text)
    same = {asked.forms, ("=", *asked.written)}
    for language in sorted(_FROM_RUSSIAN, key=lambda one: one in own):
        names = [name for name in concept.names if name.language == language and key_of(name) not in same]
        names.sort(key=lambda name: not name.sure)
        for name in names[:MOST_OF_A_LANGUAGE]:
            yield _name(term, name, term_of(name), sure=name.sure)


def _name(anchor: Anchor, name: lexicon_of.Name, query: str, *, sure: bool) -> Proposal:
    words = tokenise(name.text).written
    # Of longer names and of abbreviations the forms say nothing that the name does not.
    plain = len(words) <= _EXPLAINED and name.kind != "abbreviation"
    forms = explained_forms(words).get(name.language, [])[1:4] if plain else ()
    about = ", ".join(forms)
    return Proposal(place=anchor.place, query=query, kind=name.kind, languages=(name.language,), sure=sure, about=about)


def _of_person(anchor: Anchor, lexicon: Lexicon) -> Iterator[Proposal]:
    """The offices a person held, and their spellings in the lexicon that the anchor does not find."""
    text = anchor.text
    for concept, holder in _held(text, lexicon):
        for name in sorted(holder.names, key=lambda name: _FROM_RUSSIAN.index(name.language)):
            if tokenise(name.text).forms == tokenise(text).forms:
                continue
            if isinstance(anchor, Name) and same_name(name.text, text):
                continue
            query = phrase(name.text) if isinstance(anchor, Term) else f'name:"{name.text}"'
            yield _name(anchor, name, query, sure=name.sure and holder.sure)
        yield replace(_concept(anchor, concept, "office"), languages=LANGUAGES, about=_office(concept, holder))


def _office(concept: Concept, holder: Holder) -> str:
    since, until = holder.since or "ever", holder.until or "now"
    shown = next((name.text for name in concept.names), concept.id)
    return f"{shown}: whoever holds the office on an item's day; this person {since} to {until}"


def _held(text: str, lexicon: Lexicon) -> Iterator[tuple[Concept, Holder]]:
    if len(tokenise(text)) < 2:
        return
    for concept in lexicon.all:
        for holder in concept.holders:
            if any(same_name(name.text, text) for name in holder.names):
                yield concept, holder


def _is_person(term: Term) -> bool:
    return term.wording is Wording.ANY_CASE and _person_words(term.text)


def _person_words(text: str) -> bool:
    words = tokenise(text).written
    capitalised = all(word[:1].isupper() and not is_abbreviation(word) for word in words)
    return 2 <= len(words) <= 3 and capitalised and any(is_given_name(word) for word in words)


def _related(text: str, lexicon: Lexicon, known: tuple[Concept, ...]) -> list[Concept]:
    """Concepts in one of whose sure names `text` stands among other words; those with the fewest of them first."""
    words = tokenise(text)
    shouted = any(map(is_abbreviation, words.written))
    asked = words.written if shouted else words.forms
    taken = {concept.id for concept in known}
    fewest: dict[str, int] = {}
    for id, written, forms in _sure_names(lexicon):
        held = written if shouted else forms
        if id not in taken and asked[0] in held and _holds(held, asked):
            fewest[id] = min(fewest.get(id, len(held)), len(held))
    nearest = set(sorted(fewest, key=lambda id: fewest[id])[:MOST_RELATED])
    return [concept for concept in lexicon.all if concept.id in nearest]


@lru_cache(maxsize=1)
def _sure_names(lexicon: Lexicon) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """The words of every sure name, as written and as compared, with the id of its concept."""
    named = ((concept.id, tokenise(name.text)) for concept in lexicon.all for name in concept.names if name.sure)
    return tuple((id, words.written, words.forms) for id, words in named)


def _holds(words: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    return any(words[at : at + len(asked)] == asked for at in range(len(words) - len(asked) + 1))


def _fits(text: str, proposal: Proposal) -> bool:
    """Whether the proposal can stand there; the sides of NEAR take no patterns, for example."""
    try:
        parse_query(with_accepted(text, [proposal]))
    except QuerySyntaxError:
        return False
    return True
