"""config.yaml as shipped is a working set-up, and an edit that breaks it is refused where it breaks."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from news.catalogue import shipped_packs
from news.item import Item
from news.settings import Settings, pack_labels, settings_schema
from news.source import AnySource, Clock, FeedSource, JsonSource, Quote, Standing
from news.watch.matcher import Matcher, index_item
from news.watch.watch import Mode, Schedule
from tests.news.settings.json_schema import Validator
from tests.news.settings.text import complaints, read

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "config.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def settings() -> Settings:
    """The settings as shipped, without any environment."""
    return read(TEXT, catalogue=shipped_packs())


def source(settings: Settings, id: str) -> AnySource:
    """The source of that id."""
    return next(one for one in settings.sources if one.id == id)


def test_every_source_of_the_default_packs_is_read_and_no_other(settings: Settings) -> None:
    assert {one.pack for one in settings.sources} == {label.name for label in pack_labels() if label.default}
    without_a_word = read("contact: press@desk.example\n", catalogue=shipped_packs())
    assert {one.id: one for one in settings.sources} == {one.id: one for one in without_a_word.sources}
    assert {one.id for one in settings.sources} >= {
        *("mfa-ru", "mfa-kk", "mfa-en", "kazinform-en", "kazinform-ru", "kazinform-kk", "kaziss", "ifrc"),
        *("un-news-en", "un-news-en-asia-pacific", "un-news-en-europe", "un-news-ru", "un-press", "undrr", "ocha"),
        *("unrcca-en", "unrcca-ru", "un-country-team-kazakhstan-kk", "reliefweb", "dppa"),
    }
    assert all(one.enabled for one in settings.sources)


def test_every_pack_stands_in_the_file_read_where_it_is_for_everybody() -> None:
    lines = re.findall(r"^(#?)  - ([a-z-]+) +# (.*)$", TEXT, re.MULTILINE)
    assert {(name, not off) for off, name, _ in lines} == {(label.name, label.default) for label in pack_labels()}


def test_every_source_says_whose_it_is_and_how_often_it_is_read(settings: Settings) -> None:
    for one in settings.sources:
        assert one.publisher
        assert one.credit
        assert one.language in ("ru", "kk", "en")
        assert timedelta(minutes=10) <= one.every <= timedelta(hours=6)
        assert one.quote is (Quote.HEADLINE if one.standing is Standing.AGGREGATOR else Quote.LEAD)
        assert all(way.url.startswith("https://") for way in (one, *one.alternatives))


def test_the_ministry_is_asked_in_three_languages(settings: Settings) -> None:
    ministry = source(settings, "mfa-kk")
    assert isinstance(ministry, JsonSource)
    assert (ministry.url, ministry.method, ministry.family) == ("https://www.gov.kz/graphql", "POST", "gov.kz")
    assert (ministry.clock, ministry.standing, ministry.language) == (Clock.DAY, Standing.OFFICIAL, "kk")
    variables = {"projects": "EQ:mfa", "size": 20, "sort": "created_date:DESC", "lang": "{language}"}
    asked = ministry.body["variables"]
    assert isinstance(asked, dict)
    assert variables.items() <= asked.items()
    query = str(ministry.body["query"])
    assert query.isprintable()
    assert all(name in query for name in ("id title slug created_date body short_description heropic", "_lang: $lang"))
    assert ministry.fields.link.endswith("/mfa/press/news/details/{id}?lang={language}")


def test_feeds_of_un_news_share_their_numbers_and_give_days_only(settings: Settings) -> None:
    feeds = [one for one in settings.sources if one.id.startswith("un-news")]
    assert all(isinstance(one, FeedSource) for one in feeds)
    assert {(one.family, one.clock, one.standing) for one in feeds} == {("un-news", Clock.DAY, Standing.UN)}


def test_the_default_watches_are_there(settings: Settings) -> None:
    assert {watch.name: (watch.mode, watch.enabled) for watch in settings.watches} == {
        "Red Crescent and IFRC in Central Asia": (Mode.DIGEST, True),
        "UNRCCA and its head": (Mode.INSTANT, True),
        "UNDRR, early warning, Sendai": (Mode.DIGEST, True),
        "Foreign Minister with the UN family": (Mode.DIGEST, True),
        "Floods, earthquakes, mudflows, wildfires in Kazakhstan": (Mode.DIGEST, True),
        "Transboundary water and Aral": (Mode.DIGEST, True),
        "Afghanistan humanitarian corridor": (Mode.DIGEST, True),
        "Own name": (Mode.DIGEST, False),
    }


@pytest.mark.parametrize(
    ("text", "watch"),
    [
        ("Volunteers of the Red Crescent trained in Kazakhstan", "Red Crescent and IFRC in Central Asia"),
        ("Волонтёры Красного Полумесяца Казахстана провели учения", "Red Crescent and IFRC in Central Asia"),
        ("Қазақстанда Қызыл Жарты Ай қоғамы жаттығу өткізді", "Red Crescent and IFRC in Central Asia"),
        ("The head of UNRCCA visited Ashgabat", "UNRCCA and its head"),
        ("Встреча с главой Регионального центра ООН по превентивной дипломатии", "UNRCCA and its head"),
        ("A system of early warning for all", "UNDRR, early warning, Sendai"),
        ("Система раннего предупреждения о бедствиях", "UNDRR, early warning, Sendai"),
        ("Министр иностранных дел принял представителя ПРООН", "Foreign Minister with the UN family"),
        ("Сыртқы істер министрі БҰҰ өкілін қабылдады", "Foreign Minister with the UN family"),
        ("Паводки в Актюбинской области", "Floods, earthquakes, mudflows, wildfires in Kazakhstan"),
        ("Ақтөбеде су тасқынына дайындық", "Floods, earthquakes, mudflows, wildfires in Kazakhstan"),
        ("Earthquake felt in Almaty", "Floods, earthquakes, mudflows, wildfires in Kazakhstan"),
        ("Сель сошёл близ Алматы", "Floods, earthquakes, mudflows, wildfires in Kazakhstan"),
        ("Спасение Аральского моря", "Transboundary water and Aral"),
        ("Трансшекаралық өзендер туралы келісім", "Transboundary water and Aral"),
        ("Гуманитарная помощь Афганистану", "Afghanistan humanitarian corridor"),
    ],
)
def test_the_default_watches_find_in_three_languages(settings: Settings, text: str, watch: str) -> None:
    # Samples, written for this test.
    assert watch in found_in(settings, text)


@pytest.mark.parametrize(
    "text",
    [
        "Ярмарка сельхозпродукции в Алматы",
        "Поддержка многодетных семей: паводок писем в редакцию",
        "Red Crescent blood donor marathon in Kazakhstan",
        "Concert of the symphony orchestra in Astana",
    ],
)
def test_the_default_watches_leave_other_news_alone(settings: Settings, text: str) -> None:
    assert found_in(settings, text) == set()


def found_in(settings: Settings, title: str) -> set[str]:
    """The names of the default watches that find an item of this title."""
    item = Item(
        title=title,
        url="https://sample.example/1",
        source="mfa-ru",
        publisher="Sample",
        standing=Standing.OFFICIAL,
        language="",
        seen_at=datetime(2026, 3, 9, tzinfo=UTC),
        keys=(),
        text_hash="",
        content_hash="",
    )
    indexed = index_item(item)
    return {watch.name for watch in settings.watches if Matcher([watch]).matches(indexed)}


def test_one_recipient_gets_a_daily_digest_in_a_folder(settings: Settings) -> None:
    (desk,) = settings.recipients
    assert desk.address.endswith("example.org")
    assert desk.schedule == Schedule(name="daily", hour=8, minute=0, zone="Asia/Almaty")
    assert settings.default_channel == "folder"


def test_the_file_fits_its_own_schema() -> None:
    validator = Validator(settings_schema())
    for text in (TEXT, with_comments_taken_away(TEXT)):
        values = YAML(typ="safe", pure=True).load(text)
        assert list(validator.faults(values)) == []
        values["recipients"][0]["languge"] = "en"
        values["crawlr"] = {}
        assert len(list(validator.faults(values))) == 2


def test_what_is_commented_out_is_right_too(settings: Settings) -> None:
    text = with_comments_taken_away(TEXT)
    files = {"/run/secrets/smtp_password": "x"}
    opened = read(text, files=files, catalogue=shipped_packs())
    assert opened.default_channel == "email"
    assert opened.crawler.proxy == "http://proxy.example.org:3128"
    assert {one.pack for one in opened.sources} == {"", *shipped_packs()}
    assert {"example-news", "example-office", "gov-kz-embassy-istanbul-kk"} <= {one.id for one in opened.sources}
    assert (source(opened, "reliefweb").kind, source(settings, "reliefweb").kind) == ("json", "listing")
    assert not source(opened, "mfa-kk").enabled


def with_comments_taken_away(text: str) -> str:
    """The file with all that is commented out: settings stand behind "#" and an even number of spaces, from two on."""
    return re.sub(r"^#(?=(?:  )+(?:- )?[\w{-])", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("  - red-cross ", "  - red-kross ", 'Did you mean "red-cross"?'),
        ('hour: "08:00"', "hour: 8", '"08:00"'),
        ("      - Turkmen*\n", "      - Tu*\n", "would match too much"),
        ("delivery:\n", "delivry:\n", 'Did you mean "delivery"?'),
    ],
)
def test_an_invalid_edit_is_refused_naming_line_and_column(right: str, wrong: str, says: str) -> None:
    text = TEXT.replace(right, wrong, 1)
    part = wrong.split(": ")[-1].strip(" -\n") if ": " in wrong or "- " in wrong else wrong.strip(":\n")
    (complaint,) = complaints(text, catalogue=shipped_packs())
    line = text[: text.index(wrong)].count("\n") + 1
    assert (complaint.file, complaint.line) == ("config.yaml", line)
    assert text.splitlines()[line - 1][complaint.column - 1 :].startswith(part)
    assert says in str(complaint)


def test_the_version_in_the_user_agent_is_that_of_the_package(settings: Settings) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert settings.crawler.user_agent.startswith(f"presswatch/{version.rpartition('.')[0]} (+")
