"""The pages of the played sites, byte for byte in the shapes that the real ones use (pure; `start` gives the dates).

gov.kz: the answer of its GraphQL field `news`. UN News: RSS 2.0 with a lead only, every pubDate at 12:00:00 +0000,
links under /feed/view/. KazISS: a WordPress feed with ?p= guids and the whole text in content:encoded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from ui.demo.samples import Sample

_ASTANA = ZoneInfo("Asia/Almaty")


def graphql_news(samples: Iterable[Sample], *, start: datetime) -> bytes:
    """The answer to a query for `news`: the samples in their order, as records of the portal."""
    return _json({"data": {"news": [_record(sample, start) for sample in samples]}})


def graphql_error(message: str) -> bytes:
    """The answer with which the portal's GraphQL reports a failure, under status 200."""
    return _json({"errors": [{"message": message}], "data": {"news": None}})


def un_news_feed(samples: Sequence[Sample], *, title: str, language: str, tracked: bool, start: datetime) -> bytes:
    """A feed of UN News; `tracked` adds to each link the campaign parameters that feed readers are sometimes given."""
    items = "\n".join(_un_news_item(sample, tracked, start) for sample in samples)
    return f"""<?xml version="1.0" encoding="utf-8" ?>
<rss version="2.0" xml:base="https://news.un.org/{language}/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{escape(title)}</title>
<description><![CDATA[Sample items of the presswatch demo]]></description>
<link>https://news.un.org/{language}/</link>
<language>{language}</language>
<generator>United Nations</generator>
{items}
</channel>
</rss>
""".encode()


def kaziss_feed(samples: Sequence[Sample], *, start: datetime) -> bytes:
    """The English feed of KazISS."""
    items = "\n".join(_kaziss_item(sample, start) for sample in samples)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>KazISS</title>
<link>https://kisi.kz/en/</link>
<description>Sample items of the presswatch demo</description>
<language>en-US</language>
<generator>https://wordpress.org/?v=6.5</generator>
{items}
</channel>
</rss>
""".encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _record(sample: Sample, start: datetime) -> dict[str, object]:
    # The portal's editors type the hour of Astana and the portal writes Z behind it; seconds are always 00.
    typed = (start - timedelta(hours=sample.hours_ago)).astimezone(_ASTANA)
    return {
        "id": sample.id,
        "title": sample.title,
        "slug": sample.slug,
        "created_date": typed.strftime("%Y-%m-%dT%H:%M:00Z"),
        "heropic": sample.picture,
        "alt_image": None,
        "body": sample.body or None,
        "short_description": sample.lead or None,
    }


def _un_news_item(sample: Sample, tracked: bool, start: datetime) -> str:
    noon = _noon_of(start - timedelta(hours=sample.hours_ago))
    campaign = "?utm_source=rss&amp;utm_medium=feed" if tracked else ""
    address = f"https://news.un.org/feed/view/{sample.language}/story/{noon:%Y/%m}/{sample.id}{campaign}"
    link = f"<link>{address}</link>\n" if sample.linked else ""
    guid = f'<guid isPermaLink="true">{address}</guid>\n' if sample.linked else ""
    # UN News writes the straight apostrophe as a numeric entity and leaves typographic quotes as they are.
    title = escape(sample.title, {"'": "&#039;"})
    return (
        f"<item> <title>{title}</title>\n{link}<description><![CDATA[{sample.lead}]]></description>\n"
        f"{guid}<pubDate>{format_datetime(noon)}</pubDate>\n</item>"
    )


def _noon_of(moment: datetime) -> datetime:
    """12:00 UTC of the day of `moment`, be it still to come: the stamp of every UN News item of 2026."""
    return moment.astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def _kaziss_item(sample: Sample, start: datetime) -> str:
    published = (start - timedelta(hours=sample.hours_ago)).astimezone(UTC).replace(microsecond=0)
    body = f"{_BEFORE}{sample.body}{_AFTER}" if sample.wrapped else sample.body
    return (
        f"<item>\n<title>{sample.title}</title>\n"
        f"<link>https://kisi.kz/en/{sample.slug}/?utm_source=rss&amp;utm_medium=rss</link>\n"
        f"<dc:creator><![CDATA[KazISS]]></dc:creator>\n<pubDate>{format_datetime(published)}</pubDate>\n"
        f'<guid isPermaLink="false">https://kisi.kz/?p={sample.id}</guid>\n'
        f"<description><![CDATA[{sample.lead}]]></description>\n"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>"
    )


# What the institute's pages carry around a text: a breadcrumb, picture captions, a notice in another language.
_BEFORE = "<p>Home &raquo;</p>\n"
_AFTER = (
    "\n<p>20 04 22 1</p>\n<p>20 04 22 2</p>\n"
    "<p>Дорогой посетитель!</p>\n<p>Мы рады приветствовать Вас на нашем новом сайте!</p>\n"
)
