"""Sign-ins that were signed out of."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ended_sign_in"),
    )
    op.create_index("ix_ended_sign_in_until", "ended_sign_in", ["until"])


def downgrade() -> None:
    op.drop_table("ended_sign_in")
