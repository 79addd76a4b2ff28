"""No more of a text leaves the house than its source lets out: in mail, page, data and clean copy alike."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.changes import What
from news.message import Message
from news.source import Quote
from news.watch.watch import Hit
from scheduler.digest.changed import with_changes
from scheduler.digest.compose import compose
from scheduler.digest.message import message_of
from storage import ToldChange, ToldMatch
from tests.scheduler.digest.samples import CRESCENT, MFA_EN, NOW, READER, SLOT, covered, item, told

# Words that stand nowhere else in a digest, so that each can be told by itself.
_SYLLABLES = ("zor", "quib", "wex", "yop", "jaz", "vuk")


def _word(number: int) -> str:
    digits = []
    for _ in range(3):
        number, digit = divmod(number, len(_SYLLABLES))
        digits.append(_SYLLABLES[digit])
    return "".join(digits)


def sentences(first: int, count: int) -> str:
    """So many sentences of seven words that are used once."""
    words = [_word(first + number) for number in range(7 * count)]
    return " ".join(f"{' '.join(words[at : at + 7]).capitalize()}." for at in range(0, len(words), 7))


@st.composite
def matches(draw: st.DrawFn) -> tuple[ToldMatch, Quote]:
    """An item whose lead and text share no word, with hits anywhere in them, of terms, phrases and expressions."""
    quote = draw(st.sampled_from(Quote))
    one = item(1, "Headline", MFA_EN, lead=sentences(0, draw(st.integers(0, 4))), text=sentences(80, 12))
    hits = []
    for _ in range(draw(st.integers(1, 4))):
        field = draw(st.sampled_from(("lead", "text")))
        whole = getattr(one, field)
        if not whole:
            continue
        start = draw(st.integers(0, len(whole) - 1))
        end = draw(st.integers(start + 1, len(whole)))
        term = draw(st.sampled_from(("/z.*/", '"flood warning"', "@red_crescent_kz")))
        hits.append(Hit(field=field, start=start, end=end, text=whole[start:end], term=term))
    return replace(told(1, one, CRESCENT), hits=tuple(hits)), quote


def forms(message: Message) -> list[str]:
    pages = [html.unescape(re.sub("<[^>]+>", " ", page)) for page in (message.html, message.clean_html)]
    return [message.subject, message.text, message.clean_text, json.dumps(message.data, ensure_ascii=False), *pages]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{8,}", text.casefold())) & {_word(number) for number in range(216)}


@settings(deadline=None, max_examples=60)
@given(made=matches())
def test_no_word_leaves_that_the_source_does_not_let_out(made: tuple[ToldMatch, Quote]) -> None:
    match, quote = made
    source = replace(MFA_EN, quote=quote)
    digest = compose(READER, [match], covered(), slot=SLOT, now=NOW, sources=[source])
    assert digest is not None
    allowed = {
        Quote.HEADLINE: "",
        Quote.LEAD: match.item.lead,
        Quote.FULL: f"{match.item.lead} {match.item.text}",
    }[quote]
    # What the reader asked for by a phrase or a name is a word of theirs, wherever it was found.
    asked = " ".join(hit.text for hit in match.hits if len(hit.text) <= 80 and not hit.term.startswith("/"))

    for form in forms(message_of(digest, domain="press.example")):
        assert words_of(form) <= words_of(allowed) | words_of(asked)
    clean = message_of(digest, domain="press.example")
    for form in (clean.clean_text, html.unescape(re.sub("<[^>]+>", " ", clean.clean_html))):
        # A copy to forward says nothing of what was asked for.
        assert words_of(form) <= words_of(allowed)
        assert len(words_of(form)) <= 24


@pytest.mark.parametrize("quote", [Quote.HEADLINE, Quote.LEAD])
def test_what_changed_below_the_lead_is_not_quoted(quote: Quote) -> None:
    was = item(1, "Headline", MFA_EN, lead="The lead.", text=sentences(0, 6))
    now = replace(was, text=f"{sentences(0, 3)} {sentences(100, 6)}", version=2)
    digest = compose(READER, [], covered(), slot=SLOT, now=NOW, sources=[replace(MFA_EN, quote=quote)])
    assert digest is not None
    change = ToldChange(was=was, now=now, told_at=datetime(2024, 3, 7, 3, tzinfo=UTC))
    changed = with_changes(digest, [], [change], sources=[replace(MFA_EN, quote=quote)])
    assert What.PARAGRAPHS in changed.revised[0].what

    for form in forms(message_of(changed, domain="press.example")):
        assert words_of(form) == set()
