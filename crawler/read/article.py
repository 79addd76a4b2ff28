"""One article's page to a draft: the source's selectors, the page's own metadata, and a general extractor, in turn.

A known source costs one parse. The extractor, fifteen times as dear, is only asked where the selectors' text is missing
or cannot be believed, and that is counted: a source for which it happens often has a new layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from selectolax.lexbor import SelectolaxError

from crawler.read.article_choice import (
    Body,
    Titles,
    choose_body,
    choose_date,
    choose_title,
    fault_of,
    is_elsewhere,
    may_be_listed,
    without_site,
)
from crawler.read.article_dates import LONGEST_DATE, MOST_DATES, raw_dates
from crawler.read.canonical_link import believable_canonical
from crawler.read.entries import link_of, stated
from crawler.read.extract import extracted
from crawler.read.html import Html, html_of, stands_in_front
from crawler.read.metadata import Metadata, read_metadata
from crawler.read.mojibake import is_suspect
from crawler.read.page import ArticleReading, ArticleWay, Page
from crawler.read.selectors import all_values, body_nodes, cut, first_value
from news.boilerplate import split_text
from news.errors import Unreadable
from news.item import Draft, Stated
from news.link import Link
from news.source import AnySource, ArticleRules
from news.text.clean import one_line, plain_text, safe_fragment
from news.visit import EXTRACTOR, Reason

# Over what lexbor writes: every element is closed, and scripts and frames vanish with the cleaning.
_NO_TEXT = re.compile("<(?:button|figcaption)[ >]")
_LINK, _TAG = re.compile("<a [^>]*>(.*?)</a>", re.DOTALL), re.compile("<[^>]*>")


def read_article(page: Page, source: AnySource, link: Link) -> ArticleReading:
    """Read the article that a list named by `link`; what its page says goes before what the list said.

    Raises Unreadable: NOT_AN_ARTICLE for a page with neither title nor text (a shell for scripts, a consent page, a
    file), CHALLENGE for one that stands in front of the site, WRONG_SHAPE for a selector that is none.
    """
    # Nearly no page holds doubly encoded letters, and looking for them all over a page costs as much as parsing it.
    html = html_of(page, otherwise=Reason.NOT_AN_ARTICLE, repaired=False)
    try:
        try:
            reading = _read(html, page, source, link)
            if not is_suspect(f"{reading.draft.title}\n{reading.draft.summary}\n{reading.draft.text}"):
                return reading
        except Unreadable:
            if not is_suspect(html.text):
                raise
        return _read(html_of(page, otherwise=Reason.NOT_AN_ARTICLE), page, source, link)
    except SelectolaxError as error:
        raise Unreadable(Reason.WRONG_SHAPE, f"a selector of {source.id} is no CSS: {error}") from error


def _read(html: Html, page: Page, source: AnySource, link: Link) -> ArticleReading:
    said, rules = link.said, source.articles or ArticleRules()
    metadata = read_metadata(html.tree, url=page.url, base=html.base)
    titles = _titles(html, metadata, source, said.title, rules)
    written = raw_dates(html, metadata, rules, url=page.url)
    vouched = bool(written) or metadata.is_article
    body = _body(html, metadata, titles, rules, vouched=vouched)
    title, other_title = choose_title(titles)
    _assert_article(html, page, metadata, titles, body, vouched=vouched)
    text = body.text if body else ""
    dates = list(_dates(written, page, source))
    published, published_raw = _published(dates, said, text, page, source)
    updated_raw = first_value(html.tree, rules.updated) or metadata.updated
    lead = first_value(html.tree, rules.lead)
    pictures = (link_of(html.base, first_value(html.tree, rules.image)), metadata.image, said.image)
    oddities = {
        EXTRACTOR: bool(rules.body) and (body is None or body.way is not ArticleWay.SELECTORS),
        "no_date": not dates,
        "no_body": body is None,
        "other_title": other_title,
    }
    draft = replace(
        said,
        title=title or said.title,
        url=link.url,
        summary=lead or said.summary or metadata.description,
        text=text,
        html=safe_fragment(body.html, base=html.base) if body else "",
        published=published,
        published_raw=published_raw,
        updated=stated(updated_raw[:LONGEST_DATE], page, source) if updated_raw else said.updated,
        authors=tuple(all_values(html.tree, rules.authors)) or metadata.authors or said.authors,
        language=metadata.language or said.language,
        image=next(filter(None, pictures), ""),
    )
    return ArticleReading(
        draft=draft,
        way=body.way if body else ArticleWay.METADATA,
        oddities=tuple(name for name, is_so in oddities.items() if is_so),
        canonical=believable_canonical(metadata.canonical, found=(link.url, page.url), title=draft.title),
        doubt=html.doubt,
    )


def _titles(html: Html, metadata: Metadata, source: AnySource, listed: str, rules: ArticleRules) -> Titles:
    host = urlsplit(html.base).hostname or ""
    names = (metadata.site_name, source.publisher, source.name, source.credit, host, host.removeprefix("www."))

    def tidy(title: str) -> str:
        return without_site(title, names)

    return Titles(
        declared=tidy(first_value(html.tree, rules.title)),
        data=tidy(metadata.article.title if metadata.article else ""),
        shared=tidy(metadata.title),
        heading=next(filter(None, map(tidy, metadata.headings)), ""),
        document=tidy(metadata.document_title),
        listed=one_line(listed),
    )


def _body(html: Html, metadata: Metadata, titles: Titles, rules: ArticleRules, *, vouched: bool) -> Body | None:
    own = [title for title in (titles.shared, titles.declared) if title]
    # An article that is certainly one may be the translation of what the list named.
    known = own if vouched and own else [title for title in (titles.listed, *own) if title]
    bodies = [_selected(html, rules)] if rules.body else []
    if bodies and not fault_of(bodies[0], known):
        return bodies[0]
    bodies.append(_made(extracted(html.text), ArticleWay.EXTRACTOR))
    if metadata.article:
        lines = metadata.article.body.split("\n")
        bodies.append(_made("".join(f"<p>{escape(line)}</p>" for line in lines), ArticleWay.METADATA))
    return choose_body(bodies, known)


def _selected(html: Html, rules: ArticleRules) -> Body:
    nodes = body_nodes(html.tree, rules.body, rules.drop)
    fragment = "".join(node.html or "" for node in nodes)
    if _NO_TEXT.search(fragment):
        for node in nodes:
            cut(node.css("button, figcaption"))
        fragment = "".join(node.html or "" for node in nodes)
    made = _made(fragment, ArticleWay.SELECTORS)
    return replace(made, linked=_link_share(fragment, len(made.text)))


def _made(fragment: str, way: ArticleWay) -> Body:
    return Body(way=way, text=plain_text(fragment), html=fragment)


def _link_share(fragment: str, characters: int) -> float:
    linked = sum(len(one_line(_TAG.sub("", link))) for link in _LINK.findall(fragment))
    return min(1.0, linked / characters) if characters else 0.0


def _assert_article(
    html: Html, page: Page, metadata: Metadata, titles: Titles, body: Body | None, *, vouched: bool
) -> None:
    """Raise Unreadable where a page is none of an article. vouched: it states a date or calls itself one."""
    is_selected = body is not None and body.way is ArticleWay.SELECTORS
    if not vouched and not is_selected and stands_in_front(page, html):
        raise Unreadable(Reason.CHALLENGE, "a challenge or maintenance page instead of an article")
    titled = bool(titles.declared or titles.data or titles.heading or (metadata.is_article and titles.shared))
    if body is None and not titled:
        raise Unreadable(Reason.NOT_AN_ARTICLE, "a page with neither a title nor a text")
    if vouched or (is_selected and body is not None and may_be_listed(body.text, titles)):
        return
    if is_elsewhere(titles):
        raise Unreadable(Reason.NOT_AN_ARTICLE, f'another page: "{titles.stated[0][:100] if titles.stated else ""}"')


def _dates(raw_dates: list[str], page: Page, source: AnySource) -> Iterator[tuple[Stated, str]]:
    for raw in raw_dates[:MOST_DATES]:
        found = stated(raw[:LONGEST_DATE], page, source)
        if found is not None:
            yield found, raw
            if found.at is not None:
                return  # nothing after it could say more


def _published(
    dates: list[tuple[Stated, str]], said: Draft, text: str, page: Page, source: AnySource
) -> tuple[Stated | None, str]:
    """The date of the article and how it is written: the page's, else the list's, else that of the text's dateline."""
    published = choose_date([one for one, _ in dates], said.published)
    if published is not None:
        return published, next((raw for one, raw in dates if one is published), said.published_raw)
    raw = split_text(text, title=said.title, notices=source.notices).dated
    return (stated(raw, page, source), raw) if raw else (None, said.published_raw)
