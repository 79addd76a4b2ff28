"""HTML to plain text, HTML to a fragment that is safe to show, and text to one line. Never raises, whatever comes in.

Fragments nested deeper than `_DEEPEST` are read by a plain scan: both HTML parsers take quadratic time in depth
(100,000 levels: 11 and 16 seconds), and no publisher nests like that.
"""

from __future__ import annotations

import html as entities
import re
from itertools import islice

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from news.urls import resolve

_DEEPEST = 500
_LONGEST = 1_000_000
_MOST_IMAGES = 100  # looked at for one with a web address; tracking pixels and inline pictures come before it


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*(>|$)")
# Closed by their own kind or without content: they add no depth however many there are.
_FLAT = _names(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td th thead tr track wbr"
)
_UNSEEN = _names("head iframe math noscript object script select style svg template textarea title")
_UNSEEN_BLOCK = re.compile(r"<(script|style|iframe|noscript|template|textarea|title)\b.*?(</\1\s*>|$)", re.I | re.S)
_COMMENT = re.compile(r"<!--.*?(-->|$)", re.S)
_BLOCKS = _names(
    "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr"
    " ul"
)
_SIMPLE_BLOCK = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|hr)(?:\s[^<>]*)?>", re.IGNORECASE)
_SIMPLE_INLINE = re.compile(r"</?(?:a|b|i|u|s|em|strong|span|small|sub|sup|img)(?:\s[^<>]*)?>", re.IGNORECASE)
# Databases and mail refuse these; the last group turns the direction of text and can disguise a headline.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_SOURCE = re.compile(r"\ssrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)

_SHOWN_TAGS = set(
    _names(
        "a abbr b blockquote br caption cite code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins"
        " li ol p pre q s small span strong sub sup table tbody td tfoot th thead tr u ul"
    )
)
_SHOWN_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "height", "src", "title", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_DROPPED_WITH_CONTENT = set(_names("iframe math noscript object script select style svg template textarea title"))


def one_line(text: str) -> str:
    """The text on one line: control and direction signs dropped, every run of white space one space."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """The text without control characters, lone surrogates and direction overrides."""
    return _UNWANTED.sub("", text)


def plain_text(html: str) -> str:
    """The visible words of an HTML fragment; blocks and <br> break lines, scripts and styles are dropped."""
    html = printable(html[:_LONGEST])
    text = _of_simple(html) if "<" in html else entities.unescape(html)
    if text is None:
        text = _scanned(html) if deeper_than(html, _DEEPEST) else _walked(html)
    return "\n".join(filter(None, (" ".join(line.split()) for line in printable(text).split("\n"))))


def safe_fragment(html: str, *, base: str) -> str:
    """The fragment with nothing that runs, loads styles or submits; links and images absolute against `base`.

    What is left holds for P22: no script, handler, javascript: or data: address, form, iframe or style.
    """
    html = printable(html[:_LONGEST])
    if deeper_than(html, _DEEPEST):
        html = f"<p>{entities.escape(_scanned(html).strip())}</p>"

    def absolute(tag: str, attribute: str, value: str) -> str | None:
        if attribute not in ("href", "src"):
            return value
        if tag == "a" and value.strip().lower().startswith("mailto:"):
            return value
        return resolve(base, value)

    return nh3.clean(
        html,
        tags=_SHOWN_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_SHOWN_ATTRIBUTES,
        attribute_filter=absolute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    ).strip()


def deeper_than(html: str, levels: int) -> bool:
    """Whether elements lie within each other more than `levels` deep, as far as tags tell without parsing."""
    if html.count("<") <= levels or html.count("<") - html.count("</") <= levels:
        return False  # not so many tags open at all; looking at each costs three times what parsing does
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > levels:
            return True
    return False


def _of_simple(html: str) -> str | None:
    """The text of markup that holds none but paragraphs, lists and words set off, which needs no tree; else None.

    The same as of the tree, but that a closing tag of nothing breaks the line too.
    """
    text, blocks = _SIMPLE_BLOCK.subn("\n", html.replace("\n", " "))
    text, words = _SIMPLE_INLINE.subn("", text)
    # A sign left over is of another tag, or inside an attribute, or of no tag at all.
    return entities.unescape(text) if html.count("<") == html.count(">") == blocks + words else None


def _scanned(html: str) -> str:
    text = _TAG.sub("\n", _UNSEEN_BLOCK.sub("\n", _COMMENT.sub("", html)))
    return entities.unescape(text)


def _walked(html: str) -> str:
    # A walk without recursion: what closes matters as much as what opens, which no iterator of the parser tells.
    node: LexborNode | None = LexborHTMLParser(html).root
    pieces: list[str] = []
    depth = 0
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            # Line ends inside a paragraph are spaces; those between blocks vanish with the blocks' own.
            pieces.append((node.text_content or "").replace("\n", " "))
        elif tag in _BLOCKS:
            pieces.append("\n")
        elif tag in ("td", "th"):
            pieces.append(" ")
        child = None if tag in _UNSEEN else node.child
        if child is not None:
            node, depth = child, depth + 1
            continue
        while node is not None:
            if node.tag in _BLOCKS:
                pieces.append("\n")
            if depth == 0 or node.next is not None:
                node = node.next if depth else None
                break
            node, depth = node.parent, depth - 1
    return "".join(pieces)


def first_image(html: str, *, base: str) -> str:
    """The absolute address of the first image of a fragment; empty where there is none."""
    # Tag by tag, and inside a tag only: one pattern over both would begin anew at every tag that is never closed.
    tags = (found for found in _TAG.finditer(html[:_LONGEST]) if not found[1] and found[2].lower() == "img")
    for tag in islice(tags, _MOST_IMAGES):
        source = _SOURCE.search(tag[0])
        address = resolve(base, entities.unescape(source[1])) if source else None
        if address:
            return address
    return ""
