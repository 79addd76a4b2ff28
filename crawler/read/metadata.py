"""What a page says of itself for programs: OpenGraph and other meta elements, its canonical link."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from crawler.read.article_data import ArticleData, article_data
from crawler.read.entries import link_of
from crawler.read.selectors import words_of
from news.text.clean import one_line

_PUBLISHED = (
    "article:published_time",  # Kazinform writes it into `name`, OpenGraph into `property`
    "datepublished",
    "article:published",
    "og:article:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
)
_UPDATED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified", "dcterms.modified")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author")
# Country codes and a mixture of both that Kazakh sites write where the language's code, kk, belongs.
_LANGUAGES = {"kz": "kk", "qz": "kk", "kaz": "kk", "rus": "ru", "eng": "en"}


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """The page in its own words, as written; addresses absolute, dates best first, everything empty where unsaid.

    headings: its h1 elements. article: what JSON-LD says of the article, None without it. is_article: whether the page
    calls itself one. canonical: as declared; a template may name one on every page.
    """

    title: str = ""
    document_title: str = ""
    headings: tuple[str, ...] = ()
    site_name: str = ""
    description: str = ""
    published: tuple[str, ...] = ()
    updated: str = ""
    authors: tuple[str, ...] = ()
    image: str = ""
    language: str = ""
    canonical: str = ""
    is_article: bool = False
    article: ArticleData | None = None


def read_metadata(tree: LexborHTMLParser, *, url: str, base: str) -> Metadata:
    """Read a page's metadata; `url` is its address after redirects, `base` what its links count from."""
    said = _meta_elements(tree)
    article = article_data(tree, url=url)
    data = article or ArticleData()
    root, title = tree.root, tree.css_first("title")
    declared = (
        ((root.attributes.get("lang") if root is not None else "") or "").replace("_", "-").partition("-")[0].lower()
    )
    language = _LANGUAGES.get(declared, declared)
    dates = (data.published, *(said.get(name, "") for name in _PUBLISHED))
    pictures = (link_of(base, one) for one in (data.image, said.get("og:image"), said.get("twitter:image")))
    return Metadata(
        title=said.get("og:title", "") or said.get("twitter:title", ""),
        document_title=one_line(title.text()) if title is not None else "",
        headings=tuple(filter(None, map(words_of, tree.css("h1")[:3]))),
        site_name=said.get("og:site_name", ""),
        description=said.get("og:description", "") or said.get("description", ""),
        published=tuple(dict.fromkeys(filter(None, dates))),
        updated=data.updated or next(filter(None, (said.get(name, "") for name in _UPDATED)), ""),
        authors=data.authors or _authors(said),
        image=next(filter(None, pictures), ""),
        language=language if language.isascii() and language.isalpha() and len(language) in (2, 3) else "",
        canonical=_canonical(tree, base) or link_of(base, said.get("og:url")) or "",
        is_article=article is not None or said.get("og:type", "").lower() == "article",
        article=article,
    )  # fmt: skip


def _meta_elements(tree: LexborHTMLParser) -> dict[str, str]:
    """The first content of each meta element, by its name, property or itemprop in small letters."""
    said: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = one_line(attributes.get("content") or "")
        for kind in ("property", "name", "itemprop"):
            name = (attributes.get(kind) or "").strip().lower()
            if name and content:
                said.setdefault(name, content)
    return said


def _authors(said: dict[str, str]) -> tuple[str, ...]:
    # OpenGraph's article:author is an address by its definition and a name by most people's use.
    names = (said.get(name, "") for name in _AUTHOR)
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name and "@" not in name))[:1]


def _canonical(tree: LexborHTMLParser, base: str) -> str:
    node = tree.css_first('link[rel="canonical"][href]')
    return link_of(base, node.attributes.get("href")) or "" if node is not None else ""
