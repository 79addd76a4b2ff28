"""Taking a batch of items in: who each one is and what is new about it, written in a handful of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, bindparam, literal, select, update

from news.item import Item, ItemKey, KeyKind, Outcome, Saved
from storage import tables
from storage.dropped import known_dropped
from storage.identity import Known, Register
from storage.item_rows import CONTENT, content_of, key_of, storable_item
from storage.sql import insert_rows, portions

_ITEM = ("identity", "version", "first_seen_at", *CONTENT)
_KEY = ("kind", "scope", "key", "item_id", "shared")


def add_items(connection: Connection, items: Sequence[Item]) -> list[Saved]:
    """Store a batch as `Items.add` promises."""
    items = [storable_item(item) for item in items]
    register = _register(connection, items)
    new: list[tuple[Known, str, Item]] = []
    changed: list[tuple[Known, Item]] = []
    decided: list[tuple[Item, Known, Outcome]] = []
    touched: set[int] = set()
    for item in items:
        known = register.recognise(item)
        if known is None:
            known, identity = register.enter(item)
            outcome = Outcome.NEW
            new.append((known, identity, item))
        elif item.unread or id(known) in touched or not _is_other_version(item, known):
            outcome = Outcome.KNOWN
        else:
            known.version += 1
            outcome = Outcome.CHANGED
            changed.append((known, item))
        touched.add(id(known))
        register.add_keys(known, item.keys)
        decided.append((item, known, outcome))
    taken = _insert(connection, new)
    _replace(connection, changed)
    _remember(connection, register, decided)
    return [
        Saved(
            item=replace(item, id=known.id, version=known.version),
            outcome=Outcome.KNOWN if id(known) in taken else outcome,
        )
        for item, known, outcome in decided
    ]


def replaced_by(connection: Connection, items: Sequence[Item]) -> list[int]:
    """The id of the stored item that each of these would be another version of, 0 where of none; nothing is written."""
    items = [storable_item(item) for item in items]
    register = _register(connection, items)
    held = [None if item.unread else register.recognise(item) for item in items]
    return [
        known.id if known is not None and _is_other_version(item, known) else 0
        for item, known in zip(items, held, strict=True)
    ]


def _is_other_version(item: Item, known: Known) -> bool:
    # What was dropped stays so, whatever its page says by now.
    return not known.dropped and known.source == item.source and known.content_hash != item.content_hash


def insert_items(connection: Connection, items: Iterable[tuple[str, Item]]) -> dict[str, int]:
    """Insert items, each under its identity; gives the ids of those whose identity nobody had."""
    rows = ((identity, 1, item.seen_at, *content_of(item)) for identity, item in items)
    return dict(insert_rows(connection, tables.items, _ITEM, rows, returning=["identity", "id"]))


def _register(connection: Connection, items: Sequence[Item]) -> Register:
    """Load the holders of every key in the batch, in a handful of statements whatever its size."""
    asked = {key for item in items for key in item.keys}
    held: dict[ItemKey, int] = {}
    stored, dropped = set[int](), set[int]()
    register = Register()
    for some in portions([*{key.key for key in asked}]):
        for row in connection.execute(_keys_among(), {"keys": some}):
            key = key_of(row)
            if key in asked:
                held[key] = row.item_id
                (dropped if row.dropped else stored).add(row.item_id)
                if row.shared:
                    register.shared.add(key)
    known = _known(connection, [*stored]) | known_dropped(connection, [*dropped])
    register.holders = {key: known[item_id] for key, item_id in held.items()}
    return register


@cache
def _keys_among() -> CompoundSelect[Any]:
    """Who holds these keys: asked with every batch, so that it is put together once."""
    one, other = (
        select(
            table.c.kind, table.c.scope, table.c.key, table.c.shared, table.c.item_id, literal(of).label("dropped")
        ).where(table.c.key.in_(bindparam("keys", expanding=True)))
        for table, of in ((tables.item_keys, False), (tables.dropped_keys, True))
    )
    return one.union_all(other)


def _known(connection: Connection, ids: Sequence[int]) -> dict[int, Known]:
    rows, keys = tables.items.c, tables.item_keys.c
    found: dict[int, Known] = {}
    for some in portions(ids):
        query = select(
            rows.id, rows.source, rows.title, rows.published_day, rows.content_hash, rows.version, rows.text_hash
        )
        for row in connection.execute(query.where(rows.id.in_(some))):
            found[row.id] = Known(
                id=row.id,
                source=row.source,
                title=row.title,
                day=row.published_day,
                content_hash=row.content_hash,
                version=row.version,
                text_hash=row.text_hash,
            )
        strong = select(keys.kind, keys.scope, keys.key, keys.item_id)
        strong = strong.where(keys.item_id.in_(some), keys.kind.in_([KeyKind.NATIVE, KeyKind.URL]))
        for held in connection.execute(strong):
            found[held.item_id].note(key_of(held))
    return found


def _insert(connection: Connection, new: Sequence[tuple[Known, str, Item]]) -> set[int]:
    """Insert all at once and give each its id, joined by identity: returned rows come in no promised order.

    Gives back id() of those whose identity turned out to be stored already, under keys they no longer share.
    """
    ids = insert_items(connection, ((identity, item) for _, identity, item in new))
    taken: set[int] = set()
    for known, identity, _ in new:
        if identity in ids:
            known.id = ids.pop(identity)
            continue
        holder = select(tables.items.c.id, tables.items.c.version).where(tables.items.c.identity == identity)
        known.id, known.version = connection.execute(holder).one()
        taken.add(id(known))
    return taken


def _replace(connection: Connection, changed: Sequence[tuple[Known, Item]]) -> None:
    """Move the content in force to `versions` and put the new one in its place."""
    if not changed:
        return
    rows = tables.items
    for some in portions([known.id for known, _ in changed]):
        old = select(rows.c.id, rows.c.version, *(rows.c[name] for name in CONTENT)).where(rows.c.id.in_(some))
        connection.execute(tables.versions.insert().from_select(["item_id", "version", *CONTENT], old))
    connection.execute(
        update(rows).where(rows.c.id == bindparam("changed_id")),
        [
            {**dict(zip(CONTENT, content_of(item), strict=True)), "version": known.version, "changed_id": known.id}
            for known, item in changed
        ],
    )


def _remember(connection: Connection, register: Register, decided: Iterable[tuple[Item, Known, Outcome]]) -> None:
    """Store the keys and story keys nobody had, guids found to be shared, and other sources of known items."""
    keys = [(key.kind.value, key.scope, key.key, known.id, False) for key, known in register.added if not known.dropped]
    of_dropped = [
        (key.kind.value, key.scope, key.key, known.id, False) for key, known in register.added if known.dropped
    ]
    story_keys = [
        (key, known.id) for item, known, outcome in decided if outcome is not Outcome.KNOWN for key in item.story_keys
    ]
    elsewhere = [
        (known.id, item.source, item.url, item.seen_at)
        for item, known, _ in decided
        if item.source != known.source and not known.dropped
    ]
    insert_rows(connection, tables.item_keys, _KEY, keys)
    insert_rows(connection, tables.dropped_keys, _KEY, of_dropped)
    insert_rows(connection, tables.story_keys, ("key", "item_id"), story_keys)
    insert_rows(connection, tables.sightings, ("item_id", "source", "url", "first_seen_at"), elsewhere)
    for key in register.newly_shared:
        for table in (tables.item_keys, tables.dropped_keys):
            same = (table.c.key == key.key, table.c.kind == key.kind, table.c.scope == key.scope)
            connection.execute(update(table).where(*same).values(shared=True))
