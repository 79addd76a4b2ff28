"""What a transaction can do, by topic; everything here sees and changes one and the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from storage.archive import Archive
from storage.archive_spelling import Spelling
from storage.backfills import Backfills
from storage.changes import Changes
from storage.copies import Copies
from storage.digests import Digests
from storage.editions import Editions
from storage.feedback import Feedback
from storage.feeds import Feeds
from storage.frozen import Frozen
from storage.health import HealthBook
from storage.inquiries import Inquiries
from storage.items import Items
from storage.linked import Linked
from storage.matches import Matches
from storage.outbox import Outbox
from storage.pending import PendingLinks
from storage.quarantine import Quarantine
from storage.recipients import Recipients
from storage.retention import Retention
from storage.revisions import Revisions
from storage.revisits import Revisits
from storage.slots import Slots
from storage.stories import Stories
from storage.subscriptions import Subscriptions
from storage.tallies import Tallies
from storage.troubles import Troubles
from storage.visits import Visits
from storage.watches import Watches


class Unit:
    """One open transaction, as `Store.write` and `Store.read` hand it to their work. Not to be kept after it."""

    def __init__(self, connection: Connection) -> None:
        self.items = Items(connection)
        self.archive = Archive(connection)
        self.spelling = Spelling(connection)
        self.stories = Stories(connection)
        self.watches = Watches(connection)
        self.recipients = Recipients(connection)
        self.matches = Matches(connection)
        self.digests = Digests(connection)
        self.slots = Slots(connection)
        self.outbox = Outbox(connection)
        self.subscriptions = Subscriptions(connection)
        self.visits = Visits(connection)
        self.pending = PendingLinks(connection)
        self.backfills = Backfills(connection)
        self.changes = Changes(connection)
        self.copies = Copies(connection)
        self.retention = Retention(connection)
        self.revisits = Revisits(connection)
        self.revisions = Revisions(connection)
        self.quarantine = Quarantine(connection)
        self.editions = Editions(connection)
        self.health = HealthBook(connection)
        self.inquiries = Inquiries(connection)
        self.tallies = Tallies(connection)
        self.frozen = Frozen(connection)
        self.linked = Linked(connection)
        self.feedback = Feedback(connection)
        self.feeds = Feeds(connection)
        self.troubles = Troubles(connection)

    def housekeep(self, *, now: datetime) -> int:
        """Drop some of what grows with every day and is of no use any more; how much it was, 0 once nothing is left.

        Once a day is enough.
        Apart from it stand `Stories.prune`, which takes many short transactions, `Copies.prune` and
        `Outbox.drop_bodies`, by a setting, and `Retention.drop`, by both.
        """
        dropped = (
            self.slots.prune(now=now),
            self.visits.prune(now=now),
            self.pending.prune(now=now),
            self.health.prune(now=now),
            self.revisits.prune(now=now),
            self.quarantine.prune(now=now),
            self.feedback.prune(now=now),
            self.troubles.prune(now=now),
        )
        return sum(dropped)
