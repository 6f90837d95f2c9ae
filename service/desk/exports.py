"""Files of points: an office's own behind the sign-in, the public ones for everybody."""

import tempfile
from collections.abc import Callable, Iterator
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
from service.kept_files import KeptFiles
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
MADE_A_MINUTE = 12
_CROWDED = "这会儿下载文件的人太多，请过一分钟再试。"
FORMATS = (*STREAMED, *WRITTEN)


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/exports/points.<format>` for everybody, `/desk/exports/points.<format>` by reach."""
    pages = Blueprint("exports", __name__)
    snapshot = public_places(settings, store)
    # A workbook of a whole city takes more than a second to write, the others tenths.
    kept = KeptFiles(a_minute=MADE_A_MINUTE, sentence=_CROWDED)

    @pages.get("/exports/points.<suffix>")
    def public(suffix: str) -> Response:
        _known(suffix)
        places = snapshot()
        found = places.find(params.filters(request.args))
        key = (places.version, suffix, tuple(place.id for place in found))
        body = kept.get(
            key, lambda: _file(public_export(found), suffix), asker=request.remote_addr or ""
        )
        return _download(body, suffix)

    @pages.get("/desk/exports/points.<suffix>")
    @needs(Role.VIEWER)
    def desk(suffix: str) -> Response:
        _known(suffix)
        with store.writing() as session:
            record(session, by=person().login, action="points.export", detail={"format": suffix})
        # Whole before it is sent: a slow line must not hold the database.
        with store.reading() as session:
            body = _file(desk_export(session, person()), suffix)
        return _download(body, suffix)

    return pages


def _known(suffix: str) -> None:
    if suffix not in FORMATS:
        raise NotFoundError(f"没有这种格式，可用：{'、'.join(FORMATS)}。")


def _file(export: Export, suffix: str) -> bytes:
    if suffix in STREAMED:
        return b"".join(STREAMED[suffix][1](export))
    # Formats with an index are written to a file.
    with tempfile.TemporaryDirectory(prefix="zhitu-") as folder:
        path = Path(folder) / f"points.{suffix}"
        WRITTEN[suffix][1](export, path)
        return path.read_bytes()


def _download(body: bytes, suffix: str) -> Response:
    media, _ = STREAMED.get(suffix) or WRITTEN[suffix]
    # As a stream, which is not packed on the way: packing takes as long as writing does.
    response = Response(iter((body,)), content_type=media)
    response.content_length = len(body)
    response.headers["Content-Disposition"] = f'attachment; filename="zhitu-points.{suffix}"'
    response.headers["Cache-Control"] = "no-store"
    return response
