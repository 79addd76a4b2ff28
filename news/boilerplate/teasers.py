"""Teasers: paragraphs and lists that point to other news and name what those are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.dates.words import folded

_LONGEST = 600
_SENTENCE_END = re.compile(r"[.!?:;,…][»”\")]*$")
_MOST_HEADLINES = 4
_LONGEST_HEADLINE = 160
_LONGEST_POINTER = 60

# Who is speaking of itself: the outlet. "Earlier the minister reported ..." is news.
_OUTLET_RU = (
    r"(?:мы|нами|уже|также|в сми|наш\w*|агентств\w*|миа|редакци\w*|портал\w*|сайт\w*|корреспондент\w*"
    r"|«?(?:kazinform|qazinform|казинформ\w*)»?)"
)
_OUTLET_EN = r"(?:we|the agency|our agency|kazinform(?: news agency)?|qazinform(?: news agency)?)"
_REPORTED_EN = r"(?:reported|wrote|written|informed|announced)"
_EARLIER = re.compile(
    rf"(?:напомним,?\s+(?:что\s+)?)?(?:ранее|до этого),?\s+(?:{_OUTLET_RU}\s+){{0,4}}"
    r"(?:сообщалось|сообщали|писали|информировали|рассказывали|передавали|было сообщено)\b"
    rf"|(?:напомним,?\s+(?:что\s+)?)?ранее,?\s+(?:{_OUTLET_RU}\s+){{1,4}}(?:сообщал|писал|информировал|рассказывал|передавал)[ао]?\b"
    r"|как (?:ранее (?:уже )?(?:сообщалось|сообщали|писали)|(?:уже )?(?:сообщалось|сообщали|писали) ранее)\b"
    rf"|(?:earlier|previously),?\s+(?:it was|{_OUTLET_EN}(?: has| had)?)\s+(?:earlier |previously )?{_REPORTED_EN}\b"
    rf"|it was (?:earlier|previously) {_REPORTED_EN}\b"
    rf"|as (?:(?:it )?was |{_OUTLET_EN} )?(?:earlier |previously ){_REPORTED_EN}\b"
    rf"|as (?:(?:it )?was |{_OUTLET_EN} )?{_REPORTED_EN} (?:earlier|previously|before)\b"
)
# What is news since: the paragraph says more than what was reported before.
_SINCE = re.compile(r"\b(?:сегодня\w*|теперь|сейчас|today|now|бүгін|енді|bugin|endi)\b")
# Over folded text, so that both Latin spellings of Kazakh are one.
_KAZAKH_OPENS = re.compile(
    r"(?:бұған дейін|осыған дейін|бұдан бұрын|осыдан бұрын|еске сала\w*|бұған қоса"
    r"|bugan dei?in|osygan dei?in|budan buryn|osydan buryn|eske sala\w*)\b"
)
# In the first person the outlet speaks, and nobody in "was reported"; in the third a ministry does.
_KAZAKH_CLOSES = re.compile(
    r"\b(?:(?:хабарла|жаз|баянда)\w*\s+(?:едік|болатынбыз)|(?:хабарлаған|жазған|баяндаған)быз|хабарланған\s+(?:еді|болатын)"
    r"|(?:habarla|xabarla|jaz|bai?anda)\w*\s+(?:edik|bolatynbyz|bolatynbiz)|(?:[hx]abarlagan|jazgan|bai?andagan)(?:byz|biz)"
    r"|[hx]abarlangan\s+(?:edi|bolatyn))\W*$"
)
_FARTHEST_CLOSE = 60  # signs from the line's end
# An order to the reader; a headline follows.
_ORDER = re.compile(
    r"(?:читайте|читать|смотрите|узнайте)\s+(?:также|ещё|еще|подробнее)|read (?:also|more)|also read"
    r"|сондай-ақ оқыңыз\w*|тағы оқыңыз\w*|оқи отырыңыз\w*"
    r"|sondai-a[qk] o[qk]ynyz\w*|tagy o[qk]ynyz\w*|o[qk]i otyrynyz\w*"
)
# A label, which as well begins a sentence: "Related ministries took part".
_LABEL = re.compile(
    r"по теме|материалы по теме|другие новости|see also|related(?: news| stories| articles)?|more on this topic"
    r"|тақырып бойынша"
)
_LABEL_ENDS = re.compile(r"\s*(?:[:|»>]|-\s|-?$)")
# The first two letters of all of the above, as written: most lines are done with them, before they are folded.
_BEGINNINGS = frozenset(
    (
        *("на", "ра", "до", "ка", "ea", "pr", "it", "as"),
        *("бұ", "ос", "ес", "bu", "bū", "bú", "os", "es"),
        *("чи", "см", "уз", "re", "al", "со", "та", "оқ", "so", "ta", "oq", "ok"),
        *("по", "ма", "др", "se", "mo"),
    )
)


def teaser_lines(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that tell what the outlet reported before, or point to other texts by their headlines.

    The headlines below a line that only points ("Читайте также:") go with it.
    """
    found: set[int] = set()
    for number, line in enumerate(lines):
        if len(line) > _LONGEST or line[:2].casefold() not in _BEGINNINGS:
            continue
        plain = folded(line)
        if not _is_teaser(line, plain):
            continue
        found.add(number)
        if len(line) < _LONGEST_POINTER and _only_points(plain):
            for below in range(number + 1, min(len(lines), number + 1 + _MOST_HEADLINES)):
                if len(lines[below]) > _LONGEST_HEADLINE or _SENTENCE_END.search(lines[below]):
                    break
                found.add(below)
    return found


def _is_teaser(line: str, plain: str) -> bool:
    earlier = _EARLIER.match(plain)
    if earlier:
        return not _SINCE.search(plain, earlier.end())
    opening = _KAZAKH_OPENS.match(plain)
    if opening and _KAZAKH_CLOSES.search(plain, max(opening.end(), len(plain) - _FARTHEST_CLOSE)):
        return not _SINCE.search(plain, opening.end())
    order = _ORDER.match(plain)
    if order:
        after = plain[order.end() :].lstrip()
        return not after or after[0] in ":-|»>" or (after[0] not in ".,;" and not _SENTENCE_END.search(line))
    label = _LABEL.match(plain)
    end = _LABEL_ENDS.match(plain, label.end()) if label else None
    return end is not None and (not end[0].endswith("- ") or not _SENTENCE_END.search(line))


def _only_points(plain: str) -> bool:
    pointer = _ORDER.match(plain) or _LABEL.match(plain)
    return pointer is not None and not plain[pointer.end() :].strip(" :-|»>")
