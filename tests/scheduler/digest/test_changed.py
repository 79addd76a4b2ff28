"""The section of what changed: safe in HTML, bounded, and within what sources let out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from news.item import Item
from news.message import Message
from news.source import FeedSource
from scheduler.digest.changed import MOST_REVISED, with_changes
from scheduler.digest.compose import compose
from scheduler.digest.digest import Digest
from scheduler.digest.render import HTML_LIMIT, render
from storage import Shown, ToldChange, Withdrawal
from tests.scheduler.digest.samples import MEDIA, MFA_EN, NOW, READER, SLOT, SOURCES, covered, item, told


def changed(was: Item, now: Item, **fields: Withdrawal) -> ToldChange:
    """What a recipient had, and what it is now."""
    return ToldChange(was=was, now=replace(now, version=2), told_at=NOW - timedelta(days=2), **fields)


def digest_of(*changes: ToldChange, cards: int = 0) -> Digest:
    """A digest of so many cards and these changes."""
    matches = [told(number, item(number, f"Title {number} " * 12), story=number) for number in range(1, cards + 1)]
    digest = compose(READER, matches, covered(), slot=SLOT, now=NOW, sources=SOURCES)
    assert digest is not None
    return with_changes(digest, matches, changes, sources=SOURCES)


def drawn(*changes: ToldChange, cards: int = 0) -> Message:
    """The message of it."""
    return render(digest_of(*changes, cards=cards), domain="example.org")


def test_words_of_a_publisher_stay_words_in_the_page() -> None:
    was = item(900, "<b>Ten</b> centres", text="It has 10 of <script>x</script> them.")
    html = drawn(changed(was, replace(was, text=was.text.replace("10", "20")))).html
    assert "<script>" not in html
    assert "&lt;b&gt;Ten&lt;/b&gt; centres" in html
    assert "&lt;script&gt;" in html


def test_of_a_source_that_lets_out_headlines_only_the_text_is_not_quoted() -> None:
    was = item(900, "A title", MEDIA, text="It has 10 of them.")
    text = drawn(changed(was, replace(was, text="It has 20 of them."))).text
    assert "Changed: figures or dates; 1 further change not quoted here." in " ".join(text.split())
    assert "was:" not in text


def test_the_section_never_makes_a_digest_too_long_for_mail_programs() -> None:
    def long(number: int, word: str, source: FeedSource = MFA_EN) -> Item:
        sentences = [f"Number {place} of the {'ұзақ сөздер ' * 12}{word} is here." for place in range(8)]
        return item(number, f"Headline {word} " * 20, source, text="\n".join(sentences))

    changes = [changed(long(number, "Алматы"), long(number, "Астана")) for number in range(900, 900 + MOST_REVISED)]
    message = drawn(*changes, cards=200)
    assert len(message.html.encode()) <= HTML_LIMIT
    assert message.html.count("was:") == 3 * MOST_REVISED


def test_numbers_go_on_after_the_stories_and_withdrawn_items_come_last() -> None:
    was = item(901, "Changed", text="It has 10 of them.")
    gone = Withdrawal(status=404, missing_since=NOW - timedelta(hours=9), found_at=NOW)
    digest = digest_of(
        changed(item(900, "Gone"), item(900, "Gone"), withdrawn=gone),
        changed(was, replace(was, text="It has 20 of them.")),
        cards=2,
    )
    assert [(one.number, one.title.text) for one in digest.revised] == [(3, "Changed"), (4, "Gone")]
    assert Shown(item=900, version=2, withdrawn=True, before=1) in digest.shown
    assert Shown(item=1, version=1) in digest.shown
