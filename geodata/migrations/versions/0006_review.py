"""Geocode candidates, the review queue, one-time links, decisions that are no position."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LOCATED = ("place", "demand_site", "lunch_outlet")
NO_POSITION: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("lon", sa.Double()),
    ("lat", sa.Double()),
    ("level", sa.String()),
    ("error_m", sa.Double()),
)
NEW_TEXTS = {"action": "move", "corrected_address": "", "source_datum": "WGS-84"}


def upgrade() -> None:
    for table in LOCATED:
        op.add_column(table, sa.Column("given", sa.JSON(), nullable=True))
    with op.batch_alter_table("decision") as batch:
        for name, kind in NO_POSITION:
            batch.alter_column(name, existing_type=kind, nullable=True)
        for name, old in NEW_TEXTS.items():
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=old))
    with op.batch_alter_table("decision") as batch:
        for name in NEW_TEXTS:
            batch.alter_column(name, existing_type=sa.String(), server_default=None)
    op.create_table(
        "geocode_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("canonical"),
        sa.Column("n", sa.Integer(), nullable=False),
        *_texts("provider"),
        *(sa.Column(name, sa.Double(), nullable=False) for name in ("lon", "lat")),
        *_texts("level"),
        sa.Column("error_m", sa.Double(), nullable=False),
        *_texts("source", "source_datum", "road", "district", "town", "matched"),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_geocode_candidate"),
        sa.UniqueConstraint("canonical", "n", name="uq_geocode_candidate_canonical_n"),
    )
    op.create_table(
        "review_item",
        *_texts("canonical", "verdict"),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("canonical", name="pk_review_item"),
    )
    op.create_table(
        "datum_answer",
        *_texts("sha256", "datum"),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_datum_answer"),
    )
    op.create_table(
        "pin_link",
        *_texts("token_hash", "canonical"),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_pin_link"),
    )
    op.create_index("ix_pin_link_canonical", "pin_link", ["canonical"])


def downgrade() -> None:
    for table in ("pin_link", "datum_answer", "review_item", "geocode_candidate"):
        op.drop_table(table)
    # The older schema knows only decisions that are positions.
    op.execute(sa.text("DELETE FROM decision WHERE lon IS NULL"))
    with op.batch_alter_table("decision") as batch:
        for name in NEW_TEXTS:
            batch.drop_column(name)
        for name, kind in NO_POSITION:
            batch.alter_column(name, existing_type=kind, nullable=False)
    for table in LOCATED:
        op.drop_column(table, "given")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
