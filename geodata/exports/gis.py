"""GeoPackage and FlatGeobuf through GDAL: rows go in as they come, batch by batch."""

import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from geodata.errors import SettingsError
from geodata.exports.fields import Field
from geodata.exports.rows import Export, Row

GEOPACKAGE = "application/geopackage+sqlite3"
FLATGEOBUF = "application/flatgeobuf"
DRIVERS = {".gpkg": "GPKG", ".fgb": "FlatGeobuf"}
_ROWS_A_BATCH = 2_000
_GEOMETRY = "geometry"


def write_gis(export: Export, path: Path) -> None:
    """Write a file; its suffix says which format.

    Rows without a position have no geometry; FlatGeobuf, whose index cannot hold them, leaves
    them out.

    Raises:
        SettingsError: the extra `gis` is not installed.
    """
    pyarrow, pyogrio = _needed()
    schema = pyarrow.schema(
        [
            *(pyarrow.field(field.key, _type(pyarrow, field)) for field in export.fields),
            pyarrow.field(_GEOMETRY, pyarrow.binary()),
        ]
    )
    lon, lat = export.column("lon"), export.column("lat")
    whole = path.suffix == ".gpkg"
    taken = (row for row in export.rows if whole or row[lon] is not None)

    def batches() -> Iterator[Any]:
        while rows := list(islice(taken, _ROWS_A_BATCH)):
            columns = [
                pyarrow.array(values, type=_type(pyarrow, field))
                for field, values in zip(export.fields, zip(*rows, strict=True), strict=True)
            ]
            spots = pyarrow.array([_wkb(row, lon, lat) for row in rows], type=pyarrow.binary())
            yield pyarrow.record_batch([*columns, spots], schema=schema)

    pyogrio.write_arrow(
        pyarrow.RecordBatchReader.from_batches(schema, batches()),
        path,
        driver=DRIVERS[path.suffix],
        layer="zhitu",
        geometry_name=_GEOMETRY,
        geometry_type="Point",
        crs="EPSG:4326",
    )


def _needed() -> tuple[Any, Any]:
    try:
        import pyarrow  # noqa: PLC0415 - an extra that few need
        import pyogrio  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            "写 GeoPackage、FlatGeobuf 要先装：pip install 'zhitu[gis]'；"
            "没有它也可以导出 GeoJSON、KML、csv。"
        ) from error
    return pyarrow, pyogrio


def _type(pyarrow: Any, field: Field) -> Any:
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    return types[field.type]


def _wkb(row: Row, lon: int, lat: int) -> bytes | None:
    x, y = row[lon], row[lat]
    return None if x is None or y is None else struct.pack("<BIdd", 1, 1, float(x), float(y))
