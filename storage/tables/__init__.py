"""Every table presswatch keeps, as SQLAlchemy Core sees it; `storage/migrations` builds the same (a test compares).

items, versions         what was read; the newest version of an item, and the ones it replaced
item_keys, story_keys   identities of an item; exact knowledge that ties items to one story
sightings               every source an item was seen at
dropped, dropped_keys   what is known of items that are kept no more
stories, story_items    events, and the items that tell them; story_evidence: what each decision rested on
story_redirects         stories that were joined to an older one
story_rulings           a person's word about two items: one event, or never one
filed, signatures       what recent items are looked up and compared by
frequencies             in how many items a passage stands
story_vectors           what recent items mean; vector_means: the mean of each language
watches, revisions      what to look for; numbers that grow with each change of it and of more
recipients, follows     who is told, and since which match for each watch
matches                 a watch found an item
digests, digest_matches what was told to whom in which slot
outbox                  messages to deliver, claimed by lease and fence
subscriptions, stopped  who is not written to for now, and which digests somebody wants no more
refusals                parcels that a mail server refused for good because of their recipient
visits, sources         the history of reading, and where each source stands
pending                 articles that a list named and that are still to be read, or were given up
copies, blobs           what was received of found items: one body however often it came
changes, withdrawals    versions that say something else; items whose page is there no more
told_items              which version of an item a recipient was told last
revisits                article pages that are read again, to see corrections
archived, archive_*     the words of every version, and by which words it is found
health, norms           how each source is doing, and what is usual for it
notices, told_notices   changes and gaps of sources, and which of them each recipient was told
troubles                what is wrong with the installation, and what of it its owner was told
marks                   what the entries of a feed's last body are known by
quarantine              what no reader could use, kept for reading it again
feedback                what readers said of their digests
backfills               how far back a source was read on somebody's wish
"""

from storage.tables.archive import archive_builds, archive_keys, archive_months, archive_tokens, archived
from storage.tables.base import metadata
from storage.tables.copies import blobs, changes, copies, revisits, told_items, withdrawals
from storage.tables.dropped import dropped, dropped_keys
from storage.tables.feedback import feedback
from storage.tables.health import health, norms, notices, told_notices
from storage.tables.items import item_keys, items, sightings, versions
from storage.tables.quarantine import quarantine
from storage.tables.reading import backfills, marks, pending, sources, visits
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
    story_vectors,
    vector_means,
)
from storage.tables.telling import digest_matches, digests, outbox, refusals, stopped, subscriptions
from storage.tables.troubles import troubles
from storage.tables.watching import follows, matches, recipients, revisions, watches

__all__ = [
    "archive_builds",
    "archive_keys",
    "archive_months",
    "archive_tokens",
    "archived",
    "backfills",
    "blobs",
    "changes",
    "copies",
    "digest_matches",
    "digests",
    "dropped",
    "dropped_keys",
    "feedback",
    "filed",
    "follows",
    "frequencies",
    "health",
    "item_keys",
    "items",
    "marks",
    "matches",
    "metadata",
    "norms",
    "notices",
    "outbox",
    "pending",
    "quarantine",
    "recipients",
    "refusals",
    "revisions",
    "revisits",
    "sightings",
    "signatures",
    "sources",
    "stopped",
    "stories",
    "story_evidence",
    "story_items",
    "story_keys",
    "story_redirects",
    "story_rulings",
    "story_vectors",
    "subscriptions",
    "told_items",
    "told_notices",
    "troubles",
    "vector_means",
    "versions",
    "visits",
    "watches",
    "withdrawals",
]
