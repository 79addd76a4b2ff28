"""What `presswatch doctor` looks at beside what every installation has: the place of the pages, and the signature."""

from __future__ import annotations

import errno
import json
import socket
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from news.settings import Settings
from ui.cli.checks import Finding
from ui.cli.doubts import signature_doubts

_TIMEOUT = 5.0


def check_pages(settings: Settings) -> Finding:
    """Whether pages can be served where web.listen says, or are served there now."""
    host, port = settings.web.place
    told, remedy = f"free to listen on: {settings.web.listen}", ""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
            tried.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE and _are_served(host, port):
            return Finding(what="pages", right=True, told=f"served at {settings.web.served_at}")
        told = f"{settings.web.listen} cannot be listened on: {error.strerror or error}"
        remedy = "Name another port in web.listen, or end the program that holds it."
    return Finding(what="pages", right=not remedy, told=told, remedy=remedy)


def check_signature(settings: Settings, home: Path) -> Finding:
    """Whether mails can be signed as smtp.dkim says. home: where relative paths start."""
    found = signature_doubts(settings, home)
    signed = settings.smtp.dkim
    if not found and signed is not None:
        return Finding(what="signature", right=True, told=f"{signed.selector}._domainkey.{signed.domain}")
    remedy = "Until then presswatch run ends at its start. Mend it, or take smtp.dkim out."
    return Finding(what="signature", right=False, told="; ".join(found), remedy=remedy)


def _are_served(host: str, port: int) -> bool:
    """Whether it is presswatch that answers there."""
    connection = HTTPConnection(host, port, timeout=_TIMEOUT)
    try:
        connection.request("GET", "/health")
        said = json.loads(connection.getresponse().read(1_000))
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return isinstance(said, dict) and "ok" in said
