from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from ui.demo.sites import SITES, Answer, Asked

START = datetime(2026, 3, 8, 5, 30, tzinfo=UTC)
UN_ALL = "/feed/subscribe/en/news/all/rss.xml"
UN_REGION = "/feed/subscribe/en/news/region/asia-pacific/feed/rss.xml"
UN_RU = "/feed/subscribe/ru/news/all/rss.xml"


def get(site: str, path: str, *, turn: int = 1, etag: str = "") -> Answer:
    headers = {"if-none-match": etag} if etag else {}
    return SITES[site](Asked(method="GET", path=path, turn=turn, headers=headers), START)


def query(project: str, language: str, *, turn: int = 1, page: int = 1, size: int = 20) -> dict[str, Any]:
    text = (
        "query ($project: String, $lang: String, $page: Int, $size: Int) "
        '{ news(projects: $project, _lang: $lang, _page: $page, _size: $size, _sort: "created_date:DESC") { id } }'
    )
    variables = {"project": f"EQ:{project}", "lang": language, "page": page, "size": size}
    body = json.dumps({"query": text, "variables": variables}).encode()
    answer = SITES["gov-kz"](Asked(method="POST", path="/graphql", turn=turn, body=body), START)
    assert answer.status == 200
    assert answer.content_type.startswith("application/json")
    result = json.loads(answer.body)
    assert isinstance(result, dict)
    return result


def records(project: str, language: str, *, turn: int = 1, page: int = 1, size: int = 20) -> list[dict[str, Any]]:
    found = query(project, language, turn=turn, page=page, size=size)["data"]["news"]
    assert isinstance(found, list)
    return found


