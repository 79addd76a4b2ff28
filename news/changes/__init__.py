"""What a publisher changed: of substance or only in its looks, and shown so that a reader sees it at a glance."""

from news.changes.change import Change, ChangeKind, Passage, What
from news.changes.classify import classify

__all__ = ["Change", "ChangeKind", "Passage", "What", "classify"]
