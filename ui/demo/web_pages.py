"""Pages of the played sites that list their news and tell each story on a page of its own (pure).

Kazinform: a Google news sitemap for each edition, article pages with the date in a meta element and datelines, teasers
and a photo credit around the text. UNRCCA: a list of cards without dates, pages that have one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from ui.demo.samples import Sample

_ASTANA = ZoneInfo("Asia/Almaty")
_ASHGABAT = ZoneInfo("Asia/Ashgabat")
_NAMES = {"ru": "Казинформ", "en": "Kazinform", "kk-latn": "Kazinform", "kk": "Kazinform"}
_MENU = {
    "ru": ("Политика", "Общество", "Погода и наводнения"),
    "en": ("Politics", "Society", "Weather and floods"),
    "kk-latn": ("Saıasat", "Qoǵam", "Aýa raıy"),
    "kk": ("Саясат", "Қоғам", "Ауа райы"),
}


def kazinform_path(sample: Sample, edition: str) -> str:
    """The path of an article: its slug, and the tail that most have."""
    return f"/{edition}/{sample.slug}-{sample.id}" if sample.id else f"/{edition}/{sample.slug}"


def kazinform_sitemap(samples: Sequence[Sample], *, site: str, edition: str, start: datetime) -> bytes:
    """The news sitemap of an edition; `site` is the scheme and host in its addresses."""
    entries = "\n".join(
        f"<url><loc>{site}{kazinform_path(sample, edition)}</loc><news:news><news:publication>"
        f"<news:name>{_NAMES[sample.language]}</news:name>"
        f"<news:language>{sample.language[:2]}</news:language></news:publication>"
        f"<news:publication_date>{_typed(sample, start).isoformat()}</news:publication_date>"
        f"<news:title>{escape(sample.title)}</news:title></news:news></url>"
        for sample in samples
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{entries}
</urlset>
""".encode()


def kazinform_article(sample: Sample, *, start: datetime) -> bytes:
    """One article's page, in the encoding that the sample says, whatever the page claims."""
    typed = _typed(sample, start)
    menu = "".join(f'<li><a href="/category/{place}">{escape(name)}</a></li>'
                   for place, name in enumerate(_MENU[sample.language]))  # fmt: skip
    page = f"""<!DOCTYPE html>
<html lang="{sample.language[:2]}">
<head>
<meta charset="utf-8">
<title>{escape(sample.title)} | {_NAMES[sample.language]}</title>
<meta property="og:title" content="{escape(sample.title)} | {_NAMES[sample.language]}">
<meta name="article:published_time" content="{typed.isoformat()}">
</head>
<body>
<header><ul class="menu">{menu}</ul></header>
<main>
<h1>{escape(sample.title)}</h1>
<div class="article__time">{typed:%H:%M, %d.%m.%Y} | GMT +5</div>
<p class="article__description">{escape(sample.lead)}</p>
<div class="article__body-text">{sample.body}</div>
<div class="article__photo">Images | Sample</div>
</main>
<footer><p>Kazinform (sample)</p></footer>
</body>
</html>
"""
    return page.encode(sample.charset, "xmlcharrefreplace")


def unrcca_list(samples: Sequence[Sample]) -> bytes:
    """The first page of the list: cards without dates, the links to them given twice as on the site."""
    cards = "\n".join(
        f'<div class="views-row"><a href="/en/news/{sample.slug}"><img src="/sample.png" alt=""></a>'
        f'<h3><a href="/en/news/{sample.slug}">{escape(sample.title)}</a></h3><p>{escape(sample.lead)}</p></div>'
        for sample in samples
    )
    return _unrcca_page("News", f'<div class="view-content">\n{cards}\n</div>', canonical="/en/news")


def unrcca_new_list(samples: Sequence[Sample]) -> bytes:
    """The same list after its page was made anew: nothing in it is called what it was."""
    cards = "\n".join(
        f'<li class="teaser"><b data-target="/en/news/{sample.slug}">{escape(sample.title)}</b></li>'
        for sample in samples
    )
    return _unrcca_page("News", f'<ul class="teasers">\n{cards}\n</ul>', canonical="/en/news")


def unrcca_article(sample: Sample, *, start: datetime) -> bytes:
    """One story's page, which names its canonical address: the same page is found under /en/node/ too."""
    moment = (start - timedelta(hours=sample.hours_ago)).astimezone(_ASHGABAT).replace(microsecond=0)
    return _unrcca_page(
        sample.title,
        f'<article><h1>{escape(sample.title)}</h1><time datetime="{moment.isoformat()}">{moment:%d %b %Y}</time>\n'
        f'<div class="field--name-body">{sample.body}</div></article>',
        canonical=f"/en/news/{sample.slug}",
    )


def _typed(sample: Sample, start: datetime) -> datetime:
    return (start - timedelta(hours=sample.hours_ago)).astimezone(_ASTANA).replace(second=0, microsecond=0)


def _unrcca_page(title: str, content: str, *, canonical: str) -> bytes:
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{escape(title)} | UNRCCA</title><link rel="canonical" href="{canonical}"></head>
<body><nav><a href="/en/about">About the Centre</a> <a href="/en/news">News</a></nav>
{content}
<footer>UNRCCA (sample)</footer></body>
</html>
""".encode()
