"""From drafts to items: what is kept, what is refused, and by which keys an item is known again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import UnusableDraft
from news.item import Draft, Item, KeyKind, Stated
from news.normalise import normalise
from news.source import FeedSource, JsonSource

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
SOURCE = FeedSource(id="office", url="https://example.kz/feed", publisher="Office", language="ru", tags=("region",))
PORTAL = JsonSource(id="mfa-ru", family="gov.kz", url="https://www.gov.kz/graphql", publisher="MFA", language="ru")
LONG = "Спасатели доставили воду и палатки в три района области, сообщили в ведомстве. " * 3
DAY = Stated(day=date(2026, 11, 21), zone="Asia/Almaty")
DRAFT = Draft(
    title="Спасатели доставили воду",
    url="http://www.example.kz/news/1?utm_source=rss",
    guid="urn:1",
    text=LONG,
    published=DAY,
    language="ru",
    language_sure=0.99,
)


def item(draft: Draft = DRAFT, source: FeedSource | JsonSource = SOURCE, **changes: object) -> Item:
    return normalise(replace(draft, **changes), source, seen_at=NOW)  # type: ignore[arg-type]


def key(found: Item, kind: KeyKind) -> tuple[str, str] | None:
    return next(((one.scope, one.key) for one in found.keys if one.kind is kind), None)


def test_an_item_says_who_published_what_where() -> None:
    found = item(tags=("вода", "region"))
    assert (found.url, found.source, found.publisher) == ("https://www.example.kz/news/1", "office", "Office")
    assert (found.language, found.language_sure, found.seen_at) == ("ru", 0.99, NOW)
    assert found.tags == ("вода", "region")
    assert found.lead == LONG.strip() == found.text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"url": None}, "no_address"),
        ({"url": ""}, "no_address"),
        ({"url": "ftp://example.kz/1"}, "bad_address"),
        ({"title": " \n", "text": "", "summary": ""}, "no_title"),
        ({"title": "***", "text": LONG}, "no_title"),
    ],
)
def test_a_draft_that_cannot_be_an_item_says_why(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(UnusableDraft) as unusable:
        item(**changes)
    assert unusable.value.reason == reason


def test_a_title_is_one_line_and_its_absence_is_filled_from_the_text() -> None:
    assert item(title="  UN\u00a0News:\r\n  water ").title == "UN News: water"
    assert item(title="").title == "Спасатели доставили воду и палатки в три района области, сообщили в ведомстве.…"
    assert item(title="", summary="Коротко.").title == "Коротко."
    assert len(item(title="слово " * 500).title) <= 500


def test_the_lead_is_the_first_paragraph_that_says_something() -> None:
    labels = "Country: Kazakhstan\nSource: Office\nPlease refer to the attached file."
    text = f"{DRAFT.title}\n{labels}\nВода  доставлена.\n{LONG}"
    found = item(text=text)
    assert found.lead == "Вода доставлена."
    assert found.text.startswith("Country: Kazakhstan")
    assert item(summary="Кратко.", text=LONG).lead == "Кратко."
    only_summary = item(summary="Кратко.\nПодробно.", text="")
    assert (only_summary.lead, only_summary.text) == ("Кратко.", "Кратко.\nПодробно.")
    assert (item(summary="Кратко.", text="").lead, item(summary="Кратко.", text="").text) == ("Кратко.", "")


def test_the_language_is_the_detected_one_where_it_is_sure() -> None:
    assert item(language="kk", language_sure=0.9).language == "kk"
    unsure = item(language="kk", language_sure=0.4)
    assert (unsure.language, unsure.language_sure) == ("ru", 0.0)
    assert item(source=replace(SOURCE, language=""), language="", language_sure=0.0).language == "und"
    assert item(language="und", language_sure=1.0).language == "und"


def test_keys_are_asked_from_the_surest_to_the_weakest() -> None:
    found = item()
    assert [one.kind for one in found.keys] == [KeyKind.URL, KeyKind.GUID, KeyKind.TEXT]
    assert key(found, KeyKind.URL) == ("", "example.kz/news/1")
    assert key(found, KeyKind.GUID) == ("office", "urn:1")
    native = item(source=PORTAL, native_id="1300001")
    assert native.keys[0].kind is KeyKind.NATIVE
    assert key(native, KeyKind.NATIVE) == ("gov.kz/ru", "1300001")
    assert native.story_keys == ("native:gov.kz:1300001",)
    assert item(native_id="5").story_keys == ()


def test_editions_of_one_portal_share_the_story_and_not_the_item() -> None:
    russian = item(source=PORTAL, native_id="7")
    kazakh = item(source=replace(PORTAL, id="mfa-kk", language="kk"), native_id="7")
    assert russian.story_keys == kazakh.story_keys
    assert key(russian, KeyKind.NATIVE) != key(kazakh, KeyKind.NATIVE)


def test_a_feed_that_changes_guid_and_scheme_keeps_a_key() -> None:
    moved = item(url="https://example.kz/news/1/", guid="urn:new")
    assert key(moved, KeyKind.URL) == key(item(), KeyKind.URL)
    rebuilt = item(url="https://example.kz/archive/1", guid="urn:new")
    assert key(rebuilt, KeyKind.TEXT) == key(item(), KeyKind.TEXT)


def test_a_daily_notice_repeated_word_for_word_is_an_item_a_day() -> None:
    tomorrow = item(url="https://example.kz/news/2", guid="urn:2", published=replace(DAY, day=date(2026, 11, 22)))
    assert key(tomorrow, KeyKind.TEXT) != key(item(), KeyKind.TEXT)
    assert tomorrow.text_hash == item().text_hash


def test_short_undated_and_numbered_texts_are_no_identity_by_text() -> None:
    assert key(item(text="Вода доставлена."), KeyKind.TEXT) is None
    assert item(text="Вода доставлена.").text_hash == ""
    assert key(item(published=None), KeyKind.TEXT) is None
    assert key(item(source=PORTAL, native_id="7"), KeyKind.TEXT) is None


def test_copies_have_one_text_hash_whatever_their_typography() -> None:
    copy = item(title="СПАСАТЕЛИ  доставили\u00a0воду", text=LONG.replace(" ", "\u00a0"), url="https://other.kz/5")
    assert copy.text_hash == item().text_hash
    assert item(text=LONG.replace("три", "пять")).text_hash != item().text_hash


def test_a_correction_changes_the_content_hash_and_a_new_address_does_not() -> None:
    assert item(text=LONG + "Исправлено.").content_hash != item().content_hash
    assert item(title="Спасатели доставили еду").content_hash != item().content_hash
    assert item(url="https://example.kz/other", guid="urn:9").content_hash == item().content_hash


def test_a_correction_of_the_lead_alone_changes_the_content_hash() -> None:
    before, after = (item(summary=summary, text=LONG) for summary in ("There are 420.", "There are 240."))
    assert before.text == after.text
    assert before.content_hash != after.content_hash


def test_a_future_date_is_dropped_and_kept_as_written() -> None:
    ahead = Stated(day=date(2026, 12, 24), zone="Asia/Almaty", at=NOW + timedelta(days=32))
    found = item(published=ahead, updated=ahead, published_raw="24 Dec 2026")
    assert (found.published, found.updated, found.published_raw) == (None, None, "24 Dec 2026")


@given(st.text(), st.text(), st.text() | st.none(), st.text())
def test_any_draft_is_an_item_or_unusable(title: str, text: str, guid: str | None, path: str) -> None:
    draft = replace(DRAFT, title=title, text=text, guid=guid, url=f"https://example.kz/{path}")
    try:
        found = normalise(draft, SOURCE, seen_at=NOW)
    except UnusableDraft as unusable:
        assert unusable.reason == "no_title"  # noqa: PT017
    else:
        assert found.title == " ".join(found.title.split())
        assert found.keys
