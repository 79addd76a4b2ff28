"""Made-up news pages in the shape of three publishing systems, of the size of real ones (100 to 200 kB).

Each has the markup of frames, menus and cards of other news, inline scripts and styles, and an article of 600 words;
the 181 pages of a public extraction benchmark have 173 kB on average.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from news.source import ArticleRules

_VOCABULARY = """спасатели доставили воду палатки районы области ведомство сообщили службы работы продолжаются жители
помощь места погода встреча регион развитие сотрудничество вопросы стороны обсудили учения проект поддержка центр
организация участники семинар подготовка паводок прогноз данные отделение школы больницы дороги мосты программа"""
_WORDS = _VOCABULARY.split()
_SCRIPT = "(function(w,d,i){w[i]=w[i]||function(){(w[i].a=w[i].a||[]).push(arguments)};w[i].l=1*new Date()})(window,d);"
_STYLE = ".card__title{font:600 16px/22px Inter,sans-serif;margin:0 0 8px;color:#1b2430}.card:hover{color:#0057b8}"


@dataclass(frozen=True)
class Shape:
    """One publishing system: its name, its article's rules, and how its page is made of title, text, chance."""

    name: str
    rules: ArticleRules
    page: Callable[[str, str, random.Random], str]


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


def paragraphs(chance: random.Random) -> str:
    return "\n".join(
        f'<p>{sentence(chance, 12)}. {sentence(chance, 14)}, <a href="/news/{number}">{sentence(chance, 3)}</a> '
        f"<strong>{sentence(chance, 2)}</strong> {sentence(chance, 12)}.</p>"
        for number in range(15)
    )


def _head(title: str, scripts: int, styles: int) -> str:
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{title} | Bench</title>'
        f'<meta property="og:title" content="{title} | Bench"><meta property="og:type" content="article">'
        '<meta property="og:image" content="https://news.example/1.jpg"><meta name="author" content="Bench">'
        '<meta name="article:published_time" content="2026-11-21T11:17:00+05:00">'
        f"<script>{_SCRIPT * scripts}</script><style>{_STYLE * styles}</style></head>"
    )


def _menu(chance: random.Random, entries: int) -> str:
    return "".join(
        f'<li class="menu__item"><a class="menu__link" href="/section-{number}">{sentence(chance, 2)}</a></li>\n'
        for number in range(entries)
    )


def _cards(chance: random.Random, count: int) -> str:
    return "".join(
        f'<div class="newsCard" data-id="{number}"><div class="newsCard_picture"><a href="/news/x-{number:06x}">'
        f'<picture><source srcset="/m/{number}.webp" type="image/webp">'
        f'<img loading="lazy" src="/m/{number}.jpg" alt=""></picture>'
        f'</a></div><div class="newsCard_text"><div class="newsCard_title"><a href="/news/x-{number:06x}">'
        f'{sentence(chance, 9)}</a></div><div class="newsCard_time">09:{number % 60:02d}, 21 Ноябрь 2026</div>'
        f'<div class="newsCard_lead">{sentence(chance, 16)}.</div></div></div>\n'
        for number in range(count)
    )


def _agency(title: str, body: str, chance: random.Random) -> str:
    """Frames of div elements throughout, as Kazinform's pages have them."""
    half = body.index("<p>", len(body) // 2)
    return (
        _head(title, 250, 150)
        + f'<body><div class="wrapper"><div class="header"><div class="container"><ul class="menu">'
        f'{_menu(chance, 90)}</ul></div></div><div class="container"><div class="row"><div class="col-8">'
        '<div class="article">'
        f'<h1>{title}</h1><div class="article__time">11:17, 21 Ноябрь 2026 | GMT +5</div>'
        f'<div class="article__description">{sentence(chance, 20)}.</div>'
        f'<div class="article__body-text">{body[:half]}</div><div class="banner"><img src="/b.gif"></div>'
        f'<div class="article__body-text">{body[half:]}</div></div><div class="others">{_cards(chance, 40)}</div></div>'
        f'<div class="col-4"><div class="ribbon">{_cards(chance, 60)}</div></div></div></div>'
        f'<div class="bottom"><ul>{_menu(chance, 60)}</ul></div></div></body></html>'
    )


def _drupal(title: str, body: str, chance: random.Random) -> str:
    """Fields within fields within regions, as the sites of the United Nations have them."""
    fields = "".join(
        f'<div class="views-row"><div class="views-field views-field-title"><span class="field-content">'
        f'<a href="/en/story/{number}" hreflang="en">{sentence(chance, 9)}</a></span></div><div class="views-field '
        f'views-field-field-lead"><div class="field-content"><p>{sentence(chance, 18)}.</p></div></div></div>\n'
        for number in range(70)
    )
    return (
        _head(title, 300, 200)
        + '<body class="path-node page-node-type-news-story"><div class="dialog-off-canvas-main-canvas">'
        f'<header class="region region-header"><nav><ul class="nav">{_menu(chance, 120)}</ul></nav></header>'
        f'<div class="main-container"><div class="region region-content"><article class="node">'
        f"<h1><span>{title}</span></h1>"
        f'<div class="field field--name-field-news-story-lead field__item">{sentence(chance, 20)}.</div>'
        '<time datetime="2026-11-21T12:00:00Z">21 November 2026</time>'
        f'<div class="layout"><div class="paragraph paragraph--type--one-column-text"><div class="field">{body}'
        "</div></div>"
        f'</div></article></div><div class="region region-sidebar"><div class="views">{fields}</div></div></div>'
        f"<footer><ul>{_menu(chance, 60)}</ul></footer></div></body></html>"
    )


def _wordpress(title: str, body: str, chance: random.Random) -> str:
    """A theme of blocks with comments, as institutes have it."""
    comments = "".join(
        f'<li class="comment"><div class="comment-body"><div class="comment-author vcard"><cite class="fn">'
        f"{number}</cite></div>"
        f'<div class="comment-content"><p>{sentence(chance, 25)}.</p></div></div></li>\n'
        for number in range(30)
    )
    return (
        _head(title, 350, 300)
        + '<body class="post-template-default single single-post"><div id="page" class="site"><header '
        f'class="site-header"><nav class="main-navigation"><ul>'
        f'{_menu(chance, 80)}</ul></nav></header><div class="site-content">'
        f'<main><article class="post type-post hentry"><header><h1 class="entry-title">{title}</h1></header>'
        f'<div class="entry-content">{body}</div></article><div class="comments-area"><ol>{comments}</ol></div></main>'
        f'<div class="widget-area"><section class="widget">{_cards(chance, 50)}</section></div></div>'
        f'<footer class="site-footer"><ul>{_menu(chance, 40)}</ul></footer></div></body></html>'
    )


_PUBLISHED = ('meta[name="article:published_time"]@content',)
SHAPES = (
    Shape(
        "agency",
        ArticleRules(
            title=("h1",), lead=(".article__description",), body=("div.article__body-text p",), published=_PUBLISHED
        ),
        _agency,
    ),
    Shape(
        "Drupal",
        ArticleRules(
            title=("h1",),
            lead=(".field--name-field-news-story-lead",),
            body=(".paragraph--type--one-column-text",),
            published=("time[datetime]@datetime",),
            drop=("[class*=twitter]", "[class*=embed]"),
        ),
        _drupal,
    ),
    Shape(
        "WordPress", ArticleRules(title=("h1.entry-title",), body=(".entry-content",), published=_PUBLISHED), _wordpress
    ),
)
