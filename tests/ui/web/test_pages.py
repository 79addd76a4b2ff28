"""The pages as a reader gets them: whose it is, in their language, with what to do where something is wrong."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from scheduler.tokens import Purpose
from storage import FeedbackKind, Unit
from storage.feedback import LONGEST, MOST_A_DAY
from tests.ui.web.office import NOW, Office
from ui.web.forms import MOST_BYTES
from ui.web.headers import POLICY


@pytest.mark.parametrize(
    "path",
    ["/", "/nothing/at/all", "/health", "/style.css", "/icon.svg", "/robots.txt", "/u/forged", "/feeds/w1-x.atom"],
)
def test_every_answer_forbids_what_pages_never_need(shared_office: Office, path: str) -> None:
    headers = shared_office.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    assert "server" not in headers
    assert path in ("/style.css", "/icon.svg") or headers["cache-control"] == "no-store"


def test_a_page_runs_and_loads_nothing_of_its_own_making(shared_office: Office) -> None:
    page = shared_office.get(shared_office.path("s", Purpose.STOP)).text
    assert not re.search(r"<script|<style|style=|\son\w+=|javascript:|https?://", page)


def test_health_says_no_more_than_that(shared_office: Office) -> None:
    answer = shared_office.get("/health")
    assert (answer.status, answer.text) == (200, '{"ok":true}')


@pytest.mark.parametrize(
    ("asked", "title"),
    [("kk-KZ,ru;q=0.8", "Мұндай бет жоқ"), ("ru", "Такой страницы нет"), ("fr", "There is no such page")],
)
def test_an_unknown_page_says_so_in_the_readers_language(shared_office: Office, asked: str, title: str) -> None:
    answer = shared_office.get("/wp-login.php", Accept_Language=asked)
    assert answer.status == 404
    assert f"<h1>{title}</h1>" in answer.text
    assert "owner@example.org" in answer.text


def test_a_page_is_written_in_the_language_of_its_recipient(shared_office: Office) -> None:
    path = shared_office.path("s", Purpose.STOP, shared_office.claim("chief@example.org"))
    page = shared_office.get(path, Accept_Language="en").text
    assert '<html lang="ru">' in page
    assert "Эта сводка адресована <strong>chief@example.org</strong>." in page


def test_alerts_are_called_alerts(shared_office: Office) -> None:
    page = shared_office.get(shared_office.path("u", Purpose.ONE_CLICK, shared_office.claim(schedule="instant")))
    assert "Stop these alerts?" in page.text


def test_the_mail_with_the_last_link_names_what_it_ends(office: Office) -> None:
    for schedule, called in (("daily", "the digest"), ("instant", "the alerts")):
        office.press(office.path("s", Purpose.STOP, office.claim(schedule=schedule)))
        claimed = office.app.store.write_now(
            lambda unit: unit.outbox.claim(now=NOW, lease=timedelta(minutes=3), limit=9, worker="test")
        )
        assert [one.message.subject for one in claimed] == [f"Stop {called} for desk@example.org?"]


def test_my_hours_shows_what_is_set_and_whom_to_ask(shared_office: Office) -> None:
    page = shared_office.get(shared_office.path("h", Purpose.HOURS)).text
    assert "every day at 08:00" in page
    assert "Asia/Almaty" in page
    assert "To change anything here, write to" in page
    assert "<form" not in page


def test_confirming_takes_the_button(office: Office) -> None:
    number = office.recipient().id
    office.app.store.write_now(lambda unit: unit.subscriptions.require_confirmation(number, "elsewhere", at=NOW))
    path = office.path("c", Purpose.CONFIRM)
    assert "Do you want these digests?" in office.get(path).text
    assert number in office.app.store.read_now(lambda unit: unit.subscriptions.silent())
    assert "Thank you" in office.press(path).text
    assert number not in office.app.store.read_now(lambda unit: unit.subscriptions.silent())
    assert "Thank you" in office.get(path).text


def test_the_clean_copy_is_the_one_frozen_with_the_digest(office: Office) -> None:
    office.freeze(clean_text="The copy.", clean_html='<p style="color: red">The copy</p>')
    path = office.path("d", Purpose.CLEAN, office.claim(slot="2026-11-23"))
    shown = office.get(path)
    assert shown.text == '<p style="color: red">The copy</p>'
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy.replace("allow-scripts", "script")
    text = office.get(f"{path}?form=text")
    assert (text.text, text.headers["content-type"]) == ("The copy.", "text/plain; charset=utf-8")


def test_a_copy_that_is_not_kept_any_more_says_so(office: Office) -> None:
    office.freeze()
    for slot in ("2026-11-23", "2026-11-22"):
        answer = office.get(office.path("d", Purpose.CLEAN, office.claim(slot=slot)))
        assert answer.status == 410
        assert "not kept any more" in answer.text


def test_a_remark_is_kept_for_the_owner(office: Office) -> None:
    path = office.path("n", Purpose.FEEDBACK, office.claim(slot="2026-11-23")) + "/missing"
    assert "What is missing?" in office.get(path).text
    assert "What is missing?" in office.press(path, text="  ").text
    assert "Thank you" in office.press(path, text="UNDRR on the dam\r\n\r\n <b>yesterday</b>").text
    (remark,) = office.app.store.read_now(lambda unit: unit.feedback.newest(9))
    assert (remark.recipient, remark.kind, remark.slot) == ("desk@example.org", FeedbackKind.MISSING, "2026-11-23")
    assert remark.text == "UNDRR on the dam\n<b>yesterday</b>"
    (trouble,) = office.app.store.read_now(lambda unit: unit.troubles.untold())
    assert "UNDRR on the dam" in trouble.text


def test_remarks_are_bounded(office: Office) -> None:
    path = office.path("n", Purpose.FEEDBACK, office.claim(slot="2026-11-23")) + "/irrelevant"
    assert office.press(path, text="ж" * (LONGEST + 500)).status == 200
    (remark,) = office.app.store.read_now(lambda unit: unit.feedback.newest(9))
    assert remark.text == "ж" * LONGEST

    def many(unit: Unit) -> list[bool]:
        number = office.recipient().id
        return [
            unit.feedback.add(number, "daily", "", FeedbackKind.MISSING, "x", at=NOW) for _ in range(MOST_A_DAY - 1)
        ]

    assert all(office.app.store.write_now(many))
    answer = office.press(path, text="one more")
    assert answer.status == 429
    assert "Enough for today" in answer.text


def test_no_remark_is_of_another_kind(shared_office: Office) -> None:
    assert shared_office.get(shared_office.path("n", Purpose.FEEDBACK) + "/other").status == 404


def test_a_body_that_is_too_large_is_not_read(shared_office: Office) -> None:
    path = shared_office.path("n", Purpose.FEEDBACK) + "/missing"
    answer = shared_office.post(path, b"text=" + b"x" * MOST_BYTES)
    assert answer.status == 413
    assert "That is too much" in answer.text


def test_a_database_that_does_not_answer_is_said_and_nothing_else(office: Office) -> None:
    path = office.path("s", Purpose.STOP)
    office.app.store.close()
    answer = office.get(path)
    assert (answer.status, answer.headers["retry-after"]) == (503, "300")
    assert "Not now" in answer.text
    health = office.get("/health")
    assert (health.status, health.text) == (503, '{"ok":false}')


def test_an_address_is_shown_as_text_whatever_is_in_it(office: Office) -> None:
    address = "a'<b>&amp@example.org"
    office.app.store.write_now(lambda unit: unit.recipients.add(office.recipient().__class__(address=address), at=NOW))
    page = office.get(office.path("s", Purpose.STOP, office.claim(address))).body.decode()
    assert "<b>" not in page
    assert "a&#39;&lt;b&gt;&amp;amp@example.org" in page
