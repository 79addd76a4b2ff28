"""Plain terms that the lexicon knows, as the concepts they are saved as; and which languages a watch can read.

`Red Crescent` is offered as @red_crescent_movement, which reads English, Russian and Kazakh. Only names that are sure
count, and only terms typed plainly: =Exact and prefix* ask for a spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from news.errors import QuerySyntaxError
from news.lexicon import LANGUAGES
from news.lexicon.concept import Concept, Name
from news.lexicon.lexicon import Lexicon
from news.text import kazakh_latin, russian
from news.text.words import QUOTES, tokenise
from news.watch import query as tree
from news.watch.parser import parse_query
from news.watch.query import LABEL_FIELDS, Place, Query, Term, Wording, children

LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "ru": "Russian", "kk": "Kazakh"}
_ALL = frozenset(LANGUAGES)
_NONE: frozenset[str] = frozenset()
_KAZAKH_LETTER = re.compile("[әғқңөұүһі]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_LATIN_LETTER = re.compile("[a-z\u00df-\u024f]")
_ESCAPED = re.compile(r"\\.")
_ONE_WORD = re.compile(r"[^\W_]+")
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR", "ADJ"})


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """A plain term and the concepts that bear it: one, unless a user's own concept has the name of another.

    text: the term as typed. place: where it stands in the watch, in code points. query: what to save in its place.
    languages: those in which one of the concepts has a sure name.
    """

    text: str
    place: Place
    concepts: tuple[Concept, ...]
    query: str
    languages: tuple[str, ...]


def expansion(text: str, lexicon: Lexicon) -> Expansion | None:
    """What a watch that is one plain term means, quoted or not (Red Crescent, "Red Crescent"); else None."""
    try:
        query = parse_query(text)
    except QuerySyntaxError:
        return None
    words = query.parts if isinstance(query, tree.And) else (query,)
    if not all(isinstance(word, Term) and word.wording is Wording.ANY_CASE for word in words):
        return None
    bare = " ".join(word.text for word in words if isinstance(word, Term))
    return _expansion(bare, Place(start=0, end=len(text)), lexicon)


def expansions(text: str, lexicon: Lexicon) -> tuple[Expansion, ...]:
    """The plain terms of a watch that the lexicon knows, in their order; raises QuerySyntaxError.

    A watch whose words together are a name (Red Crescent, without quotation marks) is that name. What a watch leaves
    out stays as written: with more names it would leave out more.
    """
    query = parse_query(text)
    if whole := expansion(text, lexicon):
        return (whole,)
    found = (_expansion(term.text, term.place, lexicon) for term in _plain_terms(query))
    return tuple(sorted(filter(None, found), key=lambda one: one.place.start))


def with_concepts(text: str, accepted: Iterable[Expansion]) -> str:
    """The watch with the accepted terms replaced by their concepts; `accepted` is of `expansions` of this text."""
    return rewritten(text, {one.place: one.query for one in accepted})


def rewritten(text: str, instead: Mapping[Place, str]) -> str:
    """A watch's text with other text at some places, which do not overlap."""
    for place in sorted(instead, key=lambda place: -place.start):
        text = f"{text[: place.start]}{instead[place]}{text[place.end :]}"
    return text


def in_language(text: str, language: str, lexicon: Lexicon) -> str:
    """The watch with the lexicon's sure names in `language` beside its plain terms; `text` where there are none.

    Raises QuerySyntaxError where the watch, or the one that it would become, cannot be read.
    """
    instead = {}
    for one in expansions(text, lexicon):
        names = [name for concept in one.concepts for name in concept.names if name.sure and name.language == language]
        if names:
            alternatives = dict.fromkeys(term_of(name) for name in names)
            instead[one.place] = f"({' OR '.join((phrase(one.text), *alternatives))})"
    found = rewritten(text, instead)
    parse_query(found)
    return found


def term_of(name: Name) -> str:
    """The query text that finds one name of a concept, as the concept itself would."""
    exact = name.kind == "abbreviation" and any(not (w.isupper() or w.islower()) for w in tokenise(name.text).written)
    return f"={phrase(name.text)}" if exact else phrase(name.text)


def phrase(text: str) -> str:
    """Plain words as one term: in quotation marks unless they are one word that is read as nothing else."""
    bare = "".join(letter for letter in text if letter not in QUOTES)
    return bare if _ONE_WORD.fullmatch(bare) and bare not in _OPERATORS else f'"{bare}"'


