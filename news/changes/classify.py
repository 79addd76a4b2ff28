"""Whether a later version says something else than the one before, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from news.changes.align import Run, paired, replaced
from news.changes.change import Change, ChangeKind, Passage, What
from news.changes.meaning import Token, is_joined, meaning
from news.changes.sentences import Sentence, sentences
from news.item import Item

CONTEXT = 5
"""Words shown on each side of what changed."""

_APART = 8  # words between two changes of one sentence that make two passages of them
_LONGEST = 160  # characters of a passage
_FEW_WORDS = 3
_NONE: frozenset[str] = frozenset()
_COUNTERS = frozenset(
    """views view read reads shares share comments comment likes просмотр просмотра просмотров просмотры комментарии
    комментариев прочитали поделились қаралым қаралды рет пікір пікірлер бөлісу""".split()  # noqa: SIM905
)


def classify(old: Item, new: Item) -> Change:
    """Compare two versions of one item, the earlier first. Pure, and bounded for texts of any length.

    Cosmetic: another quotation mark, dash, space, line break or order of paragraphs; an inflected form, another
    spelling of a name; a typo in a common word; a visitors' counter. Of substance: another headline, figure or date,
    name, office, and text that came, went or was put in other words. Where either version has no text (its page could
    not be read), only the headlines are compared.
    """
    was, now = sentences(_body(old)), sentences(_body(new))
    pairs = paired(was, now) if was and now else []
    # Two versions are all but alike as a rule: names are needed only where something differs.
    names = frozenset(name for one in (*was, *now) for name in one.names) if pairs or old.title != new.title else _NONE
    passages = list(_passages("title", Sentence(text=old.title), Sentence(text=new.title), names))
    added = removed = 0
    in_run = ""
    for before, after in pairs:
        side = "was" if after is None else "now" if before is None else ""
        if side and _is_counter(before or after):
            continue
        if before is not None and after is not None:
            passages.extend(_passages("text", before, after, names))
        else:
            passages.append(_alone(before, after))
            added += side == "now" and in_run != "now"
            removed += side == "was" and in_run != "was"
        in_run = side
    what = {one for passage in passages for one in passage.what}
    return Change(
        kind=ChangeKind.SUBSTANCE if what else ChangeKind.COSMETIC,
        what=tuple(one for one in What if one in what),
        passages=tuple(sorted(passages, key=_weight)),
        added=added,
        removed=removed,
    )


def _body(item: Item) -> str:
    """All that is read below the headline; a lead that only repeats the beginning of the text stands in it once."""
    if not item.text or item.text.startswith(item.lead.rstrip("… .")):
        return item.text or item.lead
    return f"{item.lead}\n{item.text}"


def _passages(field: str, was: Sentence, now: Sentence, names: frozenset[str]) -> Iterator[Passage]:
    differ = (_with_whole_figures(run, was, now) for run in replaced(was.key, now.key))
    for runs in _neighbours(_merged(differ)):
        left = [was.tokens[a:b] for a, b, _, _ in runs]
        right = [now.tokens[c:d] for _, _, c, d in runs]
        found = frozenset[What]().union(
            *(meaning(one, other, known_names=names) for one, other in zip(left, right, strict=True))
        )
        if _is_counter(was) and _is_counter(now):
            found = frozenset[What]()
        if found and field == "title":
            found |= {What.HEADLINE}
        first, last = runs[0], runs[-1]
        shown_was, was_marks = _window(was, first[0], last[1], left)
        shown_now, now_marks = _window(now, first[2], last[3], right)
        yield Passage(
            field=field,
            was=shown_was,
            now=shown_now,
            was_marks=was_marks,
            now_marks=now_marks,
            what=tuple(one for one in What if one in found),
        )


def _with_whole_figures(run: Run, was: Sentence, now: Sentence) -> Run:
    """The run grown to the ends of the figures that it cuts: 1,250 became 1,350, not 250 became 350."""
    a, b, c, d = run
    sides = ((was.tokens, a, b), (now.tokens, c, d))
    while a and c and any(first < last and is_joined(of[first - 1], of[first]) for of, first, last in sides):
        a, c = a - 1, c - 1
        sides = ((was.tokens, a, b), (now.tokens, c, d))
    while b < len(was.tokens) and d < len(now.tokens):
        if not any(is_joined(of[last - 1], of[last]) for of, first, last in sides if first < last):
            break
        b, d = b + 1, d + 1
        sides = ((was.tokens, a, b), (now.tokens, c, d))
    return a, b, c, d


def _alone(was: Sentence | None, now: Sentence | None) -> Passage:
    before, after = (_cut(one.text, len(one.text)) if one is not None else "" for one in (was, now))
    return Passage(
        field="text",
        was=before,
        now=after,
        was_marks=((0, len(before)),) if before else (),
        now_marks=((0, len(after)),) if after else (),
        what=(What.PARAGRAPHS,),
    )


def _merged(runs: Iterable[Run]) -> list[Run]:
    """The runs, with those that overlap made one: two groups of one figure may both have changed."""
    merged: list[Run] = []
    for run in runs:
        if merged and (run[0] < merged[-1][1] or run[2] < merged[-1][3]):
            merged[-1] = (merged[-1][0], run[1], merged[-1][2], run[3])
        else:
            merged.append(run)
    return merged


def _neighbours(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The runs of a sentence in groups that are shown as one passage each."""
    group: list[Run] = []
    for run in runs:
        if group and run[0] - group[-1][1] > _APART:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _window(
    sentence: Sentence, first: int, last: int, changed: Sequence[Sequence[Token]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The changed words with a few around them, and the places of the changed ones in it."""
    tokens = sentence.tokens
    begins, ends = max(first - CONTEXT, 0), min(last + CONTEXT, len(tokens))
    start = tokens[begins].start if begins else 0
    end = tokens[ends - 1].end if ends < len(tokens) else len(sentence.text)
    before, after = "… " if begins else "", " …" if ends < len(tokens) else ""
    shown = _cut(sentence.text[start:end], _LONGEST)
    limit = len(shown)
    shift = len(before) - start
    marks = [(run[0].start + shift, run[-1].end + shift) for run in changed if run]
    kept = tuple((a, min(b, limit + len(before))) for a, b in marks if a < limit + len(before))
    return before + shown + after, kept


def _cut(text: str, length: int) -> str:
    return text[: min(length, _LONGEST)].rstrip() + ("…" if min(length, _LONGEST) < len(text) else "")


def _is_counter(sentence: Sentence | None) -> bool:
    """Whether a line only counts visitors: it is another one at every visit."""
    if sentence is None or len(sentence.key) > _FEW_WORDS + 1:
        return False
    words = [word for word in sentence.key if not word.isdigit()]
    return 0 < len(words) <= _FEW_WORDS and any(word in _COUNTERS for word in words)


def _weight(passage: Passage) -> tuple[int, int, int]:
    order = list(What)
    first = min((order.index(one) for one in passage.what), default=len(order))
    return not passage.what, passage.field != "title", first
