"""Items that are told apart by their words: collections of news, later versions, and notices in place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COLLECTIONS = re.compile(
    r"""
    \b(?:news|events?|highlights|headlines|summary|results|outcomes)\s+of\s+the\s+(?:day|week|month|year)\b
    | \b(?:daily|weekly|monthly|morning|evening|noon)\s+
        (?:briefing|brief|digest|round-?up|news|bulletin|review|highlights|summary|press\s+briefing|newsletter|update)\b
    | \b(?:news|press|media|week(?:ly)?)\s+(?:digest|round-?up|review|in\s+brief|in\s+review|overview)\b
    | \b(?:top|main|key)\s+(?:\w+\s+){0,2}(?:news|stories|events|headlines)\b
    | \bthis\s+week\s+in\b | \bweek\s+ahead\b | \bwhat\s+(?:you\s+need\s+to\s+know|happened)\s+(?:today|this\s+week)\b
    | \b(?:главн\w+|основн\w+|важн\w+|топ\S*)\s+(?:\w+\s+){0,2}(?:новост\w+|событи\w+)\b
    | \b(?:новости|события|итоги|хроника|обзор|картина|анонс\w*|главное)\s+
        (?:за\s+|на\s+|прошедш\w+\s+|текущ\w+\s+|уходящ\w+\s+)*(?:дня|день|недел[иею]\w*|сутки|суток|месяца?|года|утра|вечера|час\w*|к\s+этому\s+часу)\b
    | \b(?:дайджест|пресс-дайджест|обзор\s+(?:прессы|сми|новостей|событий|недели)|новостной\s+обзор
        |коротко\s+о\s+главном)\b
    | \b(?:недельн\w+|еженедельн\w+|ежедневн\w+|утренн\w+|вечерн\w+)\s+
        (?:обзор|дайджест|сводка|брифинг|выпуск|бюллетень|новости)\b
    | \bчто\s+(?:произошло|случилось)\s+за\s+(?:день|неделю|сутки|ночь)\b
    | \b(?:күн|апта|ай|тәулік|жыл)\w*\s+(?:\w+\s+)?(?:жаңалықтар\w*|оқиғалар\w*|қорытынды\w*|шолу\w*
        |басты\s+жаңалықтар\w*)
    | \b(?:басты|негізгі|маңызды)\s+(?:жаңалықтар|оқиғалар)\w* | \b(?:баспасөз|апталық|күнделікті|ақпарат\w*)\s+шолу\w*
    | \b(?:апталық|күнделікті|таңғы|кешкі)\s+(?:дайджест|брифинг|шолу|жаңалықтар|бюллетень|жинақ)\w* | \bдайджест\w*
    """,
    re.IGNORECASE | re.VERBOSE,
)
# How the first words of these begin: the few titles without any of them are not looked at.
_FIRST = frozenset(
    """new eve hig hea sum res out dai wee mon mor noo pre med top mai key thi wha
    гла осн важ топ нов соб ито хро обз кар ано дай пре кор нед еже утр веч что
    күн апт ай тәу жыл бас нег маң ақп таң кеш""".split()  # noqa: SIM905
) | frozenset(f"ай{letter}" for letter in "аәбвгғдежзийікқлмнңоөпрстуұүфхһшыэюя")
_LATER = re.compile(
    r"""
    [(\[]\s*(?:updated?|corrected|correction|amended|revised|developing|обновл\w+|дополн\w+|уточн\w+|исправл\w+|жаңартыл\w+
        |толықтырыл\w+|түзетіл\w+)\b
    | ^\s*(?:upd(?:ate)?|updated|corrected|correction|revised|обновл\w+|дополн\w+|уточн\w+|исправл\w+|жаңартыл\w+
        |толықтырыл\w+|түзетіл\w+)\s*\d*\s*[:\u2013\u2014.-]
    | [-\u2013\u2014:|]\s*(?:updated?|corrected|обновлено|дополнено|уточнено|исправлено|жаңартылды|толықтырылды)\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOTICES = re.compile(
    r"""
    \b(?:we|this\s+(?:web)?site|our\s+(?:web)?site)\b[^.]{0,40}\buses?\s+(?:\w+\s+)?cookies\b
    | \baccept\s+(?:all\s+)?cookies\b
    | \bcookies?\s+(?:policy|settings|consent|preferences)\b | \bsaves?\s+cookies\b
    | \b(?:сайт|мы)\b[^.]{0,40}\bиспольз\w+\s+(?:файлы\s+)?(?:cookies?|куки)\b
    | \bфайл\w*\s+cookies?\b | \bcookie-файл\w*
    | \bcookie(?:s|лер|\s*файлдар)\w*\s+(?:файлдар\w*\s+)?(?:қолдан|пайдалан)\w*
    | \benable\s+javascript\b | \bjavascript\s+is\s+(?:disabled|required)\b | \bвключите\s+javascript\b
    | \bchecking\s+(?:if\s+)?your\s+browser\b | \bverify\s+(?:that\s+)?you\s+are\s+(?:not\s+a\s+)?(?:human|robot)\b
    | \b(?:subscribe|log\s+in|sign\s+in)\s+to\s+(?:continue|read\s+(?:the\s+)?(?:full|rest))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_NOTICE = 120
_NOTICE_WITHIN = 1_500


def is_collection(title: str, forms: Iterable[str]) -> bool:
    """Whether a title announces the news of a day or week, which tell many events; `forms` are its words'."""
    return not _FIRST.isdisjoint([form[:3] for form in forms]) and _COLLECTIONS.search(title) is not None


def is_later(title: str) -> bool:
    """Whether a title says of itself that it was updated or corrected."""
    return _LATER.search(title) is not None


def is_site_notice(text: str, words: int) -> bool:
    """Whether a short text is what a site shows in place of its news (cookies, a check of the browser, a pay wall)."""
    return words <= _LONGEST_NOTICE and _NOTICES.search(text[:_NOTICE_WITHIN]) is not None