def reads(query: Query, lexicon: Lexicon) -> tuple[str, ...]:
    """The languages (of en, ru, kk) in which a text alone can satisfy the watch, as far as its words tell.

    Empty where its parts ask for different ones. NOT and the names of sources bind no language.
    """
    found = _read(query, lexicon)
    return tuple(language for language in LANGUAGES if language in found)


def reading(languages: tuple[str, ...], more: Mapping[str, str] | None = None) -> str:
    """What `reads` gave, in words. more: what a missing language would add, for example 212 items in 90 days."""
    if not languages:
        return "reads no language by itself: its words are of different ones"
    missing = [language for language in LANGUAGES if language not in languages]
    if not missing:
        return f"reads {', '.join(language.upper() for language in languages)}"
    known = LANGUAGE_NAMES[languages[0]] + " only" if len(languages) == 1 else ", ".join(map(str.upper, languages))
    offers = [
        f"{LANGUAGE_NAMES[language]}, {more[language]}" if more and language in more else LANGUAGE_NAMES[language]
        for language in missing
    ]
    return f"reads {known}: add {('; ' if more else ' and ').join(offers)}"


def _expansion(text: str, place: Place, lexicon: Lexicon) -> Expansion | None:
    concepts = lexicon.by_text(text)
    if not concepts:
        return None
    query = " OR ".join(f"@{concept.id}" for concept in concepts)
    return Expansion(
        text=text,
        place=place,
        concepts=concepts,
        query=f"({query})" if len(concepts) > 1 else query,
        languages=tuple(language for language in LANGUAGES if any(language in one.languages for one in concepts)),
    )


def _plain_terms(query: Query) -> Iterator[Term]:
    if isinstance(query, Term) and query.wording is Wording.ANY_CASE:
        yield query
    elif not (isinstance(query, tree.Not) or (isinstance(query, tree.InField) and query.field in LABEL_FIELDS)):
        for child in children(query):
            yield from _plain_terms(child)


def _read(query: Query, lexicon: Lexicon) -> frozenset[str]:
    match query:
        case Term(words=words, wording=Wording.PREFIX):
            # A beginning is no word that a dictionary could know: водн* may be of two languages.
            return _of_pattern(" ".join(words))
        case Term(words=words):
            return _of_words(words)
        case tree.Concept(id=id):
            concept = lexicon.concept(id)
            # Persons are found in every script.
            held = concept is not None and any(holder.sure for holder in concept.holders)
            return _ALL if held else frozenset(concept.languages) if concept else _NONE
        case tree.Regex(pattern=pattern):
            return _of_pattern(pattern)
        case tree.InField(field="lang", part=Term(text=text)):
            return _ALL & {text}
        case tree.InField(field=field) if field in LABEL_FIELDS:
            return _ALL
        case tree.InField(part=part):
            return _read(part, lexicon)
        case tree.Or(parts=parts):
            return _NONE.union(*(_read(part, lexicon) for part in parts))
        case tree.Score(weights=weights):
            return _NONE.union(*(_read(one.term, lexicon) for one in weights if one.weight > 0))
        case tree.And(parts=parts) | tree.Near(sides=parts):
            return reduce(frozenset.intersection, (_read(part, lexicon) for part in parts))
        case _:
            # A NOT asks for nothing, and a person is found in every script.
            return _ALL


def _of_words(words: tuple[str, ...]) -> frozenset[str]:
    """The languages that a term's own words are of; a place or person in plain Cyrillic is of two."""
    lower = [word.lower() for word in words]
    if any(map(_KAZAKH_LETTER.search, lower)):
        return frozenset({"kk"})
    if any(map(_CYRILLIC_LETTER.search, lower)):
        foreign = [word for word in words if not word.isupper() and not russian.is_common_word(word.lower())]
        if all(word[0].isupper() for word in foreign):
            return frozenset({"ru", "kk"} if foreign else {"ru"})
        return frozenset({"kk"})
    if any(map(_LATIN_LETTER.search, lower)):
        signed = any(kazakh_latin.is_signed(word) for word in lower)
        return frozenset({"kk"} if signed else {"en"})
    return _ALL


def _of_pattern(pattern: str) -> frozenset[str]:
    letters = _ESCAPED.sub("", pattern).lower()
    if _CYRILLIC_LETTER.search(letters):
        return frozenset({"kk"} if _KAZAKH_LETTER.search(letters) else {"ru", "kk"})
    return frozenset({"en"}) if _LATIN_LETTER.search(letters) else _ALL
