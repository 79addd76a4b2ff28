"""Why a watch finds an item or not, clause by clause: what was found where, which word is missing, what comes nearest.

Every clause is put to the matcher that alerts, on the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from news import lexicon as lexicon_of
from news.lexicon import Lexicon
from news.text.words import tokenise
from news.watch.indexed import IndexedItem
from news.watch.matcher import Matcher
from news.watch.near_text import written
from news.watch.nearest import nearest_form
from news.watch.query import (
    LABEL_FIELDS,
    And,
    Concept,
    InField,
    Name,
    Near,
    Not,
    Or,
    Query,
    Regex,
    Score,
    Term,
    Wording,
)
from news.watch.watch import Hit, Watch

_SHOWN_NAMES = 3


class Joined(StrEnum):
    """What a clause needs of its parts; NONE has no parts."""

    NONE = ""
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A part of a watch, held against an item.

    text: as query text. holds: whether the item satisfies it; a NOT is satisfied by what it does not find. hits: what
    was found, for a NOT that which it leaves out. reason: why it does not hold, in words; of a part with parts, these
    say it. missing: words of it that are not there, each with the nearest form in the item, empty where none is near.
    """

    query: Query
    text: str
    holds: bool
    hits: tuple[Hit, ...] = ()
    reason: str = ""
    missing: tuple[tuple[str, str], ...] = ()
    joined: Joined = Joined.NONE
    parts: tuple[Clause, ...] = ()

    def failing(self) -> Iterator[Clause]:
        """The smallest clauses that do not hold and that keep this one from holding."""
        if not self.holds and not self.parts:
            yield self
        for part in () if self.holds else self.parts:
            yield from part.failing()


def explain(text: str, query: Query, indexed: IndexedItem, lexicon: Lexicon | None = None) -> Clause:
    """Hold a watch typed as `text`, a tree that `check_watch` let pass, against an item.

    lexicon: what concepts mean, the shipped one unless given.
    """
    return _Explaining(text, indexed, lexicon).clause(query, "")


