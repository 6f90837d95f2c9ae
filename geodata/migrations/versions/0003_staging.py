"""A staging area for files that are being taken in, what was refused, fields persons wrote."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "staged_file",
    "staged_record",
    "staged_refusal",
    "refused_row",
    "refused_cell",
    "edited_field",
)


def upgrade() -> None:
    op.create_table(
        "staged_file",
        _id(),
        *_texts("file", "sha256"),
        sa.Column("touched", sa.DateTime(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staged_file"),
        sqlite_autoincrement=True,
    )
    _staged("staged_record", sa.Column("door", sa.Integer(), nullable=False),
            *_texts("key", "code", "payload", "persons"))  # fmt: skip
    for columns in (["file_id", "door", "n"], ["file_id", "key", "n"], ["file_id", "code"]):
        op.create_index(f"ix_staged_record_{'_'.join(columns)}", "staged_record", columns)
    _staged("staged_refusal", sa.Column("is_row", sa.Boolean(), nullable=False),
            sa.Column("payload", sa.JSON(), nullable=False))  # fmt: skip
    _refused("refused_row", *_texts("reason"), sa.Column("cells", sa.JSON(), nullable=False))
    _refused("refused_cell", *_texts("column", "header", "found", "expected"))
    op.create_table(
        "edited_field",
        _id(),
        *_texts("record_table"),
        sa.Column("record_id", sa.Integer(), nullable=False),
        *_texts("field", "by"),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edited_field"),
        sa.UniqueConstraint(
            "record_table",
            "record_id",
            "field",
            name="uq_edited_field_record_table_record_id_field",
        ),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _staged(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["file_id"], ["staged_file.id"], name=f"fk_{table}_file_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "n", name=f"pk_{table}"),
    )


def _refused(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        _id(),
        sa.Column("run_id", sa.Integer(), nullable=False),
        *_texts("sheet"),
        sa.Column("row", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=f"fk_{table}_run_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_run_id", table, ["run_id"])


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
