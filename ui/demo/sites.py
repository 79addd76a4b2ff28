"""What each played site answers to a request: pure decisions, one function a site.

The faults are part of the play, because real sites have them: UN News' full feed is a gzip body without a
Content-Encoding header, gov.kz reports an error under status 200 in the first round, one page of Kazinform is in
another charset than it says, one has the address of another story, and UNRCCA's list is made anew for two rounds, so
that nothing is found in it any more.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ui.demo.pages import graphql_error, graphql_news, kaziss_feed, un_news_feed
from ui.demo.samples import Sample, samples
from ui.demo.web_pages import (
    kazinform_article,
    kazinform_path,
    kazinform_sitemap,
    unrcca_article,
    unrcca_list,
    unrcca_new_list,
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as a played site sees it; header names in lower case. `turn` is the round, from 1 on."""

    method: str
    path: str
    turn: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the site sends back."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Feed:
    name: str
    title: str
    language: str
    tracked: bool = False
    packed: bool = False


_UN_NEWS = {
    "/feed/subscribe/en/news/all/rss.xml": _Feed(name="en-all", title="UN News", language="en", packed=True),
    "/feed/subscribe/en/news/region/asia-pacific/feed/rss.xml": _Feed(
        name="en-asia-pacific", title="UN News - Asia Pacific", language="en", tracked=True
    ),
    "/feed/subscribe/ru/news/all/rss.xml": _Feed(name="ru-all", title="Новости ООН", language="ru"),
}
_RSS = "application/rss+xml; charset=utf-8"
_JSON = "application/json; charset=utf-8"
_XML = "text/xml; charset=utf-8"
_HTML = "text/html; charset=utf-8"
_EDITIONS = {"ru": "kazinform-ru", "en": "kazinform-en", "qz": "kazinform-kk-latin", "kaz": "kazinform-kk"}
_UNRCCA_MADE_ANEW = (2, 3)
_NOT_FOUND = Answer(status=404, body=b"no such page")


def gov_kz(asked: Asked, start: datetime) -> Answer:
    """The government's portal: POST /graphql, field `news` with its arguments projects, _lang, _page and _size."""
    if asked.path == "/robots.txt":
        return _robots("Disallow: /admin/")
    if asked.path != "/graphql":
        return _NOT_FOUND
    if asked.method != "POST":
        return Answer(status=405, body=b"POST only")
    try:
        request = json.loads(asked.body)
        query, variables = str(request["query"]), request.get("variables") or {}
    except (ValueError, KeyError, TypeError):
        return Answer(status=400, body=graphql_error("the body is not a GraphQL request"), content_type=_JSON)
    project = _argument(query, variables, "projects").partition(":")[2]
    language = _argument(query, variables, "_lang")
    if (project, language, asked.turn) == ("emer", "kk", 1):
        return Answer(status=200, body=graphql_error("Internal server error"), content_type=_JSON)
    page = int(_argument(query, variables, "_page") or 1)
    size = int(_argument(query, variables, "_size") or 10)
    chosen = [sample for sample in _of_feed(project, asked.turn) if sample.language == language]
    window = chosen[(page - 1) * size : page * size]
    return Answer(status=200, body=graphql_news(window, start=start), content_type=_JSON)


def un_news(asked: Asked, start: datetime) -> Answer:
    """UN News: three feeds."""
    if asked.path == "/robots.txt":
        return _robots("Disallow: /search/")
    feed = _UN_NEWS.get(asked.path)
    if feed is None:
        return _NOT_FOUND
    chosen = _of_feed(feed.name, asked.turn)
    body = un_news_feed(chosen, title=feed.title, language=feed.language, tracked=feed.tracked, start=start)
    return _conditional(asked, gzip.compress(body, mtime=0) if feed.packed else body)


def kaziss(asked: Asked, start: datetime) -> Answer:
    """KazISS: one feed."""
    if asked.path == "/robots.txt":
        return _robots("Disallow: /wp-admin/")
    if asked.path != "/en/feed/":
        return _NOT_FOUND
    return _conditional(asked, kaziss_feed(_of_feed("kaziss", asked.turn), start=start))


def kazinform(asked: Asked, start: datetime) -> Answer:
    """Kazinform: a news sitemap and the articles of each of its four editions."""
    if asked.path == "/robots.txt":
        return _robots("Disallow: /*?page=")
    for edition, feed in _EDITIONS.items():
        shown = _of_feed(feed, asked.turn)
        if asked.path == f"/sitemaps/google-news_{edition}.xml":
            site = f"http://{asked.headers['host']}"
            return Answer(
                status=200,
                body=kazinform_sitemap(shown, site=site, edition=edition, start=start),
                content_type=_XML,
            )
        for sample in shown:
            if asked.path == kazinform_path(sample, edition):
                return Answer(status=200, body=kazinform_article(sample, start=start), content_type=_HTML)
    return _NOT_FOUND


def unrcca(asked: Asked, start: datetime) -> Answer:
    """UNRCCA: a list of undated cards, and the stories under two addresses each."""
    if asked.path == "/robots.txt":
        return _robots("Disallow: /search/")
    shown = _of_feed("unrcca", asked.turn)
    if asked.path == "/en/news":
        body = unrcca_new_list(shown) if asked.turn in _UNRCCA_MADE_ANEW else unrcca_list(shown)
        return Answer(status=200, body=body, content_type=_HTML)
    for sample in shown:
        if asked.path in (f"/en/news/{sample.slug}", f"/en/node/{sample.id}"):
            return Answer(status=200, body=unrcca_article(sample, start=start), content_type=_HTML)
    return _NOT_FOUND


SITES: Mapping[str, Callable[[Asked, datetime], Answer]] = {
    "gov-kz": gov_kz,
    "kazinform": kazinform,
    "kaziss": kaziss,
    "un-news": un_news,
    "unrcca": unrcca,
}


def _of_feed(name: str, turn: int) -> list[Sample]:
    return [sample for sample in samples(turn) if name in sample.feeds]


def _robots(rule: str) -> Answer:
    return Answer(status=200, body=f"User-agent: *\n{rule}\n".encode())


def _conditional(asked: Asked, body: bytes) -> Answer:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if asked.headers.get("if-none-match") == etag:
        return Answer(status=304, headers={"ETag": etag})
    return Answer(status=200, body=body, content_type=_RSS, headers={"ETag": etag})


def _argument(query: str, variables: Mapping[str, object], name: str) -> str:
    """The value of an argument of the GraphQL field, written into the query or handed over as a variable."""
    found = re.search(rf'\b{name}\s*:\s*(?:\$(\w+)|"([^"]*)"|(\d+))', query)
    if found is None:
        return ""
    variable, quoted, number = found.groups()
    return str(variables.get(variable, "")) if variable else (quoted or number)
