"""What a compiled watch is looked up by."""

from __future__ import annotations

import pytest

from news.text.forms import asked_keys
from news.watch.compiler import Compiler, check_watch
from news.watch.parser import parse_query
from news.watch.vocabulary import Vocabulary


def test_a_watch_that_works_gives_its_tree() -> None:
    assert check_watch('flood "mud flow"') == parse_query('flood "mud flow"')


@pytest.mark.parametrize(
    ("text", "anchored_on"),
    [
        ("вода Полумесяц", ["Полумесяц"]),
        ("(да OR но) Полумесяц", ["Полумесяц"]),
        ("Полумесяц OR федерация", ["Полумесяц", "федерация"]),
        ("вода NOT Полумесяц", ["вода"]),
        ("NOT (NOT Полумесяц AND NOT федерация)", ["Полумесяц", "федерация"]),
        ("вода NEAR/5 (федерация OR Полумесяц)", ["федерация", "Полумесяц"]),
    ],
)
def test_a_watch_is_looked_up_by_its_rarest_words(text: str, anchored_on: list[str]) -> None:
    vocabulary = Vocabulary()
    compiled = Compiler(vocabulary).compile(check_watch(text))
    anchors = {vocabulary.word(*asked_keys([word]), word.lower()) for word in anchored_on}
    assert compiled.clauses.anchor == anchors
