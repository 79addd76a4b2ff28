"""What it means that some words were replaced by others: figures, names, offices, wording, or nothing of substance.

Words are compared by the keys that watches use, so an inflected form, another spelling of a name or another alphabet's
look-alike is no change. A word of the common language may differ by a slip of the keyboard.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from news.changes.change import What
from news.text import russian
from news.text.forms import answered_keys, asked_keys
from news.text.name_fold import folds
from news.text.names import name_answers, title_keys
from news.text.words import word_forms

MOST_EXTRA = 2
"""Common words that may come or go in one place without changing what is said ("also", "today")."""

_SHORTEST_TYPO = 5
_LONG_WORD = 8
_GROUP = re.compile("[\u0020\u00a0\u2009\u202f.,'’]")
_CYRILLIC = re.compile("[\u0400-\u052f]")

_NEGATIONS = frozenset(
    """not no never nor neither without cannot isn't wasn't aren't won't don't doesn't didn't не нет ни никогда без
    нельзя емес жоқ ешқашан emes joq""".split()  # noqa: SIM905
)
_FUNCTION_WORDS = frozenset(
    """a an the of in on at to by for with from into as and or that which who this these its it is are was were be been
    has have had will would also и а но или в во на с со к ко по о об от до из за для при у что который также это же
    как бы ли мен пен бен және да де та те үшін туралы бойынша дейін кейін осы сол бұл ол""".split()  # noqa: SIM905
)
# Each row is one thing whatever the language; a change from one row to another is a change of a date or a count.
_DATES_AND_COUNTS = """
    january январь қаңтар
    february февраль ақпан
    march март наурыз
    april апрель сәуір
    may май мамыр
    june июнь маусым
    july июль шілде
    august август тамыз
    september сентябрь қыркүйек
    october октябрь қазан
    november ноябрь қараша
    december декабрь желтоқсан
    monday понедельник дүйсенбі
    tuesday вторник сейсенбі
    wednesday среда сәрсенбі
    thursday четверг бейсенбі
    friday пятница жұма
    saturday суббота сенбі
    sunday воскресенье жексенбі
    two два екі
    three три үш
    four четыре төрт
    five пять бес
    six шесть алты
    seven семь жеті
    eight восемь сегіз
    nine девять тоғыз
    ten десять
    dozen дюжина
    twenty двадцать жиырма
    thirty тридцать отыз
    forty сорок қырық
    fifty пятьдесят елу
    hundred сто жүз
    thousand тысяча мың
    million миллион
    billion миллиард
    half половина жарты
