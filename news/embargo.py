"""A publisher's own label that a text is not to be used before a time: "EMBARGOED until 10:00 GMT 8 March 2024".

A label is a piece of a line that consists of nothing but its own words, hours and dates, with punctuation or the
line's end around it, in the title or at one of the ends of a text. So an embargo on oil is none, whatever it says of
dates, and a label is none because it stands in somebody's sentence. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from news.dates import parse_date
from news.dates.times import ZONE_NAMES, hour_in, zone_in
from news.dates.words import MONTH, folded
from news.item import Item
from news.zones import zone_of

UNNAMED = timedelta(hours=24)
"""How long a label without a time holds, counted from when its text was first seen."""

_LINES_LOOKED_AT = 4
_LONGEST_LINE = 600
_LONGEST_LABEL = 160
_AHEAD = timedelta(days=180)
_LONGEST_EMBARGO = timedelta(days=60)
# A bare "embargo until 31 December" of a headline is one of trade unless it ends soon.
_LONGEST_OF_NOUN = timedelta(days=14)

_LIKELY = re.compile(
    r"embargo|эмбарго|for release|release (?:date|time)|hold until|not (?:for|to be|publish|release|use|broadcast)"
    r"|жария|тарату|публик|опублик|обнарод|разглаш|не для|не распростр|не использ|к печати",
    re.IGNORECASE,
)

# What says so by itself, without a time; and what needs one beside it.
_SURE = re.compile(
    r"embargoed|(?:strictly )?(?:under|press|media|news) embargo|strict embargo"
    r"|not (?:to be used|to be published|to be released|for (?:release|publication|broadcast|use)"
    r"(?:,? (?:or|and|/)?,? ?(?:release|publication|broadcast|use|dissemination))*)"
    r"|(?:do not|please do not) (?:publish|release|use|broadcast)|hold for release|hold until"
    r"|под эмбарго|не для (?:публикации|печати|распространения|эфира)"
    r"|(?:просьба |просим )?не (?:публиковать|распространять|обнародовать|использовать|разглашать)"
    r"|не подлежит (?:публикации|опубликованию|разглашению|распространению)"
    r"|публикация (?:запрещена|не разрешена)|запрещен[ао]? к (?:публикации|печати)"
    r"|эмбарго қойылған|жарияланбасын|жариялауға болмайды|жарияламауыңызды(?: сұраймыз)?|жариялауға тыйым салынады"
    r"|жариялауға рұқсат (?:етілмейді|жоқ|берілмейді)|жариялануға жатпайды|таратуға болмайды"
)
_NOUN = re.compile(
    r"embargo|эмбарго|for release|release (?:date|time)"
    r"|публикация разрешена|разрешен[ао]? к (?:публикации|печати)|к публикации"
    r"|жариялауға рұқсат(?: етіледі| берілген)?|жариялау уақыты"
)
_NAMES_HOUR = re.compile(r"\d[:.]\d\d|\d\s?(?:a\.?m|p\.?m|hrs|hours|час|ч\b|gmt|utc)|noon|midnight|сағат")
# "Not for publication" of a private note means never; with a word of time it means a while.
_UNTIL = re.compile(
    r"\b(?:until|till|til|before|prior|after|from|ahead|earlier|до|ранее|раньше|прежде|после|с|дейін|бұрын|кейін|бастап)\b"
)
_ALONE = re.compile(r"embargoed|embargo|strictly embargoed|(?:под )?эмбарго|эмбарго қойылған")
_WORD = re.compile(r"\d(?:[\d.:/]*\d)?(?:-?[^\W\d_]{1,6})?|[^\W\d_]+(?:['’.-][^\W\d_]+)*", re.UNICODE)
_CITIES = {
    "astana": "Asia/Almaty", "almaty": "Asia/Almaty", "астаны": "Asia/Almaty", "астана": "Asia/Almaty",
    "алматы": "Asia/Almaty", "астанинскому": "Asia/Almaty", "geneva": "Europe/Zurich", "женевы": "Europe/Zurich",
    "женева": "Europe/Zurich", "женевскому": "Europe/Zurich", "moscow": "Europe/Moscow", "москвы": "Europe/Moscow",
    "московскому": "Europe/Moscow", "мәскеу": "Europe/Moscow", "london": "Europe/London", "paris": "Europe/Paris",
    "лондон": "Europe/London", "нью-йорк": "America/New_York", "нью-йорка": "America/New_York",
    "new york": "America/New_York", "tashkent": "Asia/Tashkent", "bishkek": "Asia/Bishkek", "vienna": "Europe/Vienna",
    "ташкента": "Asia/Tashkent", "бишкека": "Asia/Bishkek", "brussels": "Europe/Brussels", "rome": "Europe/Rome",
    "nairobi": "Africa/Nairobi",
}  # fmt: skip
_WORDS = frozenset(
    """press media news release strictly strict under until till til before prior to after from ahead of at on by for or
    and not be use used published released please do publish hold date time times local hour hours hrs h am pm a.m p.m
    a.m. p.m. noon midnight o'clock utc gmt only is this text report material item monday tuesday wednesday thursday
    friday saturday sunday mon tue tues wed thu thur thurs fri sat sun earlier than broadcast publication dissemination
    embargo embargoed new york
    эмбарго до не ранее раньше прежде чем после с со в во на по и или ч час часа часов мин минут года году год г
    времени время местному местного понедельник понедельника вторник вторника среда среды среду четверг четверга
    пятница пятницы пятницу суббота субботы субботу воскресенье воскресенья утра вечера дня ночи полудня полночи
    полуночи для печати публикации публикация публиковать распространения распространять просьба просим строго
    пресс-релиз информация информации материал материала материалы разрешена разрешен разрешено запрещена запрещен
    запрещено подлежит опубликованию разглашению к использовать обнародовать под эфира
    дейін бұрын кейін бастап сағат сағ жылғы жылдың жылы ж күні күн уақыты уақытымен бойынша жергілікті таңғы кешкі
    түнгі түскі дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі мәлімет баспасөз баспасөз-релиз хабарлама үшін
    қатаң қойылған материалды ақпаратты""".split()  # noqa: SIM905
)
_MONTH_WORD = re.compile(MONTH)
_ZONE_WORD = re.compile(ZONE_NAMES)
_BEFORE = frozenset('.!?:;|()[]{}<>*/\n«»"“”–—-')
_AFTER = _BEFORE | {","}
_DOTTED_HOUR = re.compile(r"(?<![\d.:])([01]?\d|2[0-4])\.([0-5]\d)(?![\d]|\.\d)")
_BARE_HOUR = re.compile(r"(?<![\d.:])([01]\d|2[0-4])([0-5]\d)(?= ?(?:hrs|hours|h\b|gmt|utc|cet|cest|local))")
_ROUND_HOUR = re.compile(r"(?<![\d.:])(\d\d?)(?= ?(?:hrs|hours|o'clock|gmt|utc|cet|cest|час|ч\b))")
_KAZAKH_HOUR = re.compile(r"(?<=\d:\d\d)-?(?:ге|ға|ке|қа|де|да|те|та|ден|дан|тен|тан)\b")
_ZONE_BEFORE = re.compile(rf"\b({ZONE_NAMES})\s+(\d\d?:\d\d)")
_NOON = ((re.compile(r"\b(?:12 )?noon\b"), "12:00"), (re.compile(r"\b(?:midnight|полуноч[ии]|полночи)\b"), "00:00"))


@dataclass(frozen=True, kw_only=True)
class Embargo:
    """A text that asks not to be used before a time. until: None where it names none; words: the label as found."""

    until: datetime | None
    words: str

    def ends_at(self, seen_at: datetime) -> datetime:
        """When it ends for a text first seen at `seen_at`: without a time of its own `UNNAMED` later."""
        return self.until or seen_at + UNNAMED


def find_embargo(item: Item, *, zone: str) -> Embargo | None:
    """Return the label of an item, also one that is over; None where it has none.

    zone: IANA name, of hours that the label gives without one: that of the source.
    """
    found = [
        label
        for line, is_title in _lines(item)
        if _LIKELY.search(line)
        for label in _labels(line, item, zone=zone, is_title=is_title)
    ]
    return max(found, key=lambda one: (one.until is not None, one.ends_at(item.seen_at))) if found else None


def embargo_in_force(item: Item, *, zone: str, now: datetime) -> Embargo | None:
    """Return the label of an item that at `now` may not be used outside the house yet."""
    found = find_embargo(item, zone=zone)
    return found if found is not None and now < found.ends_at(item.seen_at) else None


def _lines(item: Item) -> Iterable[tuple[str, bool]]:
    """The title, and the first and last lines of what else there is, each without what is beyond a line's length."""
    yield item.title[:_LONGEST_LINE], True
    for text in dict.fromkeys((item.lead, item.text, item.aside)):
        lines = [
            line for line in (text[:4_000] + "\n" + text[-4_000:] if len(text) > 8_000 else text).splitlines() if line
        ]
        for line in dict.fromkeys((*lines[:_LINES_LOOKED_AT], *lines[-_LINES_LOOKED_AT:])):
            # Of a long paragraph the label is at one of its ends.
            yield (line if len(line) <= _LONGEST_LINE else f"{line[:300]}\n{line[-300:]}"), False


