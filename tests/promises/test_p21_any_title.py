"""P21: whatever a headline is made of, the mail that arrives has exactly the intended headers and the same subject.

From the story through the digest and the mail server to a mail program's parser; the server is real.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from news.errors import DeliveryError
from scheduler.delivery import post
from scheduler.delivery.email import EmailChannel
from scheduler.delivery.post import plain_subject
from scheduler.digest.compose import compose
from scheduler.digest.coverage import coverage
from scheduler.digest.message import message_of
from tests.fakemail import FakeMail
from tests.scheduler.delivery.samples import message as letter
from tests.scheduler.delivery.samples import smtp_settings
from tests.scheduler.digest.samples import NOW, READER, SINCE, SLOT, SOURCES, item, told

HEADERS = sorted(
    ["Auto-Submitted", "Content-Type", "Date", "From", "List-Id", "Message-ID", "MIME-Version", "Subject", "To"],
    key=str.lower,
)

titles = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Lu"))),
    st.lists(
        st.sampled_from(
            [
                "=?utf-8?q?",
                "=?utf-8?b?",
                "?=",
                "=0D=0A",
                "DQpCY2M6",
                "Bcc: victim@example.org",
                "\r\n",
                "\n.\n",
                " ",
                "Ж",
            ]
        )
    ).map("".join),
    st.integers(1, 10_000).map(lambda size: ("Қазақстан жаңалықтары " * 500)[:size]),
)


@pytest.fixture(scope="module")
def mail() -> Iterator[FakeMail]:
    with FakeMail() as running:
        yield running


@given(title=titles)
@example("=?utf-8?q?News=0D=0ABcc:_victim@example.org?=")
@example("=?utf-8?b?PT91dGYtOD9xP05lc3RlZD0wRD0wQUJjYzpfdkBleGFtcGxlLm9yZz89?=")
@example("x\r\nBcc: victim@example.org\r\n\r\nanother body")
@example("ж" * 10_000)
@example("w" * 10_000)
@example("\ud800 a surrogate without its other half")
@example("two  spaces, and\u00a0one that does not break")
def test_p21_any_headline_arrives_with_the_intended_headers_and_subject(mail: FakeMail, title: str) -> None:
    covered = coverage(SOURCES, {}, [], since=SINCE, now=NOW)
    digest = compose(READER, [told(1, item(1, title))], covered, slot=SLOT, now=NOW, sources=SOURCES)
    assert digest is not None
    message = message_of(digest, domain="press.example")
    mail.messages.clear()
    channel = EmailChannel(smtp_settings(mail.port))
    channel.send(message, READER.address)
    channel.close()

    (received,) = mail.messages
    assert received.recipients == (READER.address,)
    assert sorted(received.mail.keys(), key=str.lower) == HEADERS
    subject = str(received.mail["Subject"])
    assert subject == plain_subject(message.subject)
    assert not received.mail.defects
    assert not re.search(r"[\r\n]", decoded_again(subject)), "some mail programs decode what they have decoded"


def test_p21_a_mail_that_does_not_read_back_as_it_was_meant_is_not_sent(
    mail: FakeMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever may be wrong with how headers are written."""
    mail.messages.clear()
    monkeypatch.setattr(post, "_encoded", lambda _name, value: f"{value}\r\nBcc: victim@example.org")
    channel = EmailChannel(smtp_settings(mail.port))
    with pytest.raises(DeliveryError, match="not what was meant") as refused:
        channel.send(letter(), READER.address)
    channel.close()
    assert refused.value.permanent
    assert mail.messages == []


def decoded_again(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text
