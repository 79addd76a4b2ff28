"""Words of the news in three languages, each under one id: what texts of different languages have in common."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from news.text.kazakh_latin import fold

_LONGEST_ENDING = {"en": 5, "ru": 6, "kk": 9}
_OF_SHORT_STEMS = 3
_SHORT = 4

LANGUAGES = ("en", "ru", "kk")
LATIN_KAZAKH = "kk in Latin letters"


class Glossary:
    """The rows of one language: beginnings of words and whole words, with the ids they stand for."""

    def __init__(self, language: str, rows: Mapping[str, str]) -> None:
        self._whole: defaultdict[str, list[str]] = defaultdict(list)
        self._begins: defaultdict[str, list[str]] = defaultdict(list)
        self._longest_ending = _LONGEST_ENDING[language]
        for id, words in rows.items():
            for word in words.split():
                if word.endswith("="):
                    self._whole[word[:-1]].append(id)
                else:
                    self._begins[word].append(id)
        self._lengths = sorted({len(word) for word in self._begins})

    def meanings(self, form: str) -> tuple[str, ...]:
        """The ids that a word (lower case, ё as е) stands for; a short beginning takes a short ending only."""
        found = list(self._whole.get(form, ()))
        for length in self._lengths:
            ending = len(form) - length
            if ending < 0:
                break
            if ending <= (self._longest_ending if length >= _SHORT else _OF_SHORT_STEMS):
                found += self._begins.get(form[:length], ())
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def glossaries() -> Mapping[str, Glossary]:
    """The shipped glossary of each language; that of `LATIN_KAZAKH` is asked with folded words."""
    rows = tomllib.loads(files(__package__).joinpath("glossary.toml").read_text(encoding="utf-8"))
    found = {
        language: Glossary(language, {id: row[at].replace("ё", "е") for id, row in rows.items()})
        for at, language in enumerate(LANGUAGES)
    }
    folded = {id: " ".join(map(fold, row[LANGUAGES.index("kk")].split())) for id, row in rows.items()}
    return {**found, LATIN_KAZAKH: Glossary("kk", folded)}
