"""A text as sentences of words: the unit in which two versions are laid side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from news.changes.meaning import Token
from news.text.words import Words, tokenise

# Where lines are broken says nothing: a site's next template breaks them elsewhere.
_END = re.compile(r"(?:[.!?…]+[\"'»”’)\]]*)(?=\s)|\n")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence as it is written."""

    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, with their places in `text`."""
        words = self._words
        tokens: list[Token] = []
        end = 0
        for index, (form, written) in enumerate(zip(words.forms, words.written, strict=True)):
            span = words.span(index)
            tokens.append(
                Token(
                    form=form,
                    written=written,
                    start=span[0],
                    end=span[1],
                    opens=index == 0,
                    before=self.text[end : span[0]],
                )
            )
            end = span[1]
        return tuple(tokens)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What two sentences that read alike have in common, whatever their typography."""
        return self._words.forms

    @property
    def names(self) -> list[str]:
        """The forms of words that are written as names inside it."""
        inside = zip(self._words.forms[1:], self._words.written[1:], strict=True)
        return [form for form, written in inside if written[:1].isupper()]

    @cached_property
    def _words(self) -> Words:
        return tokenise(self.text)


MOST_SENTENCES = 3_000
"""Of a text with more the beginning is compared: no release is that long."""


def sentences(text: str) -> list[Sentence]:
    """Cut `text` into sentences that have at least a word, in order."""
    found: list[Sentence] = []
    start = 0
    ends = (match.end() for match in _END.finditer(text))
    for end in islice(chain(ends, (len(text),)), MOST_SENTENCES):
        sentence = Sentence(text=text[start:end].strip())
        if sentence.key:
            found.append(sentence)
        start = end
    return found
