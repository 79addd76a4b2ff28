"""Listings and sitemaps, and what is said of articles, further pages and notices: taken whole, or refused in place."""

from __future__ import annotations

import pytest

from news.source import ArticleRules, FeedSource, LinkRules, ListingSource, Paging, SitemapSource
from tests.news.settings.text import CONTACT, FEED, only_complaint, place_of, read

SOURCES = f"{CONTACT}sources:\n"
OFFICE = "id: office, url: 'https://office.example/news', publisher: Office"
LISTING = f"{OFFICE}, kind: listing, links: {{matching: /news/}}"


def test_a_listing_is_taken_in_whole() -> None:
    text = f"""{SOURCES}
  - id: office
    kind: listing
    url: https://office.example/{{language}}/news
    languages: [ru, kk]
    publisher: Office
    links: {{entry: .card, link: a.title, title: h3, summary: .lead, published: time@datetime, matching: '/news/\\d+'}}
    articles:
      title: h1
      body: [.text p, .text li]
      published: 'meta[name="article:published_time"]@content'
      drop: [.more, "[class*=share]"]
    paging: {{url: "https://office.example/{{language}}/news?page={{page}}", start: 1, most: 3}}
    notices: [Dear visitor, Photo by]
"""
    russian, kazakh = read(text).sources
    assert isinstance(kazakh, ListingSource)
    assert (russian.id, kazakh.id, kazakh.url) == ("office-ru", "office-kk", "https://office.example/kk/news")
    assert kazakh.links == LinkRules(
        entry=".card", link="a.title", title="h3", summary=".lead", published="time@datetime", matching=r"/news/\d+"
    )
    assert kazakh.articles == ArticleRules(
        title=("h1",),
        body=(".text p", ".text li"),
        published=('meta[name="article:published_time"]@content',),
        drop=(".more", "[class*=share]"),
    )
    assert kazakh.paging == Paging(url="https://office.example/kk/news?page={page}", start=1, most=3)
    assert kazakh.notices == ("Dear visitor", "Photo by")


def test_a_sitemap_is_taken_in_whole() -> None:
    (source,) = read(f"{SOURCES}  - {{{OFFICE}, kind: sitemap, matching: /news/, nested: news, newest: 50}}\n").sources
    assert isinstance(source, SitemapSource)
    assert (source.matching, source.nested, source.newest) == ("/news/", "news", 50)


@pytest.mark.parametrize(
    ("declaration", "articles"),
    [
        (LISTING, ArticleRules()),
        (f"{OFFICE}, kind: sitemap", ArticleRules()),
        (f"{OFFICE}, kind: feed", None),
        (f"{OFFICE}, kind: feed, articles: {{}}", ArticleRules()),
        (f"{OFFICE}, kind: feed, articles: null", None),
        (f"{OFFICE}, kind: json, articles: {{title: h1}}", ArticleRules(title=("h1",))),
    ],
)
def test_a_list_of_links_alone_always_has_its_articles_read(declaration: str, articles: ArticleRules | None) -> None:
    (source,) = read(f"{SOURCES}  - {{{declaration}}}\n").sources
    assert source.articles == articles


@pytest.mark.parametrize(
    ("declaration", "part", "path", "says"),
    [
        (f"{OFFICE}, kind: listing, links: {{entry: 'a['}}", "'a['", "links.entry", "is not a CSS selector"),
        (f"{OFFICE}, kind: listing, links: {{entry: 'a::text'}}", "'a::t", "links.entry", 'attribute as "time@datet'),
        (f"{OFFICE}, kind: listing, links: {{entry: ''}}", "''", "links.entry", "Write one, or take the line out"),
        (f"{LISTING}, articles: {{body: [p, 'div >']}}", "'div >'", "articles.body[2]", "is not a CSS selector"),
        (f"{LISTING}, articles: {{body: 'div >'}}", "'div >'", "articles.body[1]", "is not a CSS selector"),
        (f"{LISTING}, articles: {{boddy: p}}", "boddy", "articles.boddy", 'Did you mean "body"?'),
        (f"{OFFICE}, kind: listing, links: {{matching: '(a'}}", "'(a'", "links.matching", "not a regular expression"),
        (f"{OFFICE}, kind: sitemap, matching: 'a)'", "'a)'", "matching", "(character 2)"),
        (f"{OFFICE}, kind: sitemap, nested: '*'", "'*'", "nested", "nothing to repeat"),
        (f"{OFFICE}, kind: sitemap, newest: 0", "0}", "newest", "Write 1 at least"),
        (f"{OFFICE}, kind: sitemap, links: {{}}", "links", "links", "is not a key here"),
        (f"{LISTING}, paging: {{start: 0, url: 'https://a.example/?p={{page}}'}}", "0,", "paging.start", "1 at least"),
        (f"{LISTING}, paging: {{url: 'https://a.example/'}}", "{url: 'https://a.", "paging", 'Write "{page}"'),
    ],
)
def test_what_cannot_work_is_refused_where_it_stands(declaration: str, part: str, path: str, says: str) -> None:
    text = f"{SOURCES}  - {{{declaration}}}\n"
    complaint = only_complaint(text)
    assert (complaint.line, complaint.column) == place_of(text, part)
    assert complaint.path == f"sources[1].{path}"
    assert says in str(complaint)


@pytest.mark.parametrize(
    ("declaration", "says"),
    [
        (f"{OFFICE}, kind: listing", "would take every link of the page for news"),
        (f"{LISTING}, paging: {{start: 2}}", "has paging without an address"),
        (f"{OFFICE}, kind: json, body: {{page: '{{page}}'}}", 'has "{page}" in its body but no paging'),
        ("id: a, url: 'https://{host}.example/', publisher: A, kind: feed", 'has a place "{host}" that nothing fills'),
    ],
)
def test_a_declaration_that_lacks_its_other_half_is_refused(declaration: str, says: str) -> None:
    complaint = only_complaint(f"{SOURCES}  - {{{declaration}}}\n")
    assert (complaint.line, complaint.column, complaint.problem) == (3, 5, says)


def test_a_json_interface_may_turn_its_pages_by_post() -> None:
    (source,) = read(f"{SOURCES}  - {{{OFFICE}, kind: json, body: {{p: '{{page}}'}}, paging: {{start: 1}}}}\n").sources
    assert source.paging == Paging(url="", start=1)


def test_a_site_is_one_of_those_there_are() -> None:
    text = f"{SOURCES}{FEED[:-2]}, site: officee}}\n"
    complaint = only_complaint(text, sites=("office", "agency"))
    assert (complaint.line, complaint.column) == place_of(text, "officee")
    assert 'Did you mean "office"?' in str(complaint)
    (source,) = read(f"{SOURCES}  - {{{OFFICE}, kind: listing, site: office}}\n", sites=("office",)).sources
    assert isinstance(source, ListingSource)
    assert source.site == "office"


def test_a_feed_may_leave_all_of_it_out() -> None:
    (source,) = read(f"{SOURCES}{FEED}").sources
    assert source == FeedSource(id="one", url="https://one.example/rss", publisher="One")
