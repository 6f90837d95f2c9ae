"""Bringing a database to the newest schema, and comparing the two."""

from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from geodata.errors import StoreNewerError
from geodata.geometry import ShapelyGeometry

FOLDER = Path(__file__).parent / "migrations"


def include_object(
    thing: Any,
    name: str | None,
    kind: str,
    reflected: bool,
    compared_to: Any,  # noqa: ARG001 - the signature is Alembic's
) -> bool:
    """Leave out what PostGIS owns and the spatial indexes, which one database never has."""
    if kind == "table":
        return name != "spatial_ref_sys"
    if kind == "index":
        return not (thing.info.get("postgis") or (reflected and str(name).endswith("_geom")))
    return True


def render_item(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our geometry type into a new step by its own name."""
    if kind == "type" and isinstance(thing, ShapelyGeometry):
        return "ShapelyGeometry()"
    return False


def config(connection: Connection) -> Config:
    """Alembic's configuration for work on one connection."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def current(connection: Connection) -> str | None:
    """The step a database stands at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The last step this version of the program knows."""
    script = ScriptDirectory(str(FOLDER))
    return str(script.get_current_head())


def steps() -> frozenset[str]:
    """All the steps this version of the program knows."""
    return frozenset(step.revision for step in ScriptDirectory(str(FOLDER)).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest step.

    Raises:
        StoreNewerError: a newer version of the program wrote it.
    """
    at = current(connection)
    if at == newest():
        return
    if at is not None and at not in steps():
        raise StoreNewerError(
            f"数据库由更新版本的职图写成（{at}），本版本只认识到 {newest()}：请升级程序后再打开；"
            "要留在本版本，用 zhitu restore --replace 恢复升级以前的备份。"
        )
    command.upgrade(config(connection), "head")
