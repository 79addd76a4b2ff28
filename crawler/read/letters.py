"""No silent mojibake: what a page held with its letters put right, and a word on what was wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.read.decode import REPAIRED, decoded, unpacked
from crawler.read.mojibake import without_mojibake
from crawler.read.page import ArticleReading, Page, Reading
from news.item import Draft

_LOST = "\ufffd"
# What doubly encoded Cyrillic leaves where cleaning took the control signs between its letters.
_BROKEN = re.compile("[ÐÑÒÓ][ÐÑÒÓ\xa0-\xbf][ÐÑÒÓ]")


def with_sound_letters(reading: Reading, page: Page) -> Reading:
    """The reading with doubly encoded text undone; `doubt` tells that, a charset other than declared, and losses."""
    sound = replace(
        reading,
        drafts=tuple(map(with_sound_text, reading.drafts)),
        links=tuple(replace(link, said=with_sound_text(link.said)) for link in reading.links),
        title=without_mojibake(reading.title),
    )
    drafts = [*sound.drafts, *(link.said for link in sound.links)]
    charset = decoded(unpacked(page)[0], page.content_type).doubt
    return replace(sound, doubt=_doubt(charset, drafts, repaired=sound != reading))


def with_sound_article(reading: ArticleReading) -> ArticleReading:
    """The same for one article's page, whose reader has told what it thinks of the charset."""
    sound = replace(reading, draft=with_sound_text(reading.draft))
    return replace(sound, doubt=_doubt(reading.doubt, [sound.draft], repaired=sound != reading))


def _doubt(charset: str, drafts: Sequence[Draft], *, repaired: bool) -> str:
    doubts = [charset]
    if repaired and REPAIRED not in doubts[0]:
        doubts.append(REPAIRED)
    if any(_BROKEN.search(f"{draft.title}\n{draft.summary}\n{draft.text}") for draft in drafts):
        doubts.append("doubly encoded letters that could not be repaired")
    lost = sum(_LOST in f"{draft.title}{draft.summary}{draft.text}" for draft in drafts)
    if lost:
        doubts.append(f"{lost} of {len(drafts)} entries have lost letters")
    return "; ".join(filter(None, doubts))


def with_sound_text(draft: Draft) -> Draft:
    """The draft with doubly encoded text undone; the very draft where there is none."""
    sound = replace(
        draft,
        title=without_mojibake(draft.title),
        summary=without_mojibake(draft.summary),
        text=without_mojibake(draft.text),
        html=without_mojibake(draft.html),
        authors=tuple(map(without_mojibake, draft.authors)),
        tags=tuple(map(without_mojibake, draft.tags)),
    )
    return draft if sound == draft else sound
