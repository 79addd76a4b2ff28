"""Watches: what to look for, with one revision that every change bumps in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from news.errors import Mismatch, StorageError
from news.lexicon import Lexicon
from news.watch.watch import Mode, Origin, Watch
from storage import tables
from storage.follows import begin_follows, newest_match
from storage.revisions import WATCHES, Revisions, bump
from storage.standing import judge_again


class Watches:
    """What to look for, over one transaction. Those of config.yaml are changed there and nowhere else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, watch: Watch, *, at: datetime) -> Watch:
        """Store a new watch; it counts for every item committed later. Raises StorageError where the name is taken."""
        if self.get(watch.name) is not None:
            raise StorageError(
                f"there is a watch named {watch.name!r} already: choose another name, or edit that one", lasting=True
            )
        stored = self._insert(watch, at)
        self._changed()
        return stored

    def all(self, enabled_only: bool = False) -> list[Watch]:
        """Every watch in the order they were added; removed ones are left out."""
        table = tables.watches
        query = select(table).where(~table.c.removed).order_by(table.c.id)
        if enabled_only:
            query = query.where(table.c.enabled)
        return [watch_of(row) for row in self._connection.execute(query).mappings()]

    def get(self, name: str) -> Watch | None:
        """The watch of this name; None where there is none."""
        table = tables.watches
        query = select(table).where(table.c.name == name, ~table.c.removed)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else watch_of(row)

    def edit(
        self,
        name: str,
        *,
        query: str | None = None,
        mode: Mode | None = None,
        enabled: bool | None = None,
        pinned: bool | None = None,
        lexicon: Lexicon | None = None,
    ) -> Watch:
        """Change what is given and leave the rest. Raises StorageError for an unknown watch or one of config.yaml.

        lexicon: what concepts mean; the shipped one unless given.
        """
        watch = self._own(name)
        edited = replace(
            watch,
            query=watch.query if query is None else query,
            mode=watch.mode if mode is None else mode,
            enabled=watch.enabled if enabled is None else enabled,
            pinned=watch.pinned if pinned is None else pinned,
        )
        if edited != watch:
            self._put(watch, edited, lexicon)
            self._changed()
        return edited

    def remove(self, name: str) -> None:
        """Stop a watch for good; what it found and what was told stays. Raises StorageError as `edit` does."""
        self._update(self._own(name).id, enabled=False, removed=True)
        self._changed()

    def revision(self) -> int:
        """A number that grows with every change of any watch: compare it inside the writing transaction."""
        return Revisions(self._connection).get(WATCHES)

    def sync_configured(self, watches: Sequence[Watch], *, at: datetime, lexicon: Lexicon | None = None) -> None:
        """Bring the stored watches of config.yaml in line with it; one that left it is removed and keeps its history.

        One that comes back goes on under its old id. Raises StorageError where a watch added by command has the name.
        lexicon: as for `edit`.
        """
        stored = {one.name: one for one in self.all()}
        changed = False
        for watch in watches:
            present = stored.pop(watch.name, None)
            if present is None:
                changed = True
                self._revive_or_insert(watch, at, lexicon)
            elif present.origin is not Origin.CONFIG:
                raise Mismatch(
                    f"config.yaml and `watch add` both have a watch named {watch.name!r}: rename one in config.yaml, "
                    f"or remove the other with: presswatch watch remove {watch.name!r}"
                )
            elif _settings(watch) != _settings(present):
                changed = True
                self._put(present, watch, lexicon)
        for present in stored.values():
            if present.origin is Origin.CONFIG:
                changed = True
                self._update(present.id, enabled=False, removed=True)
        if changed:
            self._changed()

    def _own(self, name: str) -> Watch:
        watch = self.get(name)
        if watch is None:
            raise StorageError(f"there is no watch named {name!r}; see: presswatch watch list", lasting=True)
        if watch.origin is Origin.CONFIG:
            raise StorageError(f"the watch {name!r} is written in config.yaml: edit it there", lasting=True)
        return watch

    def _revive_or_insert(self, watch: Watch, at: datetime, lexicon: Lexicon | None) -> None:
        table = tables.watches
        former = (
            select(table)
            .where(table.c.name == watch.name, table.c.removed, table.c.origin == Origin.CONFIG)
            .order_by(table.c.id.desc())
        )
        found = self._connection.execute(former).mappings().first()
        if found is None:
            self._insert(replace(watch, origin=Origin.CONFIG), at)
        else:
            self._put(watch_of(found), watch, lexicon)

    def _insert(self, watch: Watch, at: datetime) -> Watch:
        table = tables.watches
        statement = table.insert().values(
            name=watch.name,
            query=watch.query,
            mode=watch.mode.value,
            instant_after=newest_match(self._connection),
            origin=watch.origin.value,
            enabled=watch.enabled,
            created_at=at,
            removed=False,
            pinned=watch.pinned,
        )
        new_id = self._connection.execute(statement.returning(table.c.id)).scalar_one()
        return replace(watch, id=new_id, created_at=at)

    def _put(self, former: Watch, watch: Watch, lexicon: Lexicon | None) -> None:
        """Store what `watch` says over the row of `former`, and settle what it found and has still to tell.

        What was found before the watch became instant waits for the digest; what it does not find any more, because its
        query changed or items did while it was off, is not told.
        """
        values: dict[str, Any] = {"query": watch.query, "mode": watch.mode.value, "enabled": watch.enabled}
        values["pinned"] = watch.pinned
        if watch.mode is Mode.INSTANT and former.mode is not Mode.INSTANT:
            values["instant_after"] = newest_match(self._connection)
        self._update(former.id, removed=False, **values)
        if watch.enabled and (watch.query != former.query or not former.enabled):
            judge_again(self._connection, replace(watch, id=former.id), lexicon)

    def _update(self, watch_id: int, **values: Any) -> None:
        table = tables.watches
        self._connection.execute(update(table).where(table.c.id == watch_id).values(values))

    def _changed(self) -> None:
        bump(self._connection, [WATCHES])
        begin_follows(self._connection)


def _settings(watch: Watch) -> tuple[str, Mode, bool, bool]:
    return watch.query, watch.mode, watch.enabled, watch.pinned


def watch_of(row: RowMapping) -> Watch:
    """The watch that a row of `watches` holds."""
    return Watch(
        id=row["id"],
        name=row["name"],
        query=row["query"],
        mode=Mode(row["mode"]),
        origin=Origin(row["origin"]),
        enabled=row["enabled"],
        created_at=row["created_at"],
        pinned=row["pinned"],
    )
