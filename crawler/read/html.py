"""A web page as a tree: unpacked, decoded, and refused where it is none or could not be read in time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from crawler.read.decode import decoded, unpacked
from crawler.read.page import Page
from crawler.read.sniff import is_challenge, is_json, root_name
from news.errors import Unreadable
from news.text.clean import deeper_than, plain_text
from news.urls import resolve
from news.visit import Reason

# Parsing takes quadratic time in depth: 5,000 levels 0.06 s, 30,000 levels 2.9 s. Drawings nest least and repeat most.
_DEEPEST = 5_000
_XML_ROOTS = frozenset({"feed", "opml", "rdf", "rss", "sitemapindex", "svg", "urlset"})
_BINARY = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "an archive or office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an office file",
}
_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|main|div|table|p|a)\b", re.IGNORECASE)
_LITTLE = 1_500  # characters to read; what stands in front of a site has fewer, its own pages have more


@dataclass(frozen=True, kw_only=True)
class Html:
    """A page's markup: as text, as a tree, and the address that its relative links count from (`<base href>`).

    doubt: about its letters, as in Reading.
    """

    text: str
    tree: LexborHTMLParser
    base: str
    doubt: str = ""


def html_of(page: Page, *, otherwise: Reason, repaired: bool = True) -> Html:
    """The tree of a web page; raises Unreadable with the reason `otherwise` where it is none or is nested absurdly.

    repaired: as in `decoded`.
    """
    body, _ = unpacked(page)
    told = next((name for mark, name in _BINARY.items() if body.startswith(mark)), "")
    if not told and is_json(body):
        told = "JSON"
    root = root_name(body)
    if not told and root in _XML_ROOTS:
        told = f"<{root}>"
    if told:
        raise Unreadable(otherwise, f"{told} instead of a web page")
    read = decoded(body, page.content_type, repaired=repaired)
    text = read.text
    if not _MARKUP.search(text):
        raise Unreadable(otherwise, "no markup at all")
    if deeper_than(text, _DEEPEST) and deeper_than(_SCRIPTS.sub("", text), _DEEPEST):
        raise Unreadable(otherwise, f"elements nested more than {_DEEPEST} deep")
    # As it came where it is plain UTF-8: the parser would only encode it again.
    tree = LexborHTMLParser(text if read.doubt or read.charset != "utf-8" else body)
    named = tree.css_first("base[href]")
    base = resolve(page.url, named.attributes.get("href") or "") if named is not None else None
    return Html(text=text, tree=tree, base=base or page.url, doubt=read.doubt)


def stands_in_front(page: Page, html: Html) -> bool:
    """Whether a page on which nothing was found is a challenge or maintenance page: one with little to read."""
    return is_challenge(page, html.text) and len(plain_text(html.text)) < _LITTLE
