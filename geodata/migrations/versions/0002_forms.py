"""Parsed hours, what no column takes, the register of what must exist, training applications."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("district", "town", "kind", "name", "official_code", "address", "notes"),
        _extra(),
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
        _extra(),
        sa.PrimaryKeyConstraint("id", name="pk_training_application"),
        sa.UniqueConstraint(
            "union", "point", "dates", name="uq_training_application_union_point_dates"
        ),
    )


def downgrade() -> None:
    op.drop_table("training_application")
    op.drop_table("register_entry")
    for table, columns in added().items():
        for column in columns:
            # A batch would drop and remake the table, and with it all that hangs on its rows.
            op.drop_column(table, column.name)


def added() -> dict[str, list[sa.Column[object]]]:
    """The columns that tables of the first schema gain; rows already there get nothing in them."""
    return {
        "service_point": [
            _hours(),
            sa.Column("due_on", sa.Date(), nullable=True),
            *_texts("grade", "union", empty=True),
            _extra(),
        ],
        "lunch_outlet": [_hours(), _extra()],
        "demand_site": [_extra()],
        "town_workers": [_extra()],
    }


def _hours() -> sa.Column[object]:
    return sa.Column("hours", sa.JSON(), nullable=True)


def _extra() -> sa.Column[object]:
    return sa.Column("extra", sa.JSON(), nullable=False, server_default="{}")


def _texts(*names: str, empty: bool = False) -> list[sa.Column[object]]:
    default = "" if empty else None
    return [sa.Column(name, sa.String(), nullable=False, server_default=default) for name in names]
