"""Every table presswatch keeps, as SQLAlchemy Core sees it; `storage/migrations` builds the same (a test compares).

items, versions         what was read; the newest version of an item, and the ones it replaced
item_keys, story_keys   identities of an item; exact knowledge that ties items to one story
sightings               every source an item was seen at
stories, story_items    events, and the items that tell them; story_evidence: what each decision rested on
story_redirects         stories that were joined to an older one
story_rulings           a person's word about two items: one event, or never one
filed, signatures       what recent items are looked up and compared by
frequencies             in how many items a passage stands
watches, revisions      what to look for; one counter that any change of it bumps
recipients, follows     who is told, and since which match for each watch
matches                 a watch found an item
digests, digest_matches what was told to whom in which slot
outbox                  messages to deliver, claimed by lease and fence
visits, sources         the history of reading, and where each source stands
pending                 articles that a list named and that are still to be read, or were given up
backfills               how far back a source was read on somebody's wish
"""

from storage.tables.base import metadata
from storage.tables.items import item_keys, items, sightings, versions
from storage.tables.reading import backfills, pending, sources, visits
from storage.tables.stories import (
    filed,
    frequencies,
    signatures,
    stories,
    story_evidence,
    story_items,
    story_keys,
    story_redirects,
    story_rulings,
)
from storage.tables.telling import digest_matches, digests, outbox
from storage.tables.watching import follows, matches, recipients, revisions, watches

__all__ = [
    "backfills",
    "digest_matches",
    "digests",
    "filed",
    "follows",
    "frequencies",
    "item_keys",
    "items",
    "matches",
    "metadata",
    "outbox",
    "pending",
    "recipients",
    "revisions",
    "sightings",
    "signatures",
    "sources",
    "stories",
    "story_evidence",
    "story_items",
    "story_keys",
    "story_redirects",
    "story_rulings",
    "versions",
    "visits",
    "watches",
]
