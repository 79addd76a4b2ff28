"""The subject line: it says the news, or that there is none and how much that is worth."""

from __future__ import annotations

from scheduler.digest.calendar import ALERTS
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
    text = words.say("subject", news=_news(digest, words), day=day)
    if digest.slot.kind in ALERTS:
        text = words.say("subject_alert", text=text)
    return words.say("subject_sample", text=text) if digest.sample else text


def _news(digest: Digest, words: Wording) -> str:
    changed = len(digest.revised)
    if digest.stories == 0 and digest.additions:
        title = cut(one_line(digest.additions[0].title.text), HEADLINE_LIMIT)
        what = words.say("and_changed", names=title, n=changed) if changed else title
        return words.say("subject_added", n=len(digest.additions), title=what)
    if digest.stories == 0 and digest.revised:
        title = cut(one_line(digest.revised[0].title.text), HEADLINE_LIMIT)
        return words.say("subject_changed", n=changed, title=title)
    if digest.stories == 0:
        return nothing_new(digest.coverage, words)
    stories = words.count(digest.stories + changed, "stories")
    if digest.stories == 1 and not changed:
        return words.say("subject_news", stories=stories, what=_headline(digest))
    return words.say("subject_news", stories=stories, what=_watches(digest, words))


def _headline(digest: Digest) -> str:
    return cut(one_line(digest.groups[0].cards[0].title.text), HEADLINE_LIMIT)


def _watches(digest: Digest, words: Wording) -> str:
    """Name the watches that found something, then those of which only something told before has changed."""
    names = {group.watch: group.watch for group in digest.groups}
    for one in digest.revised:
        for watch in one.watches[:1]:
            names.setdefault(watch, words.say("with_changed", name=cut(one_line(watch), NAMES_LIMIT)))
    unnamed = sum(1 for one in digest.revised if not one.watches)
    listed = [cut(name, NAMES_LIMIT + 12) for name in names.values()]
    shown = 1
    while shown < len(listed) and len(", ".join(listed[: shown + 1])) <= NAMES_LIMIT:
        shown += 1
    text = ", ".join(listed[:shown])
    if shown < len(listed):
        text = words.say("subject_more", names=text, n=len(listed) - shown)
    return words.say("and_changed", names=text, n=unnamed) if unnamed else text


def nothing_new(coverage: Coverage, words: Wording) -> str:
    """Say that nothing was found and in how many sources; where none was read, say that instead."""
    if coverage.read == 0:
        return words.count(coverage.total, "none_read")
    if coverage.complete:
        return words.count(coverage.total, "nothing_new_all")
    return words.say("nothing_new_some", n=coverage.total, read=coverage.read)
