"""A plan of words as the text that a full-text index takes: FTS5's MATCH or PostgreSQL's tsquery.

None stands for a plan that the index is of no help with, NOTHING for one that no stored item can meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from news.watch.candidates import Either, Every, Phrase, Plan, Wanted
from news.watch.tokens import whole

NOTHING = ""
EVERY_QUERY = "*"
"""The word of a PostgreSQL row whose text is too long for its index: every query is told it."""

COLUMN_OF = {"title": "title", "lead": "body", "text": "body", "tag": "tag"}
"""The column of an FTS5 table that holds a field."""

Meant = Mapping[Wanted, frozenset[str]]

# A phrase of words with several tokens each is all their combinations; beyond so many its words alone are asked for.
_MOST_COMBINATIONS = 24
# A beginning or a stem may have any number of tokens; beyond so many the matcher is quicker.
_MOST_TOKENS = 3_000
# FTS5 reads nested expressions with a stack of a hundred.
_DEEPEST = 20


def fts_terms(plan: Plan | None, meant: Meant) -> str | None:
    """The plan for FTS5. meant: the tokens of each wanted word."""
    return None if plan is None else _Fts(meant).of(plan)


def tsquery_terms(plan: Plan | None, meant: Meant) -> str | None:
    """The plan for PostgreSQL; phrases and fields are left to the matcher."""
    terms = None if plan is None else _TsQuery(meant).of(plan)
    return f"({terms}) | '{EVERY_QUERY}'" if terms else terms


class _Fts:
    """FTS5's way of writing."""

    both, either = " AND ", " OR "

    def __init__(self, meant: Meant) -> None:
        self._meant = meant

    def of(self, plan: Plan, depth: int = 0) -> str | None:
        """The text of a plan."""
        if depth > _DEEPEST:
            return None
        match plan:
            case Phrase():
                return self.phrase(plan)
            case Every(parts=parts):
                return self.every([self.of(part, depth + 1) for part in parts])
            case Either(parts=parts):
                found = [self.of(part, depth + 1) for part in parts]
                return None if None in found else self.any([text for text in found if text])

    def phrase(self, phrase: Phrase) -> str | None:
        """Words one after the other where their combinations are few, else all of them anywhere."""
        words = [self.tokens(word) for word in phrase.words]
        if len(words) > 1 and all(words) and prod(len(tokens or ()) for tokens in words) <= _MOST_COMBINATIONS:
            *before, last = phrase.words
            combinations = product(*(sorted(self._meant[word]) for word in before), self.last(last))
            return self.within(self.any([self.sequence(*one) for one in combinations]), phrase.scope)
        texts = [None if tokens is None else self.within(self.any(tokens), phrase.scope) for tokens in words]
        return self.every(texts)

    def tokens(self, word: Wanted) -> list[str] | None:
        """The quoted tokens of one word; None where they are too many."""
        tokens = self.last(word)
        return None if len(tokens) > _MOST_TOKENS else [self.sequence(token) for token in tokens]

    def last(self, word: Wanted) -> list[str]:
        """The tokens of a word, that of a beginning with * after it."""
        return sorted(self._meant[word]) + ([whole(word.prefix) + "*"] if word.prefix else [])

    def sequence(self, *tokens: str) -> str:
        """Tokens in this order; the last may be a beginning."""
        text = " ".join(tokens)
        return f'"{text[:-1]}"*' if text.endswith("*") else f'"{text}"'

    def within(self, text: str, scope: str) -> str:
        """Words in one field."""
        return f"{{{COLUMN_OF[scope]}}} : {text}" if scope and text else text

    def every(self, texts: Sequence[str | None]) -> str | None:
        """All of the texts; those that are None say nothing."""
        known = [text for text in texts if text is not None]
        if NOTHING in known:
            return NOTHING
        return None if not known else known[0] if len(known) == 1 else f"({self.both.join(known)})"

    def any(self, texts: Sequence[str]) -> str:
        """One of the texts."""
        return NOTHING if not texts else f"({self.either.join(texts)})"


class _TsQuery(_Fts):
    """PostgreSQL's way of writing."""

    both, either = " & ", " | "

    def phrase(self, phrase: Phrase) -> str | None:
        texts = [self.tokens(word) for word in phrase.words]
        return self.every([None if tokens is None else self.any(tokens) for tokens in texts])

    def sequence(self, *tokens: str) -> str:
        (token,) = tokens
        begins = token.endswith("*")
        quoted = token.removesuffix("*").replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}':*" if begins else f"'{quoted}'"
