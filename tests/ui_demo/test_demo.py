"""The demo end to end, in a process of its own: a reactor cannot be started twice in one."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from storage import Store

_PLAY = "import sys; from pathlib import Path; from ui.demo.run import demo; raise SystemExit(demo(Path(sys.argv[1])))"


@dataclass(frozen=True, kw_only=True)
class Played:
    """What one run of the demo left behind. letters: oldest first."""

    status: int
    lines: list[str]
    errors: str
    letters: list[EmailMessage]
    folder: Path

    def line(self, beginning: str) -> list[str]:
        """The rest of the lines that begin so, one for each round or digest, spaces tidied."""
        stripped = [" ".join(line.split()) for line in self.lines]
        return [line.removeprefix(beginning).strip() for line in stripped if line.startswith(beginning)]


def part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body(preferencelist=(kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content


def plain(letter: EmailMessage) -> str:
    """The text part on one line, marks of hits taken out."""
    return " ".join(part(letter, "plain").replace("*", "").split())


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("demo") / "demo-output"
    done = subprocess.run(
        [sys.executable, "-c", _PLAY, str(folder)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    paths = sorted(folder.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return Played(
        status=done.returncode,
        lines=done.stdout.splitlines(),
        errors=done.stderr,
        letters=[letter for letter in letters if isinstance(letter, EmailMessage)],
        folder=folder,
    )


def test_the_demo_succeeds_without_a_word_on_stderr(played: Played) -> None:
    assert (played.status, played.errors) == (0, ""), "\n".join(played.lines)


def test_every_source_is_read_and_the_one_that_failed_recovers(played: Played) -> None:
    assert played.line("MFA RU") == ["8 entries: 8 new", "9 entries: 1 new, 8 known already"]
    assert played.line("MFA EN") == ["6 entries: 6 new", "7 entries: 1 new, 5 known already, 1 corrected"]
    assert played.line("Emergencies KK")[0].startswith("NOT READ, api_error: Internal server error")
    assert played.line("Emergencies KK")[1:] == ["4 entries: 4 new", "unchanged since the last visit"]
    assert played.line("UN News RU") == ["4 entries: 4 new", "unchanged since the last visit"]


def test_the_gzip_body_is_read_and_its_two_unusable_entries_are_counted(played: Played) -> None:
    first, second = (line for line in played.line("UN News EN") if "Asia-Pacific" not in line)

    assert first.startswith("9 entries: ")
    assert first.endswith("1 unusable (no_address), 1 unusable (no_title)")
    assert second.startswith("10 entries: ")


def test_a_story_in_two_feeds_of_un_news_is_kept_once(played: Played) -> None:
    whole, region = (
        [int(line.partition(" new")[0].rpartition(" ")[2]) if " new" in line else 0 for line in played.line(name)]
        for name in ("UN News EN 9", "UN News EN, Asia-Pacific")
    )

    assert whole[0] + region[0] == 7


def test_languages_and_the_exact_reprint_come_together_in_one_story(played: Played) -> None:
    headline = "  Kazakhstan and UNDRR discuss early warning of natural disasters"
    tellers = played.lines[played.lines.index(headline) + 1].strip().split("; ")
    publishers = {teller.partition(" (sample) ")[0]: teller.partition(" (sample) ")[2] for teller in tellers}

    assert set(publishers) == {"MFA of Kazakhstan", "KazISS"}
    assert set(publishers["MFA of Kazakhstan"].strip("()").split(", ")) == {"RU", "KK", "EN"}
    assert publishers["KazISS"] == "(EN)"


def test_one_event_told_by_two_publishers_in_three_languages_is_one_card_of_four(played: Played) -> None:
    first = next(plain(letter) for letter in played.letters if "digest on request" in plain(letter))
    card = first.partition("exchange data on the water of the Syr Darya ")[2].partition("https://")[0]

    assert re.fullmatch(
        r"OFFICIAL MFA of Kazakhstan \(sample\): (?:EN|RU) [^A]*?(?:EN|RU) [^A]*"
        r"AGENCY Kazinform \(sample\): EN [^(]*\(reprint\), KK [^(]*\(translation\) .*",
        card,
    ), card


def test_two_visitors_of_one_minister_and_the_rates_of_two_days_stay_apart(played: Played) -> None:
    with Store(f"sqlite:///{played.folder / 'presswatch.db'}") as store:
        items = store.read_now(lambda unit: unit.items.newest(100))
        stories = {
            item.id: store.read_now(lambda unit, item=item: unit.stories.of_item(item.id))  # type: ignore[misc]
            for item in items
            if "курсы валют" in item.title or "принял делегацию" in item.title
        }

    assert [story.items for story in stories.values() if story is not None] == [(item,) for item in stories]
    assert len(stories) == 4


def test_bulletins_from_one_template_stay_stories_of_their_own(played: Played) -> None:
    told = " ".join(plain(letter) for letter in played.letters)

    # Russian or Kazakh, whichever came first, gives the headline.
    assert set(re.findall(r"магнитуда(?:сы)? (\d,\d), ", told)) == {"4,1", "3,6", "4,4"}


def test_the_correction_is_told_with_both_versions(played: Played) -> None:
    assert played.line("headline was:") == ['Foreign Ministry and Red Cresent start "Ready for the flood" project']
    assert played.line("headline now:") == ['Foreign Ministry and Red Crescent start "Ready for the flood" project']
    assert played.line("in the text:") == ["420 became 240"]


def test_every_digest_is_delivered_as_mail_and_page(played: Played) -> None:
    assert played.letters
    for letter in played.letters:
        assert letter["To"] == "press-desk@example.org"
        assert part(letter, "plain")
    for path in played.folder.rglob("*.eml"):
        page = path.with_suffix(".html").read_text(encoding="utf-8")
        assert "</html>" in page


def test_the_first_digest_tells_all_three_languages_under_the_addresses_that_readers_open(played: Played) -> None:
    text = max((plain(letter) for letter in played.letters), key=len)

    assert "UNDRR" in text
    assert "Красн" in text
    assert "Қызыл Жарты Ай" in text
    assert "https://news.un.org/en/story/" in text
    assert "https://www.gov.kz/memleket/entities/mfa/press/news/details/99000106?lang=" in text
    assert "https://kisi.kz/en/round-table-on-water-and-energy/" in text
    # What a page of its own was read for stands under the address it was read at.
    assert set(re.findall(r"http://([\d.]+):", text)) == {"127.0.0.5", "127.0.0.6"}
    assert not [trace for trace in ("/feed/view/", "utm_source", "opening hours") if trace in text]


def test_articles_are_read_on_their_pages_in_four_editions_dates_and_letters_right(played: Played) -> None:
    assert played.line("Kazinform EN") == ["3 entries: 3 new", "4 entries: 1 new"]
    assert played.line("Kazinform KK in Latin letters") == ["1 entry: 1 new", "unchanged since the last visit"]
    assert [line for line in played.line("UNRCCA")[:4] if " new" in line] == ["1 entry: 1 new", "2 entries: 1 new"]
    with Store(f"sqlite:///{played.folder / 'presswatch.db'}") as store:
        items = {item.title: item for item in store.read_now(lambda unit: unit.items.newest(100))}
    damaged = items["В Алматы прошло учение на случай землетрясения"]
    latin = items["Qyzyl Jarty Aı qoǵamynyń eriktileri sý tasqynyna daıyndalýda"]
    undated = items["UNRCCA holds training on preventive diplomacy in Ashgabat"]

    assert "жителям показали места сбора" in damaged.text
    assert damaged.aside == "АЛМАТЫ. КАЗИНФОРМ"
    assert latin.language == "kk"
    assert "Buǵan deıin Saryaǵashta" in latin.aside
    for item in (damaged, latin, undated):
        assert item.published is not None
        assert item.published.precision == "exact"
    assert "wildfire" not in items["Red Crescent volunteers get ready for spring floods in Aktobe Region"].text
    assert not [title for title in items if "vineyards" in title.lower()], "read from the address of another story"


def test_every_publisher_is_called_a_sample(played: Played) -> None:
    for letter in played.letters:
        told = re.findall(r"^  (?:OFFICIAL|UN) +(.*)$", part(letter, "plain"), re.MULTILINE)
        assert told
        assert all("(sample)" in line for line in told)


def test_the_third_round_tells_what_is_new_and_nothing_again(played: Played) -> None:
    *earlier, third, last = [plain(letter) for letter in played.letters]
    told = {name: [f"details/{name}?lang=" in text for text in (*earlier, third, last)].count(True)
            for name in ("99000106", "99000108")}  # fmt: skip

    assert told == {"99000106": 1, "99000108": 1}
    assert "details/99000106?lang=" in earlier[1]
    assert "details/99000108?lang=" in third
    assert "Policy brief: scales and warehouses south of Termez" in third
    # What failed when the digest before was made is told as read again.
    assert "Emergencies KK" in earlier[1].partition(" COVERAGE ")[2]
    assert re.search(r"Emergencies KK: [^.]+; read again since", third.partition(" COVERAGE ")[2])


def test_a_source_whose_page_was_made_anew_is_told_once_and_its_recovery_once(played: Played) -> None:
    empty = 'NOT READ, no_entries: the selector ".views-row" finds nothing on the page; asked again in the next round'
    assert played.line("UNRCCA")[:4] == ["1 entry: 1 new", empty, empty, "2 entries: 1 new"]

    *earlier, third, last = [plain(letter).partition(" COVERAGE ")[2] for letter in played.letters]
    assert "New: UNRCCA (last read" in third
    assert "its list was empty, which is never taken for no news" in third
    assert not [text for text in (*earlier, last) if "New: UNRCCA" in text]
    assert "UNRCCA is read again since" in last
    assert not [text for text in (*earlier, third) if "UNRCCA is read again" in text]
    assert "Experts meet on transboundary water management" in plain(played.letters[-1])
    story = " ".join(" ".join(played.lines).partition("A SOURCE THAT BROKE")[2].split())
    assert story.index("New: UNRCCA (last read") < story.index("UNRCCA is read again since")
    with Store(f"sqlite:///{played.folder / 'presswatch.db'}") as store:
        changes = store.read_now(lambda unit: unit.health.untold(0, since=None))
    assert [(one.source, one.after.state.value) for one in changes if one.after is not None] == [
        ("unrcca", "degraded"),
        ("unrcca", "ok"),
    ]
