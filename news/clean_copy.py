"""One version of an item as a plain document of its own, in text or HTML: the release, and where it comes from.

For use inside the house: it holds the whole text, whatever the source lets out. The HTML loads nothing and runs
nothing.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from news.item import Item
from news.text.clean import one_line, printable

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body {{ max-width: 42em; margin: 2em auto; padding: 0 1em; font: 17px/1.55 sans-serif; }}
.about {{ color: #555; font-size: 14px; overflow-wrap: anywhere; }}</style>
</head>
<body>
<h1>{title}</h1>
{about}
<article>
{body}
</article>
</body>
</html>
"""


def as_text(item: Item, *, sha256: str, zone: str) -> str:
    """Return headline, origin and text as plain text."""
    return "\n".join((one_line(item.title), "", *_about(item, sha256=sha256, zone=zone), "", *_paragraphs(item), ""))


def as_html(item: Item, *, sha256: str, zone: str) -> str:
    """Return the same as a web page; every word of the item is escaped."""
    return _PAGE.format(
        language=escape(item.language if item.language.isalpha() else "und"),
        title=escape(one_line(item.title)),
        about="\n".join(f'<p class="about">{escape(line)}</p>' for line in _about(item, sha256=sha256, zone=zone)),
        body="\n".join(f"<p>{escape(line)}</p>" for line in _paragraphs(item)),
    )


def _about(item: Item, *, sha256: str, zone: str) -> list[str]:
    stated = item.published.isoformat() if item.published else "no date stated"
    authors = ", ".join(map(one_line, item.authors))
    return [
        f"{one_line(item.publisher)}, {stated}" + (f", by {authors}" if authors else ""),
        printable(item.url),
        f"Version {item.version}, read {_minute(item.seen_at, zone)}"
        + (f"; SHA-256 of what was received: {sha256}" if sha256 else "; no copy of what was received is kept"),
    ]


def _paragraphs(item: Item) -> list[str]:
    lead = [] if item.text.startswith(item.lead) else [item.lead]
    lines = "\n".join((*lead, item.text or item.lead)).splitlines()
    return [line.strip() for line in map(printable, lines) if line.strip()]


def _minute(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %z}"
