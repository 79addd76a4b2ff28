"""What a body is, by its first signs: XML of some root, HTML, JSON, or a page that asks whether we are human."""

from __future__ import annotations

import re

from crawler.read.page import Page

_HEAD = 200_000
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<![a-z](?:[^<>\[]|\[.*?\]\s*(?=>)|<[^>]*>)*>)", re.I | re.S)
_ROOT = re.compile(r"<([a-zA-Z_][\w.-]*:)?([a-zA-Z_][\w.-]*)")
_DOCTYPE_HTML = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
# Words of pages that stand in front of a site: checks for browsers, then works on the site, in our three languages.
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|cf-chl|challenge-platform|captcha|ddos-guard|ddos protection|qrator|incapsula"
    r"|imperva|awswaf|are you a robot|not a robot|enable javascript and cookies|unusual traffic|attention required"
    r"|access denied|verify you are human|проверка браузера|не робот|робот емес"
    r"|maintenance|temporarily unavailable|under construction|технически\w{1,4} работ|ведутся работы|временно недоступ"
    r"|техникалық жұмыс|уақытша қолжетімсіз",
    re.IGNORECASE,
)


def root_name(body: bytes) -> str:
    """The name of the first element in lower case, without prefix; empty without markup.

    A doctype is not believed where an element follows: there are feeds that claim to be XHTML.
    """
    # Without its zero bytes, UTF-16 of ASCII markup reads like ASCII.
    head = body[:20_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1")
    place, declared = 0, ""
    while found := _BEFORE_ROOT.match(head, place):
        if _DOCTYPE_HTML.match(head, place):
            declared = "html"
        place = found.end()
    root = _ROOT.match(head, place)
    return root[2].lower() if root else declared


def is_json(body: bytes) -> bool:
    """Whether the body begins as a JSON object or list."""
    return body.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"{", b"[")


def is_challenge(page: Page, text: str) -> bool:
    """Whether an HTML answer is a challenge or maintenance page and not the site's own content.

    ReliefWeb's firewall answers 202 with one, others 200.
    """
    return page.status == 202 or bool(_CHALLENGE.search(text[:_HEAD]))
