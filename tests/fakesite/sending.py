"""How an act of the fake site answers."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    *,
    status: int = 200,
    type: str = "application/rss+xml",
    length: int | None = None,
    **headers: str,
) -> None:
    """Answer; `length` lies about the body's, header names are written with underscores."""
    handler.send_response(status)
    handler.send_header("Content-Type", type)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
