"""JSON APIs by declared dotted paths: one reader for every site that answers with records."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any
from urllib.parse import quote

from crawler.read.decode import text_of, unpacked
from crawler.read.entries import MOST_ENTRIES, distinct, link_of, stated, too_many
from crawler.read.page import Page, Reading
from crawler.read.sniff import is_challenge
from news.errors import Unreadable
from news.item import Draft
from news.source import JsonSource
from news.text.clean import first_image, one_line, plain_text, safe_fragment
from news.visit import Reason

_PLACEHOLDER = re.compile(r"\{([\w.]+)\}")


def read_json_api(page: Page, source: JsonSource) -> Reading:
    """Read the records of a JSON answer by the source's declared paths.

    Raises Unreadable: CHALLENGE or NOT_JSON for a body that is no JSON, API_ERROR where the answer names an error
    (GraphQL does so with status 200), WRONG_SHAPE where the declared list is missing.
    """
    body, _ = unpacked(page)
    text = text_of(body, page.content_type)
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("<") and is_challenge(page, text):
            raise Unreadable(Reason.CHALLENGE, "a challenge or maintenance page instead of JSON") from error
        raise Unreadable(Reason.NOT_JSON, str(error)) from error
    failure = _at(answer, source.errors) if source.errors else None
    if failure:
        raise Unreadable(Reason.API_ERROR, _message(failure))
    records = _at(answer, source.items, through_lists=False) if source.items else answer
    if not isinstance(records, list) or (records and not any(isinstance(record, dict) for record in records)):
        raise Unreadable(Reason.WRONG_SHAPE, f'no list of records at "{source.items or "the top"}"')
    usable = [record for record in records if isinstance(record, dict)]
    return Reading(
        drafts=tuple(_draft(record, page, source) for record in usable[:MOST_ENTRIES]),
        language=source.language,
        note=too_many(len(usable)),
    )


def _draft(record: dict[str, Any], page: Page, source: JsonSource) -> Draft:
    fields = source.fields
    base = source.base or page.url
    markup = _text(record, fields.html)
    text = plain_text(markup) if markup else plain_text(_text(record, fields.text))
    published, updated = _text(record, fields.published), _text(record, fields.updated)
    summary = plain_text(_text(record, fields.summary)) or text.partition("\n")[0]
    return Draft(
        title=one_line(plain_text(_text(record, fields.title))),
        url=_link(record, base, source),
        native_id=one_line(_text(record, fields.id)) or None,
        summary=summary,
        text=text,
        html=safe_fragment(markup or f"<p>{escape(text or summary)}</p>", base=base) if markup or summary else "",
        published=stated(published, page, source) if published else None,
        published_raw=one_line(published),
        updated=stated(updated, page, source) if updated else None,
        authors=distinct(_texts(record, fields.authors)),
        image=link_of(base, _text(record, fields.image)) or first_image(markup, base=base),
        tags=distinct(_texts(record, fields.tags)),
    )


def _at(record: object, path: str, *, through_lists: bool = True) -> Any:
    """The value at a dotted path, None where it ends early; a list on the way gives the list of its members' values."""
    value: Any = record
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and through_lists:
            value = [member.get(step) for member in value if isinstance(member, dict)]
        else:
            return None
    return value


def _texts(record: dict[str, Any], path: str) -> list[str]:
    value = _at(record, path) if path else None
    members = value if isinstance(value, list) else [value]
    return [str(one) for one in members if isinstance(one, str | int | float) and not isinstance(one, bool)]


def _text(record: dict[str, Any], path: str) -> str:
    return next(iter(_texts(record, path)), "")


def _link(record: dict[str, Any], base: str, source: JsonSource) -> str | None:
    missing = False

    def value_of(found: re.Match[str]) -> str:
        nonlocal missing
        value = source.language if found[1] == "language" else _text(record, found[1])
        missing = missing or not value
        # A template that is one field alone holds a whole address; inside a template it is a part of one.
        return value if found[0] == source.fields.link else quote(value, safe="")

    link = _PLACEHOLDER.sub(value_of, source.fields.link)
    return None if missing else link_of(base, link)


def _message(failure: Any) -> str:
    first = failure[0] if isinstance(failure, list) else failure
    message = first.get("message", first) if isinstance(first, dict) else first
    return one_line(str(message))[:300]
