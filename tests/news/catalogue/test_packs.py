"""The packs that come with the program are whole, and every declaration of them can be used."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawler.sites import SITES
from news.catalogue import shipped_packs
from news.settings import Settings, pack_labels, settings_schema
from news.source import AnySource
from tests.news.settings.json_schema import Validator
from tests.news.settings.text import CONTACT, read

PACKS = sorted(shipped_packs())


def content(pack: str) -> Any:
    """The pack as plain values."""
    return YAML(typ="safe", pure=True).load(shipped_packs()[pack])


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Settings that read every pack."""
    return read(f"{CONTACT}packs: [{', '.join(PACKS)}]\n", catalogue=shipped_packs(), sites=SITES)


def ways(source: AnySource) -> tuple[AnySource, ...]:
    """The source and its alternatives."""
    return (source, *source.alternatives)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_has_a_label_and_declarations(name: str) -> None:
    pack = content(name)
    assert list(pack) == ["pack", "about", "default", "sources"]
    assert pack["pack"] == name
    assert isinstance(pack["default"], bool)
    assert 20 < len(pack["about"]) < 120
    assert not pack["about"].endswith(".")
    assert pack["sources"]


def test_some_packs_are_for_everybody_and_some_are_not() -> None:
    assert {label.default for label in pack_labels()} == {True, False}


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_fits_the_schema_of_the_settings(name: str) -> None:
    validator = Validator(settings_schema())
    values = {"contact": "desk@example.org", "sources": content(name)["sources"]}
    assert list(validator.faults(values)) == []
    values["sources"][0]["standing"] = "oficial"
    assert list(validator.faults(values)) != []


def test_every_pack_makes_sources_and_no_two_are_called_the_same(settings: Settings) -> None:
    assert {source.pack for source in settings.sources} == set(PACKS)
    declared = {(source.pack, source.declared_as) for source in settings.sources}
    twice = [name for name, count in Counter(name for _, name in declared).items() if count > 1]
    assert twice == []
    texts = "\n".join(shipped_packs().values())
    assert len(re.findall(r"^  - id: ", texts, re.MULTILINE)) == len(declared)


def test_every_declaration_can_be_used_by_its_name(settings: Settings) -> None:
    names = sorted({source.declared_as for source in settings.sources})
    text = f"{CONTACT}packs: []\nsources:\n" + "".join(f"  - use: {name}\n" for name in names)
    used = read(text, catalogue=shipped_packs())
    assert {source.id: source for source in used.sources} == {source.id: source for source in settings.sources}


def test_every_source_can_be_used_alone_by_its_id(settings: Settings) -> None:
    # Where one is called like a declaration of several, that one is meant.
    names = {source.declared_as for source in settings.sources}
    wanted = {source.id: source for source in settings.sources if source.id not in names}
    text = f"{CONTACT}packs: []\nsources:\n" + "".join(f"  - use: {id}\n" for id in wanted)
    assert {source.id: source for source in read(text, catalogue=shipped_packs()).sources} == wanted


def test_every_address_is_a_safe_one_and_none_is_tried_twice(settings: Settings) -> None:
    for source in settings.sources:
        addresses = [(way.kind, way.url) for way in ways(source)]
        assert all(url.startswith("https://") for _, url in addresses), source.id
        assert len(set(addresses)) == len(addresses), source.id


def test_of_other_peoples_texts_only_the_headline_leaves_the_house(settings: Settings) -> None:
    for source in settings.sources:
        others = source.pack.endswith("-media") or source.standing == "aggregator"
        assert source.quote == ("headline" if others else "lead"), source.id
