"""A trial of a watch as a person sees it: first figures at once, and what is exact as soon as it is counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from scheduler.trying import Trying
from ui.cli.output import complain, counted, progress_bar, say
from ui.cli.trial_words import counted_lines, figures, near_lines, trial_json, trial_lines

if TYPE_CHECKING:
    from scheduler.trial import Trial, Tried
    from storage import Store

GOES_ON = "All of them are being counted; Ctrl-C leaves it at the estimate."
ENDS_HERE = "All of them: the same without --estimate."

_LOOKED_EVERY = 0.1
_PARTS = 100


def tried_aloud(store: Store, tried: Tried, *, estimate: bool = False, exact: bool = False) -> None:
    """Say what a watch finds: first figures, unless `exact`, and then all of it, unless `estimate`.

    Ctrl-C ends the count and keeps the figures that there are.
    """
    with Trying(store, tried, whole=exact) as trying:
        first = trying.first.result()
        if estimate or first.done:
            _say(trial_lines(first, ENDS_HERE))
            return
        if not exact:
            _say(figures(first, GOES_ON))
            _say(() if first.near_goes_on else near_lines(first))
        last = counted_to_the_end(trying)
    if exact:
        _say(trial_lines(last))
        return
    if last.sample.exact and not first.sample.exact:
        _say(("", *counted_lines(first, last)))
    _say(near_lines(last) if first.near_goes_on else ())
    if not last.done:
        complain("stopped; what is not counted to the end stays an estimate")


def trial_document(store: Store, tried: Tried, *, estimate: bool, exact: bool) -> dict[str, Any]:
    """The same for `--json`, in one document, which says whether it is exact."""
    with Trying(store, tried, whole=exact) as trying:
        return trial_json(trying.first.result() if estimate else counted_to_the_end(trying))


def counted_to_the_end(trying: Trying) -> Trial:
    """Wait for all of it, with a bar where a person watches; Ctrl-C has what is counted by then."""
    try:
        candidates = trying.first.result().sample.candidates
        with progress_bar(f"Counting {counted(candidates, 'candidate')}", _PARTS) as advance:
            shown = 0
            while not trying.wait(_LOOKED_EVERY):
                sample = trying.sample
                done = sample.looked_at * _PARTS // max(sample.candidates, 1)
                for _ in range(shown, done):
                    advance()
                shown = done
    except KeyboardInterrupt:
        trying.stop()
    return trying.last.result()


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)
