"""What a mail that came back to the return address says: refused for good, only late, unwanted, or no report at all.

Read are delivery status notifications (RFC 3464), the plain letters of Exim and qmail, and complaints that mailbox
providers pass on when somebody marks a digest as unwanted (feedback reports, RFC 5965). Everything in them is a
stranger's text: whether it is about a mail of ours is decided by its ticket alone (`scheduler.delivery.verp`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message as Letter
from email.parser import BytesParser
from enum import StrEnum

MOST_READ = 256 * 1024
"""Bytes of a report that are looked at; the returned mail behind them may be longer."""

_MOST_TEXT = 20_000
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_BASIC = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")
_SPACES = re.compile(r"\s+")
_LATE = re.compile(r"\b(?:delayed|not yet been delivered|will be retried|still being tried|warning:)", re.IGNORECASE)
_EXIM = "This message was created automatically by mail delivery software."
_QMAIL = re.compile(r"Hi\. This is the .{0,60}\bat\b")
_RETURNED = re.compile(r"\n-{3,}")
_REPLIES = re.compile(
    r"^\s*(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|автоответ|автоматический ответ|vacation)",
    re.IGNORECASE,
)


_COMPLAINTS = frozenset({"abuse", "fraud", "virus", "other"})
# Not: "not-spam", which takes a complaint back, and reports on authentication.


class BounceKind(StrEnum):
    """What a report means.

    FINAL: not delivered, for a reason that another digest need not meet (it took too long). UNWANTED: delivered, and
    its reader told their mailbox provider that they do not want it.
    """

    REFUSED = "refused"
    FINAL = "final"
    LATE = "late"
    UNWANTED = "unwanted"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """What one report says. code: 5.1.1, or 550 where there is no finer one; said: the server's words, in a line."""

    kind: BounceKind
    code: str = ""
    said: str = ""


def read_bounce(raw: bytes) -> Bounce:
    """Return what a mail says about a delivery; NOTHING for whatever is no report: answers and junk."""
    try:
        # The old policy: the new one raises on headers that strangers write.
        letter = BytesParser(policy=policy.compat32).parsebytes(raw[:MOST_READ])
        kind = letter.get_content_type()
        if kind == "multipart/report":
            if complaint := _complaint(letter):
                return Bounce(kind=BounceKind.UNWANTED, said=complaint)
            told = [_from_status(group) for group in _status_groups(letter)]
            return max(told, key=lambda one: _WEIGHT[one.kind], default=Bounce(kind=BounceKind.NOTHING))
        return _from_text(letter)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # The parser's own ways to say that this is not a mail; then it is no report either.
        return Bounce(kind=BounceKind.NOTHING)


_WEIGHT = {BounceKind.NOTHING: 0, BounceKind.LATE: 1, BounceKind.FINAL: 2, BounceKind.REFUSED: 3}


def _status_groups(letter: Letter) -> Iterator[Letter]:
    """The groups of fields about single recipients (RFC 3464 section 2.3); none in other kinds of report."""
    for part in letter.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            groups = part.get_payload()
            if isinstance(groups, list):
                yield from (group for group in groups if isinstance(group, Letter) and group["Action"])


def _complaint(letter: Letter) -> str:
    """The kind of complaint that a feedback report passes on (RFC 5965 section 7.3); empty where it is none."""
    for part in letter.walk():
        if part.get_content_type() == "message/feedback-report":
            # The parser takes message/* for a mail: the fields are the headers of that.
            fields = part.get_payload()
            told = [group["Feedback-Type"] for group in fields if isinstance(group, Letter)] if fields else []
            kind = _line(str(told[0] or "")).lower() if told else ""
            return kind if kind in _COMPLAINTS else ""
    return ""


def _from_status(group: Letter) -> Bounce:
    action = str(group["Action"]).strip().lower()
    words = str(group["Diagnostic-Code"] or "").partition(";")[2] or str(group["Diagnostic-Code"] or "")
    status = _STATUS.search(str(group["Status"] or ""))
    fine = _STATUS.search(words)
    # 5.0.0 says no more than "failed"; the remote server's own words may be finer.
    best = fine if fine and (status is None or status[0].endswith(".0.0")) and fine[1] != "2" else status
    code = best[0] if best else ""
    if action == "failed":
        kind = BounceKind.FINAL if code.startswith("4") else BounceKind.REFUSED
        return Bounce(kind=kind, code=code or "5.0.0", said=_line(words))
    if action == "delayed":
        return Bounce(kind=BounceKind.LATE, code=code, said=_line(words))
    return Bounce(kind=BounceKind.NOTHING)


def _from_text(letter: Letter) -> Bounce:
    nothing = Bounce(kind=BounceKind.NOTHING)
    if letter.is_multipart() or _REPLIES.match(str(letter["Subject"] or "")):
        return nothing
    payload = letter.get_payload(decode=True)
    text = payload[:_MOST_TEXT].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    exim = _EXIM in text
    if not exim and not _QMAIL.search(text[:500]):
        return nothing
    # Behind this line stands our own mail, whose words say nothing about its delivery.
    report = _RETURNED.split(text, maxsplit=1)[0]
    if exim and letter["X-Failed-Recipients"] is None and _LATE.search(f"{letter['Subject']}\n{report}"):
        return Bounce(kind=BounceKind.LATE, said=_line(report))
    fine, basic = _STATUS.search(report), _BASIC.search(report)
    code = fine[0] if fine else basic[1] if basic else "5.0.0"
    found = fine or basic
    begin = report.rfind("\n", 0, found.start()) if found else 0
    said = _line(report[max(begin, 0) :])
    return Bounce(kind=BounceKind.FINAL if code.startswith("4") else BounceKind.REFUSED, code=code, said=said)


def _line(text: str) -> str:
    return _SPACES.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text)).strip()[:200]
