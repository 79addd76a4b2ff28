"""The subject line: it says the news, or that there is none and how much that is worth."""

from __future__ import annotations

from scheduler.digest.calendar import SlotKind
from scheduler.digest.coverage import Coverage
from scheduler.digest.digest import Digest
from scheduler.digest.safe import cut, one_line
from scheduler.digest.when import short_day
from scheduler.digest.wording import Wording, wording

HEADLINE_LIMIT = 90
NAMES_LIMIT = 60
"""Characters of a headline, and of all watch names together; phones show some 40 to 70 of a subject."""


def subject(digest: Digest) -> str:
    """Return the headline of a single story, the watches of several, or the coverage where nothing is new."""
    words = wording(digest.recipient.language)
    day = short_day(digest.now, digest.recipient.schedule.zone, words)
    text = f"{_news(digest, words)} - {day}"
    if digest.slot.kind is SlotKind.INSTANT:
        text = f"Alert: {text}"
    return f"SAMPLE: {text}" if digest.sample else text


def _news(digest: Digest, words: Wording) -> str:
    revised = f"{len(digest.revised)} changed"
    if digest.stories == 0 and digest.additions:
        had = words.count(len(digest.additions), "story", "stories") + " you had"
        title = cut(one_line(digest.additions[0].title.text), HEADLINE_LIMIT)
        return f"Added to {had}{f', {revised}' if digest.revised else ''}: {title}"
    if digest.stories == 0 and digest.revised:
        title = cut(one_line(digest.revised[0].title.text), HEADLINE_LIMIT)
        return f"{revised} since you read it: {title}"
    if digest.stories == 0:
        return nothing_new(digest.coverage, words)
    count = words.count(digest.stories, "story", "stories") + (f", {revised}" if digest.revised else "")
    if digest.stories == 1:
        return f"{count}: {cut(one_line(digest.groups[0].cards[0].title.text), HEADLINE_LIMIT)}"
    names = [group.watch for group in digest.groups]
    shown = 1
    while shown < len(names) and len(", ".join(names[: shown + 1])) <= NAMES_LIMIT:
        shown += 1
    listed = ", ".join(cut(name, NAMES_LIMIT) for name in names[:shown])
    more = f" and {len(names) - shown} more" if shown < len(names) else ""
    return f"{count}: {listed}{more}"


def nothing_new(coverage: Coverage, words: Wording) -> str:
    """Say that nothing was found and in how many sources; where none was read, say that instead."""
    if coverage.read == 0:
        return f'No source could be read (0 of {coverage.total}); that is not "no news"'
    if coverage.complete:
        return f"Nothing new for your watches: {words.count(coverage.total, 'source', 'sources')}, all read"
    sources = words.count(coverage.total, "source", "sources")
    return f"Nothing new for your watches in the {coverage.read} of {sources} that were read"
