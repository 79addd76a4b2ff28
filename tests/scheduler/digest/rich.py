"""A digest with everything a digest can have, for each language; all its news are invented samples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from news.changes import What
from news.changes.editions import Awaited
from news.embargo import Embargo
from news.health import Condition, Health, Notice, NoticeKind, Sign, SignKind
from news.item import Draft, Stated
from news.link import Link, Pending, PendingState
from news.source import FeedSource, Standing
from news.story import Relation
from news.story.first import Order
from news.story.voice import Voice
from news.visit import Reason
from scheduler.digest.coverage import Coverage, Failing, Missing, Recovered, Reshaped
from scheduler.digest.digest import (
    Addition,
    Bars,
    Card,
    Digest,
    Found,
    Group,
    Marked,
    Member,
    Revised,
    Telling,
    WasNow,
    Why,
)
from scheduler.digest.links import Links
from storage import Withdrawal
from tests.scheduler.digest.samples import MEDIA, MFA_EN, MFA_RU, NOW, READER, SINCE, SLOT, UN_EN

NAMES = {
    "en": ("Central Asia desk", "UNDRR and early warning", "Red Crescent", "UNRCCA", "Afghanistan corridor"),
    "ru": (
        "Отдел Центральной Азии",
        "УСРБ ООН и раннее оповещение",
        "Красный Полумесяц",
        "РЦПДЦА",
        "Афганский коридор",
    ),
    "kk": (
        "Орталық Азия бөлімі",
        "БҰҰ АҚТБ және ерте ескерту",
        "Қызыл Жарты Ай",
        "БҰҰ аймақтық орталығы",
        "Ауған дәлізі",
    ),
}
"""The desk and its watches, as it would name them."""

TITLES = {
    "en": "Kazakhstan's envoy in Brussels and UNDRR discuss early warning",
    "ru": "Посол Казахстана в Брюсселе обсудил с УСРБ ООН раннее оповещение",
    "kk": "Қазақстанның Брюссельдегі елшісі БҰҰ АҚТБ-мен ерте ескертуді талқылады",
}
SNIPPETS = {
    "en": ("… cooperate more closely in such areas as early warning of natural disasters …", "early warning"),
    "ru": (
        "… теснее сотрудничать в таких областях, как раннее оповещение о стихийных бедствиях …",
        "раннее оповещение",
    ),
    "kk": ("… дүлей апаттар туралы ерте ескерту сияқты салаларда тығыз ынтымақтасу …", "ерте ескерту"),
}
LINKS = Links(
    one_click="https://desk.example/stop/1?t=abc",
    mail_stop="mailto:stop@desk.example",
    stop="https://desk.example/stop?t=abc",
    hours="https://desk.example/hours?t=abc",
    clean="https://desk.example/clean?t=abc",
    irrelevant="https://desk.example/feedback?t=abc&kind=irrelevant",
    missing="https://desk.example/feedback?t=abc&kind=missing",
)
_HOUR = timedelta(hours=1)


def rich(language: str, *, sample: bool = False) -> Digest:
    """Return a digest for a reader of `language` in which everything occurs that one can tell."""
    desk, early, crescent, centre, corridor = NAMES[language]
    return Digest(
        recipient=replace(READER, name=desk, language=language),
        slot=replace(SLOT, missed=2),
        now=NOW,
        groups=(
            Group(watch=early, cards=(_warned(language), _embargoed())),
            Group(watch=crescent, cards=(_by_an_agency(), _by_media())),
        ),
        coverage=_coverage(),
        items=9,
        languages=("en", "kk", "ru"),
        changed=1,
        quiet=(corridor, "Own name"),
        additions=(
            Addition(
                story=9,
                title=_marked("Донорский марафон продолжается", "ru"),
                tellings=(_telling("Daily", Standing.MEDIA, _member(31, "ru", 3, relation=Relation.UPDATE)),),
                told_at=NOW - 30 * _HOUR,
                watches=(crescent,),
                url="https://www.media.example/news/31",
            ),
        ),
        revised=(
            Revised(
                item=40,
                title=_marked("Head of the Centre receives a delegation", "en"),
                publisher="MFA",
                standing=Standing.OFFICIAL,
                language="en",
                version=2,
                had_version=1,
                seen_at=NOW - 14 * _HOUR,
                told_at=NOW - timedelta(days=14),
                what=(What.NAMES, What.PARAGRAPHS),
                passages=(
                    WasNow(
                        was=_marked("highlighted Kaha Imnadze", "en", "Kaha"),
                        now=_marked("highlighted Kakha Imnadze", "en", "Kakha"),
                    ),
                    WasNow(was=_marked("", "en"), now=_marked("The next meeting is to be held in autumn.", "en")),
                ),
                added=1,
                more=1,
                url="https://www.mfa-en.example/news/40",
                host="mfa-en.example",
                number=5,
                watches=(centre,),
                unchanged=("ru", "kk"),
            ),
            Revised(
                item=41,
                title=_marked("Programme of the visit", "en"),
                publisher="UN News",
                standing=Standing.UN,
                language="en",
                version=1,
                had_version=1,
                seen_at=NOW - 40 * _HOUR,
                told_at=None,
                what=(),
                passages=(),
                withdrawn=Withdrawal(status=404, missing_since=NOW - 9 * _HOUR, found_at=NOW),
                number=6,
            ),
        ),
        awaited={1: (Awaited(language="kk", since=NOW, late=False, usual=timedelta(days=1)),)},
        bars=(
            Bars(
                watch=early, days=(0, 1, 0, 2, 1, 0, 0, 3, 1, 0, 0, 1, 2, 0, 0, 0, 1, 4, 2, 0, 0, 1, 1, 0, 2, 0, 1, 2)
            ),
            Bars(watch=crescent, days=(0,) * 20 + (1, 0, 0, 5, 2, 0, 1, 13)),
            Bars(watch=corridor, days=(0,) * 28),
        ),
        last_hits={corridor: datetime(2024, 2, 5, 6, tzinfo=UTC)},
        sample=sample,
    )


def _marked(text: str, language: str, mark: str = "") -> Marked:
    start = text.find(mark) if mark else -1
    return Marked(text=text, marks=((start, start + len(mark)),) if start >= 0 else (), language=language)


def _member(
    item: int,
    language: str,
    hours_ago: float,
    *,
    relation: Relation = Relation.NEW,
    version: int = 1,
    reworded: bool = False,
    dated: bool = True,
) -> Member:
    at = NOW - hours_ago * _HOUR

    return Member(
        item=item,
        language=language,
        stated=Stated(day=at.date(), zone="Asia/Almaty", at=at) if dated else None,
        seen_at=at + timedelta(minutes=9),
        url=f"https://www.source.example/{language}/news/{item}",
        version=version,
        relation=relation,
        reworded=reworded,
    )


def _telling(
    publisher: str, standing: Standing, *members: Member, order: Order = Order.UNKNOWN, more: int = 0
) -> Telling:
    return Telling(publisher=publisher, standing=standing, members=members, order=order, more=more)


def _warned(language: str) -> Card:
    """The reader's own language, an edition that is awaited, a reprint, a translation, a pin, two spellings."""
    snippet, mark = SNIPPETS[language]
    return Card(
        story=1,
        number=1,
        title=_marked(TITLES[language], language),
        tellings=(
            _telling("MFA", Standing.OFFICIAL, _member(1, "ru", 17.9, version=2), _member(2, "en", 16.7)),
            _telling(
                "Kazinform",
                Standing.AGENCY,
                _member(3, "en", 15.8, relation=Relation.SAME),
                _member(4, "kk", 14.5, relation=Relation.TRANSLATION),
                order=Order.AFTER,
                more=2,
            ),
            _telling(
                "Daily", Standing.MEDIA, _member(5, "ru", 19, relation=Relation.SAME, reworded=True), order=Order.BEFORE
            ),
        ),
        why=(
            Why(term=mark, found=(Found(form=mark, language=language, fields=("title", "text")),)),
            Why(term="@undrr", found=(Found(form="УСРБ ООН", language="ru", fields=("title",)),)),
        ),
        url=f"https://www.mfa.example/{language}/news/1",
        host="mfa.example",
        snippet=_marked(snippet, language, mark),
        also_in=(NAMES[language][3],),
        credits=("MFA",),
        unnamed=3,
        further=5,
        pinned=True,
        spellings=("Natalia Alonso Cano", "Natalia Kano"),
        other_title=_marked("О встрече посла с представителями УСРБ ООН", "ru"),
    )


