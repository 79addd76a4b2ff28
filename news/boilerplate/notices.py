"""What a site says to its visitors in the middle of its texts, and the names of what it embeds."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Beginnings of lines, in small letters; a source adds its own in its declaration.
_NOTICES = (
    # kisi.kz, on every page of its new site, the English ones too (SOURCES.md, section 4)
    "дорогой посетитель!",
    "мы рады приветствовать вас на нашем новом сайте",
    "ресурс находится в процессе доработки",
    "this website uses cookies",
    "this site uses cookies",
    "мы используем файлы cookie",
    "сайт использует файлы cookie",
)
_LINK = r"ссылк|сілтеме|обязательн|міндетті|запрещ|разрешен|указан\w* источник|hyperlink"
_CHANNEL = (
    r"соц\w*сет|социальн\w+ сет|әлеуметтік желі|social (?:media|network)|канал|арна|channel|рассылк|newsletter|страниц"
    r"|telegram|телеграм|whatsapp|ватсап|instagram|инстаграм|facebook|фейсбук|twitter|твиттер|youtube|ютуб|tiktok|linkedin"
    r"|вконтакте|google|threads|dzen|дзен|\bx\b|\bvk\b"
)
# Beginnings that news shares ("При использовании материалов съёмки ..."), each with what a notice goes on to say.
_CLOSED = (
    (("при использовании материалов", "при копировании материалов", "перепечатка материалов"), re.compile(_LINK)),
    (("материалды пайдаланғанда", "материалдарды пайдаланғанда"), re.compile(_LINK)),
    (("нашли ошибку",), re.compile(r"выдел|нажм|ctrl|сообщите нам|напишите нам")),
    (("подписывайтесь на наш", "подпишитесь на наш"), re.compile(_CHANNEL)),
    (("следите за нашими новостями",), re.compile(rf"новостями\W*$|{_CHANNEL}")),
    (("читайте нас в", "поделиться в соц", "follow us on", "subscribe to our"), re.compile(_CHANNEL)),
    (("біздің telegram-арнамызға жазылыңыз", "sign up for our newsletter"), re.compile(r"")),
    (("share this article",), re.compile(rf"article\W*$|{_CHANNEL}")),
)
_BEGINNINGS = tuple(beginning for beginnings, _ in _CLOSED for beginning in beginnings)
_LONGEST = 300
# These two go on as news does even in few words: "Follow us on the road to COP".
_ALWAYS_CLOSED = ("follow us on", "поделиться в соц")
_LONGEST_OPEN = 80
# What remains of an embedded frame as text (UN News; SOURCES.md, section 3.1).
_EMBEDS = frozenset(
    {
        "soundcloud",
        "tweet url",
        "tweet",
        "instagram",
        "instagram url",
        "twitter",
        "facebook",
        "youtube",
        "youtube video",
    }
)


def is_notice(line: str, notices: Sequence[str]) -> bool:
    """Whether a line begins with a notice of the source or a common one, or only names an embedded frame."""
    small = line.casefold()
    if small.startswith(_NOTICES) or small in _EMBEDS or line.startswith(tuple(filter(None, notices))):
        return True
    return small.startswith(_BEGINNINGS) and len(small) <= _LONGEST and _is_closed(small)


def _is_closed(small: str) -> bool:
    """Whether a line with the beginning of a notice ends as one: by what it asks for, or soon and without a stop."""
    if (
        len(small) <= _LONGEST_OPEN
        and not small.startswith(_ALWAYS_CLOSED)
        and not small.endswith((".", "…", ":", ";"))
    ):
        return True
    return any(small.startswith(beginnings) and closing.search(small) for beginnings, closing in _CLOSED)
