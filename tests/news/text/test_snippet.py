"""The best piece of a text, cut where sentences and words end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from news.text.snippet import Snippet, best_snippet
from news.text.words import tokenise
from news.watch.watch import Hit

_TEXT = (
    "Погода в городах остаётся прежней. Синоптики обещают дождь. "
    "Красный Полумесяц открыл пункт помощи для беженцев. Пункт работает круглосуточно. "
    "О переселенцах написали и другие издания."
)


def _hits(text: str, *terms: str) -> list[Hit]:
    found = []
    for term in terms:
        start = text.find(term)
        while start != -1:
            end = start + len(term)
            found.append(Hit(field="text", start=start, end=end, text=term, term=term))
            start = text.find(term, end)
    return found


def _marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_a_short_text_is_shown_whole() -> None:
    snippet = best_snippet("МИД сообщает.", _hits("МИД сообщает.", "МИД"), limit=100)
    assert snippet == Snippet(text="МИД сообщает.", marks=((0, 3),), cut_before=False, cut_after=False)


def test_the_sentence_with_the_most_terms_is_chosen() -> None:
    snippet = best_snippet(_TEXT, _hits(_TEXT, "Полумесяц", "беженц", "Погода"), limit=90)
    assert snippet.text == "Красный Полумесяц открыл пункт помощи для беженцев. Пункт работает круглосуточно."
    assert _marked(snippet) == ["Полумесяц", "беженц"]
    assert snippet.cut_before
    assert snippet.cut_after


def test_without_a_sentence_end_words_stay_whole() -> None:
    text = "слово " * 50 + "паводок " + "слово " * 50
    snippet = best_snippet(text, _hits(text, "паводок"), limit=60)
    assert set(snippet.text.split()) == {"слово", "паводок"}
    assert _marked(snippet) == ["паводок"]


def test_without_hits_the_beginning_is_shown_to_the_end_of_a_sentence() -> None:
    snippet = best_snippet(_TEXT, [], limit=70)
    assert snippet.text == "Погода в городах остаётся прежней. Синоптики обещают дождь."
    assert (snippet.marks, snippet.cut_before, snippet.cut_after) == ((), False, True)


def test_an_initial_ends_no_sentence() -> None:
    text = "Посол К. Иванов прибыл в столицу. Других новостей из министерства сегодня не поступало."
    assert best_snippet(text, [], limit=40).text == "Посол К. Иванов прибыл в столицу."


def test_a_hit_longer_than_the_limit_is_cut() -> None:
    text = "начало " + "а" * 100 + " конец"
    snippet = best_snippet(text, _hits(text, "а" * 100), limit=40)
    assert snippet.text == "а" * 40
    assert snippet.marks == ((0, 40),)


def test_overlapping_hits_give_one_mark() -> None:
    text = "Министерство иностранных дел"
    snippet = best_snippet(text, _hits(text, "Министерство иностранных", "иностранных дел"), limit=100)
    assert snippet.marks == ((0, len(text)),)


def test_ten_thousand_hits_in_a_long_text() -> None:
    text = "паводок " * 100_000
    snippet = best_snippet(text, _hits(text, "паводок")[:10_000], limit=200)
    assert len(snippet.marks) == 25


@given(st.text(alphabet="аб .\n!«»", max_size=300), st.integers(1, 80), st.data())
def test_a_snippet_is_a_slice_and_its_marks_are_hits(text: str, limit: int, data: st.DataObject) -> None:
    words = tokenise(text)
    spans = [words.span(index) for index in range(len(words))]
    chosen = data.draw(st.lists(st.sampled_from(spans), unique=True)) if spans else []
    hits = [
        Hit(field="text", start=start, end=end, text=text[start:end], term=text[start:end]) for start, end in chosen
    ]
    snippet = best_snippet(text, hits, limit=limit)
    assert snippet.text in text
    assert len(snippet.text) <= limit
    assert bool(snippet.marks) == bool(hits)
    for start, end in snippet.marks:
        assert any(hit.text.startswith(snippet.text[start:end]) for hit in hits)
