"""Photo credits, captions that are file names, and breadcrumbs: lines around a text's pictures and above its title."""

from __future__ import annotations

import re

_LONGEST = 110
_PICTURE = (
    r"images?|photos?|pictures?|video|cover|collage|infographics?|screenshot|foto|kollaj|sýret|súret|syret"
    r"|фото(?:графи[ия])?|видео|коллаж|иллюстрация|инфографика|скриншот|кадр|суреттер|сурет|бейне"
)
_CREDIT = re.compile(
    rf"\(?(?:{_PICTURE})(?:\s+(?:credit|courtesy|source|by|из архива|с сайта))?\s?[:|©]\s*(?P<whose>\S.*)"
    r"|\(?photos?\s+(?:credit|courtesy of|by)\s(?P<by>\S.*)"
    r"|un photo\s?/.*"
    r"|©\s?\S.*"
    rf"|\(?(?:{_PICTURE})\)?",
    re.IGNORECASE,
)
_BEGINNINGS = frozenset("(©ipvcsfkuфвкисб")  # small first letters of the above, which most lines are done with
_WORD = re.compile(r"\w+")
_MOST_WORDS = 14
# After the colon a credit names somebody; what is longer tells what is to be seen, which may be the news itself.
_MOST_NAMED = 5
_MOST_OF_PRESS_SERVICE = 8
_PRESS_SERVICE = re.compile(r"(?:пресс|баспас|baspas|press)", re.IGNORECASE)
_SENTENCE_LEAST = 3  # words before a full stop
_NUMBERED = re.compile(r"(?P<first>\d\d)([ ._-])(?P<second>\d\d)\2(?P<third>\d\d|\d{4})(?:[ ._-]+\(?\d{1,2}\)?)")
_FILE = re.compile(
    r"(?:img|dsc|dscn|dscf|pxl|photo|image|whatsapp image|screenshot)[ _-][\d _.-]{4,}(?:at [\d. ]+)?(?:\(\d+\))?"
    r"(?:\.(?:jpe?g|png|webp))?",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"(?:home|main|главная|басты бет|бас бет|basty bet)\s*(?:[»>›→/|](?P<below>.*))?", re.IGNORECASE)
_CRUMB_END = re.compile(r"[»>›→/|]")
_MOST_CRUMB = 5  # words; the last of several may be the page's own title
_MOST_TITLE = 14


def is_credit(line: str) -> bool:
    """Whether a line only says whose a picture is ("Images | Kazakh MFA", "Фото: ...", "Photo credit: IFRC")."""
    found = _CREDIT.fullmatch(line) if len(line) <= _LONGEST and line[:1].casefold() in _BEGINNINGS else None
    if found is None or len(_WORD.findall(line)) > _MOST_WORDS:
        return False
    whose = found["whose"] or found["by"] or ""
    words = len(whose.split())
    if whose.endswith((".", "!", "?", "…")) and words >= _SENTENCE_LEAST:
        return False
    return words <= (_MOST_OF_PRESS_SERVICE if _PRESS_SERVICE.match(whose) else _MOST_NAMED)


def is_caption(line: str) -> bool:
    """Whether a line is the name of a picture's file ("20 04 22 1", "IMG_2041.jpg")."""
    if len(line) > _LONGEST:
        return False
    found = _NUMBERED.fullmatch(line)
    if found:
        day, month = sorted((int(found["first"]), int(found["second"])), reverse=True)
        return 1 <= day <= 31 and 1 <= month <= 12
    return _FILE.fullmatch(line) is not None


def is_breadcrumb(line: str) -> bool:
    """Whether a line above the text leads back to the home page ("Home »", "Главная > Новости")."""
    found = _CRUMBS.fullmatch(line) if len(line) <= 2 * _LONGEST else None
    if found is None:
        return False
    if line.endswith((".", "!", "?", "…", ";", ",")):
        return False
    crumbs = [crumb.strip() for crumb in _CRUMB_END.split(found["below"] or "")]
    if line[0].isupper() and any(crumb[:1].islower() for crumb in crumbs):
        return False  # "Home → school programme ..." goes on as a sentence
    *above, last = crumbs
    return all(len(crumb.split()) <= _MOST_CRUMB for crumb in above) and len(last.split()) <= (
        _MOST_TITLE if above else _MOST_CRUMB
    )
