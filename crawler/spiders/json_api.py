"""How a JSON API is asked: the request its source declares, in the source's language."""

from __future__ import annotations

import json
from typing import Any

from crawler.paging import address_of, filled
from news.source import JsonSource

_PAGE = "{page}"


def json_request(source: JsonSource, number: int) -> dict[str, Any]:
    """The parts of a scrapy.Request for a page of the list, 0 the newest: GET, or POST of the declared body as JSON."""
    headers = {"Accept": "application/json"}
    headers |= {name: filled(value, source, number) for name, value in source.headers.items()}
    parts: dict[str, Any] = {"url": address_of(source, number), "method": source.method, "headers": headers}
    if source.body:
        headers.setdefault("Content-Type", "application/json")
        parts |= {"method": "POST", "body": json.dumps(_body(source.body, source, number), ensure_ascii=False)}
    return parts


def _body(value: object, source: JsonSource, number: int) -> object:
    """The declared body with its strings filled in, at any depth; "{page}" alone becomes a number, as GraphQL wants."""
    if isinstance(value, str):
        text = filled(value, source, number)
        return int(text) if value == _PAGE and text != _PAGE else text
    if isinstance(value, dict):
        return {name: _body(part, source, number) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_body(part, source, number) for part in value]
    return value
