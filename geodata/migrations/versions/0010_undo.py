"""What an import made and overwrote, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_run", sa.Column("undone_at", sa.DateTime(), nullable=True))
    op.add_column("import_run", sa.Column("undone_by", sa.String(), nullable=True))
    op.create_table(
        "import_made",
        *_of_run(),
        sa.Column("record_table", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_made"),
        _to_run("import_made"),
    )
    op.create_index("ix_import_made_run_id", "import_made", ["run_id"])
    op.create_table(
        "import_before",
        *_of_run(),
        sa.Column("record_table", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record_key", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_before"),
        _to_run("import_before"),
    )
    op.create_index("ix_import_before_run_id", "import_before", ["run_id"])
    op.create_index(
        "ix_import_before_record_table_record_id", "import_before", ["record_table", "record_id"]
    )


def _of_run() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
    )


def _to_run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=f"fk_{table}_run_id")


def downgrade() -> None:
    op.drop_table("import_before")
    op.drop_table("import_made")
    for name in ("undone_by", "undone_at"):
        op.drop_column("import_run", name)
