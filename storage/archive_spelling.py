"""Words of a query that no stored item has, and the words of stored items that come nearest to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from news.watch.candidates import candidates
from news.watch.nearest import nearest_words
from news.watch.query import Not, Query, Term, Wording, children
from news.watch.stored import TOKENISER
from storage.archive_words import Dictionary
from storage.sql import rows_of

_SHORTEST = 3
# Slips are seldom in the first letter.
_MOST_COMPARED = 50_000


@dataclass(frozen=True, kw_only=True)
class UnknownWord:
    """A word of a query that no stored item has in any form. nearest: words that items have, the likest first."""

    word: str
    nearest: tuple[str, ...]


class Spelling:
    """The archive's words as somebody who mistyped one needs them, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dictionary = Dictionary(connection)

    def unknown(self, query: Query) -> list[UnknownWord]:
        """The words that `query` asks for and that stand in no indexed item, each once, in the order written.

        What a NOT leaves out is not asked for. Words of names, concepts and regular expressions are not looked at.
        """
        words = dict.fromkeys(word for term in _terms(query) for word in _spelled_out(term))
        return [
            UnknownWord(word=word, nearest=nearest_words(word, self._alike(word)))
            for word in words
            if not self._is_known(word)
        ]

    def _is_known(self, word: str) -> bool:
        return any(self._dictionary.meant(candidates(Term(words=(word,))).wanted).values())

    def _alike(self, word: str) -> list[str]:
        """Forms of the dictionary with the same beginning and about as long."""
        place = "%s" if self._connection.dialect.name == "postgresql" else "?"
        beginning = word.lower()[0]
        statement = (
            "SELECT DISTINCT form FROM archive_tokens "
            f"WHERE tokeniser = {place} AND form >= {place} AND form < {place} "
            f"AND length(form) BETWEEN {place} AND {place} LIMIT {_MOST_COMPARED}"
        )
        given = (TOKENISER, beginning, beginning + "\U0010ffff", len(word) - 2, len(word) + 2)
        return [form for (form,) in rows_of(self._connection, statement, given)]


def _terms(query: Query) -> Iterator[Term]:
    if isinstance(query, Not):
        return
    if isinstance(query, Term):
        yield query
    for part in children(query):
        yield from _terms(part)


def _spelled_out(term: Term) -> Iterator[str]:
    """The words that are to stand there as written: of a beginning with a star there may be any."""
    words = term.words[:-1] if term.wording is Wording.PREFIX else term.words
    yield from (word for word in words if len(word) >= _SHORTEST and any(sign.isalpha() for sign in word))
