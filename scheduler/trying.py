"""Trying a watch in a thread of its own: first figures within a second, everything as soon as it is counted."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING

from scheduler.sampling import Sample
from scheduler.trial import SECONDS, Trial, TrialRun, Tried

if TYPE_CHECKING:
    from storage import Store, Unit


def try_watch(store: Store, tried: Tried, *, seconds: float = SECONDS, exact: bool = False) -> Trial:
    """Try a watch here and now; raises QuerySyntaxError where it cannot be matched.

    What takes longer than `seconds` is estimated from a sample, unless it is to be exact.
    """

    def work(unit: Unit) -> Trial:
        run = TrialRun(unit, tried)
        first = run.first(seconds)
        return run.rest(lambda: False, whole=True) if exact else first

    return store.read_now(work)


class Trying:
    """A trial that goes on in the background, on one steady picture of the database. It is under way within `with`.

    first: resolves to the first figures. last: to those of everything, or of as much as was counted when it was
    stopped; to the very same where the first were exact already. Both may raise QuerySyntaxError or StorageError.
    whole: count near misses to the last as well, however many may be one.
    """

    def __init__(self, store: Store, tried: Tried, *, seconds: float = SECONDS, whole: bool = False) -> None:
        self.first: Future[Trial] = Future()
        self.last: Future[Trial] = Future()
        self._store, self._tried, self._seconds, self._whole = store, tried, seconds, whole
        self._run: TrialRun | None = None
        self._stopped = Event()
        self._thread = Thread(target=self._work, name="trying")

    @property
    def sample(self) -> Sample:
        """How far it has come."""
        return Sample(looked_at=0, candidates=0) if self._run is None else self._run.sample

    @property
    def counted(self) -> Trial | None:
        """The last figures, where they are there; never waits, and raises nothing."""
        return self.last.result() if self.last.done() and self.last.exception() is None else None

    def wait(self, seconds: float) -> bool:
        """Wait so long at most for `last`; whether it is there."""
        return bool(wait_for([self.last], timeout=seconds).done)

    def stop(self) -> None:
        """Count no further; `last` then comes at once."""
        self._stopped.set()

    def __enter__(self) -> Trying:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._thread.join()

    def _work(self) -> None:
        try:
            self.last.set_result(self._store.read_now(self._count))
        except BaseException as error:
            for one in (self.first, self.last):
                if not one.done():
                    one.set_exception(error)

    def _count(self, unit: Unit) -> Trial:
        self._run = run = TrialRun(unit, self._tried)
        self.first.set_result(run.first(self._seconds))
        return run.rest(self._stopped.is_set, whole=self._whole)
