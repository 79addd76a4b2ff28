from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from news.item import Item
from news.source import Standing
from news.visit import Reason, Visit, VisitResult
from ui.demo.picture import Correction, Found, Picture, Told, replaced_words
from ui.demo.summary import picture_lines, request_line, visit_line

SEEN = datetime(2026, 3, 8, 5, 30, tzinfo=UTC)


def visit(result: VisitResult, *, reason: Reason = Reason.NONE, detail: str = "") -> Visit:
    return Visit(source="mfa-kk", started_at=SEEN, result=result, reason=reason, detail=detail)


def item(title: str, publisher: str, language: str) -> Item:
    return Item(
        title=title,
        url=f"https://example.org/{language}",
        source=publisher.lower(),
        publisher=publisher,
        standing=Standing.OFFICIAL,
        language=language,
        seen_at=SEEN,
        keys=(),
        text_hash="",
        content_hash="",
    )


def test_a_visit_says_what_it_brought_with_reasons_for_what_it_could_not_use() -> None:
    unusable = {"no_title": 1, "no_address": 1}
    brought = replace(visit(VisitResult.OK), entries=9, new=5, changed=1, known=1, unusable=unusable)
    line = visit_line(brought, "UN News")

    assert line.split(maxsplit=2)[2] == (
        "9 entries: 5 new, 1 known already, 1 corrected, 1 unusable (no_address), 1 unusable (no_title)"
    )


def test_a_visit_that_failed_is_named_so_with_its_reason() -> None:
    failed = visit_line(visit(VisitResult.SOFT, reason=Reason.API_ERROR, detail="Internal server error"), "MFA KK")

    assert "NOT READ, api_error: Internal server error" in failed
    assert visit_line(visit(VisitResult.NOT_MODIFIED), "MFA KK").endswith("unchanged since the last visit")


def test_the_picture_names_the_tellers_of_a_story_what_was_corrected_found_and_told() -> None:
    russian, english = item("Паводок", "MFA", "ru"), item("Flood", "MFA", "en")
    reprint, alone = item("Flood", "KazISS", "en"), item("Library hours", "KazISS", "en")
    lines = picture_lines(
        Picture(
            stories=((russian, english, reprint), (alone,)),
            corrections=(Correction(item=english, earlier=item("Flod", "MFA", "en"), words=(("420", "240"),)),),
            found=(
                Found(watch="Floods", at_once=True, items=3, stories=1),
                Found(watch="Wildfires", at_once=False, items=0, stories=0),
            ),
            told=(Told(at_once=False, stories=1, items=3, delivered=False),),
            problems=("disk full",),
        )
    )
    text = "\n".join(lines)

    assert "STORIES: 2 from 4 items in 2 languages; these were told more than once:" in text
    assert "CORRECTED BY ITS PUBLISHER: 1 item; both versions are kept" in text
    assert "  Flood\n    KazISS (EN); MFA (EN, RU)" in text
    assert "    headline was: Flod\n    headline now: Flood\n    in the text:  420 became 240" in text
    assert "Library hours" not in text
    assert ["Floods", "(at", "once)", "3", "items", "in", "1", "story"] in [line.split() for line in lines]
    assert any(line.startswith("  Wildfires") and line.endswith("nothing") for line in lines)
    assert "  digest   1 story from 3 items, NOT DELIVERED" in lines


def test_requests_are_counted_with_those_answered_unchanged() -> None:
    assert request_line({("un-news", 200): 5, ("un-news", 304): 2}) == (
        '7 requests, 2 of them answered "unchanged" without a body'
    )


def test_replaced_words_are_told_as_runs() -> None:
    assert replaced_words("In Aktobe 420 people will train", "In Aktobe 240 people will be trained") == (
        ("420", "240"),
        ("train", "be trained"),
    )
