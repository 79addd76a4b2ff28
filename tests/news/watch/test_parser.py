"""The grammar, example by example, and every complaint with the exact place it underlines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import QuerySyntaxError
from news.watch.parser import parse, parse_query
from news.watch.query import (
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
    Weighted,
    Wording,
)


def word(*words: str, wording: Wording = Wording.ANY_CASE, gaps: tuple[str, ...] = ()) -> Term:
    """A term as the parser should build it."""
    return Term(words=words, wording=wording, gaps=gaps)


A, B, C = word("aa"), word("bb"), word("cc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("aa", A),
        ("aa bb", And(parts=(A, B))),
        ("aa AND bb cc", And(parts=(A, B, C))),
        ("aa OR bb cc", Or(parts=(A, And(parts=(B, C))))),
        ("(aa OR bb) cc", And(parts=(Or(parts=(A, B)), C))),
        ("aa OR (bb OR cc)", Or(parts=(A, B, C))),
        ("aa (bb cc)", And(parts=(A, B, C))),
        ("aa NOT bb", And(parts=(A, Not(part=B)))),
        ("aa -bb", And(parts=(A, Not(part=B)))),
        ("aa AND NOT bb", And(parts=(A, Not(part=B)))),
        ('aa -"bb cc"', And(parts=(A, Not(part=word("bb", "cc"))))),
        ("NOT NOT aa", Not(part=Not(part=A))),
        ('"Красный Полумесяц"', word("Красный", "Полумесяц")),
        ("«Красный Полумесяц»", word("Красный", "Полумесяц")),
        ("“Red Crescent”", word("Red", "Crescent")),
        ("„Red Crescent“", word("Red", "Crescent")),
        ("Red-Crescent", word("Red", "Crescent")),
        ("U.N.", word("UN")),
        ("gov.kz", word("gov", "kz", gaps=(".",))),
        ("ministr*", word("ministr", wording=Wording.PREFIX)),
        ("=Polish", word("Polish", wording=Wording.EXACT)),
        ('="Red Crescent"', word("Red", "Crescent", wording=Wording.EXACT)),
        ("aa NEAR/5 bb", Near(sides=(A, B), distances=(5,), ordered=(False,))),
        ("aa ADJ/1 (bb OR cc)", Near(sides=(A, Or(parts=(B, C))), distances=(1,), ordered=(True,))),
        ("aa NEAR/50 bb ADJ/2 cc", Near(sides=(A, B, C), distances=(50, 2), ordered=(False, True))),
        ("NOT aa NEAR/5 bb cc", And(parts=(Not(part=Near(sides=(A, B), distances=(5,), ordered=(False,))), C))),
        ("title:aa", InField(field="title", part=A)),
        ("Title: aa", InField(field="title", part=A)),
        ("text:(aa OR bb) cc", And(parts=(InField(field="text", part=Or(parts=(A, B))), C))),
        ("source:gov-kz", InField(field="source", part=word("gov", "kz"))),
        ("lang:(kk OR ru)", InField(field="lang", part=Or(parts=(word("kk"), word("ru"))))),
        ('name:"Given Surname"', Name(text="Given Surname")),
        ("name:Surname", Name(text="Surname")),
        ("@ifrc", Concept(id="ifrc")),
        (r"/flood(s|ing)?\/mud/", Regex(pattern=r"flood(s|ing)?\/mud")),
        (
            "score>=2.5 {aa^2 'bb'^-1 @ifrc^3}",
            Score(
                at_least=2.5,
                weights=(
                    Weighted(term=A, weight=2.0),
                    Weighted(term=B, weight=-1.0),
                    Weighted(term=Concept(id="ifrc"), weight=3.0),
                ),
            ),
        ),
    ],
)
def test_trees(text: str, tree: Query) -> None:
    assert parse_query(text) == tree


# Each query is followed by the underline that its complaint draws, and by a word of the problem.
@pytest.mark.parametrize(
    ("text", "underline", "problem"),
    [
        ("", "^", "empty"),
        ("aa )", "   ^", "before it"),
        ("(aa", "^", "never closed"),
        ("aa (bb", "   ^", "never closed"),
        ("()", "^^", "nothing between"),
        ('"aa bb', "^", "no partner"),
        ("aa»", "  ^", "no partner"),
        ('""', "^^", "nothing between"),
        ('"..."', "^^^^^", "no word"),
        ("NOT aa", "^^^^^^", "nearly everything"),
        ("aa OR NOT bb", "      ^^^^^^", "nearly everything"),
        ("-aa -bb", "^^^", "nearly everything"),
        ("aa OR", "   ^^", "nothing follows"),
        ("OR aa", "^^", "to its left"),
        ("aa AND", "   ^^^", "nothing follows"),
        ("AND aa", "^^^", "to its left"),
        ("aa OR OR bb", "      ^^", "to its left"),
        ("aa NOT", "   ^^^", "nothing follows"),
        ("(aa OR) bb", "    ^^", "nothing follows"),
        ("aa NEAR/5", "   ^^^^^^", "nothing follows"),
        ("NEAR/5 aa", "^^^^^^", "to its left"),
        ("aa NEAR bb", "   ^^^^", "needs a number"),
        ("aa NEAR/ bb", "   ^^^^^", "needs a number"),
        ("aa ADJ/x bb", "   ^^^^^", "from 1 to 50"),
        ("aa NEAR/0 bb", "   ^^^^^^", "from 1 to 50"),
        ("aa NEAR/51 bb", "   ^^^^^^^", "from 1 to 50"),
        ("aa NEAR/5 (bb cc)", "           ^^^^^", "only terms"),
        ("aa NEAR/5 title:bb", "          ^^^^^^^^", "only terms"),
        ("titel:aa", "^^^^^^", "no field titel:"),
        ("Kazakhstan: floods", "^^^^^^^^^^^", "no field Kazakhstan:"),
        ("person:aa", "^^^^^^^", "no field person:"),
        ("title:", "^^^^^^", "something to look for"),
        ("title:OR aa", "^^^^^^", "something to look for"),
        ("title:(aa lead:bb)", "          ^^^^^^^", "within a field"),
        ("lang:/k+/", "     ^^^^", "names, words or prefixes"),
        ("source:(aa NEAR/2 bb)", "        ^^^^^^^^^^^^", "names, words or prefixes"),
        ("a", "^", "single letter"),
        ('"я"', "^^^", "single letter"),
        ("aa*", "^^^", "match too much"),
        ("flood -ми*", "       ^^^", "match too much"),
        ("*", "^", "match everything"),
        ("wo*rd", "  ^", "at the end"),
        ("*word", "^", "at the end"),
        ('"flood mi* x"', "         ^", "in a phrase"),
        ('"flood"*', "       ^", "not a phrase"),
        ("= aa", "^", "before a word"),
        ("=flood*", "^^^^^^^", "before a word"),
        ("aa - bb", "   ^", "a dash by itself"),
        ("aa — bb", "   ^", "a dash by itself"),
        ("aa –bb", "   ^", "a dash by itself"),
        ("aa, bb", "  ^", "a comma"),
        ("aa | bb", "   ^", "no meaning"),
        ("aa+bb +cc", "      ^", "no meaning"),
        ("#flood", "^", "no meaning"),
        ("@ aa", "^", "before a concept"),
        ("aa /flood", "   ^", "no end"),
        ("//", "^^", "empty"),
        ("name:", "^^^^^", "needs a name"),
        ("name:(aa)", "^^^^^", "needs a name"),
        ("flood^2", "     ^^", "belong to score"),
        ("score>=x {aa^1}", "^^^^^^^", "needs a number"),
        ("score>=1 aa^1", "^^^^^^^^", "between { and }"),
        ("score>=1 {aa bb^1}", "          ^^", "no weight"),
        ("score>=1 {aa^1", "^^^^^^^^", "no }"),
        ("score>=1 {aa^-1}", "^^^^^^^^^^^^^^^^", "positive weight"),
        ("{aa}", "^", "belong to score"),
    ],
)
def test_complaints_underline_their_place(text: str, underline: str, problem: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    error = caught.value
    assert problem in error.problem
    assert " " * error.start + "^" * (error.end - error.start) == underline
    assert error.hint
    assert error.query == text


def test_an_unknown_field_is_answered_with_the_nearest() -> None:
    with pytest.raises(QuerySyntaxError, match="Did you mean publisher:"):
        parse_query("publishr:aa")
    with pytest.raises(QuerySyntaxError, match="Did you mean name:"):
        parse_query("person:aa")


@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("NOT ", ""), ("-", ""), ("title:(", ")"), ("(aa OR -(", "))"), ("(", "")]
)
def test_deep_nesting_is_refused_without_end_of_stack(opening: str, closing: str) -> None:
    repeats = 8_000 // (len(opening) + len(closing)) - 1
    with pytest.raises(QuerySyntaxError):
        parse_query(opening * repeats + "aa" + closing * repeats)


def test_fifty_brackets_are_read_and_the_fifty_first_is_underlined() -> None:
    assert parse_query("(" * 50 + "aa" + ")" * 50) == A
    with pytest.raises(QuerySyntaxError, match="50 deep") as caught:
        parse_query("(" * 51 + "aa" + ")" * 51)
    assert (caught.value.start, caught.value.end) == (50, 51)


def test_eight_thousand_characters_are_read_and_more_are_refused() -> None:
    assert isinstance(parse_query("aaa " * 2_000), And)
    with pytest.raises(QuerySyntaxError, match="8,000") as caught:
        parse_query("aaa " * 2_000 + "b")
    assert (caught.value.start, caught.value.end) == (8_000, 8_001)


@pytest.mark.parametrize(
    ("text", "place", "question"),
    [
        ("flood or mud", "or", "did you mean OR?"),
        ("flood или mud", "или", "did you mean OR?"),
        ("flood немесе mud", "немесе", "did you mean OR?"),
        ("flood and mud", "and", "did you mean AND?"),
        ("flood и mud", "и", "did you mean AND?"),
        ("flood және mud", "және", "did you mean AND?"),
        ("flood not mud", "not", "did you mean NOT?"),
        ("flood не mud", "не", "did you mean NOT?"),
        ("flood ИЛИ mud", "ИЛИ", "did you mean OR?"),
        ("flood near/5 mud", "near/5", "did you mean NEAR/5?"),
        ("ВОДА flood", "ВОДА", 'did you mean the word "вода"?'),
        ('"ВОДА УШЛА"', '"ВОДА УШЛА"', 'did you mean the word "вода"?'),
    ],
)
def test_what_is_probably_meant_otherwise_is_asked_about(text: str, place: str, question: str) -> None:
    (note,) = parse(text).notes
    assert text[note.start : note.end] == place
    assert question in note.text


@pytest.mark.parametrize(
    "text", ["UNRCCA", "IFRC OSCE", "МЧС ОБСЕ", "БҰҰ", "UNDRR", '"война и мир"', "flood OR mud", "=ВОДА", "вода"]
)
def test_nothing_is_asked_without_cause(text: str) -> None:
    assert parse(text).notes == ()


@given(st.text(alphabet='аб "()-*=:/@^{}»«,.title:ORNADEJ59', max_size=60))
def test_any_text_is_a_tree_or_a_complaint_inside_it(text: str) -> None:
    error = None
    try:
        parse(text)
    except QuerySyntaxError as caught:
        error = caught
    assert error is None or 0 <= error.start <= len(text)
    assert error is None or error.start < error.end <= len(text) + 1
