"""Relations: what joins a story, and what only looks like it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from news.item import Item, Stated
from news.story import Choice, Lookalike, Relation, choose_story, sign
from news.story.bridge import further_choices
from news.story.candidates import Candidates
from news.watch.indexed import index_item
from tests.news.story.samples import TODAY, an_item, choices, last, received

RELEASE = received("en", publisher="Ministry")
WORDS = RELEASE.text.split()


def test_one_event_in_three_languages_and_a_reprint_is_one_story_of_four() -> None:
    found = choices(
        received("ru", publisher="Ministry"),
        received("en", publisher="Ministry"),
        received("kk", publisher="Agency"),
        received("ru", publisher="Agency"),
    )
    assert [choice.relation for choice in found] == ["new", "translation", "translation", "same"]
    assert {choice.story for choice in found[1:]} == {1}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_two_receptions_on_one_day_are_two_stories_on_one_form(language: str) -> None:
    choice = last(received(language, 0, publisher="Ministry"), received(language, 1, publisher="Ministry"))
    assert (choice.story, choice.relation, choice.to) == (None, Relation.TEMPLATE, 1)
    assert choice.evidence is not None
    assert choice.evidence.only_new
    assert choice.evidence.only_old


_TO_LATIN = str.maketrans(
    dict(zip("аәбвгғдежзийіқклмнңоөпрстуұүфхһы", "aábvgǵdejzııiqklmnńoóprstýuúfhhy", strict=True))
    | {"ш": "sh", "ч": "ch", "ц": "ts", "я": "ia", "ю": "iý", "ь": ""}
)


def _in_latin(word: str) -> str:
    latin = word.lower().translate(_TO_LATIN)
    return latin.capitalize() if word[0].isupper() else latin


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["Cyrillic first", "Latin first"])
@pytest.mark.parametrize(("which", "joins"), [(0, True), (1, False)], ids=["one reception", "two"])
def test_one_event_in_both_alphabets_of_kazakh_is_one_story(order: tuple[int, int], which: int, joins: bool) -> None:
    cyrillic, release = received("kk", publisher="Ministry"), received("kk", which)
    title, text = (re.sub(r"\w+", lambda found: _in_latin(found.group()), one) for one in (release.title, release.text))
    latin = an_item(title, text, language="kk", publisher="Agency")
    assert last(*((cyrillic, latin)[at] for at in order)).relation.joins is joins


def test_an_edition_of_an_agency_in_the_other_alphabet_is_the_same_text() -> None:
    """Word for word, though nothing that it names is found by its letters."""
    title = "Қызыл Жарты Ай қоғамының еріктілері су тасқынына дайындалуда"
    text = (
        "Қоғамның еріктілері облыста оқу-жаттығу өткізді. 60 ерікті тұрғындарды қабылдайтын орталықты мектепте ашты. "
        "Облысқа 35 шатыр, көрпелер мен сорғылар жеткізілді. Келесі оқу-жаттығу көктемде болады деп хабарлады қоғам."
    )
    latin = [re.sub(r"\w+", lambda found: _in_latin(found.group()), one) for one in (title, text)]
    found = last(
        an_item(title, text, language="kk", publisher="Agency"),
        an_item(latin[0], latin[1], language="kk", publisher="Agency"),
    )
    assert (found.story, found.relation) == (1, Relation.SAME)
    assert found.why.startswith("same news: same text in another spelling")


def test_two_receptions_stay_two_in_another_language_too() -> None:
    found = choices(*(received(language, which) for language in ("ru", "en", "kk") for which in (0, 1)))
    assert [choice.story for choice in found] == [None, None, 1, 2, 1, 2]


def test_what_happened_elsewhere_is_no_translation() -> None:
    drill, flood, drilled, tents = choices(
        an_item("Red Crescent volunteers drill for floods in Almaty", "Sixty volunteers trained on the Ili river."),
        an_item(
            "Паводок в Актюбинской области, закрыты дороги",
            "Закрыты два участка дорог. Общество Красного Полумесяца Казахстана помогает.",
            language="ru",
        ),
        an_item(
            "Қызыл Жарты Ай қоғамының еріктілері су тасқынына дайындалуда",
            "Қазақстан Қызыл Жарты Ай қоғамының еріктілері Алматыда жаттығу өткізді.",
            language="kk",
        ),
        an_item(
            "Red Crescent sends tents to Turkestan after flood",
            "The Kazakh Red Crescent sent 120 tents to Turkestan Region.",
        ),
    )
    assert [drill.story, flood.story, tents.story] == [None, None, None]
    assert (drilled.story, drilled.relation) == (1, Relation.TRANSLATION)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (" ".join(WORDS[: len(WORDS) // 2]), RELEASE.title),
        (" ".join(WORDS[:20]), RELEASE.title),
        (f"ASTANA. AGENCY - {RELEASE.text} Follow us on Telegram.", RELEASE.title),
        (RELEASE.text, "Students and books were the subject of talks"),
    ],
    ids=["half", "teaser", "dateline", "another title"],
)
def test_what_another_publisher_makes_of_a_release_is_the_same_news(text: str, title: str) -> None:
    choice = last(RELEASE, an_item(title, text, publisher="Agency"))
    assert (choice.story, choice.relation, choice.to) == (1, Relation.SAME, 1)


def test_a_corrected_release_is_a_later_version_and_names_both_figures() -> None:
    corrected = replace(RELEASE, text=RELEASE.text.replace("320 books", "230 books"))
    choice = last(RELEASE, corrected)
    assert (choice.story, choice.relation) == (1, Relation.UPDATE)
    assert choice.evidence is not None
    assert (choice.evidence.only_new, choice.evidence.only_old) == (("230",), ("320",))
    assert "only the new one 230, only the other 320" in choice.why


@pytest.mark.parametrize("publisher", ["Ministry", "Agency"])
def test_one_word_tells_two_news_in_brief_apart(publisher: str) -> None:
    def brief(office: str, number: int, publisher: str) -> Item:
        text = f"The office of {office} reports number {number} to the public today, as planned."
        return an_item(f"The office of {office} opens register {number}", text, publisher=publisher)

    other = last(brief("harbours", 1, "Ministry"), brief("forests", 1, publisher))
    assert (other.story, other.relation) == (None, Relation.TEMPLATE)
    next_one = last(brief("harbours", 1, "Ministry"), brief("harbours", 2, publisher))
    assert (next_one.story, next_one.relation) == (None, Relation.TEMPLATE)
    copy = last(brief("harbours", 1, "Ministry"), brief("harbours", 1, publisher))
    assert (copy.story, copy.relation) == (1, Relation.SAME)


def test_a_title_that_says_so_makes_a_later_version_anywhere() -> None:
    longer = RELEASE.text + " The embassy has since added that the books will be shown to readers in the new wing."
    assert last(RELEASE, an_item(f"{RELEASE.title} (updated)", longer, publisher="Agency")).relation is Relation.UPDATE


VISIT = (
    "{who} прибыл сегодня с рабочим визитом в {town}. В ходе поездки министр посетил новую школу и областную больницу, "
    "осмотрел строящийся мост и встретился с жителями. Были обсуждены вопросы водоснабжения, ремонта дорог и подготовки"
    " к отопительному сезону. По итогам поездки даны поручения."
)


@pytest.mark.parametrize(
    ("who", "town", "publisher"),
    [
        ("транспорта", "Алматы", "Region"),
        ("транспорта", "Алматы", "Agency"),
        ("здравоохранения", "Конаев", "Agency"),
    ],
    ids=["another minister in plain words", "another minister at another publisher", "another town"],
)
def test_visits_of_one_day_written_on_one_form_are_two(who: str, town: str, publisher: str) -> None:
    def visit(who: str, town: str, publisher: str) -> Item:
        minister = f"Министр {who}"
        return an_item(
            f"{minister} посетил {town}", VISIT.format(who=minister, town=town), publisher=publisher, language="ru"
        )

    choice = last(visit("здравоохранения", "Алматы", "Region"), visit(who, town, publisher))
    assert (choice.story, choice.relation) == (None, Relation.TEMPLATE)


def test_a_release_under_a_new_address_with_more_in_its_headline_is_a_later_version() -> None:
    later = replace(RELEASE, title=f"{RELEASE.title}: details", text=RELEASE.text.replace("today", "this morning"))
    assert last(RELEASE, later).relation is Relation.UPDATE


def test_a_speech_and_the_story_that_quotes_it_stay_two() -> None:
    speech = " ".join(
        f"On point {point} the chairperson told the assembly about {topic}, asked for patience and promised a report."
        for point, topic in enumerate("rivers roads schools clinics forests pastures archives museums".split(), start=1)  # noqa: SIM905
    )
    quoting = " ".join(speech.split()[:34])
    choice = last(an_item("Address to the assembly", speech), an_item("Patience asked of rural councils", quoting))
    assert (choice.story, choice.relation, choice.to) == (None, Relation.EXCERPT, 1)


def test_rates_are_one_item_a_day() -> None:
    form = (
        "The National Bank has set the official exchange rates. One US dollar costs {} tenge, one euro {} tenge, one"
        " rouble {} tenge. The rates serve accounting and customs payments, banks set their own rates for buying and"
        " selling."
    )
    days = [(498.12, 541.3, 5.12), (498.9, 540.77, 5.1), (501.4, 543.05, 5.15)]
    found = choices(
        *(
            an_item(
                "Official exchange rates", form.format(*rates), day=TODAY + timedelta(days=at - 3), publisher="Bank"
            )
            for at, rates in enumerate(days)
        )
    )
    assert [choice.relation for choice in found] == ["new", "template", "template"]
    assert not any(choice.story for choice in found)


def test_the_next_numbered_bulletin_is_another_item_though_its_text_is_the_same() -> None:
    text = (
        "The regional office closes parts of the roads to the mountains because of snow. Drivers are asked to take the "
        "road along the river. Buses go by another way until the evening, and the duty desk answers calls at any hour."
    )
    number = "Road closures in Almaty Region, bulletin No. {}"
    first, later = (
        an_item(number.format(n), text, publisher="Office", published=Stated(day=TODAY + timedelta(days=n), zone="UTC"))
        for n in (0, 1)
    )
    assert last(replace(first, text_hash=""), replace(later, text_hash="")).relation is Relation.TEMPLATE
    assert last(replace(first, text_hash=""), replace(first, text_hash="", publisher="Agency")).relation.joins


def test_a_serial_that_repeats_word_for_word_is_one_item_a_day() -> None:
    notice = "The weekly table of water levels in the reservoirs of the country is attached below this short notice."
    days = [an_item("Water levels", notice, text_hash="same", day=date(2026, 11, 20 + at)) for at in range(3)]
    assert [choice.relation for choice in choices(*days)] == ["new", "template", "template"]
    elsewhere = replace(days[2], publisher="Agency")
    assert last(days[2], elsewhere).relation is Relation.SAME
    reprinted = [one for day in days for one in (day, replace(day, publisher="Agency"))]
    assert [choice.story for choice in choices(*reprinted)] == [None, 1, None, 3, None, 5]
    assert last(*days, elsewhere).story == 3
    assert last(days[0], elsewhere).story == 1, "who reprints a release a day later reprints no serial"


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "News of the day"), ("en", "Weekly briefing"), ("ru", "Главные новости дня"), ("kk", "Апта жаңалықтары")],
)
def test_collections_join_no_story(language: str, title: str) -> None:
    of_day = replace(received(language), title=title, publisher="Agency")
    assert [choice.relation for choice in choices(received(language), of_day, received(language))] == [
        "new",
        "new",
        "same",
    ]


def test_a_cookie_notice_a_hundred_times_is_no_story() -> None:
    notice = "We use cookies to make this site work and to count its visitors. Please accept all cookies to read on."
    items = [an_item("Please wait", notice, text_hash="notice", publisher="Site") for _ in range(100)]
    assert {choice.story for choice in choices(*items)} == {None}


def test_items_without_a_text_join_by_an_equal_headline_of_one_day_alone() -> None:
    headline = "Bridge over the Ishim opens to traffic after two years"
    assert last(an_item(headline), an_item(headline, publisher="Agency")).relation is Relation.SAME
    assert last(an_item(headline), an_item(headline, day=date(2026, 11, 19), publisher="Agency")).story is None
    assert last(an_item("Weather"), an_item("Weather", publisher="Agency")).story is None
    assert last(an_item(), an_item()).story is None


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_date_that_cannot_be_is_the_day_it_was_seen(year: int) -> None:
    wrong = replace(received("ru"), published=Stated(day=date(year, 1, 1), zone="UTC"))
    assert last(received("en"), wrong).relation is Relation.TRANSLATION


def test_translations_are_of_two_days_at_most() -> None:
    assert last(received("en"), received("ru", day=TODAY - timedelta(days=2))).relation is Relation.TRANSLATION
    assert last(received("en"), received("ru", day=TODAY - timedelta(days=4))).story is None


def test_more_copies_than_a_look_up_holds_are_one_story() -> None:
    found = choices(RELEASE, *(replace(RELEASE, publisher=f"Paper {at}") for at in range(230)))
    assert {choice.story for choice in found[1:]} == {1}


def test_publishers_own_id_and_address_outrank_every_likeness() -> None:
    keyed = replace(received("ru", 1), story_keys=("native:gov.kz:7",))
    choice = last(replace(RELEASE, story_keys=("native:gov.kz:7",)), received("ru", 1), keyed)
    assert (choice.story, choice.relation) == (1, Relation.TRANSLATION)
    again = last(replace(RELEASE, url="https://a.example/1"), replace(received("en", 1), url="https://a.example/1"))
    assert (again.story, again.relation) == (1, Relation.UPDATE)


def test_an_item_stored_without_a_signature_is_compared_exactly_only() -> None:
    stored = Lookalike(item=5, story=9, language="en", text_hash="same", story_keys=())
    indexed = index_item(replace(RELEASE, text_hash="same"))
    assert choose_story(indexed.item, [stored]).story == 9
    other = replace(stored, text_hash="other")
    assert choose_story(indexed.item, [other], signature=sign(indexed)).relation is Relation.NEW


@pytest.mark.parametrize(("kept", "tied"), [(1.0, [2]), (0.5, [])])
def test_a_release_ties_a_reprint_to_its_story_and_no_article_that_shares_less(kept: float, tied: list[int]) -> None:
    candidates = Candidates()
    candidates.take_in(index_item(replace(received("ru", publisher="Ministry"), story_keys=("native:gov.kz:7",))))
    own = " Readers may borrow what was given from Monday on, and the reading room stays open until nine on weekdays."
    text = " ".join(WORDS[: int(kept * len(WORDS))]) + own * (kept < 1)
    reprint = replace(RELEASE, text=text, publisher="Agency")
    candidates.keep(reprint, sign(index_item(reprint)), Choice(story=None, relation=Relation.NEW))
    item = replace(RELEASE, story_keys=("native:gov.kz:7",))
    signature = sign(index_item(item))
    found = candidates.lookalikes(item, signature)
    choice = choose_story(item, found, signature=signature, frequencies=candidates.frequencies)
    further = further_choices(item, choice, found, signature=signature, frequencies=candidates.frequencies)
    assert (choice.story, [one.story for one in further]) == (1, tied)
