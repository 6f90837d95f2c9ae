"""Duplicate candidates and merges that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LOCATED = ("place", "demand_site", "lunch_outlet")


def upgrade() -> None:
    for table in LOCATED:
        op.add_column(table, sa.Column("merged_into", sa.Integer(), nullable=True))
        op.create_index(f"ix_{table}_merged_into", table, ["merged_into"])
    op.create_table(
        "duplicate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_table", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *_said(at_nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_duplicate"),
        sa.UniqueConstraint(
            "record_table",
            "first_id",
            "second_id",
            name="uq_duplicate_record_table_first_id_second_id",
        ),
    )
    op.create_index(
        "ix_duplicate_record_table_second_id", "duplicate", ["record_table", "second_id"]
    )
    op.create_index("ix_duplicate_state", "duplicate", ["state"])
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_table", sa.String(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=False),
        *_said(at_nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_merge"),
        sa.UniqueConstraint("record_table", "gone_id", name="uq_merge_record_table_gone_id"),
    )
    op.create_index("ix_merge_record_table_kept_id", "merge", ["record_table", "kept_id"])


def downgrade() -> None:
    op.drop_table("merge")
    op.drop_table("duplicate")
    for table in LOCATED:
        # A batch would drop and remake the table, and with it all that hangs on its rows.
        op.drop_index(f"ix_{table}_merged_into", table)
        op.drop_column(table, "merged_into")


def _said(*, at_nullable: bool) -> list[sa.Column[object]]:
    return [
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=at_nullable),
        sa.Column("note", sa.String(), nullable=False),
    ]
