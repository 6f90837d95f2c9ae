"""Places, services, demand, lunch, contacts, imports."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from geodata.geometry import ShapelyGeometry

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


LOCATED = ("place", "demand_site", "lunch_outlet")


def located() -> list[sa.Column[Any]]:
    """The columns of every table whose rows have an address."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("parsed", sa.JSON(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("district_declared", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("geom", ShapelyGeometry(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("error_m", sa.Double(), nullable=True),
        sa.Column("position_source", sa.String(), nullable=False),
        sa.Column("source_datum", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reason_detail", sa.String(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
    ]


def index_located(table: str) -> None:
    for columns in (["canonical"], ["district"], ["lon", "lat"], ["name"]):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index(f"ix_{table}_geom", table, ["geom"], postgresql_using="gist")


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_table", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mobile", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_record_table_record_id", "contact", ["record_table", "record_id"])

    op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_version")),
    )
    op.create_table(
        "decision",
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("error_m", sa.Double(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("canonical", name=op.f("pk_decision")),
    )
    op.create_table(
        "demand_site",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("enterprises", sa.Integer(), nullable=True),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("clinic", sa.String(), nullable=False),
        sa.Column("canteen_seats", sa.Integer(), nullable=True),
        sa.Column("meal_quota", sa.Integer(), nullable=True),
        sa.Column("cabinet_cells", sa.Integer(), nullable=True),
        sa.Column("lunch_declared", sa.Boolean(), nullable=True),
        *located(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_site")),
        sa.UniqueConstraint("key", name=op.f("uq_demand_site_key")),
    )

    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_sha256", "import_run", ["sha256"])

    op.create_table(
        "lunch_outlet",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("turns", sa.Double(), nullable=True),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("price_yuan", sa.Double(), nullable=True),
        sa.Column("hours_text", sa.String(), nullable=False),
        *located(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lunch_outlet")),
        sa.UniqueConstraint("key", name=op.f("uq_lunch_outlet_key")),
    )

    op.create_table(
        "place",
        *located(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("key", name=op.f("uq_place_key")),
    )

    op.create_table(
        "town_workers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_workers")),
        sa.UniqueConstraint(
            "district", "town", "year", name=op.f("uq_town_workers_district_town_year")
        ),
    )
    op.create_table(
        "service_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("official_code", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("works", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("hours_text", sa.String(), nullable=False),
        sa.Column("area_m2", sa.Double(), nullable=True),
        sa.Column("facilities", sa.JSON(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("public_phone", sa.String(), nullable=False),
        sa.Column("serves", sa.String(), nullable=False),
        sa.Column("enterprises", sa.Integer(), nullable=True),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("funds_yuan", sa.Double(), nullable=True),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("half_days_per_week", sa.Double(), nullable=True),
        sa.Column("partner_clinic", sa.String(), nullable=False),
        sa.Column("model_room", sa.Boolean(), nullable=False),
        sa.Column("complex_site", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_service_point_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_point")),
        sa.UniqueConstraint(
            "place_id", "kind", "name", name=op.f("uq_service_point_place_id_kind_name")
        ),
    )
    op.create_index("ix_service_point_kind", "service_point", ["kind"])
    op.create_index("ix_service_point_place_id", "service_point", ["place_id"])
    op.create_index("ix_service_point_status", "service_point", ["status"])

    op.create_table(
        "source_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("record_table", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_source_row_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_row")),
        sa.UniqueConstraint(
            "record_table",
            "record_id",
            "file",
            "sheet",
            "row",
            name=op.f("uq_source_row_record_table_record_id_file_sheet_row"),
        ),
    )
    op.create_index("ix_source_row_run_id", "source_row", ["run_id"])

    op.create_table(
        "status_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_point_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_point_id"],
            ["service_point.id"],
            name=op.f("fk_status_change_service_point_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_change")),
    )
    op.create_index("ix_status_change_service_point_id", "status_change", ["service_point_id"])
    for table in LOCATED:
        index_located(table)


def downgrade() -> None:
    op.drop_table("status_change")
    op.drop_table("source_row")
    op.drop_table("service_point")
    op.drop_table("town_workers")
    op.drop_table("place")
    op.drop_table("lunch_outlet")
    op.drop_table("import_run")
    op.drop_table("demand_site")
    op.drop_table("decision")
    op.drop_table("data_version")
    op.drop_table("contact")
