"""The demo's sample items: invented news of institutions, read from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

CONTENT_FILES = ("gov_kz.yaml", "un_news.yaml", "kaziss.yaml", "kazinform.yaml", "unrcca.yaml")

# The last line of every sample text, so that no copy of one can be taken for news.
MARKS: Mapping[str, str] = {
    "en": "(Sample item of the presswatch demo.)",
    "ru": "(Образец новости для демонстрации presswatch.)",
    "kk": "(presswatch көрсетіліміне арналған үлгі жаңалық.)",
    "kk-latn": "(presswatch kórsetilimine arnalǵan úlgi jańalyq.)",
}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One item as a played site shows it in one round and one language.

    title, lead, body: in the site's own notation, entities included; body is an HTML fragment or empty. The mark is
    already their last line: of the body, or of the lead where there is no body.
    hours_ago: age in hours at the start of the demo. linked: false for the entry that comes without an address.
    wrapped: the body arrives inside the site's furniture. charset: how the page is encoded, whatever its header says.
    language: of the edition; "kk-latn" is Kazakh in Latin letters.
    """

    id: str
    language: str
    feeds: tuple[str, ...]
    hours_ago: float
    title: str
    lead: str = ""
    body: str = ""
    slug: str = ""
    picture: str | None = None
    linked: bool = True
    wrapped: bool = False
    charset: str = "utf-8"


class _Correction(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str | None = None
    lead: str | None = None
    body: str | None = None


class _Version(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    lead: str = ""
    body: str = ""
    from_round: int = Field(default=1, ge=1, le=2)
    second_round: _Correction | None = None


class _Story(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    feeds: tuple[str, ...]
    hours_ago: float = Field(ge=0)
    texts: dict[str, _Version]
    slug: str = ""
    picture: str | None = None
    linked: bool = True
    wrapped: bool = False
    from_round: int = Field(default=1, ge=1, le=2)
    charset: str = "utf-8"


class _Content(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    stories: tuple[_Story, ...]


def samples(turn: int) -> tuple[Sample, ...]:
    """Every item that the played sites show in round `turn` (from 1 on), newest first."""
    found = [
        _sample(story, language, version, turn)
        for story in _stories()
        for language, version in story.texts.items()
        if max(story.from_round, version.from_round) <= turn
    ]
    return tuple(sorted(found, key=lambda sample: sample.hours_ago))


def _sample(story: _Story, language: str, version: _Version, turn: int) -> Sample:
    correction = version.second_round if turn > 1 and version.second_round else _Correction()
    title = version.title if correction.title is None else correction.title
    lead = version.lead if correction.lead is None else correction.lead
    body = version.body if correction.body is None else correction.body
    # The entry that came without a word stays without one.
    mark = MARKS[language] if title or lead or body else ""
    return Sample(
        id=story.id,
        language=language,
        feeds=story.feeds,
        hours_ago=story.hours_ago,
        title=title,
        lead=lead if body else f"{lead}\n{mark}".strip(),
        body=f"{body.rstrip()}\n<p>{mark}</p>" if body else "",
        slug=story.slug,
        picture=story.picture,
        linked=story.linked,
        wrapped=story.wrapped,
        charset=story.charset,
    )


@cache
def _stories() -> tuple[_Story, ...]:
    reader = YAML(typ="safe", pure=True)
    folder = files("ui.demo") / "content"
    contents = [
        _Content.model_validate(reader.load((folder / name).read_text(encoding="utf-8"))) for name in CONTENT_FILES
    ]
    return tuple(story for content in contents for story in content.stories)
