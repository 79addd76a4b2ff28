"""The settings as shown can be read back, and the schema describes every key that is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from news.settings import pack_labels, redacted, redacted_text, settings_schema
from news.settings.models import ConfigFile, sections_below
from tests.news.settings.json_schema import Validator
from tests.news.settings.packs import PACKS
from tests.news.settings.text import CONTACT, FEED, read


def test_the_text_shown_is_the_values_shown() -> None:
    settings = read(
        f"{CONTACT}sources:\n{FEED}watches:\n  - {{name: Су тасқыны, any: [су тасқыны, паводок]}}\n"
        "recipients:\n  - {address: a@b.example, schedule: {hour: '07:30'}, watches: [Су тасқыны]}\n"
    )
    shown = redacted(settings)
    assert YAML(typ="safe", pure=True).load(redacted_text(settings)) == shown
    assert shown["recipients"][0]["schedule"] == {
        "kind": "daily",
        "hour": "07:30",
        "country": "KZ",
        "zone": "Asia/Almaty",
    }
    assert shown["watches"][0]["query"] == '"су тасқыны" OR паводок'
    assert shown["sources"][0]["every"] == "30 min"
    assert shown["delivery"]["default_channel"] == "folder"


def test_every_key_has_a_description_and_the_schema_carries_it() -> None:
    definitions = settings_schema()["$defs"]
    for at, section in sections_below(ConfigFile):
        for name, field in section.model_fields.items():
            assert field.description, f"{'.'.join((*at, name))} is not described"
            if at:
                title = section.model_config.get("title") or section.__name__
                described = definitions.get(section.__name__, definitions.get(title))
                assert (field.alias or name) in described["properties"]


def test_the_schema_knows_no_keys_but_these_and_the_words_of_fixed_sets() -> None:
    schema = settings_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["contact"]
    definitions = schema["$defs"]
    assert definitions["Standing"]["enum"] == ["official", "agency", "un", "media", "aggregator"]
    assert definitions["Smtp"]["properties"]["security"]["enum"] == ["starttls", "tls", "none"]
    assert all(one["additionalProperties"] is False for one in definitions.values() if "properties" in one)
    assert definitions["FeedEntry"]["required"] == ["id", "url", "publisher", "kind"]


def test_defaults_stand_in_the_schema_as_a_person_would_write_them() -> None:
    definitions = settings_schema()["$defs"]
    assert definitions["FeedEntry"]["properties"]["every"]["default"] == "30 min"
    assert definitions["ScheduleEntry"]["properties"]["hour"]["default"] == "08:00"
    assert definitions["Database"]["properties"]["url"]["default"] == "sqlite:///var/presswatch.db"
    assert definitions["Smtp"]["properties"]["port"] == {
        "default": 587,
        "description": "Its port: 587 for starttls, 465 for tls. Left out, it follows `security`.",
        "maximum": 65535,
        "minimum": 1,
        "title": "Port",
        "type": "integer",
    }


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    schema = settings_schema()
    references = set(_references(schema))
    assert references == {f"#/$defs/{name}" for name in schema["$defs"]}


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for below in part.values():
            yield from _references(below)
    elif isinstance(part, list):
        for below in part:
            yield from _references(below)


def test_p24_no_header_but_the_known_harmless_ones_and_no_secret_of_a_body_is_shown() -> None:
    settings = read(
        """
        contact: a@example.org
        sources:
          - id: api
            kind: json
            url: https://api.example.org/
            publisher: Office
            method: POST
            headers: {X-Api-Pass: hunter2, Accept-Language: "{language}"}
            body: {query: news, variables: {apiKey: hunter3, size: 20}}
        """
    )
    (source,) = redacted(settings)["sources"]
    assert source["headers"] == {"X-Api-Pass": "(set)", "Accept-Language": "{language}"}
    assert source["body"] == {"query": "news", "variables": {"apiKey": "(set)", "size": 20}}
    assert "hunter" not in redacted_text(settings)


def test_an_alternative_is_shown_by_what_differs_and_without_its_secrets() -> None:
    settings = read(
        """
        contact: a@example.org
        sources:
          - id: api
            kind: json
            url: https://api.example.org/
            publisher: Office
            headers: {X-Api-Pass: hunter2}
            paging: {url: "https://api.example.org/?token=hunter3&page={page}"}
            articles: {body: [p, li]}
            instead:
              - {headers: {X-Api-Pass: hunter4}, url: "https://b.example.org/?secret=hunter5"}
              - {kind: feed, url: "https://b.example.org/rss"}
        """
    )
    (source,) = redacted(settings)["sources"]
    assert source["articles"]["body"] == ["p", "li"]
    assert source["paging"] == {"url": "https://api.example.org/?token=(set)&page={page}", "start": 2, "most": 5}
    address = "https://b.example.org/?secret=(set)"
    assert source["alternatives"] == [
        {"url": address, "paging": None, "kind": "json", "base": address},
        {"url": "https://b.example.org/rss", "paging": None, "kind": "feed"},
    ]
    assert "hunter" not in redacted_text(settings)
    assert YAML(typ="safe", pure=True).load(redacted_text(settings)) == redacted(settings)


def test_a_source_of_the_catalogue_is_shown_as_it_is_read_and_says_where_it_comes_from() -> None:
    settings = read(f"{CONTACT}packs: [archives]\n", catalogue=PACKS)
    (source,) = redacted(settings)["sources"]
    assert (source["id"], source["pack"], source["declared_as"]) == ("archive", "archives", "archive")
    assert source["url"] == "https://archive.example/rss"


def test_the_schema_knows_the_packs_and_what_may_stand_around_a_source() -> None:
    schema = settings_schema()
    definitions = schema["$defs"]
    written, nothing = schema["properties"]["packs"]["anyOf"]
    names = [label.name for label in pack_labels()]
    assert [form.get("items", form)["enum"] for form in written["anyOf"]] == [names, names]
    assert nothing == {"type": "null"}
    assert definitions["Use"]["required"] == ["use"]
    assert "required" not in definitions["Alternative"]
    assert {"use", "id", "for", "instead", "enabled"}.isdisjoint(definitions["Alternative"]["properties"])
    assert definitions["Alternative"]["properties"]["kind"]["enum"] == ["feed", "json", "listing", "sitemap"]
    assert definitions["ListingEntry"]["properties"]["instead"]["items"] == {"$ref": "#/$defs/Alternative"}


SITEMAP = {"id": "a", "kind": "sitemap", "url": "https://a.example/", "publisher": "A"}


@pytest.mark.parametrize(
    ("source", "fits"),
    [
        ({"use": "mfa", "enabled": False}, True),
        ({"use": "mfa", "for": [{"city": "hanoi", "number": 3}]}, True),
        ({"use": "mfa", "evry": "1 h"}, False),
        ({**SITEMAP, "id": "a-{x}", "country": "{x}"}, True),
        ({**SITEMAP, "country": "kz"}, False),
        ({**SITEMAP, "links": {}}, False),
        ({**SITEMAP, "instead": [{"kind": "listing", "links": {}}]}, True),
        ({**SITEMAP, "instead": [{"id": "b"}]}, False),
        ({**SITEMAP, "articles": {"body": ["p"], "title": "h1"}}, True),
        ({**SITEMAP, "articles": {"body": [1]}}, False),
    ],
)
def test_the_schema_takes_a_source_as_the_settings_do(source: dict[str, Any], fits: bool) -> None:
    faults = list(Validator(settings_schema()).faults({"contact": "a@b.example", "sources": [source]}))
    assert (faults == []) is fits
