"""From what was typed to a term: its words, and what is too little to look for."""

from __future__ import annotations

from news.errors import QuerySyntaxError
from news.text.words import tokenise
from news.watch.lexer import Kind, Token
from news.watch.notes import operator_meant
from news.watch.query import Place, Term, Wording

SHORTEST_PREFIX = 3
# What is longer is compared by its beginning, see words.py: a watch for it would find other words.
LONGEST_WORD = 64


def word_term(query: str, token: Token) -> Term:
    """A word typed without quotation marks; one with a hyphen or dot inside is a phrase ("COVID-19", "gov.kz")."""
    if operator_meant(token.value):
        # A note asks whether the operator was meant; until then it is the word that was typed.
        return _term(query, token, Wording.ANY_CASE)
    return _long_enough(query, token, _term(query, token, Wording.ANY_CASE))


def phrase_term(query: str, token: Token) -> Term:
    """Words in quotation marks: adjacent, in this order."""
    if (star := token.value.find("*")) != -1:
        at = token.inner + star
        raise QuerySyntaxError(query, at, at + 1, "* has no meaning in a phrase", "Write word* outside of quotes.")
    return _long_enough(query, token, _term(query, token, Wording.ANY_CASE))


def prefix_term(query: str, token: Token) -> Term:
    """The beginning of a word, at least three letters of it."""
    term = _term(query, token, Wording.PREFIX)
    if len(term.words[-1]) < SHORTEST_PREFIX:
        raise QuerySyntaxError(
            query,
            token.start,
            token.end,
            f"{token.value}* would match too much",
            f"Write at least {SHORTEST_PREFIX} letters before the *.",
        )
    return term


def exact_term(query: str, opening: Token, token: Token) -> Term:
    """=word or ="exact phrase": case, accents and ё as written."""
    if token.kind not in (Kind.WORD, Kind.PHRASE):
        raise QuerySyntaxError(
            query, opening.start, token.end, "= stands before a word or phrase", 'Write =Word or ="exact phrase".'
        )
    whole = Token(kind=token.kind, start=opening.start, end=token.end, value=token.value, inner=token.inner)
    if token.kind is Kind.PHRASE and "*" in token.value:
        return phrase_term(query, token)
    return _long_enough(query, whole, _term(query, whole, Wording.EXACT))


def _term(query: str, token: Token, wording: Wording) -> Term:
    words = tokenise(token.value)
    if not words.raw:
        problem = "there is no word in this" if token.value.strip() else "there is nothing between these quotes"
        raise QuerySyntaxError(query, token.start, token.end, problem, "Write letters or digits.")
    if any(len(word) > LONGEST_WORD for word in words.raw):
        problem = f"no word of a text is longer than {LONGEST_WORD} characters"
        raise QuerySyntaxError(
            query, token.start, token.end, problem, "Write the words of it, or word* for a beginning."
        )
    gaps = tuple(words.gap(index) for index in range(len(words) - 1))
    return Term(
        words=words.written,
        wording=wording,
        gaps=gaps if any(gaps) else (),
        text=_as_typed(token, wording),
        place=Place(start=token.start, end=token.end),
    )


def _as_typed(token: Token, wording: Wording) -> str:
    typed = " ".join(token.value.split())
    if wording is Wording.PREFIX:
        return typed + "*"
    return "=" + typed if wording is Wording.EXACT else typed


def _long_enough(query: str, token: Token, term: Term) -> Term:
    if sum(map(len, term.words)) < 2:
        raise QuerySyntaxError(
            query, token.start, token.end, "a single letter would match too much", "Write at least two letters."
        )
    return term
