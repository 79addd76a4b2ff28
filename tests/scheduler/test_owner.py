"""The owner is told of each trouble once, not too often, in their language; also where the database is the trouble."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from news.errors import StorageError
from news.health import Condition, Gap, GapNews, Health, Move, Notice, NoticeKind, Sign, SignKind
from news.message import Message
from news.settings import parse_settings
from news.trouble import Trouble, TroubleKind
from news.visit import Reason, Visit, VisitResult
from scheduler.app import App
from scheduler.notices import keep_change, keep_gaps, keep_move
from scheduler.owner import Caretaker, short_of_space, tell_owner
from scheduler.owner_letter import MOST_TOLD, owner_letter
from scheduler.owner_words import OWNER_WORDS
from scheduler.trouble import end_trouble, note_trouble
from scheduler.trouble_lines import condition_line, condition_of, span_line, span_of
from storage import Store, Unit, open_store
from tests.fakemail import FakeMail
from tests.scheduler.office import NOW, Clock

HOUR = timedelta(hours=1)
OWNER = "contact: desk@example.org\nowner: {address: boss@example.org}\n"
Usage = namedtuple("Usage", "total used free")


def an_app(store: Store, folder: Path, text: str = OWNER) -> App:
    return App(settings=parse_settings(text, {}, read_secret=lambda path: path), store=store, home=folder)


def letters(store: Store) -> list[Message]:
    return [parcel.message for parcel in reversed(store.read_now(lambda unit: unit.outbox.list(99)))]


def note(store: Store, kind: str, text: str, *, about: str = "") -> None:
    store.write_now(lambda unit: note_trouble(unit, kind, text, at=NOW, about=about))


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Free bytes of every disk, as the test sets them."""
    free = [10**11]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free[0]))
    return free


async def test_the_first_trouble_is_told_at_once_and_the_next_ones_gather(store: Store, tmp_path: Path) -> None:
    app = an_app(store, tmp_path)
    assert not await tell_owner(app, now=NOW)
    note(store, TroubleKind.SOURCE, "down server_error 503", about="mfa-ru")
    assert await tell_owner(app, now=NOW)
    for number in range(3):
        note(store, TroubleKind.PAUSED, "three bounces", about=f"d{number}@example.org")
        assert not await tell_owner(app, now=NOW + number * HOUR)
    assert await tell_owner(app, now=NOW + 6 * HOUR)
    assert not await tell_owner(app, now=NOW + 24 * HOUR)
    first, second = letters(store)
    assert first.subject == "presswatch: Source MFA RU is not well"
    assert "The site has an error of its own (503)\n" in first.text
    assert second.subject == "presswatch: 3 troubles: Nobody writes to d0@example.org any more, ..."
    assert "mfa-ru" not in second.text


async def test_a_recovery_is_told_once_with_its_outage(store: Store, tmp_path: Path) -> None:
    app = an_app(store, tmp_path)
    note(store, TroubleKind.SOURCE, "down", about="mfa-ru")
    await tell_owner(app, now=NOW)
    store.write_now(lambda unit: end_trouble(unit, TroubleKind.SOURCE, at=NOW + HOUR, about="mfa-ru"))
    assert await tell_owner(app, now=NOW + 7 * HOUR)
    assert not await tell_owner(app, now=NOW + 14 * HOUR)
    subject, text = letters(store)[1].subject, letters(store)[1].text
    assert subject == "presswatch: Source MFA RU is not well (over again)"
    assert "from 22 Nov 08:00 to 22 Nov 09:00, now over" in text


async def test_without_an_owner_troubles_wait_in_the_database(store: Store, tmp_path: Path) -> None:
    note(store, TroubleKind.DISK, "x")
    assert not await tell_owner(an_app(store, tmp_path, "contact: desk@example.org\n"), now=NOW)
    assert letters(store) == []


async def test_two_daemons_tell_it_once(store: Store, tmp_path: Path) -> None:
    note(store, TroubleKind.DISK, "x")
    with open_store(f"sqlite:///{store.file}") as other:
        told = [await tell_owner(an_app(one, tmp_path), now=NOW) for one in (store, other)]
    assert (told, len(letters(store))) == ([True, False], 1)


@pytest.mark.parametrize("language", sorted(OWNER_WORDS))
def test_each_language_has_words_for_every_kind_and_the_letter_is_deterministic(language: str) -> None:
    settings = parse_settings(f"{OWNER[:-2]}, language: {language}}}\n", {}, read_secret=lambda path: path)
    many = [
        Trouble(id=number, kind=kind, about="<mfa>", text="один\nдва", began_at=NOW, last_at=NOW, times=2)
        for number, kind in enumerate([*TroubleKind, "a_kind_of_tomorrow"])
    ]
    one, again = (
        owner_letter(many, settings.owner, names={}, zone="Asia/Almaty", domain="x.org", now=NOW) for _ in range(2)
    )
    assert one == again
    assert set(OWNER_WORDS[language].kinds) == set(TroubleKind)
    assert "{" not in one.subject + one.text
    assert "a kind of tomorrow: <mfa>" in one.text
    assert "&lt;mfa&gt;" in one.html
    assert "<mfa>" not in one.html
    assert f"{len(many)} " in one.subject


