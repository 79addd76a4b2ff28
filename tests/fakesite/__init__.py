"""A site that misbehaves by name, on loopback."""

from tests.fakesite.server import FakeSite, Seen

__all__ = ["FakeSite", "Seen"]
