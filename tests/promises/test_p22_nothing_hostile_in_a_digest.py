"""P22: no script, handler, javascript: or data: URL, form, iframe or remote style survives into a digest."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.message import Message
from news.source import Quote
from scheduler.delivery.post import compose_mail
from scheduler.digest.changed import with_changes
from scheduler.digest.compose import compose
from scheduler.digest.digest import Bars
from scheduler.digest.links import Links
from scheduler.digest.render import render
from scheduler.digest.wording import WORDINGS
from storage import ToldChange
from tests.scheduler.digest.rich import LINKS, rich
from tests.scheduler.digest.samples import NOW, READER, SLOT, UN_EN, WATER, covered, item, told


class Page(HTMLParser):
    """What could do harm in a page, collected."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        self.links += [value or "" for name, value in attributes if name in ("href", "src", "background", "action")]


SAFE_TAGS = {"a", "b", "body", "br", "div", "h1", "h2", "h3", "head", "html", "meta", "p", "span", "style", "table"}
SAFE_TAGS |= {"tbody", "td", "title", "tr", "wbr"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><iframe src=javascript:alert(1)>",
    "{{ 7 * 7 }}{% for x in y %}",
    "<form action=https://evil.example><input name=q></form>",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;",
    "\u202egnp.exe",
]
HOSTILE_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://ok.example/" onmouseover="alert(1)',
    "//no-scheme.example/",
    "https://",
    "https://[broken/",
    "java\nscript:alert(1)",
    "file:///etc/passwd",
]


def assert_harmless(message: Message) -> None:
    page = Page(message.html)
    assert page.tags <= SAFE_TAGS
    assert not {name for name in page.attributes if name.startswith("on")}
    assert all(link.startswith(("https://", "http://")) for link in page.links), page.links
    assert "url(" not in message.html.partition("</style>")[0]


def digest_of(text: str, link: str, language: str = "en") -> Message:
    """A digest in which every word that comes from outside is `text`, and every address `link`."""
    source = replace(UN_EN, publisher=text, credit=text, name=text, quote=Quote.FULL)
    one = replace(item(1, text, source, lead=text, text=text, url=link), html=text, language=text[:9])
    watch = replace(WATER, name=text)
    digest = compose(
        replace(READER, name=text, language=language),
        [told(1, one, watch, terms=[text], term=text)],
        covered(),
        slot=SLOT,
        now=NOW,
        sources=[source],
        watches=["x" + text],
    )
    assert digest is not None
    change = ToldChange(was=replace(one, id=2), now=replace(one, id=2, text=f"{text} 7", version=2), told_at=NOW)
    digest = with_changes(digest, [], [change], sources=[source])
    digest = replace(digest, bars=(Bars(watch=text, days=(0, 1)),))
    return render(digest, domain="example.org", links=LINKS)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("link", ["https://ok.example/1", *HOSTILE_LINKS])
def test_p22_nothing_hostile_in_an_item_survives_into_the_digest(text: str, link: str) -> None:
    message = digest_of(text, link)
    assert_harmless(message)
    assert "\u202e" not in message.html + message.text
    compose_mail(message, READER.address, "press@example.org")


@given(text=st.text(min_size=1, max_size=60), link=st.text(max_size=40), language=st.sampled_from(sorted(WORDINGS)))
@settings(max_examples=40, deadline=None)
def test_p22_any_text_stays_text(text: str, link: str, language: str) -> None:
    message = digest_of(text, link, language)
    assert_harmless(message)
    compose_mail(message, READER.address, "press@example.org")


HOSTILE_PIECES = st.lists(
    st.sampled_from([*HOSTILE, *HOSTILE_LINKS[:3], "<", ">", '"', "'", "&", "=", "]]>", "<!--", "-->", "\ue001"]),
    min_size=1,
    max_size=5,
).map("".join)


@given(text=HOSTILE_PIECES, link=HOSTILE_PIECES)
@settings(max_examples=40, deadline=None)
def test_p22_pieces_of_attacks_put_together_stay_text(text: str, link: str) -> None:
    assert_harmless(digest_of(text, link))


@pytest.mark.parametrize("language", WORDINGS)
def test_p22_a_rich_digest_loads_nothing_and_runs_nothing(language: str) -> None:
    message = render(rich(language), domain="example.org", links=LINKS)
    assert_harmless(message)
    assert LINKS.one_click not in message.html + message.text, "a forwarded digest must not stop its reader's"
    assert "List-Unsubscribe" not in render(rich(language), domain="example.org", links=Links()).headers
