"""The archive's dictionary: which tokens stored items hold, and which of them a word of a query means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from news.text.remembered import SPELLINGS
from news.watch.candidates import Wanted
from news.watch.stored import TOKENISER
from news.watch.tokens import forms_of, key_number, keys_of, name_keys_of, token_of
from storage import tables
from storage.sql import insert_rows, portions, rows_of

_INFO = "archive: spellings in the dictionary"
# Above every letter that a form holds.
_AFTER_ALL = "\U0010ffff"


class Dictionary:
    """Tokens by their forms and keys, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # The spellings that earlier transactions of this connection saw stored; what this one enters may be undone.
        self._stored: set[str] = connection.info.setdefault(_INFO, set())
        self._entered: set[str] = set()
        # The rows that this transaction wrote, as (form, token): no spelling of them is remembered before it ends.
        self._written: set[tuple[str, str]] = set()

    def enter(self, spellings: Iterable[str]) -> None:
        """Make the tokens of these spellings findable."""
        unseen = [raw for raw in spellings if raw not in self._stored and raw not in self._entered]
        if not unseen:
            return
        known = self._known({token_of(raw).form for raw in unseen})
        tokens: dict[tuple[str, str], bool] = {}
        named: set[tuple[str, str]] = set()
        keys: set[tuple[int, str]] = set()
        for raw in unseen:
            token, form, capital, _ = token_of(raw)
            name = (form, token)
            if name in known and (known[name] or not capital):
                if name in self._written:
                    self._entered.add(raw)
                else:
                    self._remember(raw)
                continue
            self._entered.add(raw)
            if name not in known and name not in tokens:
                keys.update((key_number(key), token) for key in keys_of(raw))
                tokens[name] = False
            if capital and name not in named:
                keys.update((key_number(key), token) for key in name_keys_of(raw))
                named.add(name)
        self._written |= tokens.keys() | named
        self._insert({name: name in named for name in tokens}, keys, named & known.keys())

    def meant(self, wanted: Iterable[Wanted]) -> Mapping[Wanted, frozenset[str]]:
        """The stored tokens that each wanted word means; of beginnings those that do not begin so themselves."""
        wanted = set(wanted)
        by_form, by_key = self._by_form(wanted), self._by_key(wanted)
        return {
            one: self._odd(one.prefix)
            if one.prefix
            else frozenset().union(
                *(by_form.get(form, ()) for form in forms_of(one.keys)),
                *(by_key.get(key_number(key), ()) for key in one.keys),
            )
            for one in wanted
        }

    def drop_former(self, most: int) -> bool:
        """Drop some `most` entries made under other rules of what a word is; False where there is none left."""
        for table, order in ((tables.archive_keys, "key"), (tables.archive_tokens, "form")):
            former = select(table.c.tokeniser).where(table.c.tokeniser != TOKENISER).limit(1)
            tokeniser = self._connection.execute(former).scalar()
            if tokeniser is not None:
                ours = delete(table).where(table.c.tokeniser == tokeniser)
                last = select(table.c[order]).where(table.c.tokeniser == tokeniser).order_by(table.c[order])
                if (up_to := self._connection.execute(last.offset(most).limit(1)).scalar()) is not None:
                    ours = ours.where(table.c[order] <= up_to)
                self._connection.execute(ours)
                return True
        return False

    def _known(self, forms: Iterable[str]) -> dict[tuple[str, str], bool]:
        """(form, token) -> whether it is among the keys as a name."""
        rows = self._looked_up("form, token, named", "archive_tokens", "form", [*forms])
        return {(form, token): bool(named) for form, token, named in rows}

    def _looked_up(self, columns: str, table: str, column: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of a dictionary table with one of the values; straight to the driver, for every item asks."""
        place = "%s" if self._connection.dialect.name == "postgresql" else "?"
        for some in portions(values):
            within = ", ".join([place] * len(some))
            statement = f"SELECT {columns} FROM {table} WHERE tokeniser = {place} AND {column} IN ({within})"
            yield from rows_of(self._connection, statement, (TOKENISER, *some))

    def _insert(
        self, tokens: Mapping[tuple[str, str], bool], keys: set[tuple[int, str]], named: set[tuple[str, str]]
    ) -> None:
        rows = ((TOKENISER, form, token, is_named) for (form, token), is_named in tokens.items())
        insert_rows(self._connection, tables.archive_tokens, ("tokeniser", "form", "token", "named"), rows)
        pairs = ((TOKENISER, key, token) for key, token in keys)
        insert_rows(self._connection, tables.archive_keys, ("tokeniser", "key", "token"), pairs)
        if named:
            table = tables.archive_tokens
            same = and_(
                table.c.tokeniser == TOKENISER,
                table.c.form == bindparam("a_form"),
                table.c.token == bindparam("a_token"),
            )
            self._connection.execute(
                update(table).where(same).values(named=True),
                [{"a_form": form, "a_token": token} for form, token in named],
            )

    def _remember(self, raw: str) -> None:
        if len(self._stored) >= SPELLINGS:
            self._stored.clear()
        self._stored.add(raw)

    def _by_form(self, wanted: Iterable[Wanted]) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for form, token in self._known(set().union(*(forms_of(one.keys) for one in wanted))):
            found[form].add(token)
        return found

    def _by_key(self, wanted: Iterable[Wanted]) -> dict[int, set[str]]:
        found: defaultdict[int, set[str]] = defaultdict(set)
        keys = {key_number(key) for one in wanted for key in one.keys}
        for key, token in self._looked_up("key, token", "archive_keys", "key", [*keys]):
            found[key].add(token)
        return found

    def _odd(self, prefix: str) -> frozenset[str]:
        """The tokens of forms that begin so, which do not themselves: abbreviations, words with accents."""
        table = tables.archive_tokens.c
        query = select(table.token).where(
            table.tokeniser == TOKENISER,
            table.form >= prefix,
            table.form < prefix + _AFTER_ALL,
            table.token != table.form,
        )
        return frozenset(self._connection.execute(query).scalars())
