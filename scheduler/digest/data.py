"""A digest as plain data, for what carries no page: webhooks, feeds, short notices, `--json`.

It says what the digest says, within the same bounds: no text beyond what a source lets out, nothing under embargo.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from scheduler.digest.coverage import Coverage
from scheduler.digest.digest import Addition, Card, Digest, Marked, Member, Revised, Telling, Why
from scheduler.digest.shareable import shareable
from scheduler.digest.subject import subject
from scheduler.digest.vouching import Vouching, vouching
from scheduler.digest.wording import wording

SCHEMA = 1
"""Version of the form; it grows when a name goes or changes what it means, not when one is added."""


def digest_data(digest: Digest) -> dict[str, Any]:
    """Return the digest as values that JSON knows; instants as ISO 8601 with their offset, days as ISO days.

    Unknown is null, nothing is an empty list; `language` is a BCP 47 tag, "und" where it could not be told.

        schema, subject
        slot: name, kind, schedule      made_at, since: instants      zone, language: the reader's
        counts: stories, items, changed, additions
        stories: [number, story, title, language, url, host, publisher, standing, voice, pinned, late, alerted, score,
            publishers: how many tell it by themselves, watches, key_terms, spellings, credits,
            original_title: {text, language} where the title is of the publisher's other version, else null,
            headline_only: reason or null, snippet: {text, language, marks: [[start, end]]} or null,
            why: [{term, found: [{form, language, fields}]}],
            tellings: [{publisher, standing, first, more, items: [{item, language, url, published, seen_at, version,
                relation}]}], other_publishers, further_items]
        changed: [number, item, title, language, url, publisher, standing, version, had_version, seen_at, told_at, what,
            withdrawn: {status, since} or null, passages: [{was, now, headline}], more, watches]
        additions: [story, title, language, url, publisher, told_at, watches, tellings]
        coverage: line: in words, read, total, items, usual, usual_without_holiday, last_read_at, complete,
            failing: [{source, name, reason, status, last_read_at, stand_ins}], unread, not_visited: [source],
            notes: [{text, remedy, grave}]
        quiet: [{watch, last_hit}]      bars: [{watch, days}]
    """
    told = shareable(digest)
    recipient = told.recipient
    words = wording(recipient.language)
    vouched = vouching(told.coverage, told.quiet, zone=recipient.schedule.zone, words=words, last_hits=told.last_hits)
    return {
        "schema": SCHEMA,
        "subject": subject(told),
        "slot": {"name": told.slot.name, "kind": told.slot.kind.value, "schedule": recipient.schedule.name},
        "made_at": told.now.isoformat(),
        "since": told.coverage.since.isoformat(),
        "zone": recipient.schedule.zone,
        "language": words.tag,
        "counts": {
            "stories": told.stories,
            "items": told.items,
            "changed": len(told.revised),
            "additions": len(told.additions),
        },
        "stories": [_story(card, group.watch) for group in told.groups for card in group.cards],
        "changed": [_revised(one) for one in told.revised],
        "additions": [_addition(one) for one in told.additions],
        "coverage": _coverage(told.coverage, vouched),
        "quiet": [{"watch": name, "last_hit": _instant(told.last_hits.get(name))} for name in told.quiet],
        "bars": [{"watch": one.watch, "days": list(one.days)} for one in told.bars],
    }


def _story(card: Card, watch: str) -> dict[str, Any]:
    leading = card.tellings[0]
    return {
        "number": card.number,
        "story": card.story,
        "title": card.title.text,
        "language": card.title.language,
        "url": card.url,
        "host": card.host,
        "publisher": leading.publisher,
        "standing": leading.standing.value,
        "voice": card.voice.value,
        "pinned": card.pinned,
        "late": card.late,
        "alerted": _instant(card.alerted),
        "score": card.score,
        "publishers": card.publishers,
        "watches": [watch, *card.also_in],
        "key_terms": list(card.key_terms),
        "spellings": list(card.spellings),
        "credits": list(card.credits),
        "original_title": _text(card.other_title),
        "headline_only": card.unread.value if card.unread else None,
        "snippet": {**text, "marks": [list(mark) for mark in card.snippet.marks]}
        if card.snippet and (text := _text(card.snippet))
        else None,
        "why": [_why(one) for one in card.why],
        "tellings": _tellings(card.tellings),
        "other_publishers": card.unnamed,
        "further_items": card.further,
    }


def _tellings(tellings: Sequence[Telling]) -> list[dict[str, Any]]:
    return [
        {
            "publisher": one.publisher,
            "standing": one.standing.value,
            "first": one.is_first,
            "more": one.more,
            "items": [_member(member) for member in one.members],
        }
        for one in tellings
    ]


def _member(member: Member) -> dict[str, Any]:
    return {
        "item": member.item,
        "language": member.language,
        "url": member.url,
        "published": member.stated.isoformat() if member.stated else None,
        "seen_at": member.seen_at.isoformat(),
        "version": member.version,
        "relation": member.relation.value,
    }


def _why(one: Why) -> dict[str, Any]:
    found = [{"form": form.form, "language": form.language, "fields": list(form.fields)} for form in one.found]
    return {"term": one.term, "found": found}


def _revised(one: Revised) -> dict[str, Any]:
    gone = one.withdrawn
    return {
        "number": one.number,
        "item": one.item,
        "title": one.title.text,
        "language": one.language,
        "url": one.url,
        "publisher": one.publisher,
        "standing": one.standing.value,
        "version": one.version,
        "had_version": one.had_version,
        "seen_at": one.seen_at.isoformat(),
        "told_at": _instant(one.told_at),
        "what": [part.value for part in one.what],
        "withdrawn": {"status": gone.status, "since": gone.missing_since.isoformat()} if gone else None,
        "passages": [
            {"was": passage.was.text, "now": passage.now.text, "headline": passage.is_headline}
            for passage in one.passages
        ],
        "more": one.more,
        "watches": list(one.watches),
    }


def _addition(one: Addition) -> dict[str, Any]:
    return {
        "story": one.story,
        "title": one.title.text,
        "language": one.title.language,
        "url": one.url,
        "publisher": one.tellings[0].publisher,
        "told_at": one.told_at.isoformat(),
        "watches": list(one.watches),
        "tellings": _tellings(one.tellings),
    }


def _coverage(coverage: Coverage, vouched: Vouching) -> dict[str, Any]:
    return {
        "line": vouched.full,
        "read": coverage.read,
        "total": coverage.total,
        "complete": coverage.complete,
        "items": coverage.items,
        "usual": coverage.usual,
        "usual_without_holiday": coverage.usual_without_holiday,
        "last_read_at": _instant(coverage.last_read_at),
        "failing": [
            {
                "source": one.source.id,
                "name": one.source.title,
                "reason": one.reason.value,
                "status": one.status,
                "last_read_at": _instant(one.last_ok_at),
                "stand_ins": [source.id for source in one.stand_ins],
            }
            for one in coverage.failing
        ],
        "unread": [source.id for source in coverage.unread],
        "not_visited": [source.id for source in coverage.stale],
        "notes": [{"text": one.text, "remedy": one.remedy, "grave": one.grave} for one in vouched.notes],
    }


def _text(marked: Marked | None) -> dict[str, Any] | None:
    return {"text": marked.text, "language": marked.language} if marked is not None else None


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
