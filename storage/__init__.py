"""Keeping: the only home of SQLAlchemy, Alembic and SQL."""

from __future__ import annotations

from storage.archive_docs import EARLIEST
from storage.archive_found import Found
from storage.archive_spelling import UnknownWord
from storage.backfills import Backfill
from storage.changes import Shown, ToldChange, Withdrawal
from storage.digests import DigestRow
from storage.dropped import Dropped
from storage.feedback import FeedbackKind, Remark
from storage.health import HealthRow
from storage.inquiries import Follower, RecordedMatch, Telling
from storage.matches import ToldMatch
from storage.pending import PendingCounts
from storage.retention import Step
from storage.revisions import RECIPIENTS, WATCHES, found_by
from storage.slots import ClosedSlot
from storage.source_states import SourceState
from storage.store import Store, open_store
from storage.stories import Membership
from storage.story_frequencies import KnownFrequencies
from storage.tellers import Teller, ToldBefore, ToldStory
from storage.unit import Unit

__all__ = [
    "EARLIEST",
    "RECIPIENTS",
    "WATCHES",
    "Backfill",
    "ClosedSlot",
    "DigestRow",
    "Dropped",
    "FeedbackKind",
    "Follower",
    "Found",
    "HealthRow",
    "KnownFrequencies",
    "Membership",
    "PendingCounts",
    "RecordedMatch",
    "Remark",
    "Shown",
    "SourceState",
    "Step",
    "Store",
    "Teller",
    "Telling",
    "ToldBefore",
    "ToldChange",
    "ToldMatch",
    "ToldStory",
    "Unit",
    "UnknownWord",
    "Withdrawal",
    "found_by",
    "open_store",
]
