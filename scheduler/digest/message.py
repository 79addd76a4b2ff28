"""From a digest to the message that is frozen: the mail, the same as plain data, and the copy to forward."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import structlog

from news.message import Message
from scheduler.digest.clean import clean_copy
from scheduler.digest.data import digest_data
from scheduler.digest.digest import Digest
from scheduler.digest.links import Links
from scheduler.digest.render import render
from scheduler.digest.templating import fault_of, shipped_templates, templates_of

_log = structlog.get_logger(__name__)


def message_of(digest: Digest, *, domain: str, links: Links | None = None, templates: Path | None = None) -> Message:
    """Return everything that is kept of a digest; the same digest gives the same message, byte for byte.

    domain, links, templates: as for `render`. Its mail is for its recipient alone; data and the clean copy leave out
    what is under embargo.
    """
    message = render(digest, domain=domain, links=links, templates=templates)
    text, html = _copy(digest, templates)
    return replace(message, data=digest_data(digest), clean_text=text, clean_html=html)


def _copy(digest: Digest, templates: Path | None) -> tuple[str, str]:
    if templates is not None:
        try:
            return clean_copy(digest, templates_of(templates))
        except Exception as error:  # whatever somebody's template does, the digest is made
            _log.error("template at fault, the shipped ones are used", fault=str(fault_of(error, templates)))
    return clean_copy(digest, shipped_templates())