def entries(body: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(body).findall("channel/item")


def test_gov_kz_gives_one_id_for_all_languages_of_a_story_and_leaves_some_out() -> None:
    ids = {language: {record["id"] for record in records("mfa", language)} for language in ("ru", "kk", "en")}

    assert ids["ru"] - ids["kk"] == {"99000109"}
    assert ids["ru"] - ids["en"] == {"99000102", "99000105"}
    assert ids["en"] < ids["ru"]


def test_gov_kz_records_have_the_portals_fields_and_quirks() -> None:
    found = {record["id"]: record for record in records("mfa", "ru")}

    assert set(found["99000101"]) == {
        "id", "title", "slug", "created_date", "heropic", "alt_image", "body", "short_description",
    }  # fmt: skip
    assert "&quot;" in found["99000103"]["title"]
    assert found["99000103"]["heropic"] is None
    assert found["99000105"]["body"] is None
    assert found["99000105"]["short_description"]
    assert "Справка:" in found["99000101"]["body"]
    assert '<img src="/uploads/' in found["99000101"]["body"]
    assert "  " in found["99000104"]["title"]


def test_gov_kz_writes_the_hour_of_astana_with_a_z_behind_it() -> None:
    found = {record["id"]: record for record in records("mfa", "ru")}

    # 05:30 UTC less four hours is 06:30 in Astana.
    assert found["99000101"]["created_date"] == "2026-03-08T06:30:00Z"


def test_gov_kz_gives_pages() -> None:
    whole = records("mfa", "ru", size=20)

    assert records("mfa", "ru", page=1, size=3) == whole[:3]
    assert records("mfa", "ru", page=2, size=3) == whole[3:6]
    assert records("mfa", "ru", page=9, size=3) == []


def test_gov_kz_reports_an_error_under_status_200_once() -> None:
    first = query("emer", "kk", turn=1)

    assert first["errors"] == [{"message": "Internal server error"}]
    assert first["data"]["news"] is None
    assert len(records("emer", "kk", turn=2)) == 4


def test_gov_kz_wants_a_graphql_request() -> None:
    assert get("gov-kz", "/graphql").status == 405
    broken = SITES["gov-kz"](Asked(method="POST", path="/graphql", turn=1, body=b"{"), START)
    assert broken.status == 400
    assert json.loads(broken.body)["errors"]


def test_the_full_un_feed_is_gzip_that_no_header_announces() -> None:
    answer = get("un-news", UN_ALL)

    assert answer.body.startswith(b"\x1f\x8b")
    assert "Content-Encoding" not in answer.headers
    assert len(entries(gzip.decompress(answer.body))) == 9


def test_un_items_are_stamped_at_noon_of_their_day_and_linked_below_feed_view() -> None:
    found = entries(get("un-news", UN_RU).body)

    # Four and five hours before 05:30 it was the same day, seven and eight hours before the day before.
    assert [parsedate_to_datetime(entry.findtext("pubDate", "")) for entry in found] == [
        datetime(2026, 3, day, 12, tzinfo=UTC) for day in (8, 8, 7, 7)
    ]
    for entry in found:
        assert re.fullmatch(
            r"https://news\.un\.org/feed/view/ru/story/2026/03/14901\d\d", entry.findtext("link", "")
        ), entry.findtext("link")


def test_the_same_un_story_stands_in_both_feeds_under_links_that_differ_in_tracking_only() -> None:
    whole = {entry.findtext("link", "") for entry in entries(gzip.decompress(get("un-news", UN_ALL).body))}
    region = {entry.findtext("link", "") for entry in entries(get("un-news", UN_REGION).body)}

    assert len(region) == 4
    assert {link.partition("?")[0] for link in region} < whole
    assert all("utm_source=" in link for link in region)


def test_one_un_entry_has_no_words_and_one_no_link() -> None:
    found = entries(gzip.decompress(get("un-news", UN_ALL).body))

    assert [entry.findtext("description") for entry in found if not entry.findtext("title")] == [""]
    assert [entry.findtext("title") for entry in found if entry.find("link") is None] == [
        "An entry that came without its address"
    ]


def test_an_unchanged_feed_answers_304_and_a_changed_one_does_not() -> None:
    unchanged, changed = get("un-news", UN_RU), get("un-news", UN_ALL)

    again = get("un-news", UN_RU, turn=2, etag=unchanged.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert get("un-news", UN_ALL, turn=2, etag=changed.headers["ETag"]).status == 200
    assert get("un-news", UN_ALL, turn=1, etag=changed.headers["ETag"]).status == 304


def test_kaziss_is_a_wordpress_feed_with_the_site_around_some_texts() -> None:
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    found = entries(get("kaziss", "/en/feed/").body)

    assert len(found) == 5
    assert all(re.fullmatch(r"https://kisi\.kz/\?p=\d+", entry.findtext("guid", "")) for entry in found)
    assert all("utm_source=" in entry.findtext("link", "") for entry in found)
    assert sum("Дорогой посетитель!" in entry.findtext(content, "") for entry in found) == 2
    assert "Call for papers – “Trade routes of tomorrow”" in [entry.findtext("title") for entry in found]


def test_the_institute_reprints_the_ministrys_release_word_for_word() -> None:
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    release = {record["id"]: record for record in records("mfa", "en")}["99000101"]
    reprints = [
        entry for entry in entries(get("kaziss", "/en/feed/").body) if entry.findtext("title") == release["title"]
    ]

    assert [entry.findtext(content) for entry in reprints] == [release["body"]]


@pytest.mark.parametrize(
    ("site", "path"), [("un-news", UN_ALL), ("un-news", UN_REGION), ("un-news", UN_RU), ("kaziss", "/en/feed/")]
)
def test_addresses_in_the_feeds_are_those_of_the_real_sites(site: str, path: str) -> None:
    body = get(site, path).body
    text = (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body).decode()
    hosts = {urlsplit(address).hostname for address in re.findall(r"https://[^\s<\"?]+", text)}

    assert hosts <= {"news.un.org", "kisi.kz", "wordpress.org"}


@pytest.mark.parametrize("site", sorted(SITES))
def test_every_site_has_robots_txt_and_knows_no_other_page(site: str) -> None:
    robots = get(site, "/robots.txt")

    assert robots.status == 200
    assert robots.body.startswith(b"User-agent: *\nDisallow: /")
    assert get(site, "/nothing-here").status == 404


def play(site: str, path: str, *, turn: int = 1) -> Answer:
    return SITES[site](Asked(method="GET", path=path, turn=turn, headers={"host": "127.0.0.5:1"}), START)


def test_kazinform_names_its_articles_in_a_news_sitemap_an_edition() -> None:
    names = {
        edition: play("kazinform", f"/sitemaps/google-news_{edition}.xml") for edition in ("ru", "en", "qz", "kaz")
    }
    addresses = {edition: re.findall(r"<loc>http://127.0.0.5:1([^<]+)</loc>", answer.body.decode())
                 for edition, answer in names.items()}  # fmt: skip

    assert {edition: len(paths) for edition, paths in addresses.items()} == {"ru": 4, "en": 3, "qz": 1, "kaz": 2}
    assert "/en/aral-sea-seedlings-planted" in addresses["en"]
    assert b"+05:00</news:publication_date>" in names["qz"].body
    for paths in addresses.values():
        for path in paths:
            assert play("kazinform", path).status == 200


def test_one_page_of_kazinform_is_in_another_charset_than_it_says() -> None:
    answer = play("kazinform", "/ru/uchenie-seysmologov-almaty-d0a106")

    assert b'<meta charset="utf-8">' in answer.body
    assert "utf-8" in answer.content_type
    assert "землетрясения" in answer.body.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")


def test_unrcca_lists_cards_without_dates_and_has_each_page_twice() -> None:
    cards = play("unrcca", "/en/news").body.decode()
    slugs = set(re.findall(r"/en/news/([a-z-]+)", cards))

    assert slugs == {"seminar-women-preventive-diplomacy"}
    assert not re.search(r"\b20\d\d\b|<time", cards)
    page = play("unrcca", "/en/node/900135")
    assert page == play("unrcca", "/en/news/seminar-women-preventive-diplomacy")
    assert b'<link rel="canonical" href="/en/news/seminar-women-preventive-diplomacy">' in page.body
    assert b"+05:00" in page.body
    assert len(set(re.findall(r"/en/news/([a-z-]+)", play("unrcca", "/en/news", turn=2).body.decode()))) == 2
    assert play("unrcca", "/en/vacancies").status == 404
