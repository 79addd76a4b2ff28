"""Labels that no item can carry are refused where they are written."""

from __future__ import annotations

import pytest

from news.errors import QuerySyntaxError
from news.watch.compiler import check_watch


@pytest.mark.parametrize(
    ("query", "place", "hint"),
    [
        ("lang:kaz flood", "kaz", "Did you mean kk?"),
        ("flood lang:kz", "kz", "Did you mean kk?"),
        ("flood (lang:ru OR lang:Klingon)", "Klingon", "two letters"),
        ("flood NOT lang:(en OR eng)", "eng", "Did you mean en?"),
        ("standing:officail flood", "officail", "Did you mean official?"),
        ("standing:zzz flood", "zzz", "There are: official, agency, un, media, aggregator."),
    ],
)
def test_a_label_that_does_not_exist_is_underlined(query: str, place: str, hint: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        check_watch(query)
    assert query[refused.value.start : refused.value.end] == place
    assert hint in refused.value.hint


@pytest.mark.parametrize("query", ["lang:kk flood", "lang:(en OR und) flood", "standing:Official flood", 'kaz "lang"'])
def test_labels_that_exist_pass(query: str) -> None:
    check_watch(query)
