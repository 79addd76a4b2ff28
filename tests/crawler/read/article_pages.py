"""Articles' pages in the shape of their sites (SOURCES.md, sections 2 to 4 and 8); every event on them is made up."""

from __future__ import annotations

from crawler.read import read_article_page
from crawler.read.page import ArticleReading
from news.item import Draft, Stated
from news.link import Link
from news.source import ArticleRules, ListingSource
from tests.crawler.read.pages import made

KAZINFORM = ListingSource(
    id="kazinform-ru",
    url="https://www.inform.kz/ru/lenta",
    publisher="Kazinform",
    language="ru",
    articles=ArticleRules(
        title=("h1",),
        lead=(".article__description",),
        body=("div.article__body-text p",),
        published=('meta[name="article:published_time"]@content',),
        authors=('meta[name="author"]@content',),
        image=('meta[property="og:image"]@content',),
    ),
)
UN_NEWS = ListingSource(
    id="un-news",
    url="https://news.un.org/en/",
    publisher="UN News",
    language="en",
    zone="UTC",
    articles=ArticleRules(
        title=("h1",),
        lead=(".field--name-field-news-story-lead",),
        body=(".paragraph--type--one-column-text",),
        published=("time[datetime]@datetime",),
        drop=("[class*=twitter]", "[class*=soundcloud]", "[class*=embed]"),
    ),
)
ANY_SITE = ListingSource(id="any", url="https://office.example/news", publisher="The office", language="en")

RUSSIAN = (
    "Спасатели доставили воду и палатки в три района области, где дома остались без связи.",
    "Работы продолжаются, сообщили в ведомстве: к вечеру обещают открыть две дороги и школу.",
    "Учения по защите от паводков пройдут в ноябре, в них примут участие двадцать отрядов.",
)
ENGLISH = (
    "Volunteers of the office brought water and tents to three districts that were cut off by the flood.",
    "The work goes on, the office said: two roads and a school are to be opened before the evening.",
    "A drill on flood protection is planned for November, and twenty teams will take part in it.",
)
KAZAKH = (
    "Qutqarýshylar baılanyssyz qalǵan úsh aýdanǵa sý men shatyr jetkizdi, dep habarlaıdy keńse.",
    "Jumystar jalǵasyp jatyr: keshke deıin eki jol men bir mektep ashylady dep kútilýde.",
    "Sý tasqynynan qorǵaný jattyǵýlary qarasha aıynda ótedi, oǵan jıyrma jasaq qatysady.",
)


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>\n" for line in lines)


def kazinform(
    title: str, lines: tuple[str, ...], *, published: str = "2026-11-21T11:17:00+05:00", language: str = "ru"
) -> str:
    meta = f'<meta name="article:published_time" content="{published}">' if published else ""
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">
<title>{title} | Kazinform</title>{meta}
<meta property="og:title" content="{title} | Kazinform"><meta property="og:image" content="/radmin/news/1.jpg">
<meta name="author" content="Редакция"><script>var a = "<p>no text</p>";</script></head><body><div class="header"><ul>
<li><a href="/ru/">Главная</a></li></ul></div><h1>{title}</h1>
<div class="article__time">11:17, 21 Ноябрь 2026 | GMT +5</div>
<div class="article__description">Кратко о главном.</div>
<div class="article__body-text">{paragraphs(lines[:2])}
<figure><img src="/1.jpg"><figcaption>Подпись</figcaption></figure></div>
<div class="banner"><p>Реклама</p></div><div class="article__body-text">{paragraphs(lines[2:])}</div>
<div class="others"><a href="/ru/x-abc123">Другая новость дня</a></div></body></html>"""


def un_news(title: str, lines: tuple[str, ...]) -> str:
    return f"""<html lang="en"><head><meta property="og:title" content="{title} | UN News">
<meta property="og:site_name" content="UN News"><link rel="canonical" href="https://news.un.org/en/story/2026/11/1169000">
</head><body><main><article><h1 class="page-title"><span>{title}</span></h1><time datetime="2026-11-21T12:00:00Z">21
November 2026</time><div class="field--name-field-news-story-lead"><p>Twenty teams take part.</p></div>
<div class="paragraph paragraph--type--one-column-text"><div>{paragraphs(lines[:2])}
<div class="embedded-soundcloud"><p>Soundcloud <iframe src="https://w.example/"></iframe></p></div>
<blockquote class="twitter-tweet"><p>Tweet URL</p></blockquote><h2>What comes next</h2>{paragraphs(lines[2:])}
<ul><li>Water</li><li>Tents</li></ul><table><tr><td>Roads</td><td>2</td></tr></table></div></div></article></main></body></html>"""


def read(
    html: str | bytes,
    source: ListingSource = ANY_SITE,
    *,
    url: str = "https://office.example/news/1",
    listed: str = "",
    published: Stated | None = None,
    content_type: str = "text/html",
    status: int = 200,
) -> ArticleReading:
    """Read a page as an article that the list called `listed` and dated `published`."""
    body = html if isinstance(html, bytes) else html.encode()
    link = Link(url=url, said=Draft(title=listed, url=url, guid="g-1", published=published))
    return read_article_page(made(body, url=url, content_type=content_type, status=status), source, link)
