"""Files of points: an office's own behind the sign-in, the public ones for everybody."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from flask import Blueprint, Response, request

from geodata.accounts.audit import record
from geodata.accounts.roles import Role
from geodata.errors import NotFoundError
from geodata.exports import delimited, geojson, gis, kml, workbook
from geodata.exports.rows import Export, desk_export, public_export
from geodata.store import Store
from service import params
from service.guard import needs, person
from service.public import public_places
from service.settings import Settings

STREAMED: dict[str, tuple[str, Callable[[Export], Iterator[bytes]]]] = {
    "csv": (delimited.MEDIA_TYPE, delimited.csv_bytes),
    "geojson": (geojson.MEDIA_TYPE, geojson.geojson_bytes),
    "kml": (kml.MEDIA_TYPE, kml.kml_bytes),
}
WRITTEN: dict[str, tuple[str, Callable[[Export, Path], None]]] = {
    "xlsx": (workbook.MEDIA_TYPE, workbook.write_xlsx),
    "gpkg": (gis.GEOPACKAGE, gis.write_gis),
    "fgb": (gis.FLATGEOBUF, gis.write_gis),
}
FORMATS = (*STREAMED, *WRITTEN)


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/exports/points.<format>` for everybody, `/desk/exports/points.<format>` by reach."""
    pages = Blueprint("exports", __name__)
    snapshot = public_places(settings, store)

    @pages.get("/exports/points.<suffix>")
    def public(suffix: str) -> Response:
        found = snapshot().find(params.filters(request.args))
        return _file(public_export(found), suffix, ExitStack())

    @pages.get("/desk/exports/points.<suffix>")
    @needs(Role.VIEWER)
    def desk(suffix: str) -> Response:
        _known(suffix)
        with store.writing() as session:
            record(session, by=person().login, action="points.export", detail={"format": suffix})
        rows = ExitStack()
        session = rows.enter_context(store.reading())
        return _file(desk_export(session, person()), suffix, rows)

    return pages


def _known(suffix: str) -> None:
    if suffix not in FORMATS:
        raise NotFoundError(f"没有这种格式，可用：{'、'.join(FORMATS)}。")


def _file(export: Export, suffix: str, held: ExitStack) -> Response:
    """A download; `held` is what must live until the rows are read."""
    _known(suffix)
    body: bytes | Iterator[bytes]
    if suffix in STREAMED:
        media, pieces = STREAMED[suffix]
        body = pieces(export)
    else:
        media, write = WRITTEN[suffix]
        with held:
            body = _written(export, suffix, write)
    response = Response(body, content_type=media)
    response.call_on_close(held.close)
    response.headers["Content-Disposition"] = f'attachment; filename="zhitu-points.{suffix}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(export: Export, suffix: str, write: Callable[[Export, Path], None]) -> bytes:
    """Formats with an index have to be written whole, to a file."""
    with tempfile.TemporaryDirectory(prefix="zhitu-") as folder:
        path = Path(folder) / f"points.{suffix}"
        write(export, path)
        return path.read_bytes()
