"""Inspections, cards and subsidies of service points."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _table(
        "inspection",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    _table(
        "card",
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_inspection", sa.Integer(), nullable=True),
        _to("card", "closed_by_inspection", "inspection", ondelete="SET NULL"),
    )
    _table(
        "plaque",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    _table(
        "subsidy",
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_yuan", sa.Double(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    _table(
        "relocation",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.UniqueConstraint("change_id", name="uq_relocation_change_id"),
        _to("relocation", "change_id", "status_change"),
        _to("relocation", "place_id", "place"),
    )
    op.create_index("ix_relocation_place_id", "relocation", ["place_id"])


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    """A table of rows that belong to one service point."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_point_id", sa.Integer(), nullable=False),
        *rest,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        _to(name, "service_point_id", "service_point"),
    )
    op.create_index(f"ix_{name}_service_point_id", name, ["service_point_id"])


def _to(table: str, column: str, other: str, **options: Any) -> sa.ForeignKeyConstraint:
    options.setdefault("ondelete", "CASCADE")
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=f"fk_{table}_{column}", **options
    )


def downgrade() -> None:
    for table in ("relocation", "subsidy", "plaque", "card", "inspection"):
        op.drop_table(table)
