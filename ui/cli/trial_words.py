"""A trial of a watch in lines for people, and as JSON. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from news.watch.expand import reading
from news.watch.near import Lack
from news.watch.trial import weeks
from ui.cli.output import counted, shortened
from ui.cli.unknown_words import unknown_json, unknown_lines

if TYPE_CHECKING:
    from news.watch.near_misses import Missed
    from news.watch.trial import Brought, Caught
    from scheduler.sampling import Sample
    from scheduler.trial import Trial

_BLOCKS = "·▁▂▃▄▅▆▇█"
_LONGEST_BAR = 30
_SAMPLES = 3
_SOURCES, _MISSES, _OTHERS, _FORMS = 8, 4, 3, 4
_LABEL = 11
_MATTERS = 0.1
_TITLE = 80

LACKS: Mapping[Lack, str] = {
    Lack.MISSING: "with all but {}",
    Lack.APART: "with the words of {}, but apart",
    Lack.ELSEWHERE: "with {} in another field",
    Lack.WRITTEN: "with {} in other letters",
    Lack.LEFT_OUT: "left out by {}",
}
"""Items that a watch just misses, in words; {} is the part of the watch."""


def trial_lines(trial: Trial, then: str = "") -> list[str]:
    """All that a trial says, a thought a line. then: what is said of an estimate besides that it is one."""
    return [*figures(trial, then), *near_lines(trial)]


def figures(trial: Trial, then: str = "") -> list[str]:
    """What a watch finds, without what it just misses."""
    lines = [_reads(trial)]
    if not trial.stored:
        return [*lines, "Nothing is stored yet to try it on."]
    lines += [_found(trial), *_sampled(trial, then), *unknown_lines(trial.unknown)]
    if trial.tally.found:
        lines += [*_by_week(trial), *_by_source(trial), *_samples("Newest", _newest(trial.tally.found))]
    return [*lines, *_noisiest(trial), *_left_out(trial), *_edit(trial), *_covered(trial)]


def counted_lines(first: Trial, last: Trial) -> list[str]:
    """What counting all of it adds to first figures that were an estimate."""
    lines = [f"All {counted(last.sample.candidates, 'candidate')} are counted. {_found(last)}", *_off(first, last)]
    if last.tally.found:
        lines += [*_by_week(last), *_by_source(last)]
    return [*lines, *_noisiest(last, examples=False), *_left_out(last), *_edit(last), *_covered(last)]


def counted_line(first: Trial, last: Trial) -> str:
    """The same in one line, for where a decision waits."""
    return " ".join(("Counted by now:", _found(last), *_off(first, last)))


def trial_json(trial: Trial) -> dict[str, Any]:
    """A trial for `--json`: every number counted in the sample, `items` and `near_misses` estimated from it."""
    tally, in_all = trial.tally, trial.sample.of_all
    noisiest = tally.noisiest
    return {
        "days": trial.days,
        "stored": trial.stored,
        "items": trial.found,
        "stories": in_all(trial.stories),
        "share": round(trial.share, 4),
        "unknown_words": unknown_json(trial.unknown),
        **_sample_json(trial.sample),
        "weeks": [in_all(number) for number in _weeks(trial)],
        "sources": {source: in_all(number) for source, number in _sources(trial).items()},
        "newest": [_shown(one) for one in _newest(tally.found)],
        "noisiest": None if noisiest is None else _brought_json(noisiest, trial.sample),
        "left_out": [_brought_json(one, trial.sample) for one in tally.left_out],
        "gained": _change_json(tally.gained, trial) if trial.compared else None,
        "lost": _change_json(tally.lost, trial) if trial.compared else None,
        "near_misses": [
            {
                "part": one.part,
                "lack": one.lack.value,
                "query": one.query,
                "items": trial.near_sample.of_all(len(one.items)),
                "examples": [{"id": id, "title": title} for id, title in one.items[:_SAMPLES]],
            }
            for one in trial.near.missed
        ],
        "near_sample": _sample_json(trial.near_sample),
        "reads": list(trial.near.languages),
        "would_add": {language: trial.near_sample.of_all(items) for language, items in trial.near.more.items()},
        "covered": {
            "items": in_all(tally.covered),
            "by_watch": {name: in_all(number) for name, number in tally.by_watch.most_common()},
        },
    }


def _reads(trial: Trial) -> str:
    within = f"in {counted(trial.days, 'day')}"
    more = {language: f"{_items(items, trial.near_sample)} {within}" for language, items in trial.near.more.items()}
    return f"It {reading(trial.near.languages, more)}."


def _found(trial: Trial) -> str:
    found = len(trial.tally.found)
    # Of a sample nearly every item is the only one of its story that is in it.
    most = "" if trial.sample.exact else "at most "
    stories = f" in {most}{_items(trial.stories, trial.sample, 'story', 'stories')}" if found else ""
    return (
        f"In {counted(trial.days, 'day')} it finds {_items(found, trial.sample)}{stories}, "
        f"{trial.share:.0%} of the {counted(trial.stored, 'stored item')}."
    )


def _sampled(trial: Trial, then: str) -> Iterator[str]:
    if not trial.sample.exact:
        looked_at = f"{trial.sample.looked_at:,} of {counted(trial.sample.candidates, 'candidate')}"
        yield f"An estimate, from {looked_at} spread evenly over the period.{f' {then}' if then else ''}"


def _off(first: Trial, last: Trial) -> Iterator[str]:
    """How far an estimate was off, where that matters: for the question whether to save it, or by much."""
    off = first.found - last.found
    if first.broad != last.broad or abs(off) > _MATTERS * last.found:
        yield f"The estimate was {abs(off) / max(last.found, 1):.0%} too {'high' if off > 0 else 'low'}."


def _in_all(items: int, sample: Sample) -> int:
    """How many there are in all; an estimate says no more than it knows, two digits."""
    estimated = sample.of_all(items)
    digits = len(str(estimated))
    return estimated if sample.exact else round(estimated, min(2 - digits, 0))


def _items(items: int, sample: Sample, one: str = "item", many: str = "") -> str:
    """Their number with its noun: "about 8,200 items"."""
    return f"{'' if sample.exact else 'about '}{counted(_in_all(items, sample), one, many)}"


def _weeks(trial: Trial) -> list[int]:
    return weeks(trial.tally.found, today=trial.today, count=-(-trial.days // 7))


def _by_week(trial: Trial) -> Iterator[str]:
    by_week = _weeks(trial)
    most = max(by_week)
    chart = "".join(_BLOCKS[-(-number * (len(_BLOCKS) - 1) // most)] for number in by_week)
    yield (
        f"{'By week':<{_LABEL}}{chart}  {counted(len(by_week), 'week')} to {_day(trial.today)}, "
        f"{_items(most, trial.sample)} in the fullest"
    )


def _sources(trial: Trial) -> dict[str, int]:
    return dict(Counter(one.source for one in trial.tally.found).most_common())


def _by_source(trial: Trial) -> Iterator[str]:
    by_source = _sources(trial)
    most = max(by_source.values())
    width = max(map(len, by_source))
    for number, (source, items) in enumerate(by_source.items()):
        if number == _SOURCES:
            yield f"{'':<{_LABEL}}and {counted(len(by_source) - _SOURCES, 'more source')}"
            return
        bar = "█" * -(-items * _LONGEST_BAR // most)
        label = "" if number else "By source"
        yield f"{label:<{_LABEL}}{source:<{width}}  {_in_all(items, trial.sample):>7,}  {bar}"


def _newest(found: Sequence[Caught]) -> list[Caught]:
    return sorted(found, key=lambda one: (one.day, one.id), reverse=True)[:_SAMPLES]


def _samples(label: str, found: Sequence[Caught]) -> Iterator[str]:
    for number, one in enumerate(found):
        title = shortened(one.title, _TITLE)
        yield f"{'' if number else label:<{_LABEL}}{_day(one.day):<10}  {one.publisher}, {one.language}: {title}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _noisiest(trial: Trial, *, examples: bool = True) -> Iterator[str]:
    noisiest = trial.tally.noisiest
    if noisiest is None:
        return
    forms = [f"{form} ({_in_all(items, trial.sample):,})" for form, items in noisiest.forms.most_common(_FORMS)]
    found_as = f"; found as {', '.join(forms)}" if forms else ""
    items = _items(len(noisiest.items), trial.sample)
    yield f"{'Noisiest':<{_LABEL}}{noisiest.part} alone brings {items}{found_as}"
    shown = _newest(trial.tally.found)
    yield from _samples("", [one for one in _newest(noisiest.items) if one not in shown] if examples else ())


def _left_out(trial: Trial) -> Iterator[str]:
    for one in trial.tally.left_out:
        yield f"{'Left out':<{_LABEL}}{one.part} leaves out {_items(len(one.items), trial.sample)}"
        yield from _samples("", _newest(one.items)[:1])


def _edit(trial: Trial) -> Iterator[str]:
    if not trial.compared:
        return
    for label, verb, found in (("Gained", "adds", trial.tally.gained), ("Lost", "loses", trial.tally.lost)):
        yield f"{label:<{_LABEL}}the edit {verb} {_items(len(found), trial.sample)}"
        yield from _samples("", _newest(found))


def near_lines(trial: Trial) -> Iterator[str]:
    """What a watch just misses."""
    missed = sorted((one for one in trial.near.missed if one.items), key=lambda one: len(one.items))
    for number, one in enumerate(missed[:_MISSES]):
        label = "" if number else "Near miss"
        items = _items(len(one.items), trial.near_sample)
        yield f"{label:<{_LABEL}}{items} {_lacking(one)}, for example"
        yield f"{'':<{_LABEL}}  {shortened(one.items[0][1], _TITLE)}"


def _lacking(one: Missed) -> str:
    return LACKS[one.lack].format(one.part)


def _covered(trial: Trial) -> Iterator[str]:
    tally = trial.tally
    if not tally.covered:
        return
    by_watch = ", ".join(
        f"{name} ({_in_all(items, trial.sample):,})" for name, items in tally.by_watch.most_common(_OTHERS)
    )
    share = f"{tally.covered / len(tally.found):.0%}"
    items = _items(tally.covered, trial.sample)
    yield f"{'Covered':<{_LABEL}}other watches have found {items} of these ({share}): {by_watch}"


def _sample_json(sample: Sample) -> dict[str, Any]:
    return {"exact": sample.exact, "looked_at": sample.looked_at, "candidates": sample.candidates}


def _shown(one: Caught) -> dict[str, Any]:
    return {"id": one.id, "title": one.title, "url": one.url, "source": one.source, "day": one.day.isoformat()}


def _brought_json(one: Brought, sample: Sample) -> dict[str, Any]:
    return {
        "part": one.part,
        "items": sample.of_all(len(one.items)),
        "forms": dict(one.forms.most_common()),
        "examples": [_shown(caught) for caught in _newest(one.items)],
    }


def _change_json(found: Sequence[Caught], trial: Trial) -> dict[str, Any]:
    return {"items": trial.sample.of_all(len(found)), "examples": [_shown(one) for one in _newest(found)]}
