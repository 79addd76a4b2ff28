"""Lists of news and articles that the fake site plays; which links a list has is set in `FakeSite.lists`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.fakesite.sending import send

if TYPE_CHECKING:
    from tests.fakesite.acts import Stage

PARAGRAPH = (
    "Sample text of an invented office. The regional warehouse took in blankets, tents and water filters this morning, "
    "and the volunteers of three districts were shown how the new register of stocks is kept."
)


def listing(stage: Stage, name: str = "news", page: str = "1") -> None:
    """A page of cards, each article linked twice, as Kazinform's are; 404 past the last page."""
    links = stage.site.lists.get(f"{name}/{page}")
    if links is None:
        send(stage.handler, b"no", status=404, type="text/plain")
        return
    cards = "".join(
        f'<div class="card"><a href="{escape(path)}"><img src="/i.jpg"></a>'
        f'<a href="{escape(path)}">Part {number} of the report</a></div>'
        for number, path in enumerate(links)
    )
    body = f"<!DOCTYPE html><html><head><title>News</title></head><body>{cards}</body></html>"
    send(stage.handler, body.encode(), type="text/html; charset=utf-8")


def sitemap(stage: Stage, name: str = "news") -> None:
    """A sitemap of the links of a list."""
    entries = "".join(f"<url><loc>{stage.site.url(escape(path))}</loc></url>" for path in stage.site.lists[f"{name}/1"])
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    send(stage.handler, body.encode(), type="application/xml")


def sitemap_index(stage: Stage, name: str = "index") -> None:
    """An index of the sitemaps whose paths a list has, the first the newest."""
    members = "".join(
        f"<sitemap><loc>{stage.site.url(escape(path))}</loc><lastmod>2026-11-{22 - number:02}</lastmod></sitemap>"
        for number, path in enumerate(stage.site.lists[f"{name}/1"])
    )
    body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{members}</sitemapindex>'
    send(stage.handler, body.encode(), type="application/xml")


def article(stage: Stage, n: str = "1", canonical: str = "") -> None:
    """An article, and the address it calls its own where one is given."""
    send(stage.handler, article_page(n, canonical=canonical), type="text/html; charset=utf-8")


def article_page(n: str = "1", *, canonical: str = "") -> bytes:
    """An article with headline, date and two paragraphs."""
    own = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Part {n} of the report</title>{own}"
        '<meta property="article:published_time" content="2026-11-22T07:30:00+05:00"></head>'
        f"<body><main><h1>Part {n} of the report</h1><div class='text'><p>{PARAGRAPH}</p>"
        f"<p>This is part {n}. {PARAGRAPH}</p></div></main></body></html>"
    ).encode()


def pdf(stage: Stage) -> None:
    """A PDF file where a web page is expected."""
    send(stage.handler, b"%PDF-1.7\n" + b"0" * 2_000, type="application/pdf")