class _Explaining:
    def __init__(self, text: str, indexed: IndexedItem, lexicon: Lexicon | None) -> None:
        self._text, self._indexed, self._lexicon = text, indexed, lexicon

    def clause(self, query: Query, scope: str) -> Clause:
        match query:
            case And(parts=parts) | Or(parts=parts):
                joined = Joined.ALL if isinstance(query, And) else Joined.ANY
                held = [self.clause(part, scope) for part in parts]
                holds = (all if joined is Joined.ALL else any)(part.holds for part in held)
                return self._of(query, holds=holds, joined=joined, parts=tuple(held))
            case Not(part=part):
                inner = self.clause(part, scope)
                hits = tuple(_all_hits(inner))
                return self._of(query, holds=not inner.holds, hits=hits, reason="it leaves this out")
            case InField(field=field, part=part):
                if not isinstance(part, And | Or | Not):
                    return self._leaf(query, part, field)
                inner = self.clause(part, field)
                return self._of(query, holds=inner.holds, joined=Joined.ALL, parts=(inner,))
            case _:
                return self._leaf(query, query, scope)

    def _of(
        self,
        query: Query,
        *,
        holds: bool,
        hits: Sequence[Hit] = (),
        reason: str = "",
        missing: Sequence[tuple[str, str]] = (),
        joined: Joined = Joined.NONE,
        parts: tuple[Clause, ...] = (),
    ) -> Clause:
        return Clause(
            query=query,
            text=written(query, self._text),
            holds=holds,
            hits=tuple(hits),
            reason="" if holds else reason,
            missing=() if holds else tuple(missing),
            joined=joined,
            parts=parts,
        )

    def _leaf(self, query: Query, leaf: Query, scope: str) -> Clause:
        hits = self._found(leaf, scope)
        if hits is not None:
            return self._of(query, holds=True, hits=hits)
        if scope in LABEL_FIELDS:
            value = getattr(self._indexed.item, "language" if scope == "lang" else scope)
            return self._of(query, holds=False, reason=f"the item's {scope} is {value}")
        if scope and (elsewhere := self._found(leaf, "")):
            reason = f"it stands in the {elsewhere[0].field}, not in the {scope}"
            return self._of(query, holds=False, reason=reason)
        reason, missing = self._lacks(leaf, scope)
        return self._of(query, holds=False, reason=reason, missing=missing)

    def _found(self, leaf: Query, scope: str) -> tuple[Hit, ...] | None:
        """What a term finds in the item; None where it does not hold."""
        asked = InField(field=scope, part=leaf) if scope else leaf
        matcher = Matcher(lexicon=self._lexicon)
        matcher.register(Watch(name="", query="", id=1), matcher.compile(asked))
        return next((match.hits for match in matcher.matches(self._indexed)), None)

    def _lacks(self, leaf: Query, scope: str) -> tuple[str, Sequence[tuple[str, str]]]:
        match leaf:
            case Term():
                return self._term_lacks(leaf, scope)
            case Name(text=text):
                return self._name_lacks(text, scope)
            case Concept(id=id):
                return self._concept_lacks(id, scope)
            case Near(sides=sides):
                absent = [side for side in sides if self.clause(side, scope).holds is False]
                if absent:
                    return f"{' and '.join(written(side, self._text) for side in absent)} is not there", ()
                return "its words are there, but further apart", ()
            case Score(at_least=at_least, weights=weights):
                held = [(one, self._found(one.term, scope) is not None) for one in weights]
                reached = sum(one.weight for one, found in held if found)
                lacking = [f"{written(one.term, self._text)} ({one.weight:g})" for one, found in held if not found]
                return f"it reaches {reached:g} of {at_least:g}; not there: {', '.join(lacking) or 'nothing'}", ()
            case Regex():
                return "no place fits the pattern", ()
            case _:
                return "it does not hold", ()

    def _term_lacks(self, term: Term, scope: str) -> tuple[str, Sequence[tuple[str, str]]]:
        any_case = Term(words=term.words, gaps=term.gaps, text=term.text)
        if term.wording is Wording.EXACT and (found := self._found(any_case, scope)):
            return f"it is written {found[0].text}", ()
        absent = [
            word
            for at, word in enumerate(term.words)
            if self._found(Term(words=(word,), wording=_wording_at(term, at), text=word), scope) is None
        ]
        if not absent:
            return "its words are there, but not side by side", ()
        return self._absent(absent)

    def _absent(self, words: Sequence[str]) -> tuple[str, Sequence[tuple[str, str]]]:
        missing = [(word, nearest_form(word, self._indexed)) for word in dict.fromkeys(words)]
        told = " and ".join(word for word, _ in missing)
        near = ", ".join(form for _, form in missing if form)
        verb = "are" if len(missing) > 1 else "is"
        return f"{told} {verb} not there{f'; the nearest form is {near}' if near else ''}", missing

    def _name_lacks(self, text: str, scope: str) -> tuple[str, Sequence[tuple[str, str]]]:
        *_, surname = tokenise(text).written or ("",)
        if self._found(Name(text=surname), scope) is not None:
            return f"{surname} is there, but nothing that says that it is {text}", ()
        return self._absent([surname])

    def _concept_lacks(self, id: str, scope: str) -> tuple[str, Sequence[tuple[str, str]]]:
        concept = (self._lexicon or lexicon_of.shipped()).concept(id)
        if concept is None:
            return "the lexicon does not know it", ()
        for holder in concept.holders:
            for name in holder.names:
                if not holder.held_on(self._indexed.day) and self._found(Name(text=name.text), scope) is not None:
                    until = f" until {holder.until}" if holder.until else ""
                    since = f" from {holder.since}" if holder.since else ""
                    return f"{name.text} is named, who held it{since}{until}", ()
        names = [name for name in concept.names if name.sure]
        if len(names) == 1:
            return self._absent_name(names[0].text)
        own = [name.text for name in names if name.language == self._indexed.item.language]
        shown = ", ".join([*sorted(own or [name.text for name in names], key=len)[:_SHOWN_NAMES], "..."])
        # One word of a longer name would be near to much that has nothing to do with it.
        near = [nearest_form(text, self._indexed) for text in own if len(tokenise(text).written) == 1]
        nearest = next(filter(None, near), "")
        told = f"none of its {len(names)} names is there ({shown})"
        return f"{told}{f'; the nearest form is {nearest}' if nearest else ''}", ()

    def _absent_name(self, text: str) -> tuple[str, Sequence[tuple[str, str]]]:
        forms = (nearest_form(word, self._indexed) for word in tokenise(text).written)
        return f"{text} is not there", [(text, form) for form in forms if form][:1]


def _wording_at(term: Term, at: int) -> Wording:
    """How one word of a term is compared: only the last one of a prefix is a beginning."""
    if term.wording is Wording.PREFIX and at < len(term.words) - 1:
        return Wording.ANY_CASE
    return term.wording


def _all_hits(clause: Clause) -> Iterator[Hit]:
    yield from clause.hits
    for part in clause.parts:
        if part.holds:
            yield from _all_hits(part)