"""
_NAMED_DAYS = 19  # rows of months and days of the week
_OFFICE_MODIFIERS = (
    "acting former interim vice deputy first-deputy исполняющий бывший заместитель замминистра вице-министр бұрынғы "
    "орынбасар"
)


@dataclass(frozen=True, kw_only=True)
class Token:
    """One word of a sentence. opens: it is the first; before: what stands between it and the word before."""

    form: str
    written: str
    start: int
    end: int
    opens: bool
    before: str


def meaning(was: Sequence[Token], now: Sequence[Token], *, known_names: frozenset[str]) -> frozenset[What]:
    """What of substance it changes that `now` stands where `was` stood; empty for cosmetics.

    known_names: forms that are capitalised inside sentences of either version, so that they are names at the start of
    one, too.
    """
    joined = "".join(token.form for token in was)
    if joined.isalpha() and joined == "".join(token.form for token in now):
        return frozenset()
    what: set[What] = set()
    if _figures(was) != _figures(now) or _counts(was) != _counts(now):
        what.add(What.FIGURES)
    rest_was, rest_now = ([token for token in side if not _is_figure(token)] for side in (was, now))
    rest_was, rest_now = _without_equal(rest_was, rest_now)
    for token in (*rest_was, *rest_now):
        if token.form in _NEGATIONS:
            what.add(What.PARAGRAPHS)
        elif _is_office(token):
            what.add(What.TITLES)
        elif _is_name(token, known_names):
            what.add(What.NAMES)
    plain_was, plain_now = ([token for token in side if _is_plain(token, known_names)] for side in (rest_was, rest_now))
    if _is_reworded(plain_was, plain_now):
        what.add(What.PARAGRAPHS)
    return frozenset(what)


def same_word(one: Token, other: Token) -> bool:
    """Whether both are forms of one word, or spellings of one name."""
    if one.form == other.form:
        return True
    mine, theirs = _keys(one.written, one.form), _keys(other.written, other.form)
    return bool(mine & theirs or _asked(one.written) & theirs or _asked(other.written) & mine)


def is_joined(before: Token, after: Token) -> bool:
    """Whether two neighbouring words of digits are written as one figure: 1,250 or 12.5."""
    digits = before.form.isdigit() and after.form.isdigit()
    return digits and len(after.before) == 1 and _GROUP.match(after.before) is not None


@lru_cache(maxsize=16_384)
def _keys(written: str, form: str) -> frozenset[str]:
    keys = {*answered_keys(written, form), *name_answers(written, form)}
    if written[:1].isupper() and len(written) > 1:
        keys.update(f"n:{key}" for key in folds(written))
    return frozenset(keys)


@lru_cache(maxsize=4_096)
def _asked(written: str) -> frozenset[str]:
    return asked_keys([written])[0]


def _without_equal(was: list[Token], now: list[Token]) -> tuple[list[Token], list[Token]]:
    """Both sides without the words that have a counterpart on the other."""
    left, kept = list(now), []
    for token in was:
        twin = next((other for other in left if same_word(token, other)), None)
        if twin is None:
            kept.append(token)
        else:
            left.remove(twin)
    return kept, left


def _figures(tokens: Sequence[Token]) -> Counter[str]:
    """The figures among words, digits alone: 1,250 and 1 250 are 1250, 12.5 and 12,5 are 12.5."""
    found: list[str] = []
    previous: Token | None = None
    for token in tokens:
        digits = "".join(sign for sign in token.form if sign.isdigit())
        if not digits:
            previous = None
            continue
        if previous is not None and is_joined(previous, token):
            is_group = len(digits) == 3 and found[-1] and "." not in found[-1]
            if is_group:
                found[-1] += digits
            elif not token.before.isspace():
                found[-1] += f".{digits}"
            else:
                found.append(digits)
        else:
            found.append(digits)
        previous = token
    return Counter(found)


def _counts(tokens: Sequence[Token]) -> Counter[int]:
    return Counter(row for token in tokens if (row := _row(token.written, token.form)) is not None)


@lru_cache(maxsize=16_384)
def _row(written: str, form: str) -> int | None:
    keys = answered_keys(written, form)
    number = next((number for key in keys if (number := _rows().get(key)) is not None), None)
    # English writes months and days with a capital: a march may be held, or may not.
    is_verb = number is not None and number < _NAMED_DAYS and written.isascii() and not written[:1].isupper()
    return None if is_verb else number


@lru_cache(maxsize=1)
def _rows() -> dict[str, int]:
    rows: dict[str, int] = {}
    for number, line in enumerate(_DATES_AND_COUNTS.strip().splitlines()):
        for word in line.split():
            for key in asked_keys([word_forms(word).written])[0]:
                rows.setdefault(key, number)
    return rows


@lru_cache(maxsize=1)
def _office_keys() -> frozenset[str]:
    return title_keys() | {key for word in _OFFICE_MODIFIERS.split() for key in asked_keys([word])[0]}


def _is_figure(token: Token) -> bool:
    return any(sign.isdigit() for sign in token.form) or _row(token.written, token.form) is not None


def _is_office(token: Token) -> bool:
    return bool(answered_keys(token.written, token.form) & _office_keys())


def _is_name(token: Token, known_names: frozenset[str]) -> bool:
    return token.written[:1].isupper() and (not token.opens or token.form in known_names)


def _is_plain(token: Token, known_names: frozenset[str]) -> bool:
    return not (token.form in _NEGATIONS or _is_office(token) or _is_name(token, known_names))


def _is_reworded(was: list[Token], now: list[Token]) -> bool:
    """Whether common words were replaced by others, but for slips of the keyboard and words of no weight."""
    left = list(now)
    kept: list[Token] = []
    for token in was:
        twin = next((other for other in left if _is_slip(token, other)), None)
        if twin is None:
            kept.append(token)
        else:
            left.remove(twin)
    gone = [token for token in kept if token.form not in _FUNCTION_WORDS]
    come = [token for token in left if token.form not in _FUNCTION_WORDS]
    return bool(gone and come) or len(gone) + len(come) > MOST_EXTRA


def _is_slip(one: Token, other: Token) -> bool:
    """Whether two words are one word typed twice, not two words that happen to look alike (мир, мэр)."""
    longest = max(len(one.form), len(other.form))
    if longest < _SHORTEST_TYPO:
        return False
    most = 2 if longest >= _LONG_WORD and not (one.opens or other.opens) else 1
    if OSA.distance(one.form, other.form, score_cutoff=most) > most:
        return False
    return not (_CYRILLIC.search(one.form) and russian.is_common_word(one.form) and russian.is_common_word(other.form))
