"""From declarations to the sources they mean: one a language, each with its other ways."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from news.settings.declaration_form import DeclarationForm
from news.settings.declarations import Declared, ways
from news.settings.explain import complain_about_source
from news.settings.faults import did_you_mean
from news.settings.page_forms import ArticlesEntry
from news.settings.sources import (
    LANGUAGE_MARK,
    FeedEntry,
    JsonEntry,
    ListingEntry,
    SitemapEntry,
    SourceEntry,
    SourceForm,
)
from news.source import (
    AnySource,
    ArticleRules,
    FeedSource,
    JsonFields,
    JsonSource,
    LinkRules,
    ListingSource,
    Paging,
    SitemapSource,
)

Way = FeedEntry | JsonEntry | ListingEntry | SitemapEntry
_FORM: TypeAdapter[Way] = TypeAdapter(SourceForm)


def make_sources(declared: Sequence[Declared], *, sites: Collection[str] | None) -> tuple[AnySource, ...]:
    """The sources of the declarations; faults of theirs, and ids that two of them have, are complained about.

    sites: the names that `site` may have, None where any may.
    """
    sources: dict[str, AnySource] = {}
    for declaration in declared:
        parts = ways(declaration)
        entries = [entry for part in parts if (entry := _entry(part, sites)) is not None]
        if not parts or len(entries) < len(parts):
            continue
        for source in expand(entries, pack=declaration.pack, declared_as=declaration.name):
            other = sources.setdefault(source.id, source)
            if other is not source:
                _complain_of_double(declaration, source, other)
    return tuple(sources.values())


def _entry(part: Declared, sites: Collection[str] | None) -> Way | None:
    try:
        entry = _FORM.validate_python(dict(part.values))
    except ValidationError as error:
        complain_about_source(error, part.place)
        return None
    if entry.site and sites is not None and entry.site not in sites:
        part.complain(("site",), "is not the name of a reader", did_you_mean(entry.site, sites), found=entry.site)
    return entry


def _complain_of_double(declaration: Declared, source: AnySource, other: AnySource) -> None:
    written, _ = declaration.place(())
    if written is not declaration.place(("id",))[0]:
        problem = "stands here, and the same source is read already"
        remedy = f"Keep one of them, or write another id than {declaration.values['id']} beside it"
        declaration.complain(("use",), problem, remedy)
        return
    if other.pack and not source.pack:
        problem = f'is the id of a source in the pack "{other.pack}" of the catalogue'
        remedy = (
            f"To change that one write use: {source.id} in place of id; "
            "else give yours an id of its own, or leave the pack out of packs"
        )
    else:
        problem, remedy = "is the id of another source too", "Give each its own"
    declaration.complain(("id",), problem, remedy, found=source.id)


def expand(ways: Sequence[Way], *, pack: str = "", declared_as: str = "") -> tuple[AnySource, ...]:
    """The sources that a declaration means: one, or one for each of its languages.

    ways: the declaration, then its alternatives. An alternative in other languages is none for a source.
    """
    main, *others = ways
    sources = [
        replace(_source(main, language), pack=pack, declared_as=declared_as)
        for language in main.languages or (main.language,)
    ]
    return tuple(replace(source, alternatives=_alternatives(source, others)) for source in sources)


_SAME_IN_ALL_WAYS = ("id", "name", "every", "enabled", "pack", "declared_as", "stand_ins")


def _alternatives(source: AnySource, others: Sequence[Way]) -> tuple[AnySource, ...]:
    same: dict[str, Any] = {name: getattr(source, name) for name in _SAME_IN_ALL_WAYS}
    language = source.language
    return tuple(
        replace(_source(way, language if way.languages else way.language), **same)
        for way in others
        if not language or language in (way.languages or (way.language or language,))
    )


def _source(entry: Way, language: str) -> AnySource:
    common = _common(entry, language)
    if isinstance(entry, FeedEntry):
        return FeedSource(**common)
    if isinstance(entry, ListingEntry):
        return ListingSource(**common, links=LinkRules(**entry.links.model_dump()))
    if isinstance(entry, SitemapEntry):
        return SitemapSource(**common, matching=entry.matching, nested=entry.nested, newest=entry.newest)
    return JsonSource(
        **common,
        items=entry.items,
        errors=entry.errors,
        method=entry.method or ("POST" if entry.body else "GET"),
        body=dict(entry.body),
        headers=dict(entry.headers),
        base=entry.base or common["url"],
        fields=JsonFields(**entry.fields.model_dump()),
    )


_AROUND = frozenset(DeclarationForm.model_fields) | {"languages", "articles", "paging"}


def _common(entry: Way, language: str) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in SourceEntry.model_fields if name not in _AROUND}
    values |= {
        "language": language,
        "url": entry.url.replace(LANGUAGE_MARK, language),
        "articles": _articles(entry),
        "paging": _paging(entry, language),
    }
    if entry.languages:
        values |= {
            "id": f"{entry.id}-{language}",
            "family": entry.family or entry.id,
            "name": f"{entry.name or entry.publisher} {language.upper()}",
        }
    return values


def _articles(entry: Way) -> ArticleRules | None:
    if entry.articles is None:
        # The entries of a listing or sitemap are nothing but links.
        return ArticleRules() if isinstance(entry, ListingEntry | SitemapEntry) else None
    return ArticleRules(**{name: getattr(entry.articles, name) for name in ArticlesEntry.model_fields})


def _paging(entry: Way, language: str) -> Paging | None:
    paging = entry.paging
    if paging is None:
        return None
    return Paging(url=paging.url.replace(LANGUAGE_MARK, language), start=paging.start, most=paging.most)