def _labels(line: str, item: Item, *, zone: str, is_title: bool) -> Iterable[Embargo]:
    words = list(_WORD.finditer(line))
    known = [_is_known(words, at) for at in range(len(words))]
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and known[end]:
            end += 1
        if end > at and (label := _label(line, words[at:end], item, zone=zone, is_title=is_title)) is not None:
            yield label
        at = end + 1


def _is_known(words: Sequence[re.Match[str]], at: int) -> bool:
    word = folded(words[at].group()).rstrip(".")
    return (
        word[0].isdigit()
        or word in _WORDS
        or word in _CITIES
        or _MONTH_WORD.fullmatch(word) is not None
        or _ZONE_WORD.fullmatch(word) is not None
        or _SURE.fullmatch(word) is not None
        or word in _TRIGGER_WORDS
    )


_TRIGGER_WORDS = frozenset(
    re.findall(r"[^\W\d_]+", f"{_SURE.pattern} {_NOUN.pattern}".replace("(?:", " ").replace("\\b", " "))
)


def _label(line: str, run: Sequence[re.Match[str]], item: Item, *, zone: str, is_title: bool) -> Embargo | None:
    """The label within a run of words that a label may have: what is left of it between two punctuation marks."""
    starts = [n for n, word in enumerate(run) if _is_edge(line, word.start(), before=True)]
    ends = [n for n, word in enumerate(run) if _is_edge(line, word.end(), before=False)]
    if not starts or not ends or ends[-1] < starts[0]:
        return None
    start, end = run[starts[0]].start(), run[ends[-1]].end()
    words = line[start:end]
    plain = " ".join(folded(words).split())
    if len(words) > _LONGEST_LABEL:
        return None
    sure = _SURE.search(plain)
    trigger = sure or _NOUN.search(plain)
    if trigger is None:
        return None
    until = _until(_without(plain, trigger), item, zone=zone)
    before, after = line[:start].rstrip()[-1:], line[end:].lstrip(" \t")[:1]
    is_whole = not line[:start].strip(" *_[](){}!.:-–—\t") and not line[end:].strip(" *_[](){}!.:-–—\t")
    is_set_off = is_whole or (before in {"[", "("} and after in {"]", ")"})
    if until is None:
        alone = _ALONE.fullmatch(plain) is not None
        if sure is not None:
            is_label = _UNTIL.search(plain) is not None or (alone and after != ",")
        else:
            is_label = alone and is_set_off and (not is_title or before in {"[", "("})
        return Embargo(until=None, words=words) if is_label else None
    span = until - item.seen_at
    if span > _LONGEST_EMBARGO:
        return None
    if sure is None and (span > _LONGEST_OF_NOUN or after == "," or not (is_set_off or _NAMES_HOUR.search(plain))):
        return None
    return Embargo(until=until, words=words)


