"""The watch language: text to tree. Each method carries its rule; every complaint underlines its place.

query   := or ; or := and ("OR" and)* ; and := unary (["AND"] unary)* ; unary := ["NOT" | "-"] near
near    := atom (("NEAR/" n | "ADJ/" n) atom)*
atom    := "(" or ")" | field ":" atom | score | term
term    := word | "a phrase" | word* | =word | ="exact phrase" | name:"Murat Nurtleu" | @concept | /regex/
score   := "score>=" number "{" (term "^" weight)+ "}"
"""

from __future__ import annotations

from dataclasses import dataclass

from news.errors import QuerySyntaxError
from news.watch.lexer import Kind, Lexer, Token
from news.watch.notes import Note, notes_on
from news.watch.query import (
    LABEL_FIELDS,
    And,
    AnyTerm,
    Concept,
    InField,
    Name,
    Near,
    Not,
    Or,
    Place,
    Query,
    Regex,
    Score,
    Term,
    Weighted,
    unasserted,
    walk,
)
from news.watch.terms import exact_term, phrase_term, prefix_term, word_term

DEEPEST = 50

_ENDS_AND = (Kind.OR, Kind.CLOSE, Kind.CLOSE_BRACE, Kind.END)
_TERM_EXPECTED = 'Write a word, "a phrase", prefix*, =Exact, name:"..." or an expression in brackets.'


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A watch that parses, and what its writer should be asked about (nothing in `notes` stops it)."""

    query: Query
    notes: tuple[Note, ...]


def parse(text: str) -> Parsed:
    """Parse a watch; raises QuerySyntaxError with the place underlined."""
    tokens = Lexer(text).tokens()
    return Parsed(query=_Parser(text, tokens).query(), notes=notes_on(tokens))


def parse_query(text: str) -> Query:
    """The tree of a watch; raises QuerySyntaxError with the place underlined."""
    return _Parser(text, Lexer(text).tokens()).query()


class _Parser:
    def __init__(self, text: str, tokens: list[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._index = 0
        self._depth = 0

    def _peek(self) -> Token:
        return self._tokens[self._index]

    def _take(self) -> Token:
        token = self._peek()
        self._index += token.kind is not Kind.END
        return token

    def _error(self, place: Place | Token, problem: str, hint: str = "") -> QuerySyntaxError:
        return QuerySyntaxError(self._text, place.start, place.end, problem, hint)

    def _since(self, start: int) -> Place:
        return Place(start=start, end=self._tokens[self._index - 1].end)

    def query(self) -> Query:
        """query := or"""
        if self._peek().kind is Kind.END:
            raise QuerySyntaxError(self._text, 0, len(self._text), "the watch is empty", _TERM_EXPECTED)
        found = self._or()
        if self._peek().kind is not Kind.END:
            partner = "(" if self._peek().kind is Kind.CLOSE else "score>=... {"
            raise self._error(self._peek(), f"this {self._peek().kind} has no {partner} before it", "Remove it.")
        if culprit := unasserted(found):
            raise self._error(
                culprit.place,
                "with this part the watch would alert for nearly everything",
                "Say what must occur, and use NOT only to leave something out of it: flood NOT blood.",
            )
        return found

    def _or(self) -> Query:
        """or := and ("OR" and)*"""
        start = self._peek().start
        parts = [self._and()]
        while self._peek().kind is Kind.OR:
            self._take()
            parts.append(self._and())
        if len(parts) == 1:
            return parts[0]
        flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
        return Or(parts=flat, place=self._since(start))

    def _and(self) -> Query:
        """and := unary (["AND"] unary)*"""
        start = self._peek().start
        parts = [self._unary()]
        while self._peek().kind not in _ENDS_AND:
            if self._peek().kind is Kind.AND:
                self._take()
            parts.append(self._unary())
        if len(parts) == 1:
            return parts[0]
        flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
        return And(parts=flat, place=self._since(start))

    def _unary(self) -> Query:
        """unary := ["NOT" | "-"] near"""
        if self._peek().kind is not Kind.NOT:
            return self._near()
        opening = self._take()
        self._deeper(opening)
        part = self._unary()
        self._depth -= 1
        return Not(part=part, place=self._since(opening.start))

    def _near(self) -> Query:
        """near := atom (("NEAR/" n | "ADJ/" n) atom)*"""
        start = self._peek().start
        sides = [self._atom()]
        operators: list[Token] = []
        while self._peek().kind in (Kind.NEAR, Kind.ADJ):
            operators.append(self._take())
            sides.append(self._atom())
        if not operators:
            return sides[0]
        for side in sides:
            self._require_side(side, operators[0].kind)
        return Near(
            sides=tuple(sides),
            distances=tuple(int(operator.value) for operator in operators),
            ordered=tuple(operator.kind is Kind.ADJ for operator in operators),
            place=self._since(start),
        )

    def _require_side(self, side: Query, operator: Kind) -> None:
        parts = side.parts if isinstance(side, Or) else (side,)
        for part in parts:
            if not isinstance(part, AnyTerm):
                hint = "A field goes around the whole: title:(a NEAR/5 b)." if isinstance(part, InField) else ""
                raise self._error(
                    part.place, f"on a side of {operator} only terms or (a OR b) can stand", hint or _TERM_EXPECTED
                )

    def _atom(self) -> Query:
        """atom := "(" or ")" | field ":" atom | score | term"""
        token = self._peek()
        match token.kind:
            case Kind.OPEN:
                return self._group()
            case Kind.FIELD:
                return self._field()
            case Kind.SCORE:
                return self._score()
            case _:
                return self._term()

    def _group(self) -> Query:
        opening = self._take()
        self._deeper(opening)
        if self._peek().kind is Kind.CLOSE:
            place = Place(start=opening.start, end=self._peek().end)
            raise self._error(place, "there is nothing between these brackets", _TERM_EXPECTED)
        found = self._or()
        if self._peek().kind is not Kind.CLOSE:
            raise self._error(opening, "this ( is never closed", "Add ) where the group ends.")
        self._take()
        self._depth -= 1
        return found

    def _field(self) -> Query:
        """field ":" atom, no field within another; label fields take words only."""
        opening = self._take()
        self._deeper(opening)
        if self._peek().kind in (*_ENDS_AND, Kind.AND, Kind.NOT, Kind.NEAR, Kind.ADJ):
            raise self._error(opening, f"{opening.value}: needs something to look for", f"Write {opening.value}:word.")
        part = self._atom()
        self._depth -= 1
        for node in walk(part):
            if isinstance(node, InField):
                raise self._error(node.place, "a field cannot stand within a field", "Put them side by side.")
            if opening.value in LABEL_FIELDS and not isinstance(node, Term | Not | And | Or):
                raise self._error(node.place, f"{opening.value}: takes names, words or prefixes only", _TERM_EXPECTED)
        return InField(field=opening.value, part=part, place=self._since(opening.start))

    def _score(self) -> Query:
        """score := "score>=" number "{" (term "^" weight)+ "}" """
        opening = self._take()
        example = "Write score>=30 {flood^20 Almaty^10}."
        if self._take().kind is not Kind.OPEN_BRACE:
            raise self._error(opening, "score>= needs its terms between { and }", example)
        weights: list[Weighted] = []
        while self._peek().kind not in (Kind.CLOSE_BRACE, Kind.END):
            term = self._term()
            if self._peek().kind is not Kind.WEIGHT:
                raise self._error(term.place, "this term has no weight", example)
            weights.append(Weighted(term=term, weight=float(self._take().value)))
        if self._peek().kind is Kind.END:
            raise self._error(opening, "this score>= has no } at its end", example)
        closing = self._take()
        place = Place(start=opening.start, end=closing.end)
        if not any(weighted.weight > 0 for weighted in weights):
            raise self._error(place, "a score needs at least one term with a positive weight", example)
        return Score(at_least=float(opening.value), weights=tuple(weights), place=place)

    def _term(self) -> AnyTerm:
        """term := word | "a phrase" | word* | =word | ="exact phrase" | name:"..." | @concept | /regex/"""
        token = self._take()
        match token.kind:
            case Kind.WORD:
                return word_term(self._text, token)
            case Kind.PHRASE:
                return phrase_term(self._text, token)
            case Kind.PREFIX:
                return prefix_term(self._text, token)
            case Kind.EXACT:
                return exact_term(self._text, token, self._take())
            case Kind.NAME:
                return self._name(token)
            case Kind.CONCEPT:
                return Concept(id=token.value, place=Place(start=token.start, end=token.end))
            case Kind.REGEX:
                return Regex(pattern=token.value, place=Place(start=token.start, end=token.end))
            case _:
                raise self._misplaced(token)

    def _name(self, opening: Token) -> Name:
        token = self._take()
        if token.kind not in (Kind.PHRASE, Kind.WORD):
            raise self._error(opening, "name: needs a name", 'Write name:"Given Surname".')
        checked = phrase_term(self._text, token)
        return Name(text=checked.text, place=Place(start=opening.start, end=token.end))

    def _misplaced(self, token: Token) -> QuerySyntaxError:
        before = self._tokens[self._tokens.index(token) - 1] if token is not self._tokens[0] else None
        if token.kind is Kind.END or token.kind in (Kind.CLOSE, Kind.CLOSE_BRACE):
            if before is not None and before.kind is not token.kind:
                return self._error(before, f"nothing follows this {before.kind}", _TERM_EXPECTED)
            return self._error(token, f"this {token.kind} has no partner before it", "Remove it.")
        if token.kind in (Kind.OPEN_BRACE, Kind.WEIGHT):
            return self._error(token, "weights and { } belong to score>=", "Write score>=30 {flood^20 Almaty^10}.")
        if token.kind in (Kind.OPEN, Kind.FIELD, Kind.SCORE):
            return self._error(token, f"{token.kind} cannot stand here", _TERM_EXPECTED)
        return self._error(token, f"this {token.kind} has nothing to its left", _TERM_EXPECTED)

    def _deeper(self, opening: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(opening, f"this is nested more than {DEEPEST} deep", "Make several watches of it.")
