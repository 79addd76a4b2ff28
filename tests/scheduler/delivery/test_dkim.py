"""DKIM: a mail signed by us verifies, one that was changed on its way does not."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from news.errors import SettingsError
from news.settings.sections import Dkim
from scheduler.delivery.dkim import signer
from scheduler.delivery.post import compose_mail
from tests.scheduler.delivery.samples import message

SETTINGS = Dkim(domain="example.org", selector="press", key_file="dkim.pem")
RAW = compose_mail(
    replace(message(), headers={"List-Id": "<digest.example.org>", "List-Unsubscribe": "<https://example.org/u/1>"}),
    "desk@example.org",
    "press@example.org",
)


@pytest.fixture
def public(tmp_path: Path) -> bytes:
    """A new key in the file of the settings; gives what the DNS would say of it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    (tmp_path / "dkim.pem").write_bytes(key.private_bytes(*form))
    told = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return b"v=DKIM1; k=rsa; p=" + b64encode(told)


def test_a_signed_mail_verifies_and_a_changed_one_does_not(tmp_path: Path, public: bytes) -> None:
    dkim = pytest.importorskip("dkim", reason="the extra dkim is not installed: no signature was verified")
    asked: list[bytes] = []

    def dns(name: bytes, **_: object) -> bytes:
        asked.append(name)
        return public

    signed = signer(SETTINGS, tmp_path)(RAW)
    assert signed.endswith(RAW)
    assert dkim.verify(signed, dnsfunc=dns)
    assert asked == [b"press._domainkey.example.org."]
    for was, now in ((b"Subject: 3", b"Subject: 4"), (b"/u/1", b"/u/2"), (b"To: desk@", b"To: chief@")):
        assert signed.count(was) == 1
        assert not dkim.verify(signed.replace(was, now), dnsfunc=dns), was
    assert not dkim.verify(b"Subject: another\r\n" + signed, dnsfunc=dns)


def test_a_key_that_cannot_sign_is_said(tmp_path: Path) -> None:
    pytest.importorskip("dkim", reason="the extra dkim is not installed")
    (tmp_path / "dkim.pem").write_text("not a key")
    with pytest.raises(SettingsError, match="no private key"):
        signer(SETTINGS, tmp_path)


def test_without_the_package_or_the_file_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "dkim", None)
    with pytest.raises(SettingsError, match=r"-m pip install 'dkimpy>=1.1'"):
        signer(SETTINGS, tmp_path)
