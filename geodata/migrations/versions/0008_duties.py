"""Half-days, visits and lectures of health points."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_point_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_duty_event"),
        sa.ForeignKeyConstraint(
            ["service_point_id"],
            ["service_point.id"],
            name="fk_duty_event_service_point_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_duty_event_service_point_id", "duty_event", ["service_point_id"])


def downgrade() -> None:
    op.drop_table("duty_event")
