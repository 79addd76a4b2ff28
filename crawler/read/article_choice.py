"""Which of several readings of a page to believe: its body, its headline, its date. Pure decisions over values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.read.page import ArticleWay
from news.item import Stated

_SHORT = 200  # characters; whole notices are as short, so it is a reason to look further, none to refuse
_MOST_LINKED = 0.5
_MUCH_LONGER = 3.0  # times; date, headline and rates double a flash
_ALIKE = 0.4
_TELLING = 3  # stems from which on a headline can be told from another
_STEM = 5  # letters of a word that its endings leave alone, in Russian and Kazakh too
_WORD = re.compile(r"[^\W_]{3,}")
_NO_WORD = re.compile(r"[\W_]+")
_BAR = re.compile(r"\s+[|»·•]\s+")
_DASH = re.compile(r"\s+(?:[-–—]|::)\s+")
_LONGEST_NAME = 40
_LONGEST_TITLE, _MOST_NAMES = 1_000, 5
_LOOKED_AT = 2_000  # signs that tell a text's letters
_SMALL_WORDS = frozenset(
    {
        *("and", "are", "for", "from", "has", "its", "that", "the", "this", "was", "with"),
        *("для", "его", "как", "или", "над", "она", "они", "при", "что", "это"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Body:
    """One reading of an article's text: plain lines, the HTML they come from, and how much of it is links (0 to 1)."""

    way: ArticleWay
    text: str
    html: str
    linked: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Titles:
    """The headlines of one page by who states them, each already without its site's name; empty where unsaid.

    declared: by the source's selector; data: JSON-LD; shared: og:title; heading: its first h1; document: its title
    element; listed: what the list said.
    """

    declared: str = ""
    data: str = ""
    shared: str = ""
    heading: str = ""
    document: str = ""
    listed: str = ""

    @property
    def stated(self) -> tuple[str, ...]:
        """What the page itself states, the most trustworthy first."""
        return tuple(filter(None, (self.declared, self.data, self.shared, self.heading, self.document)))


def fault_of(body: Body, titles: Sequence[str]) -> str:
    """Why a body cannot be believed as it is: `empty`, `links`, `other_text`, `short`; empty where it can."""
    if not any(sign.isalnum() for sign in body.text):
        return "empty"
    if len(body.text) < _SHORT and _plain(body.text) in map(_plain, titles):
        return "empty"  # the headline over again
    if body.linked > _MOST_LINKED:
        return "links"
    small = body.text.casefold()
    # "News" and "Sign in" say nothing of a text, and speak for none.
    about = [stems(title) for title in titles if _tells(title)]
    if about and not any(stem in small for title in about for stem in title):
        return "other_text"
    return "short" if len(body.text) < _SHORT else ""


def choose_body(bodies: Sequence[Body], titles: Sequence[str]) -> Body | None:
    """The first body that can be believed; a later one goes before a short one only where it is much longer.

    A flash of two sentences is whole: what the extractor adds to it is the page's furniture.
    """
    best: Body | None = None
    for body in bodies:
        fault = fault_of(body, titles)
        if fault in ("", "short") and (best is None or len(body.text) >= _MUCH_LONGER * len(best.text)):
            best = body
            if not fault:
                break
    return best


def choose_title(titles: Titles) -> tuple[str, bool]:
    """The headline, and whether it is another than the list named.

    The first that agrees with the list; where none does, or the list says nothing, the page's own word in its order,
    but a declared one (a frame of a new layout may hold the site's name) only where another one bears it out.
    """
    stated = titles.stated
    if titles.listed:
        for title in stated:
            if alike(title, titles.listed):
                return title, False
    others = [title for title in (titles.data, titles.shared) if title]
    if titles.declared and others and not any(alike(titles.declared, other) for other in others):
        return others[0], bool(titles.listed)
    own = next(filter(None, (titles.declared, titles.data, titles.shared, titles.heading)), "")
    if own:
        return own, bool(titles.listed)
    # The title element alone is as often the site's name as the article's.
    return titles.listed or titles.document, False


def without_site(title: str, names: Sequence[str]) -> str:
    """The title, cut to 1,000 signs, without its site's name at the end ("… | Kazinform", "… - UN News").

    A bar cuts short names unseen.
    """
    known = [_plain(name) for name in names if _plain(name)]
    title = title[:_LONGEST_TITLE]
    for _ in range(_MOST_NAMES):
        shorter = _without_last_name(title, known)
        if shorter == title:
            break
        title = shorter
    return "" if _plain(title) in known else title


def _without_last_name(title: str, known: Sequence[str]) -> str:
    for sign, guess in ((_BAR, True), (_DASH, False)):
        parts = list(sign.finditer(title))
        if not parts:
            continue
        head, tail = title[: parts[-1].start()].strip(), title[parts[-1].end() :].strip()
        plain = _plain(tail)
        named = any(plain == name or (len(plain) > 3 and (plain in name or name in plain)) for name in known)
        if head and (named or (guess and len(tail) <= _LONGEST_NAME and len(tail) < len(head))):
            return head
    return title


def choose_date(page: Sequence[Stated], listed: Stated | None) -> Stated | None:
    """The first date of the page, else the list's; one with its hour goes before a bare day that it confirms."""
    dates = [*page, *([listed] if listed else [])]
    if not dates:
        return None
    first = dates[0]
    if first.at is None:
        exact = (one for one in dates[1:] if one.at is not None and abs((one.day - first.day).days) <= 1)
        return next(exact, first)
    return first


def is_elsewhere(titles: Titles) -> bool:
    """Whether no headline of a page shares a word with what the list said (login, consent, error)."""
    listed = stems(titles.listed)
    return len(listed) >= _TELLING and not any(listed & stems(title) for title in titles.stated)


def may_be_listed(text: str, titles: Titles) -> bool:
    """Whether the text of a page whose headlines are others may be the listed article's: it names a word of the list's.

    A translation in other letters need not, if its page has a headline that tells: a page to sign in has none.
    """
    small = text.casefold()
    if any(stem in small for stem in stems(titles.listed)):
        return True
    own = (titles.declared, titles.data, titles.shared, titles.heading)
    return _is_latin(titles.listed) != _is_latin(small) and any(map(_tells, own))


def alike(one: str, other: str) -> bool:
    """Whether two headlines are the same or one an edited form of the other."""
    first, second = stems(one), stems(other)
    if not first or not second:
        return _plain(one) == _plain(other)
    return len(first & second) >= _ALIKE * min(len(first), len(second))


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words: by them two texts are compared, whatever the endings."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _SMALL_WORDS)


def _tells(title: str) -> bool:
    return len(stems(title)) >= _TELLING


def _is_latin(text: str) -> bool:
    letters = [sign for sign in text[:_LOOKED_AT] if sign.isalpha()]
    return sum(sign.isascii() for sign in letters) * 2 > len(letters)


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return _NO_WORD.sub("", text.casefold())
