"""The languages a digest can be written in; another one is a module of `words/` and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.digest.words.english import ENGLISH
from scheduler.digest.words.kazakh import KAZAKH
from scheduler.digest.words.russian import RUSSIAN
from scheduler.digest.words.vocabulary import Trouble, Wording

__all__ = ["ENGLISH", "WORDINGS", "Trouble", "Wording", "wording"]

WORDINGS: Mapping[str, Wording] = {"en": ENGLISH, "kk": KAZAKH, "ru": RUSSIAN}


def wording(language: str) -> Wording:
    """Return the words for `language`, English where there are none for it."""
    return WORDINGS.get(language, ENGLISH)
