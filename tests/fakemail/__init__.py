"""A mail server on loopback that misbehaves by name; it speaks real SMTP."""

from __future__ import annotations

from tests.fakemail.server import FakeMail, Step, Trouble
from tests.fakemail.tls import self_signed

__all__ = ["FakeMail", "Step", "Trouble", "self_signed"]
