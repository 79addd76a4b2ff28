"""Sources and publishers that a watch names and nobody has: a watch on them would wait for ever unnoticed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from news.lexicon import Lexicon
from news.source import AnySource
from news.text.words import tokenise, word_forms
from news.watch.compiler import check_watch
from news.watch.labels import label_value
from news.watch.notes import Note
from news.watch.query import And, InField, Not, Or, Query, Term, Wording

MOST_LISTED = 30
"""Names that a note lists; the others it counts."""


def label_notes(query: str, sources: Sequence[AnySource], lexicon: Lexicon | None = None) -> tuple[Note, ...]:
    """Return a note for each `source:` and `publisher:` of `query` that none of `sources` answers to.

    Compared as the matcher does: words in any case, the beginning of a name where it ends in *. Sources that are off
    count too. lexicon: what concepts mean; the shipped one unless given. Raises QuerySyntaxError where the query cannot
    be matched.
    """
    names = {
        "source": sorted({source.id for source in sources}),
        "publisher": sorted({source.publisher for source in sources}),
    }
    return tuple(
        Note(start=term.place.start, end=term.place.end, text=_told(field, term, names[field]))
        for field, term in _labelled(check_watch(query, lexicon), "")
        if field in names and not any(_answers(term, name) for name in names[field])
    )


def _labelled(query: Query, field: str) -> Iterator[tuple[str, Term]]:
    match query:
        case InField(field=inner, part=part):
            yield from _labelled(part, inner)
        case Not(part=part):
            yield from _labelled(part, field)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _labelled(part, field)
        case Term():
            yield field, query
        case _:
            return


def _answers(term: Term, name: str) -> bool:
    wanted = label_value(word_forms(word).form for word in term.words)
    value = label_value(tokenise(name).forms)
    return value.startswith(wanted) if term.wording is Wording.PREFIX else value == wanted


def _told(field: str, term: Term, names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return f'no {field} is called "{term.text}"; there are: {", ".join(names[:MOST_LISTED]) or "none"}{more}'
