"""The column types every table uses: aware instants, days, compact JSON, compressed text, keys never reused."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Date, Dialect, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Made once: json.dumps builds an encoder for every call whose options are not the default ones.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# Most lists are empty, and a million items have four of them each.
_EMPTY: dict[type, str] = {list: "[]", tuple: "[]", dict: "{}"}

# SQLite gives AUTOINCREMENT to a column declared exactly INTEGER, which holds 64 bits there anyway.
Key = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware instant, given back in UTC; a naive one raises ValueError.

    timestamptz on PostgreSQL; on SQLite an integer, microseconds since 1970 in UTC, because its DateTime drops
    offsets silently and its text form does not sort across offsets.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn an aware instant into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive instant {value!r}: give it an offset")
        return value if dialect.name == "postgresql" else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn what the database kept into an aware instant in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if isinstance(value, datetime) else _EPOCH + value * _MICROSECOND


class Day(TypeDecorator[date]):
    """A calendar day: a date on PostgreSQL, its ISO text on SQLite, which sorts alike and is made at once."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Turn a day into what the database keeps."""
        return value if value is None or dialect.name == "postgresql" else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Turn what the database kept into a day."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class StorableText(TypeDecorator[str]):
    """Text without the two things a database refuses: NUL (PostgreSQL) and lone surrogates (both).

    For what is kept as it was typed or answered (details of errors, queries, subjects): one odd sign must not make a
    whole transaction impossible, visit after visit. Items are looked at as a whole instead (`storage.item_rows`).
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Drop what cannot be stored; an enumeration's member becomes its plain text."""
        return None if value is None else storable(str(value))


class CompactJson(TypeDecorator[Any]):
    """Plain JSON values in a text column, without spaces, letters of every script kept as they are."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Serialise; None stays NULL."""
        if not value and type(value) in _EMPTY:
            return _EMPTY[type(value)]
        return None if value is None else storable(_encode(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Parse; arrays come back as lists."""
        return None if value is None else json.loads(value)


class CompressedText(TypeDecorator[str]):
    """Text kept as zlib bytes: digests are large, read seldom, and much alike inside."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Compress the UTF-8 form; None stays NULL."""
        return None if value is None else zlib.compress(value.encode(errors="ignore"))

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Decompress to the text that was stored."""
        return None if value is None else zlib.decompress(bytes(value)).decode()


def is_storable(text: str) -> bool:
    """Whether the text has neither NUL nor lone surrogates."""
    if "\0" in text:
        return False
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def storable(text: str) -> str:
    """The text without NUL and lone surrogates."""
    return text if is_storable(text) else text.replace("\0", "").encode(errors="ignore").decode()
