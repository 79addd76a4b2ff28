"""Certificates are verified, and `ca_bundle` adds authorities (P20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from news.visit import Reason, VisitResult
from tests.crawler.crawls import errand, visit
from tests.fakesite import FakeSite

HOST = "127.1.4.4"


def certificate(folder: Path, address: str) -> tuple[str, str]:
    """A certificate that vouches for itself, and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fake site")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(public), str(private)


@pytest.mark.parametrize(
    ("issued_for", "known", "reason"),
    [(HOST, False, Reason.TLS), (HOST, True, Reason.NONE), ("127.1.4.5", True, Reason.TLS)],
    ids=["unknown authority", "authority in ca_bundle", "another host's certificate"],
)
def test_certificates(in_loop: Any, tmp_path: Path, issued_for: str, known: bool, reason: Reason) -> None:
    pair = certificate(tmp_path, issued_for)
    with FakeSite(host=HOST, certificate=pair) as site:
        response = in_loop(visit(site.url("/feed"), ca_bundle=pair[0] if known else ""))

        assert response.visit.reason is reason, response.visit
        assert response.visit.result is (VisitResult.OK if reason is Reason.NONE else VisitResult.SOFT)
        assert bool(site.asked("/feed")) == (reason is Reason.NONE)


@pytest.mark.parametrize(("of", "reason"), [(HOST, Reason.NONE), ("127.1.4.6", Reason.TLS)])
def test_a_source_s_own_authorities_count_for_its_site_alone(
    in_loop: Any, tmp_path: Path, of: str, reason: Reason
) -> None:
    pair = certificate(tmp_path, HOST)
    with FakeSite(host=HOST, certificate=pair) as site:
        trusting = errand(site.url("/feed", host=of), id="trusting")
        sources = (replace(trusting.source, ca_bundle=pair[0]),)
        response = in_loop(visit(site.url("/feed"), sources=sources))

        assert response.visit.reason is reason, response.visit


def test_a_file_of_authorities_that_is_none_is_a_fault_of_its_source(in_loop: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").touch()
    with FakeSite(host=HOST, certificate=certificate(tmp_path, HOST)) as site:
        sources = (replace(errand(site.url("/feed")).source, ca_bundle=str(tmp_path / "empty.pem")),)

        assert in_loop(visit(site.url("/feed"), sources=sources)).visit.reason is Reason.TLS
