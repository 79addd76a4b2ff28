"""Which address a page may call its own: a template that names one on every page would make one item of its site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from crawler.read.article_choice import stems
from news.hosts import without_www
from news.urls import canonical_url

_NUMBERED = re.compile(r"(?:(?:news|article|story|post|node|element)_?)?id|nid|[np]|news|article|story|post|node")
_CODE = re.compile(r"\d+|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{6,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_WORD_BREAK = re.compile("[-_]+")
# Last segments that stand behind the address of every page, or of none.
_NO_NAMES = frozenset(
    ("", "article", "default", "detail", "details", "index", "latest", "news", "page", "print", "read", "show", "view")
)
_RESEMBLING = 0.6  # of the words of an address: they leave out small ones, and write some in letters of their own
_LATIN = str.maketrans("абвгдеёзийклмнопрстуфыэәғқңөұүһі", "abvgdeeziiklmnoprstufyeagknouuhi") | {
    ord(sign): latin for sign, latin in (("ж", "zh"), ("х", "kh"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"), ("щ", "shch"),
                                         ("ъ", ""), ("ь", ""), ("ю", "yu"), ("я", "ya"))
}  # fmt: skip


def believable_canonical(canonical: str, *, found: Sequence[str], title: str) -> str:
    """The address that a page calls its own, in canonical form; empty where it may be that of other pages too.

    found: the absolute addresses at which the page was found: the list's, and that after redirects. title: its
    headline. Believed is another spelling of one of them; on their host an address with the same last segment, number
    or code; and where the page was found under a bare number ("/node/135350", "/?p=7"; SOURCES.md 7) one that is made
    of the headline's words. Never the front page, nor a section in which the page lies.
    """
    other = canonical_url(canonical)
    if other.url is None or is_front_page(other.url):
        return ""
    theirs, places = urlsplit(other.url), [place for place in map(canonical_url, found) if place.url]
    ours = [urlsplit(place.url or "") for place in places]
    if any(one.scheme == "https" for one in ours) and theirs.scheme == "http":
        return ""
    if any(place.key == other.key for place in places):
        return other.url
    near = [one for one in ours if without_www(one.netloc) == without_www(theirs.netloc)]
    if any(_is_above(theirs, one) for one in near):
        return ""
    named = _names(theirs)
    if any(named & _names(one) or (_is_number(one) and _resembles(theirs, title)) for one in near):
        return other.url
    return ""


def is_front_page(url: str) -> bool:
    """Whether an address names no article: a host alone, or a host with its language ("/", "/ru/")."""
    parts = urlsplit(url)
    path = parts.path.strip("/")
    return not parts.query and (not path or (len(path) == 2 and path.isalpha()))


def is_above(folder: str, url: str) -> bool:
    """Whether an address is a folder above another one: a section in which the page lies."""
    return _is_above(urlsplit(folder), urlsplit(url))


def _is_above(above: SplitResult, below: SplitResult) -> bool:
    return not above.query and below.path.rstrip("/").startswith(above.path.rstrip("/") + "/")


def _names(parts: SplitResult) -> frozenset[str]:
    """What in an address can be the name of its page alone: numbers, codes, the last segment."""
    asked = _numbers_asked(parts)
    if asked:
        return asked  # "/index.php?id=7": the path is that of every page
    last = _last_segment(parts)
    words = _WORD_BREAK.split(last)
    codes = {word for word in (words[0], words[-1]) if _CODE.fullmatch(word) and not _YEAR.fullmatch(word)}
    if last not in _NO_NAMES and not _YEAR.fullmatch(last) and (codes or not parts.query):
        codes.add(last)
    return frozenset(codes)


def _is_number(parts: SplitResult) -> bool:
    return bool(_numbers_asked(parts)) or _last_segment(parts).isdecimal()


def _numbers_asked(parts: SplitResult) -> frozenset[str]:
    return frozenset(
        value for name, value in parse_qsl(parts.query) if value.isdecimal() and _NUMBERED.fullmatch(name.casefold())
    )


def _resembles(parts: SplitResult, title: str) -> bool:
    """Whether an address is made of a headline's words, as they are or in Latin letters."""
    words = stems(_last_segment(parts))
    said = stems(title) | stems(title.casefold().translate(_LATIN))
    return len(words) > 1 and len(words & said) >= _RESEMBLING * len(words)


def _last_segment(parts: SplitResult) -> str:
    return _ENDING.sub("", unquote(parts.path.rstrip("/").rpartition("/")[2]).casefold())
