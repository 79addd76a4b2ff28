from __future__ import annotations

from dataclasses import replace
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from news.errors import DeliveryError
from scheduler.delivery.post import LONGEST_LINE, compose_mail, plain_subject
from tests.scheduler.delivery.samples import message

HEADERS = sorted(
    ["Auto-Submitted", "Content-Type", "Date", "From", "List-Id", "Message-ID", "MIME-Version", "Subject", "To"],
    key=str.lower,
)

titles = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(categories=("Cc", "Cf", "Cs", "Zs", "Lu")), max_size=40),
    st.lists(
        st.sampled_from(
            ["=?utf-8?q?", "=?utf-8?b?", "?=", "Bcc: a@example.org", "\r\n", "\n ", "=0D=0A", " ", "ә", "Ж"]
        )
    ).map("".join),
    st.integers(1, 10_000).map(lambda size: ("Қазақстан жаңалықтары " * 500)[:size]),
)


@given(titles)
@example("=?utf-8?q?News=0D=0ABcc:_victim@example.org?=")
@example("x\r\nBcc: victim@example.org")
@example("ж" * 10_000)
@example("w" * 10_000)
@example("=?utf-8?b?PT91dGYtOD9xP05lc3RlZD0wRD0wQUJjYzpfdkBleGFtcGxlLm9yZz89?=")
@example("\ud800 lone surrogate")
@example("two  spaces and\u00a0one that does not break")
def test_p21_any_title_gives_exactly_the_intended_headers_and_subject(title: str) -> None:
    raw = compose_mail(message(subject=title), "desk@example.org", "press@example.org")
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    assert sorted(mail.keys(), key=str.lower) == HEADERS
    assert str(mail["Subject"]) == plain_subject(title)
    assert not mail.defects
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.isascii()


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1))
def test_p21_a_title_without_controls_stays_as_it_is(title: str) -> None:
    if "=?" not in title and "  " not in title and title.strip(" ") == title:
        assert plain_subject(title) == title


def test_an_encoded_word_in_a_headline_is_decoded_and_loses_its_line_ends() -> None:
    assert plain_subject("=?utf-8?q?News=0D=0ABcc:_victim@example.org?=") == "News Bcc: victim@example.org"


bodies = st.text(alphabet=st.one_of(st.characters(exclude_categories=("Cc", "Cs")), st.just("\n")))


@given(text=bodies, html=bodies)
def test_any_body_comes_back_as_it_was_meant(text: str, html: str) -> None:
    raw = compose_mail(replace(message(), text=text, html=html), "desk@example.org", "press@example.org")
    parts = BytesParser(policy=policy.default).parsebytes(raw).iter_parts()
    assert [part.get_content().replace("\r\n", "\n") for part in parts] == [text, html]


def test_what_no_mail_can_carry_is_replaced_and_the_mail_still_goes() -> None:
    raw = compose_mail(replace(message(), text="a\0b\ud800c\r\nd\re"), "desk@example.org", "press@example.org")
    plain, _ = BytesParser(policy=policy.default).parsebytes(raw).iter_parts()
    assert plain.get_content() == "a\ufffdb\ufffdc\r\nd\r\ne"


def test_the_parts_are_utf8_base64_and_say_the_same_in_two_forms() -> None:
    raw = compose_mail(message(), "desk@example.org", "Баспасөз қызметі <press@example.org>")
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    plain, html = mail.iter_parts()
    assert [part["Content-Transfer-Encoding"] for part in (plain, html)] == ["base64", "base64"]
    assert "Қазақстан" in plain.get_content()
    assert html.get_content_type() == "text/html"
    assert mail["From"].addresses[0].display_name == "Баспасөз қызметі"
    assert mail["To"] == "desk@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert max(map(len, raw.split(b"\r\n"))) < LONGEST_LINE


def test_the_same_message_is_the_same_mail_byte_for_byte() -> None:
    assert compose_mail(message(), "a@example.org", "p@example.org") == compose_mail(
        message(), "a@example.org", "p@example.org"
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "two words@example.org",
        "a@",
        "@example.org",
        "почта@example.org",
    ],
)
def test_an_address_that_is_not_one_is_refused_for_good(address: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        compose_mail(message(), address, "press@example.org")
    assert caught.value.permanent


def test_a_domain_in_other_letters_is_written_in_ascii() -> None:
    raw = compose_mail(message(), "desk@мысал.қаз", "press@example.org")
    assert b"To: desk@xn--" in raw


@pytest.mark.parametrize("name", ["Bcc", "subject", "X-Y: z\r\nBcc", "", "Müll"])
def test_a_message_sets_no_header_that_is_not_its_own(name: str) -> None:
    with pytest.raises(DeliveryError, match="not its to set"):
        compose_mail(replace(message(), headers={name: "a@example.org"}), "desk@example.org", "press@example.org")


def test_a_header_value_cannot_begin_another_header() -> None:
    raw = compose_mail(
        replace(message(), headers={"List-Id": "x\r\nBcc: a@example.org"}), "desk@example.org", "press@example.org"
    )
    assert "Bcc" not in BytesParser(policy=policy.default).parsebytes(raw)


def test_a_message_id_that_does_not_read_back_is_not_sent() -> None:
    with pytest.raises(DeliveryError, match="not sent"):
        compose_mail(message("a\r\nBcc: b@example.org"), "desk@example.org", "press@example.org")


@pytest.mark.parametrize("domain", ["x.example", "a-department-with-a-name-of-some-length.ministry.example.org"])
def test_a_long_message_id_is_read_back_to_the_letter(domain: str) -> None:
    meant = f"digest.instant-2026-11-22T02-28-05-796380-00-00.9783db5596f5230c607e@{domain}"
    raw = compose_mail(replace(message(), id=meant), f"somebody.with.a.long.name@{domain}", "desk@example.org")
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    assert mail["Message-ID"] == f"<{meant}>"
    assert mail["To"] == f"somebody.with.a.long.name@{domain}"
