"""Plain terms that the lexicon knows: saved as their concepts unless declined, and told of where they stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from news.errors import QuerySyntaxError
from news.lexicon import LANGUAGES, Lexicon, shipped
from news.watch.compiler import check_watch
from news.watch.expand import Expansion, expansions, reads, with_concepts
from news.watch.watch import Watch
from ui.cli.output import on_terminal, say

_NAMES_SHOWN = 3
DECLINE = "--as-written"


def as_concepts(text: str, lexicon: Lexicon | None, *, quiet: bool) -> tuple[str, tuple[Expansion, ...]]:
    """The watch to be saved for what was typed, and which of its terms became concepts.

    Says so, with the names; at a terminal it asks. quiet: for commands that print JSON, which say and ask nothing.
    Raises QuerySyntaxError.
    """
    known = known_terms(text, lexicon)
    if not known or quiet:
        return with_concepts(text, known), known
    for line in told(known):
        say(line)
    if on_terminal() and not typer.confirm("Save it so, for all these languages?", default=True):
        say("It is saved as written.")
        return text, ()
    if not on_terminal():
        say(f"To keep your words as they are, add {DECLINE}.")
    return with_concepts(text, known), known


def known_terms(text: str, lexicon: Lexicon | None) -> tuple[Expansion, ...]:
    """The plain terms of a watch whose concepts can take their place; raises QuerySyntaxError."""
    known = lexicon or shipped()
    return tuple(one for one in expansions(text, known) if _fits(text, one, known))


def told(known: Sequence[Expansion]) -> Iterator[str]:
    """A line for each term: what it is saved as and the names that it finds so."""
    for one in known:
        yield f'"{one.text}" is saved as {one.query}, which finds it in {_and(one.languages)}: {_names(one)}.'


def stay_as_written(watch: Watch, lexicon: Lexicon | None) -> str:
    """For a watch that stays as it is written: what its terms would add as concepts, in a sentence; or an empty one."""
    names = lexicon or shipped()
    read = reads(check_watch(watch.query, names), names)
    more = [one for one in known_terms(watch.query, names) if not set(one.languages) <= set(read)] if read else []
    if not more:
        return ""
    offered = ", ".join(f"{one.query} for {one.text}" for one in more)
    added = [language for language in LANGUAGES if language not in read and any(language in m.languages for m in more)]
    return f"The watch {watch.name} reads {_and(read)} only. To read {_and(added)} too, write {offered}."


def _fits(text: str, one: Expansion, lexicon: Lexicon) -> bool:
    try:
        check_watch(with_concepts(text, [one]), lexicon)
    except QuerySyntaxError:
        return False
    return True


def _names(one: Expansion) -> str:
    listed = []
    for language in one.languages:
        names = [
            name.text for concept in one.concepts for name in concept.names if name.sure and name.language == language
        ]
        shown = list(dict.fromkeys(names))
        more = f" and {len(shown) - _NAMES_SHOWN} more" if len(shown) > _NAMES_SHOWN else ""
        listed.append(f"{', '.join(shown[:_NAMES_SHOWN])}{more}")
    return "; ".join(listed)


def _and(languages: Sequence[str]) -> str:
    return ", ".join(language.upper() for language in languages)
