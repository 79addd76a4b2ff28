"""WARC: what was received of an item, version by version, in the form that web archives keep and read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from news.received import Copy

# The body is kept as it arrived within HTTP's framing; a header that announces the framing would have it undone twice.
_FRAMING = frozenset({"transfer-encoding"})


def write_warc(target: BinaryIO, copies: Iterable[tuple[Copy, bytes]], *, about: Mapping[str, str]) -> None:
    """Write a response record for each copy with its bytes as received, and a record that says which it is.

    about: lines for the record at the beginning (software, who made it).
    """
    writer = WARCWriter(target, gzip=True)
    beginning = writer.create_warcinfo_record(None, dict(about))
    writer.write_record(beginning)
    beginning.raw_stream.close()
    for copy, body in copies:
        answer = writer.create_warc_record(
            copy.url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(_status(copy.status), _headers(copy), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": _instant(copy)},
        )
        writer.write_record(answer)
        described = {
            "item": str(copy.item),
            "version": str(copy.version),
            "copy-of": copy.of.value,
            "sha256": copy.sha256,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in described.items()).encode()
        note = writer.create_warc_record(
            copy.url,
            "metadata",
            payload=io.BytesIO(lines),
            length=len(lines),
            warc_content_type="application/warc-fields",
            warc_headers_dict={
                "WARC-Date": _instant(copy),
                "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
            },
        )
        writer.write_record(note)


def _headers(copy: Copy) -> list[tuple[str, str]]:
    return [(f"X-Received-{name}" if name.lower() in _FRAMING else name, value) for name, value in copy.headers]


def _status(number: int) -> str:
    try:
        return f"{number} {HTTPStatus(number).phrase}"
    except ValueError:
        return f"{number} Unknown"


def _instant(copy: Copy) -> str:
    return f"{copy.fetched_at:%Y-%m-%dT%H:%M:%SZ}"
