"""The words of the pages, a table a language."""

from __future__ import annotations

from typing import Final

from ui.web.words.english import ENGLISH
from ui.web.words.form import HoursWords, Letter, Said, Words
from ui.web.words.kazakh import KAZAKH
from ui.web.words.russian import RUSSIAN

WORDS: Final = {words.language: words for words in (ENGLISH, RUSSIAN, KAZAKH)}


def words_for(*languages: str) -> Words:
    """Return the words of the first of these languages that there are words in, else the English ones."""
    return next((WORDS[language] for language in languages if language in WORDS), ENGLISH)


__all__ = ["WORDS", "HoursWords", "Letter", "Said", "Words", "words_for"]
