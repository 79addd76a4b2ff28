"""What holds between the entries of config.yaml, and what makes them watches and recipients."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from news.errors import QuerySyntaxError
from news.lexicon import Lexicon
from news.settings.channels import BUILT_IN, ChannelEntry
from news.settings.document import Document, Path
from news.settings.faults import did_you_mean
from news.settings.people import RecipientEntry, WatchEntry, recipient_of
from news.watch.compiler import check_watch
from news.watch.lists import query_from_lists
from news.watch.watch import Origin, Recipient, Watch


def make_watches(
    entries: Mapping[int, WatchEntry], document: Document, lexicon: Lexicon | None = None
) -> tuple[Watch, ...]:
    """The watches of the entries as query text; those that do not parse are complained about with the place in them.

    lexicon: what concepts mean; the shipped one unless given.
    """
    watches: dict[str, Watch] = {}
    for position, entry in entries.items():
        path: Path = ("watches", position)
        if entry.name.casefold() in watches:
            document.complain(
                (*path, "name"), "is the name of another watch too", "Give each its own", found=entry.name
            )
        query = _query_text(entry, path, document, lexicon)
        watch = Watch(
            name=entry.name,
            query=query,
            mode=entry.mode,
            origin=Origin.CONFIG,
            enabled=entry.enabled,
            pinned=entry.pinned,
        )
        watches.setdefault(entry.name.casefold(), watch)
    return tuple(watches.values())


def _query_text(entry: WatchEntry, path: Path, document: Document, lexicon: Lexicon | None) -> str:
    if entry.query is not None:
        text = entry.query.strip()
        before = entry.query.index(text)
        error = _syntax_error(text, lexicon)
        if error is not None:
            place = document.place_within((*path, "query"), before + error.start)
            _complain_of_query(document, (*path, "query"), place, error)
        return text
    return _text_of_lists(entry, path, document, lexicon)


def _text_of_lists(entry: WatchEntry, path: Path, document: Document, lexicon: Lexicon | None) -> str:
    faults = 0
    for key, phrases in (("any", entry.any), ("keywords", entry.keywords), ("also", entry.also), ("not", entry.not_)):
        for position, phrase in enumerate(phrases or ()):
            error = _phrase_error(phrase, lexicon)
            if error is not None:
                faults += 1
                below = _phrase_path((*path, key), position, document)
                offset = error.start if error.query == phrase else 0
                _complain_of_query(document, below, document.place_within(below, offset), error)
    if faults:
        return ""
    text = query_from_lists(any=entry.phrases, also=entry.also, not_=entry.not_)
    error = _syntax_error(text, lexicon)
    if error is not None:
        _complain_of_query(document, path, document.place(path), error)
    return text


def _phrase_path(path: Path, position: int, document: Document) -> Path:
    """Where a phrase stands: in the list, or in place of it where there is only one."""
    in_list = (*path, position)
    return in_list if in_list in document.values else path


def _phrase_error(phrase: str, lexicon: Lexicon | None) -> QuerySyntaxError | None:
    try:
        check_watch(query_from_lists(any=(phrase,)), lexicon)
    except QuerySyntaxError as error:
        return error
    return None


def _syntax_error(text: str, lexicon: Lexicon | None) -> QuerySyntaxError | None:
    try:
        check_watch(text, lexicon)
    except QuerySyntaxError as error:
        return error
    return None


def _complain_of_query(document: Document, path: Path, place: tuple[int, int], error: QuerySyntaxError) -> None:
    document.complain_at(place, path, error.problem, f"{error.hint}\n{error.drawing}".strip("\n"))


def make_recipients(
    entries: Mapping[int, RecipientEntry],
    document: Document,
    *,
    zone: str,
    watch_names: frozenset[str],
    channel_names: frozenset[str],
    mail: bool,
) -> tuple[Recipient, ...]:
    """The recipients of the entries; names of watches that do not exist are complained about.

    watch_names, channel_names: every name in the file, also of those that have faults of their own. mail: a mail
    server is set.
    """
    recipients: dict[str, Recipient] = {}
    for position, entry in entries.items():
        path: Path = ("recipients", position)
        if entry.address.casefold() in recipients:
            document.complain(
                (*path, "address"), "is the address of another recipient too", "Write both as one", found=entry.address
            )
        for number, name in enumerate(entry.watches):
            if name not in watch_names:
                document.complain(
                    (*path, "watches", number),
                    "is not the name of a watch",
                    did_you_mean(name, watch_names),
                    found=name,
                )
        known = channel_names | set(BUILT_IN)
        if entry.channel and entry.channel not in known:
            remedy = did_you_mean(entry.channel, known)
            document.complain((*path, "channel"), "is not the name of a channel", remedy, found=entry.channel)
        if entry.channel == "email" and not mail:
            document.complain((*path, "channel"), "needs a mail server", "Set smtp.host, or take channel out")
        recipients.setdefault(entry.address.casefold(), recipient_of(entry, zone=zone))
    return tuple(recipients.values())


def make_channels(
    entries: Mapping[int, ChannelEntry], document: Document, *, kinds: Collection[str] | None
) -> tuple[ChannelEntry, ...]:
    """The channels of the entries; kinds: those there are, None where they are not known here and any will do."""
    channels: dict[str, ChannelEntry] = {}
    for position, entry in entries.items():
        path: Path = ("channels", position)
        if entry.name in channels:
            remedy = "Give each its own"
            document.complain((*path, "name"), "is the name of another channel too", remedy, found=entry.name)
        if kinds is not None and entry.kind not in kinds:
            remedy = did_you_mean(entry.kind, kinds)
            document.complain((*path, "kind"), "is not a kind of channel", remedy, found=entry.kind)
        channels.setdefault(entry.name, entry)
    return tuple(channels.values())
