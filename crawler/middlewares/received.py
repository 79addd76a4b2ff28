"""What came over the wire, before anything unpacks it: what is kept as a copy is kept as it was received."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

RECEIVED = "received"
"""Key of a request's meta: a list that the answer's headers and body are put into."""


class AsReceived:
    """Notes headers and body as they came; stands right behind what decodes them, so it also sees no redirect."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Note, and hand on unchanged."""
        noted = request.meta.get(RECEIVED)
        if noted is not None:
            noted[:] = [headers_of(response), response.body]
        return response


def headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    """Names and values as sent, repeated ones each by itself."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