def _is_edge(line: str, at: int, *, before: bool) -> bool:
    """Whether a line begins (or ends) at `at`, or punctuation stands there; a comma begins nothing."""
    beside = line[:at].rstrip(" \t\u00a0")[-1:] if before else line[at:].lstrip(" \t\u00a0")[:1]
    return not beside or beside in (_BEFORE if before else _AFTER)


def _without(plain: str, trigger: re.Match[str]) -> str:
    return f"{plain[: trigger.start()]} {plain[trigger.end() :]}"


def _until(said: str, item: Item, *, zone: str) -> datetime | None:
    """The instant that the words of a label name; of a day without an hour its beginning."""
    text = _plain_hours(said)
    city = next((name for name in _CITIES if re.search(rf"\b{name}\b", text)), None)
    own = _CITIES[city] if city else zone
    # The day lies ahead of the text, so it is read as if from later: without a year it is the latest one by then.
    stated = parse_date(text.strip(" ,.;:-"), language=item.language, zone=own, now=item.seen_at + _AHEAD)
    if stated is not None and stated.at is not None:
        return stated.at
    if stated is not None:
        return datetime.combine(stated.day, time(), tzinfo=zone_of(own))
    hour, end = hour_in(text)
    if hour is None:
        return None
    where = zone_in(text, after=end) or zone_of(own)
    seen = item.seen_at.astimezone(where)
    at = datetime.combine(seen.date(), hour, tzinfo=where)
    return at if at > seen else at + timedelta(days=1)


def _plain_hours(said: str) -> str:
    text = _DOTTED_HOUR.sub(_colon, said)
    text = _BARE_HOUR.sub(r"\1:\2", text)
    text = _ROUND_HOUR.sub(r"\1:00", text) if hour_in(text)[0] is None else text
    text = _KAZAKH_HOUR.sub("", text)
    for pattern, hour in _NOON:
        text = pattern.sub(hour, text)
    return _ZONE_BEFORE.sub(r"\2 \1", text)


def _colon(found: re.Match[str]) -> str:
    """An hour with a dot, unless it is a day and a month: "08.03" beside another hour or without one."""
    rest = found.string[: found.start()] + found.string[found.end() :]
    is_day = (
        1 <= int(found[2]) <= 12 and int(found[1]) > 0 and (re.search(r"\d:\d\d", rest) or not re.search(MONTH, rest))
    )
    return (
        found[0]
        if is_day and not re.match(r" ?(?:gmt|utc|hrs|hours|cet|ч)", found.string[found.end() :])
        else f"{found[1]}:{found[2]}"
    )
