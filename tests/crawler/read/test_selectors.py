"""What declared selectors find of a body."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.read.selectors import body_nodes

PAGE = '<div class="body embed-host"><p>Water.</p><p class="embed">Video</p></div><p class="body embed">More</p>'


@pytest.mark.parametrize(
    ("body", "texts"),
    [(".body", ["Water.Video", "More"]), (".nothing", [])],
)
def test_without_anything_to_drop_all_is_kept(body: str, texts: list[str]) -> None:
    assert [node.text() for node in body_nodes(LexborHTMLParser(PAGE), [body], [])] == texts


def test_a_part_of_the_body_may_be_dropped_but_not_its_one_frame() -> None:
    drop = ["[class*=embed]"]
    assert [node.text() for node in body_nodes(LexborHTMLParser(PAGE), ["div"], drop)] == ["Water."]
    assert [node.text() for node in body_nodes(LexborHTMLParser(PAGE), [".body"], [".embed"])] == ["Water."]
