"""Plain text and safe fragments, from markup that is kind, broken or hostile."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.text.clean import first_image, one_line, plain_text, safe_fragment

BASE = "https://example.kz/news/1"
HOSTILE = [
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" jav&#x09;ascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<img src="data:image/png;base64,xx">',
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    '<math><mi xlink:href="data:x,<script>">',
    "<form action=/x><input name=a></form>",
    "<iframe src=https://other.kz></iframe>",
    '<p style="background:url(https://other.kz/x)">x</p>',
    "<style>@import 'https://other.kz/x'</style>",
    "<link rel=stylesheet href=https://other.kz/x>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<base href=https://other.kz/>",
]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>wo</b>rd</p><p>two&nbsp;and &ndash; three<br>four</p>", "One word\ntwo and – three\nfour"),
        ("<ul><li>a</li><li>b</li></ul>after", "a\nb\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<script>no</script><style>no</style><title>no</title>yes<!-- no -->", "yes"),
        ("a < b &amp; c", "a < b & c"),
        ("Tom &amp;amp; Co", "Tom &amp; Co"),
        ("<p>line\nend</p>", "line end"),
        ("", ""),
        ("zero\x00 and \ud800half", "zero and half"),
    ],
)
def test_plain_text_keeps_the_words_and_the_paragraphs(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_a_title_is_one_line_without_signs_that_disguise_it() -> None:
    assert one_line(" Two\r\nlines\tand \u202edesrever ") == "Two lines and desrever"


def test_a_fragment_keeps_its_form_and_gets_absolute_addresses() -> None:
    html = '<h2>A</h2><p>See <a href="/b?c=1&amp;d=2">b</a> <img src="../i.png" alt="i"> <em>now</em></p>'
    assert safe_fragment(html, base=BASE) == (
        '<h2>A</h2><p>See <a href="https://example.kz/b?c=1&amp;d=2" rel="noopener noreferrer">b</a> '
        '<img src="https://example.kz/i.png" alt="i"> <em>now</em></p>'
    )


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_or_submits_survives(html: str) -> None:
    assert not _dangers(safe_fragment(html, base=BASE))


@given(st.lists(st.sampled_from([*HOSTILE, "<p>", "</p>", "<!--", "-->", '"', "'", "<", ">", "word"])).map("".join))
def test_no_mixture_of_hostile_pieces_survives(html: str) -> None:
    assert not _dangers(safe_fragment(html, base=BASE))


@given(st.text())
def test_any_text_is_cleaned_without_an_error(text: str) -> None:
    assert "\x00" not in plain_text(text)
    safe_fragment(text, base=BASE)


# No clock is asked below: what takes more than linear time takes minutes or days at these sizes and runs into the
# time limit of a test.
@pytest.mark.parametrize(
    ("html", "words"),
    [("<div>" * 100_000 + "deep" + "</div>" * 100_000, "deep"), ("<b>" * 100_000 + "deep", "deep"),
     ("<p>deep" * 100_000, "deep\n" * 99_999 + "deep"), ("<!--" * 100_000, ""), ("<a " * 100_000, ""),
     ("<script>" * 50_000, "")],
    ids=["nested", "unclosed", "flat", "comments", "attributes", "scripts"],
)  # fmt: skip
def test_endless_markup_is_read_all_the_same(html: str, words: str) -> None:
    assert plain_text(html) == words
    assert safe_fragment(html, base=BASE).count("deep") == words.count("deep")


@pytest.mark.parametrize(
    "piece", ["<img src", "<img ", "<img src=", "<img src= ", "<img \n", " src", "<", "&", "</script ", "<a", " \n"]
)
@pytest.mark.parametrize("length", [100_000, 200_000])
def test_any_piece_repeated_takes_linear_time(piece: str, length: int) -> None:
    html = piece * (length // len(piece))

    assert first_image(html, base=BASE) in ("", "https://example.kz/news/<img")
    assert "\x00" not in plain_text(html)
    assert not _dangers(safe_fragment(html, base=BASE))


def test_the_words_of_a_deep_fragment_are_kept() -> None:
    html = "<div>" * 1_000 + "deep &amp; far" + "<script>no</script>"
    assert plain_text(html) == "deep & far"
    assert safe_fragment(html, base=BASE) == "<p>deep &amp; far</p>"


def test_the_first_image_with_a_web_address_is_found() -> None:
    html = '<img src="data:image/png;base64,x"><img alt=x src="/a.png?b=1&amp;c=2">'
    assert first_image(html, base=BASE) == "https://example.kz/a.png?b=1&c=2"
    assert first_image("<p>none</p>", base=BASE) == ""
    assert (
        first_image('<p src="/a.png"></img src="/b.png"><IMG\nSRC = \'/c.png\'>', base=BASE)
        == "https://example.kz/c.png"
    )


def test_an_image_is_looked_for_in_so_many_tags_only() -> None:
    pixel = '<img src="data:image/gif;base64,x">'
    assert first_image(pixel * 99 + '<img src="/a.png">', base=BASE) == "https://example.kz/a.png"
    assert first_image(pixel * 100 + '<img src="/a.png">', base=BASE) == ""


def _dangers(html: str) -> list[str]:
    tags = re.findall(r"<(script|iframe|form|input|object|embed|link|style|base|svg|math)\b", html)
    attributes = re.findall(r"<[^>]*\s(on\w+|style|srcset|action)\s*=", html)
    schemes = re.findall(r"""(?:href|src)="(?!https?:|mailto:)""", html)
    return [*tags, *attributes, *schemes]


@given(
    st.lists(
        st.sampled_from(["<p>A", "</p>", "<b>b</b>", "c d", "<br>", "<li>e</li>", "&amp;", "\n", "<a href='/x'>f</a>"])
    )
)
def test_simple_markup_is_read_alike_with_and_without_a_tree(pieces: list[str]) -> None:
    # A comment is not simple: it sends the same words through the tree.
    html = f"<div>{''.join(pieces)}</div>".replace("</p>", "")
    assert plain_text(html) == plain_text(html + "<!-- -->")
