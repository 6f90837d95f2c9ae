"""Parsed hours, the register of what must exist, training applications."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WITH_HOURS = ("service_point", "lunch_outlet")


def upgrade() -> None:
    for table in WITH_HOURS:
        op.add_column(table, sa.Column("hours", sa.JSON(), nullable=True))
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("district", "town", "kind", "name", "official_code", "address", "notes"),
        sa.PrimaryKeyConstraint("id", name="pk_register_entry"),
        sa.UniqueConstraint(
            "district", "town", "kind", "name", name="uq_register_entry_district_town_kind_name"
        ),
    )
    op.create_index("ix_register_entry_district", "register_entry", ["district"])
    op.create_table(
        "training_application",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("union", "point"),
        sa.Column("heads", sa.Integer(), nullable=True),
        *_texts("dates", "district", "notes"),
        sa.PrimaryKeyConstraint("id", name="pk_training_application"),
        sa.UniqueConstraint(
            "union", "point", "dates", name="uq_training_application_union_point_dates"
        ),
    )


def downgrade() -> None:
    op.drop_table("training_application")
    op.drop_table("register_entry")
    for table in WITH_HOURS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("hours")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
