"""Yearly targets, and what map applications list."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("per_district", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programme_target"),
        sa.UniqueConstraint("year", "measure", name="uq_programme_target_year_measure"),
    )
    op.create_table(
        "map_listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_point_id", sa.Integer(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_map_listing"),
        sa.UniqueConstraint("service_point_id", "app", name="uq_map_listing_service_point_id_app"),
        sa.ForeignKeyConstraint(
            ["service_point_id"],
            ["service_point.id"],
            name="fk_map_listing_service_point_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_map_listing_service_point_id", "map_listing", ["service_point_id"])


def downgrade() -> None:
    op.drop_table("map_listing")
    op.drop_table("programme_target")