SOURCES = """
packs: []
zone: Asia/Almaty
sources: [{id: mfa-ru, kind: feed, url: 'https://mfa.example/rss', publisher: The ministry, language: ru}]
"""

BROKEN = Condition(
    state=Health.DEGRADED,
    since=NOW,
    signs=(Sign(kind=SignKind.SELECTORS, count=5, of=6), Sign(kind=SignKind.BARE, count=1, of=6)),
)


@pytest.mark.parametrize(
    ("language", "subject", "lines"),
    [
        (
            "en",
            "Source The ministry RU is not well",
            [
                "since 22 Nov 08:00",
                "5 of 6 texts had to be read without the source's selectors; 1 of 6 texts are empty, which",
            ],
        ),
        (
            "ru",
            "Сбой в источнике The ministry RU",
            ["с 22 нояб. 08:00", "Без настроенных селекторов прочитано текстов: 5"],
        ),
        (
            "kk",
            "The ministry RU дереккөзінде ақау бар",
            ["22 қар. 08:00 бастап", "6 мәтіннің бапталған селекторларсыз"],
        ),
    ],
)
async def test_a_source_is_told_by_its_name_in_words_at_the_owners_hour(
    language: str, subject: str, lines: list[str], store: Store, tmp_path: Path
) -> None:
    app = an_app(store, tmp_path, f"{OWNER[:-2]}, language: {language}}}\n{SOURCES}")
    after = Notice(
        source="mfa-ru", kind=NoticeKind.STATE, at=NOW, before=replace(BROKEN, state=Health.OK), after=BROKEN
    )
    store.write_now(lambda unit: keep_change(unit, after))
    assert await tell_owner(app, now=NOW)
    (letter,) = letters(store)
    assert letter.subject == f"presswatch: {subject}"
    for line in lines:
        assert f"  {line}" in letter.text
    assert "degraded" not in letter.text.replace("presswatch", "")
    assert "2026-" not in letter.text


async def test_gaps_moves_and_ends_are_told_once_each_in_words(store: Store, tmp_path: Path) -> None:
    gap = Gap(since=NOW - HOUR, until=NOW)
    gone = Condition(state=Health.DOWN, since=NOW, reason=Reason.GONE, status=410)
    ends = Notice(source="mfa-ru", kind=NoticeKind.STATE, at=NOW, before=replace(gone, state=Health.OK), after=gone)
    move = Move(reading="x", target="https://new.example/rss", followed=True, first_at=NOW, last_at=NOW)

    def work(unit: Unit) -> None:
        keep_gaps(unit, "mfa-ru", GapNews(told=gap), at=NOW)
        keep_move(unit, "mfa-ru", move, at=NOW)
        keep_change(unit, ends)

    store.write_now(work)
    app = an_app(store, tmp_path, OWNER + SOURCES)
    assert await tell_owner(app, now=NOW)
    assert not await tell_owner(app, now=NOW + 24 * HOUR)
    (letter,) = letters(store)
    assert "Source The ministry RU: items of this time may have been missed\n" in letter.text
    assert "  22 Nov 07:00 – 22 Nov 08:00\n" in letter.text
    assert "Source The ministry RU has moved\n" in letter.text
    assert "  https://new.example/rss\n  Put the new address into config.yaml" in letter.text
    assert "Source The ministry RU says that it is gone for good\n" in letter.text
    assert "410" not in letter.text
    assert "2026-" not in letter.text


@pytest.mark.parametrize("language", sorted(OWNER_WORDS))
def test_what_people_said_and_are_is_told_with_what_to_do(language: str) -> None:
    settings = parse_settings(f"{OWNER[:-2]}, language: {language}}}\n", {}, read_secret=lambda path: path)
    kinds = ((TroubleKind.PAUSED, "5.1.1"), (TroubleKind.UNCONFIRMED, ""), (TroubleKind.FEEDBACK, "missing: the dam"))
    many = [
        Trouble(id=number, kind=kind, about="desk@example.org", text=text, began_at=NOW, last_at=NOW)
        for number, (kind, text) in enumerate(kinds)
    ]
    text = owner_letter(many, settings.owner, names={}, zone="UTC", domain="x.org", now=NOW).text
    assert "presswatch recipient resume desk@example.org" in text
    assert "presswatch recipient confirm desk@example.org" in text
    assert f"  {OWNER_WORDS[language].remarks['missing']}: the dam\n" in text


