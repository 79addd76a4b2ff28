"""CSS selectors and patterns of addresses as config.yaml holds them; each is tried when it is read."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from news.settings.faults import wrong
from news.settings.values import ONE_OR_MANY, as_list
from news.source import selector_parts

_PAGE = LexborHTMLParser("<html></html>")


def _selector(text: str) -> str:
    text = text.strip()
    css, attribute = selector_parts(text)
    if not css and attribute:
        return text  # of the element at hand
    try:
        _PAGE.css(css)
    except (SelectolaxError, ValueError) as error:
        raise wrong("is not a CSS selector", _selector_remedy(css)) from error
    return text


def _selector_remedy(css: str) -> str:
    if not css:
        return "Write one, or take the line out"
    if re.search(r"::(attr|text)|:(first|last|contains)\b", css):
        return 'Write an attribute as "time@datetime"; the text is what a selector gives anyway'
    return 'Write for example ".card a[href]", or "time@datetime" for an attribute'


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        where = "" if error.pos is None else f" (character {error.pos + 1})"
        raise wrong(
            f"is not a regular expression: {error.msg}{where}", r"A sign that is meant as such has a \ before it"
        ) from error
    return text


Selector = Annotated[str, AfterValidator(_selector)]
OptionalSelector = Annotated[str, AfterValidator(lambda text: _selector(text) if text.strip() else "")]
Selectors = Annotated[tuple[Selector, ...], BeforeValidator(as_list), WithJsonSchema(ONE_OR_MANY)]
AddressPattern = Annotated[str, AfterValidator(_pattern)]