def _embargoed() -> Card:
    return Card(
        story=2,
        number=2,
        title=_marked("Regional flood appeal", "en", "flood"),
        tellings=(
            Telling(
                publisher="UN News",
                standing=Standing.UN,
                members=(_member(6, "en", 3, dated=False),),
                is_close=True,
            ),
        ),
        why=(Why(term="flood", found=(Found(form="flood", language="en", fields=("title", "lead")),)),),
        embargo=Embargo(until=NOW + 5 * _HOUR, words="EMBARGOED until 8 March, 08:00 GMT"),
        unread=Reason.CHALLENGE,
    )


def _by_an_agency() -> Card:
    return Card(
        story=3,
        number=3,
        title=_marked("Қазақстан Қызыл Жарты Ай қоғамының еріктілері су тасқынына дайындалуда", "kk", "Қызыл Жарты Ай"),
        tellings=(_telling("Kazinform", Standing.AGENCY, _member(7, "kk", 12.3), _member(8, "ru", 11.8)),),
        why=(
            Why(
                term="@red_crescent_kz",
                found=(
                    Found(form="Қызыл Жарты Ай қоғамының", language="kk", fields=("title", "text")),
                    Found(form="Красного Полумесяца", language="ru", fields=("title",)),
                ),
            ),
        ),
        voice=Voice.AGENCY_ONLY,
        url="https://qz.example/news/7",
        host="qz.example",
        snippet=_marked("… Қызыл Жарты Ай қоғамының еріктілері …", "kk", "Қызыл Жарты Ай қоғамының"),
        key_terms=("Kazakhstan Red Crescent Society", "flood"),
        late=True,
    )


