"""The geocode cache and the ledger of every send."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "geocode_answer",
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("grammar", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("provider", "canonical", name="pk_geocode_answer"),
    )
    op.create_table(
        "geocode_send",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_geocode_send"),
    )
    op.create_index("ix_geocode_send_provider_day", "geocode_send", ["provider", "day"])


def downgrade() -> None:
    op.drop_table("geocode_send")
    op.drop_table("geocode_answer")
