"""The archive: the words of every version, and by which words it is found; what is stored is indexed while it runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.columns import Key

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of the archive; those of its months are made when their first item comes."""
    in_order = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
    op.create_table(
        "archive_builds",
        sa.Column("tokeniser", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("before_id", Key, nullable=False),
        sa.PrimaryKeyConstraint("tokeniser", name="pk_archive_builds"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "archive_keys",
        sa.Column("tokeniser", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("token", in_order, nullable=False),
        sa.PrimaryKeyConstraint("tokeniser", "key", "token", name="pk_archive_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "archive_months",
        sa.Column("tokeniser", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tokeniser", "month", name="pk_archive_months"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "archive_tokens",
        sa.Column("tokeniser", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", in_order, nullable=False),
        sa.Column("token", in_order, nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tokeniser", "form", "token", name="pk_archive_tokens"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "archived",
        sa.Column("doc", Key, autoincrement=False, nullable=False),
        sa.Column("item_id", Key, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tokeniser", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_archived_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("doc", name="pk_archived"),
        sa.UniqueConstraint("item_id", "version", "tokeniser", name="uq_archived_item_id_version_tokeniser"),
    )