def _by_media() -> Card:
    return replace(
        _by_an_agency(),
        story=4,
        number=4,
        title=_marked("Волонтёры раздали наборы первой помощи", "ru"),
        voice=Voice.MEDIA_ONLY,
    )


def _article(number: int, title: str, *, given_up: bool) -> Pending:
    return Pending(
        id=number,
        source=MFA_EN.id,
        found_at=NOW - 20 * _HOUR,
        link=Link(url=f"https://www.mfa-en.example/{number}", said=Draft(title=title)),
        state=PendingState.GIVEN_UP if given_up else PendingState.WAITING,
        reason="not_found" if given_up else "",
    )


def _coverage() -> Coverage:
    """Something of every kind of trouble."""
    down = Condition(state=Health.DOWN, since=NOW - 20 * _HOUR, reason=Reason.SERVER_ERROR, status=503)
    well = Condition(state=Health.OK, since=NOW - 2 * _HOUR)
    lost = FeedSource(id="lost", url="https://lost.example/rss", publisher="DPPA", language="en")
    others = [FeedSource(id=f"s{n}", url=f"https://s{n}.example/rss", publisher=f"S{n}") for n in range(4)]
    signs = tuple(Sign(kind=kind, count=3, of=30) for kind in SignKind)
    return Coverage(
        since=SINCE,
        now=NOW,
        read=13,
        total=14,
        items=1311,
        usual=1204,
        last_read_at=NOW - timedelta(minutes=8),
        failing=(
            Failing(source=UN_EN, reason=Reason.FORBIDDEN, status=403, last_ok_at=NOW - 29 * _HOUR),
            Failing(source=lost, reason=Reason.DNS),
        ),
        unread=(others[0],),
        stale=(others[1],),
        recovered=(Recovered(source=MEDIA, reason=Reason.TIMEOUT, began=NOW - 6 * _HOUR, ended=NOW - 2 * _HOUR),),
        switched_off=(others[2],),
        missing=(
            Missing(
                source=MFA_EN,
                given_up=(_article(1, "Programme", given_up=True),),
                headlines=tuple(_article(number, "", given_up=True) for number in range(2, 7)),
                waiting=(_article(9, "Minutes", given_up=False),),
            ),
        ),
        reshaped=(Reshaped(source=others[3], articles=5, without=3),),
        active=(MFA_EN, MFA_RU, UN_EN, MEDIA, lost),
        conditions={MFA_EN.id: Condition(state=Health.DEGRADED, since=NOW - 7 * _HOUR, signs=signs), MFA_RU.id: well},
        notices=(
            Notice(source=MFA_RU.id, kind=NoticeKind.STATE, at=NOW, before=down, after=well),
            Notice(source=MFA_EN.id, kind=NoticeKind.READ_BACK, at=NOW, since=NOW - 8 * _HOUR, until=NOW - 7 * _HOUR),
            Notice(source=UN_EN.id, kind=NoticeKind.MOVED, at=NOW, detail="https://new.un.example/rss"),
            Notice(source=MEDIA.id, kind=NoticeKind.GAP, at=NOW, since=NOW - 9 * _HOUR, until=NOW - 4 * _HOUR),
        ),
    )
