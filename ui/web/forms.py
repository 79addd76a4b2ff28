"""What a form, or a mail provider's RFC 8058 request, sends: read within limits of size and time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from email import policy
from email.parser import BytesParser
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from scheduler.tokens import Tokens
from ui.web.refusals import Refusal, Refused

MOST_BYTES: Final = 16_384
"""A remark of the greatest length in letters of three bytes, percent-encoded, has some 9,000."""

_MOST_FIELDS = 20
_PATIENCE = 10.0


async def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of the body, the first of each name, in either form that RFC 8058 names.

    Raises Refused for a body that is too large or does not come.
    """
    try:
        body = await asyncio.wait_for(_body(request), _PATIENCE)
    except (TimeoutError, ClientDisconnect):
        raise Refused(Refusal.NOT_ASKED) from None
    kind = request.headers.get("content-type", "")
    if kind.lower().startswith("multipart/form-data"):
        return _parts(kind, body)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused(Refusal.NOT_ASKED) from None
    return dict(reversed(pairs))


def is_one_click(fields: Mapping[str, str]) -> bool:
    """Whether this is what a mail provider sends when its user presses "unsubscribe" (RFC 8058, section 3.2)."""
    return fields.get("List-Unsubscribe", "").strip().lower() == "one-click"


def check_form(request: Request, fields: Mapping[str, str], tokens: Tokens, token: str) -> None:
    """Raise Refused unless the fields come from the form of this very page, shown by us."""
    other_site = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    # Signed text of ASCII letters; compared as bytes because a body may hold anything.
    if other_site or not tokens.is_form(token, fields.get("form", "")):
        raise Refused(Refusal.NOT_ASKED)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused(Refusal.TOO_LARGE)
    return bytes(body)


def _parts(kind: str, body: bytes) -> dict[str, str]:
    """Return the fields of multipart/form-data (RFC 7578); a part without a name is passed over."""
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    found: dict[str, str] = {}
    message = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes):
            found.setdefault(name, value.decode("utf-8", "replace"))
    return found
