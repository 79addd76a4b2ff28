"""Why a page is not shown: each reason has a status, and words that say what to do."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Final

from ui.web.words import Words


class Refusal(StrEnum):
    """A reason; the value names its words (`Words.refusals`)."""

    BAD_LINK = "bad link"
    OLD_LINK = "old link"
    NOBODY = "nobody"
    NO_COPY = "no copy"
    NO_PAGE = "no page"
    NO_METHOD = "no method"
    NOT_ASKED = "not asked"
    TOO_LARGE = "too large"
    TOO_MANY = "too many"
    BROKEN = "broken"


STATUSES: Final = {
    Refusal.BAD_LINK: HTTPStatus.FORBIDDEN,
    Refusal.OLD_LINK: HTTPStatus.GONE,
    Refusal.NOBODY: HTTPStatus.GONE,
    Refusal.NO_COPY: HTTPStatus.GONE,
    Refusal.NO_PAGE: HTTPStatus.NOT_FOUND,
    Refusal.NO_METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    Refusal.NOT_ASKED: HTTPStatus.BAD_REQUEST,
    Refusal.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.BROKEN: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Refused(Exception):
    """Ends a request with the page of its reason. words: of the reader's language where the link told it."""

    def __init__(self, refusal: Refusal, words: Words | None = None) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.words = words
