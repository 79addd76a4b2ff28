"""Every error presswatch raises on purpose, in one tree.

PresswatchError
├── SettingsError        config.yaml or the environment is wrong; says file, line, column and what would be right
├── QuerySyntaxError     a watch does not parse; underlines the place
├── SourceError          a source could not be read; crawler code turns it into a Visit
│   ├── Unreachable      no answer: name, connection, timeout
│   ├── Refused          the site said no: robots.txt, 401, 403, 429, an address we do not dial
│   └── Unreadable       an answer that is not what the source should give
├── UnusableDraft        one entry that cannot become an item; counted with its reason
├── DeliveryError        a message was not accepted; `permanent` tells whether trying again can help
└── StorageError         the database cannot be used as asked
    ├── Occupied         a daemon serves the database, and what is asked for cannot be done beside it
    └── Mismatch         the database and config.yaml, or this program, do not go together

Expected failures of a round travel as values (Visit, Result); these errors are for what ends one step.
"""

from __future__ import annotations

from dataclasses import dataclass


class PresswatchError(Exception):
    """The base of all errors that presswatch raises on purpose; `str(error)` says what to do."""


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """One thing wrong with the settings: where, what was found, what would be right.

    `line` and `column` count from 1; both are 0 where the value came from the environment.
    """

    file: str
    line: int
    column: int
    path: str
    found: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        text = f"{place}: {self.path}: {self.problem}"
        if self.found:
            text += f" (found: {self.found})"
        return f"{text}. {self.remedy}" if self.remedy else text


class SettingsError(PresswatchError):
    """The settings cannot be used; `complaints` lists every fault found, not only the first."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        super().__init__("\n".join(str(complaint) for complaint in complaints))
        self.complaints = complaints


class QuerySyntaxError(PresswatchError):
    """A watch's text does not parse; `start` and `end` are code points of `query`, `hint` says what to write."""

    def __init__(self, query: str, start: int, end: int, problem: str, hint: str = "") -> None:
        self.query, self.start, self.end = query, start, max(end, start + 1)
        self.problem, self.hint = problem, hint
        super().__init__(self._drawn())

    @property
    def drawing(self) -> str:
        """The place in the query and a line of carets below it, as two indented lines."""
        window_start = max(0, self.start - 60)
        window = self.query[window_start : min(self.end, self.start + 60) + 60].replace("\n", " ").replace("\t", " ")
        caret = " " * (self.start - window_start) + "^" * min(self.end - self.start, 60)
        return f"  {window}\n  {caret}"

    def _drawn(self) -> str:
        return "\n".join(filter(None, (self.problem, self.drawing, self.hint)))


class SourceError(PresswatchError):
    """A source could not be read; `reason` is a `news.visit.Reason` value, the text is for people."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


class Unreachable(SourceError):
    """No answer came: name, connection or time."""


class Refused(SourceError):
    """The site, its robots.txt or our own address guard said no."""


class Unreadable(SourceError):
    """An answer came, but not what this source should give."""


class UnusableDraft(PresswatchError):
    """A draft that cannot become an item; `reason` is a short name that is counted (no_title, no_address)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


class DeliveryError(PresswatchError):
    """A channel could not hand a message over; `permanent` means trying again cannot help.

    `uncertain` means the other side may have accepted it (the connection dropped after the final dot); `shared` that
    the trouble is the channel's own, so that every other message would meet it too (no connection, wrong password);
    `throttled` that the other side wants fewer messages; `refusal` is the code by which it refused this recipient for
    good (5.1.1, or 550 where there is no finer one), empty where it did not; `retry_after` the seconds that it asked to
    be left alone for.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        uncertain: bool = False,
        shared: bool = False,
        throttled: bool = False,
        refusal: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent, self.uncertain, self.shared = permanent, uncertain, shared
        self.throttled, self.refusal, self.retry_after = throttled, refusal, retry_after


class StorageError(PresswatchError):
    """The database cannot be used as asked: locked by another daemon, newer schema, no space.

    `lasting` means that only somebody's doing can help: the same thing asked again gets the same answer.
    """

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


class Mismatch(StorageError):
    """Nothing can start with this database: its address, its schema or its names clash with the settings or program."""

    def __init__(self, message: str) -> None:
        super().__init__(message, lasting=True)


class Occupied(StorageError):
    """A daemon serves this database; `holder` is its process id, empty where that is not known."""

    def __init__(self, message: str, *, holder: str = "") -> None:
        super().__init__(message)
        self.holder = holder
