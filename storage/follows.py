"""Since which match each recipient follows each watch, kept in step by every change of either.

Following ends only by a word: the recipient's list names the watch no more, or the recipient is removed by command.
While a watch or a recipient is away from config.yaml (a half-saved edit is enough) the mark stays, and what was untold
is told once both are back.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from storage import tables
from storage.sql import insert


def begin_follows(connection: Connection) -> None:
    """Begin what a recipient newly follows at the newest match there is.

    The mark is a match id, not an instant: ids grow in the order of commits, clocks jump.
    """
    follows = tables.follows
    newest = newest_match(connection)
    begun = [
        {"recipient_id": recipient, "watch_id": watch, "after_match": newest}
        for (recipient, watch), wanted in sorted(_changes(connection).items())
        if wanted
    ]
    if begun:
        connection.execute(insert(connection, follows), begun)


def refresh_follows(connection: Connection) -> None:
    """End what a recipient's list names no more, and begin what it newly names.

    For changes of recipients alone: where a watch comes back together with its place in the lists, the lists are a step
    behind. A watch that is away is not missing from a list, for no list may name it.
    """
    follows = tables.follows
    for (recipient, watch), wanted in _changes(connection).items():
        if not wanted:
            same = (follows.c.recipient_id == recipient, follows.c.watch_id == watch)
            connection.execute(delete(follows).where(*same))
    begin_follows(connection)


def end_follows(connection: Connection, recipient_id: int) -> None:
    """End everything this recipient follows."""
    connection.execute(delete(tables.follows).where(tables.follows.c.recipient_id == recipient_id))


def newest_match(connection: Connection) -> int:
    """Return the id of the newest match, 0 where there is none.

    Ids grow in the order of commits: there is one writer, and AUTOINCREMENT never gives one again.
    """
    newest: int = connection.execute(select(func.coalesce(func.max(tables.matches.c.id), 0))).scalar_one()
    return newest


def _changes(connection: Connection) -> dict[tuple[int, int], bool]:
    """Return for each recipient and watch that are both there whether following has to change, and to what.

    True: followed from now on; False: no more. Pairs that stay as they are have no entry.
    """
    watches, recipients, follows = tables.watches, tables.recipients, tables.follows
    names = connection.execute(select(watches.c.id, watches.c.name).where(~watches.c.removed)).all()
    people = connection.execute(select(recipients.c.id, recipients.c.watches).where(~recipients.c.removed)).all()
    present = {(row.recipient_id, row.watch_id) for row in connection.execute(select(follows))}
    changes = {}
    for person in people:
        for one in names:
            wanted = not person.watches or one.name in person.watches
            if wanted != ((person.id, one.id) in present):
                changes[person.id, one.id] = wanted
    return changes
