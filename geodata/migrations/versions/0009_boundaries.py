"""Outlines of towns that users load."""

import sqlalchemy as sa
from alembic import op

from geodata.geometry import ShapelyGeometry

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "town_boundary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("geom", ShapelyGeometry(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_town_boundary"),
        sa.UniqueConstraint("code", name="uq_town_boundary_code"),
    )


def downgrade() -> None:
    op.drop_table("town_boundary")
