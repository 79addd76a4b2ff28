"""What every table is made of: one set of tables, and the kinds of column they share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, Text

from storage.columns import Key, StorableText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_column() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def to_column(target: str, name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    reference = ForeignKey(f"{target}.id", ondelete="CASCADE")
    return Column(name, Key, reference, primary_key=primary_key, nullable=nullable, autoincrement=False)


def text_column(name: str, **options: Any) -> Column[str]:
    """Text that may hold anything."""
    return Column(name, StorableText, nullable=False, **options)


def plain_column(name: str, **options: Any) -> Column[str]:
    """Text of items, looked at once for a whole item: there are many of them, and a check of each column costs as much
    as storing it."""
    return Column(name, Text, nullable=False, **options)
