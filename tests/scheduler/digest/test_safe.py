from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest.digest import Marked
from scheduler.digest.filters import marked_html, marked_text, squeeze, wrapped
from scheduler.digest.safe import cut, cut_marked, host_of, merged, one_line, printable, safe_link


@given(st.text())
def test_printable_text_keeps_its_offsets_and_can_be_written_down(text: str) -> None:
    assert len(printable(text)) == len(text)
    printable(text).encode()
    assert "\n" not in one_line(text)


@given(st.text(), st.integers(2, 60))
def test_a_cut_text_fits_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("Kazakhstan's envoy in Brussels", 25) == "Kazakhstan's envoy in…"
    assert cut("w" * 30, 10) == "w" * 9 + "…"


def test_a_mark_that_was_cut_through_is_dropped() -> None:
    marked = Marked(text="early warning systems discussed", marks=((0, 13), (22, 31)))
    short = cut_marked(marked, 24)
    assert short.text == "early warning systems…"
    assert short.marks == ((0, 13),)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.gov.kz/memleket/entities/mfa?lang=en", "gov.kz"),
        ("http://qz.inform.kz/news/a-b/", "qz.inform.kz"),
        ("https://user@example.org:8080/x", "example.org"),
    ],
)
def test_a_link_to_a_page_stays_and_names_its_host(url: str, host: str) -> None:
    assert safe_link(url) == url
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "//example.org", "https://", "https://a b", 'https://a"b', "ftp://a"]
)
def test_what_opens_anything_but_a_page_is_no_link(url: str) -> None:
    assert safe_link(url) == ""


@given(st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_merged_marks_are_in_order_inside_the_text_and_apart(marks: list[tuple[int, int]]) -> None:
    result = merged(marks, 30)
    flat = [place for mark in result for place in mark]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= 30 for start, end in result)


def test_marks_are_shown_and_everything_else_is_escaped() -> None:
    marked = Marked(text="<b>water</b>", marks=((3, 8),))
    assert marked_text(marked) == "<b>*water*</b>"
    assert marked_html(marked) == '&lt;b&gt;<b class="m">water</b>&lt;/b&gt;'


def test_text_is_wrapped_with_its_indents_and_blank_lines_squeezed() -> None:
    lines = wrapped("word " * 40, "  Why: ", "       ").splitlines()
    assert lines[0].startswith("  Why: word")
    assert all(line.startswith("       word") for line in lines[1:])
    assert squeeze("\n\na \n\n\n\nb\n\n") == "a\n\nb\n"
