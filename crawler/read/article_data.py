"""What a page's JSON-LD says of its article (schema.org NewsArticle and its kin), however badly it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from news.text.clean import one_line, plain_text
from news.urls import canonical_url

_TYPES = re.compile(r"(?:Article|BlogPosting|Report|PressRelease)$")
_LONGEST = 500_000
_MOST_BLOCKS, _MOST_OBJECTS = 20, 500
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"')


@dataclass(frozen=True, kw_only=True)
class ArticleData:
    """The fields of the page's own article as written, addresses not resolved; empty where it does not say.

    body: plain text of one paragraph a line, as far as its writer kept them apart.
    """

    title: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    image: str = ""
    body: str = ""


def article_data(tree: LexborHTMLParser, *, url: str) -> ArticleData | None:
    """The article that a page's JSON-LD describes: of several the one with the page's address, else the first."""
    found = list(_described(tree))
    if not found:
        return None
    own = canonical_url(url).key
    article = next((one for one in found if own in map(_key, _addresses(one))), found[0])
    return ArticleData(
        title=one_line(plain_text(_text(article.get("headline")) or _text(article.get("name")))),
        published=one_line(_text(article.get("datePublished")) or _text(article.get("dateCreated"))),
        updated=one_line(_text(article.get("dateModified"))),
        authors=tuple(dict.fromkeys(filter(None, map(one_line, _names(article.get("author")))))),
        image=_address(article.get("image")),
        body=plain_text(_text(article.get("articleBody"))),
    )


def article_types(tree: LexborHTMLParser) -> Iterator[str]:
    """The types of the articles that a page's JSON-LD describes, in order, repeated as there."""
    for article in _described(tree):
        yield from filter(_TYPES.search, _types(article))


def _described(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for script in tree.css('script[type="application/ld+json"]')[:_MOST_BLOCKS]:
        yield from _articles(_parsed(script.text(deep=True)[:_LONGEST]))


def _parsed(text: str) -> Any:
    """The data of one block; of a broken one what its lines say by themselves."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", text))
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)  # line ends inside strings are its most common fault
        except (ValueError, RecursionError):
            continue
    fields = {name: _unescaped(value) for name, value in reversed(_FIELD.findall(text))}
    return {"@type": "NewsArticle", **fields} if "headline" in fields else None


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of an article's type, in order, wherever @graph, lists and mainEntity put them."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_OBJECTS:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, list):
            waiting[:0] = one[:_MOST_OBJECTS]
        elif isinstance(one, dict):
            if any(map(_TYPES.search, _types(one))):
                yield one
            else:
                waiting[:0] = [one[name] for name in ("@graph", "mainEntity") if name in one]


def _types(data: dict[str, Any]) -> list[str]:
    named = data.get("@type")
    return [name for name in (named if isinstance(named, list) else [named]) if isinstance(name, str)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return next(filter(None, map(_text, value[:10])), "")
    if isinstance(value, dict):
        return _text(value.get("@value"))
    return value if isinstance(value, str) else ""


def _names(value: Any) -> Iterator[str]:
    for one in value[:50] if isinstance(value, list) else [value]:
        yield _text(one.get("name")) if isinstance(one, dict) else _text(one)


def _address(value: Any) -> str:
    if isinstance(value, list):
        return next(filter(None, map(_address, value[:10])), "")
    if isinstance(value, dict):
        return _text(value.get("url")) or _text(value.get("contentUrl"))
    return _text(value)


def _addresses(article: dict[str, Any]) -> list[str]:
    main = article.get("mainEntityOfPage")
    return [_text(article.get("url")), _text(main.get("@id")) if isinstance(main, dict) else _text(main)]


def _key(address: str) -> str:
    return canonical_url(address).key
