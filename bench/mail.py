# ruff: noqa: E501
"""Digests of 200 items made to the bytes of a mail: ours against plain Jinja2 and EmailMessage, in the same run.

Many readers follow the same watches, so the same cards come again: ours writes each part once and keeps it. Inlining
the styles and reading the mail back before it is sent are inside the clock on our side; the plain way does neither. It
fills one template for each part, with styles that are inlined already, once with every item and once with the very
cards that we show. Rounds of all take turns; what is compared is this thread's CPU, because machines are shared.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial

from jinja2 import Environment

from news.item import Stated
from news.message import Message
from news.source import Standing
from news.story import Relation
from news.watch.watch import Recipient, Schedule
from scheduler.delivery.post import compose_mail
from scheduler.digest.calendar import Slot
from scheduler.digest.coverage import Coverage
from scheduler.digest.digest import Card, Digest, Found, Group, Marked, Member, Telling, Why, fold
from scheduler.digest.links import Links
from scheduler.digest.render import render

ITEMS = 200
READERS = 40
ROUNDS = 5
PROMISED = 2.0
SENDER = "press@example.org"
_NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_TITLES = {
    "en": "Regional centre and the ministry discuss early warning of floods, part {}",
    "ru": "Региональный центр и министерство обсудили раннее оповещение о паводках, часть {}",
    "kk": "Аймақтық орталық пен министрлік су тасқыны туралы ерте ескертуді талқылады, {}-бөлім",
}
_SNIPPET = "… стороны договорились теснее сотрудничать в области раннего оповещения о стихийных бедствиях и паводках …"


def run(items: int = ITEMS, readers: int = READERS) -> Iterator[str]:
    """Make digests for so many readers both ways and give the rows."""
    digests = [_digest(number, items) for number in range(readers)]
    first = _clocked(lambda: _ours(digests[:1]))
    html = _rendered(digests[0]).html
    whole, listed = html.count("<h3"), html.count('class="row" lang')
    folded = [fold(one, full=whole, listed=listed) for one in digests]
    ways = {"ours": partial(_ours, digests), "all": partial(_plain, digests), "folded": partial(_plain, folded)}
    sizes = {name: len(way()[0]) for name, way in ways.items()}
    yield f"{items} items a digest, {readers} readers of the same watches"
    yield f"the first digest of a run, every part of it new: {first * 1000:.0f} ms"
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(_clocked(way))
    rates = {name: readers / statistics.median(taken) for name, taken in times.items()}
    ratios = {
        name: statistics.median(one / other for one, other in zip(times[name], times["ours"], strict=True))
        for name in ("all", "folded")
    }
    yield (
        f"ours, {whole} whole and {listed} by their headline, styles inlined, mail read back: {rates['ours']:.0f} "
        f"digests a second of CPU, {sizes['ours']:,} bytes a mail"
    )
    yield (
        f"plain Jinja2 and EmailMessage, every item whole: {rates['all']:.0f}, {sizes['all']:,} bytes; ours makes "
        f"{ratios['all']:.1f} times as many, at least {PROMISED:g}: {'holds' if ratios['all'] >= PROMISED else 'MISSED'}"
    )
    yield (
        f"plain Jinja2 and EmailMessage, folded like ours: {rates['folded']:.0f}, {sizes['folded']:,} bytes; ours makes "
        f"{ratios['folded']:.1f} times as many"
    )


def _clocked(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def _rendered(digest: Digest) -> Message:
    number = digest.recipient.id
    links = Links(one_click=f"https://desk.example/stop/{number}", stop=f"https://desk.example/ask/{number}")
    return render(digest, domain="example.org", links=links)


def _ours(digests: Sequence[Digest]) -> list[bytes]:
    return [compose_mail(_rendered(one), one.recipient.address, SENDER) for one in digests]


def _plain(digests: Sequence[Digest]) -> list[bytes]:
    """Fill a template for each part, build the mail: what one writes without thinking of many readers."""
    return [_plain_mail(digest) for digest in digests]


def _plain_mail(digest: Digest) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = SENDER, digest.recipient.address
    mail["Subject"] = f"{digest.stories} stories"
    mail["Message-ID"] = f"<{digest.recipient.id}@example.org>"
    mail.set_content(_TEXT.render(digest=digest))
    mail.add_alternative(_HTML.render(digest=digest), subtype="html")
    return mail.as_bytes()


def _digest(number: int, items: int) -> Digest:
    reader = Recipient(
        address=f"reader{number}@example.org", name=f"Desk {number}", schedule=Schedule(), id=number, language="ru"
    )
    cards = [_card(place) for place in range(1, items + 1)]
    half = items // 2
    return Digest(
        recipient=reader,
        slot=Slot(name="2026-11-23", at=_NOW, since=_NOW - timedelta(days=1)),
        now=_NOW + timedelta(milliseconds=number),
        groups=(Group(watch="Паводки", cards=tuple(cards[:half])), Group(watch="ООН", cards=tuple(cards[half:]))),
        coverage=Coverage(since=_NOW - timedelta(days=1), now=_NOW, read=37, total=37, items=items, last_read_at=_NOW),
        items=items,
        languages=("en", "kk", "ru"),
    )


def _card(number: int) -> Card:
    """Composed anew for each reader, as in a run: nothing is the same object."""
    language = ("en", "ru", "kk")[number % 3]
    return Card(
        story=number,
        number=number,
        title=Marked(text=_TITLES[language].format(number), language=language),
        tellings=(
            _telling("МИД", Standing.OFFICIAL, number, ("ru", "en")),
            _telling("Kazinform", Standing.AGENCY, number, ("kk",)),
        ),
        why=(
            Why(term="раннее оповещение", found=(Found(form="раннего оповещения", language="ru", fields=("text",)),)),
            Why(term="@flood", found=(Found(form="паводках", language="ru", fields=("title", "text")),)),
        ),
        url=f"https://www.gov.example/memleket/entities/mfa/press/news/details/{number}?lang={language}",
        host="gov.example",
        snippet=Marked(text=_SNIPPET, marks=((56, 74),), language="ru"),
    )


def _telling(publisher: str, standing: Standing, number: int, languages: tuple[str, ...]) -> Telling:
    at = _NOW - timedelta(minutes=5 * number)
    members = tuple(
        Member(
            item=10 * number + place,
            language=language,
            stated=Stated(day=at.date(), zone="Asia/Almaty", at=at),
            seen_at=at + timedelta(minutes=9),
            url=f"https://www.gov.example/{language}/{number}",
            version=1,
            relation=Relation.SAME,
        )
        for place, language in enumerate(languages)
    )
    return Telling(publisher=publisher, standing=standing, members=members)


_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_S = 'style="margin:0 0 4px;font-size:14px;line-height:21px;color:#47525f"'
_HTML = _ENVIRONMENT.from_string(
    f"""<!DOCTYPE html><html><body style="margin:0;font-family:Arial"><table width="100%"><tr><td><h1>Digest</h1></td></tr>
{{% for group in digest.groups %}}<tr><td style="padding:26px 20px 8px"><h2>{{{{ group.watch }}}} {{{{ group.total }}}}</h2></td></tr>
{{% for card in group.cards %}}<tr><td style="word-wrap:break-word;background-color:#ffffff;padding:16px 20px;border-bottom:6px solid #eef1f5">
<h3 lang="{{{{ card.title.language }}}}" style="margin:0 0 8px;font-size:18px;line-height:25px;font-weight:600"><span style="color:#5c6875">{{{{ card.number }}}}</span> <a href="{{{{ card.url }}}}" style="color:#12263a;text-decoration:none">{{{{ card.title.text }}}}</a></h3>
{{% for telling in card.tellings %}}<p {_S}><span style="font-size:11px;line-height:16px;font-weight:700;padding:2px 6px;background-color:#e2edf9;color:#0a4a8f">{{{{ telling.standing.value }}}}</span> <b style="color:#1b2430">{{{{ telling.publisher }}}}</b>{{% for one in telling.members %}} · <a href="{{{{ one.url }}}}" style="color:#0a58a8">{{{{ one.language | upper }}}}</a> {{{{ one.stated.at.strftime("%H:%M") }}}}{{% endfor %}}</p>
{{% endfor %}}<p lang="{{{{ card.snippet.language }}}}" style="margin:10px 0;padding:0 0 0 12px;border-left:3px solid #cfd8e2;font-size:15px;line-height:23px;color:#2b3643">{{{{ card.snippet.text }}}}</p>
<p style="margin:8px 0 0;font-size:13px;line-height:20px;color:#5c6875">Why: {{% for why in card.why %}}{{{{ why.term }}}} {{% for one in why.found %}}{{{{ one.form }}}} ({{{{ one.language | upper }}}}, {{{{ one.fields | join(", ") }}}}){{% endfor %}}; {{% endfor %}}<br><a href="{{{{ card.url }}}}" style="color:#0a58a8">Read at {{{{ card.host }}}}</a></p></td></tr>
{{% endfor %}}{{% for card in group.listed %}}<tr><td><p {_S}>{{{{ card.number }}}} <a href="{{{{ card.url }}}}">{{{{ card.title.text }}}}</a></p></td></tr>
{{% endfor %}}{{% endfor %}}<tr><td>{{{{ digest.coverage.read }}}} of {{{{ digest.coverage.total }}}} sources read.</td></tr></table></body></html>"""
)
_TEXT = _ENVIRONMENT.from_string(
    """Digest
{% for group in digest.groups %}{{ group.watch }}: {{ group.total }}
{% for card in group.cards %}{{ card.number }} {{ card.title.text }}
{% for telling in card.tellings %}  {{ telling.standing.value }} {{ telling.publisher }}: {% for one in telling.members %}{{ one.language }} {{ one.stated.at.strftime("%H:%M") }}, {% endfor %}

{% endfor %}  {{ card.snippet.text }}
  Why: {% for why in card.why %}{{ why.term }} {% for one in why.found %}{{ one.form }}{% endfor %}; {% endfor %}

  {{ card.url }}

{% endfor %}{% for card in group.listed %}{{ card.number }} {{ card.title.text }}
  {{ card.url }}
{% endfor %}{% endfor %}{{ digest.coverage.read }} of {{ digest.coverage.total }} sources read.
"""
)