def test_every_condition_and_span_comes_back_from_its_line() -> None:
    failing = [Condition(state=Health.DOWN, since=NOW, reason=reason, status=503) for reason in Reason]
    odd = [Condition(state=Health.QUIET, since=NOW, signs=(Sign(kind=kind, count=3, of=9),)) for kind in SignKind]
    for one in (*failing[1:], *odd, Condition(state=Health.REFUSED, since=NOW)):
        assert condition_of(condition_line(one), since=NOW) == one
    assert span_of(span_line(NOW, NOW + HOUR)) == (NOW, NOW + HOUR)
    assert condition_of("down (server error 503)", since=NOW) is None
    assert span_of("x") is None


def test_a_flood_of_troubles_is_cut_with_its_number() -> None:
    many = [Trouble(id=n, kind="gap", about=str(n), text="", began_at=NOW, last_at=NOW) for n in range(MOST_TOLD + 7)]
    settings = parse_settings(OWNER, {}, read_secret=lambda path: path)
    assert "... + 7" in owner_letter(many, settings.owner, names={}, zone="UTC", domain="x.org", now=NOW).text


async def test_a_disk_that_fills_is_told_once_and_once_when_there_is_room(
    store: Store, tmp_path: Path, room: list[int]
) -> None:
    clock = Clock()
    caretaker = Caretaker(an_app(store, tmp_path), clock=clock)
    for free, told in ((10**11, 0), (4 * 10**8, 1), (3 * 10**8, 1), (3 * 10**8, 1), (10**11, 2), (10**11, 2)):
        room[0] = free
        clock.passes(hours=7)
        await caretaker.look()
        assert len(letters(store)) == told
    assert "400 MB free" in letters(store)[0].text


def test_a_large_disk_is_nearly_full_by_its_share(tmp_path: Path, room: list[int]) -> None:
    room[0] = 19 * 10**9
    assert list(short_of_space([tmp_path / "a" / "b", tmp_path])) == [str(tmp_path)]
    room[0] = 21 * 10**9
    assert short_of_space([tmp_path]) == {}


def record(unit: Unit, visit: Visit) -> None:
    unit.visits.record(visit, next_visit=NOW, reading="", gap=False)


async def test_readers_that_keep_dying_are_told(store: Store, tmp_path: Path) -> None:
    clock = Clock()
    caretaker = Caretaker(an_app(store, tmp_path), clock=clock)
    for expected in ([], [], ["readers"]):
        visit = Visit(
            source="mfa-ru", started_at=clock(), result=VisitResult.HARD, reason=Reason.READER_FAILED, detail="exit 9"
        )
        store.write_now(partial(record, visit=visit))
        clock.passes(minutes=11)
        await caretaker.look()
        assert [one.kind for one in store.read_now(lambda unit: unit.troubles.lasting())] == expected
    assert "mfa-ru: exit 9" in letters(store)[0].text
    clock.passes(hours=8)
    await caretaker.look()
    assert letters(store)[1].subject.endswith("(over again)")


@pytest.fixture
def held(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another program that can hold the database's lock; ours does not wait long for it."""
    store._engines.writer.dispose()
    monkeypatch.setattr("storage.engine.PATIENCE_SECONDS", 0.1)
    with store._engines.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(str(store.file), isolation_level=None)) as other:
        yield other


async def test_a_database_that_takes_nothing_is_told_without_the_outbox_once_an_hour_and_by_it_when_it_is_well(
    store: Store, tmp_path: Path, held: sqlite3.Connection
) -> None:
    clock = Clock()
    with FakeMail() as mail:
        way = f"host: 127.0.0.1, port: {mail.port}, security: none, bounces: back@example.org"
        smtp = f"smtp: {{{way}, sender: press@example.org}}\n"
        caretaker = Caretaker(an_app(store, tmp_path, OWNER + smtp), clock=clock)
        held.execute("BEGIN IMMEDIATE")
        caretaker.saw(StorageError("database is locked: see who holds the file"))
        for minutes, mails in ((0, 1), (5, 1), (50, 1), (10, 2)):
            clock.passes(minutes=minutes)
            await caretaker.look()
            assert len(mail.messages) == mails
        held.execute("ROLLBACK")
        assert letters(store) == []
        await caretaker.look()
        assert len(mail.messages) == 2
    (letter,) = letters(store)
    assert letter.subject == "presswatch: The database cannot be written (over again)"
    assert "database is locked" in letter.text
    assert mail.messages[0].mail["Subject"] == "presswatch: The database cannot be written"
    assert mail.messages[0].recipients == ("boss@example.org",)
    assert mail.messages[0].sender.startswith("back+")


async def test_an_error_that_is_not_the_databases_is_not_told_as_one(store: Store, tmp_path: Path) -> None:
    caretaker = Caretaker(an_app(store, tmp_path), clock=Clock())
    caretaker.saw(ValueError("x"))
    await caretaker.look()
    assert letters(store) == []
