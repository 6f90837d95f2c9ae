"""Areas of an ESRI shapefile: outlines from the .shp, attributes from the .dbf beside it.

After ESRI's "Shapefile Technical Description" (1998) and the dBASE III table format.
"""

import struct
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.boundaries.shape import Shape, whole
from geodata.errors import UnreadableFileError

_POLYGONS = frozenset({5, 15, 25})
_FILE_CODE = 9994
_HEAD = 100
# The byte at 29 of a .dbf that says simplified Chinese.
_CHINESE = frozenset({0x4D, 0x7A})


def read_shapefile(path: Path) -> list[Shape]:
    """All polygons with their attributes.

    Raises:
        UnreadableFileError: no polygons, projected coordinates, the .dbf is absent or damaged.
    """
    _check_datum(path)
    try:
        areas = list(_areas(path.read_bytes(), path.name))
        rows = list(_rows(_beside(path, ".dbf")))
    except (struct.error, ValueError, IndexError) as error:
        raise UnreadableFileError(f"“{path.name}”不完整，读不下去：{error}") from error
    if len(areas) != len(rows):
        raise UnreadableFileError(
            f"“{path.name}”有 {len(areas)} 个图形，dbf 有 {len(rows)} 行，对不上。"
        )
    return [
        Shape(whole(area), row) for area, row in zip(areas, rows, strict=True) if area is not None
    ]


def _beside(path: Path, suffix: str) -> Path:
    for name in (suffix, suffix.upper()):
        if (found := path.with_suffix(name)).is_file():
            return found
    raise UnreadableFileError(
        f"“{path.name}”旁边没有 {path.stem}{suffix}：请把同名的 shp、dbf、prj 放在一起。"
    )


def _check_datum(path: Path) -> None:
    prj = path.with_suffix(".prj")
    if prj.is_file() and prj.read_text("utf-8", errors="replace").lstrip().startswith("PROJCS"):
        raise UnreadableFileError(
            f"“{path.name}”是投影坐标。请在 QGIS 里导出为 EPSG:4326 的 GeoJSON 再载入。"
        )


def _areas(data: bytes, name: str) -> Iterator[BaseGeometry | None]:
    if len(data) < _HEAD or struct.unpack_from(">i", data)[0] != _FILE_CODE:
        raise UnreadableFileError(f"“{name}”不是 shapefile。")
    (kind,) = struct.unpack_from("<i", data, 32)
    if kind not in _POLYGONS:
        raise UnreadableFileError(f"“{name}”里不是面（类型 {kind}），街镇界要用面。")
    at = _HEAD
    while at + 8 <= len(data):
        (words,) = struct.unpack_from(">i", data, at + 4)
        if words < 2 or at + 8 + 2 * words > len(data):
            raise ValueError(f"第 {at} 字节的记录长度是 {words}")
        yield _area(data[at + 8 : at + 8 + 2 * words])
        at += 8 + 2 * words


def _area(record: bytes) -> BaseGeometry | None:
    if struct.unpack_from("<i", record)[0] == 0:
        return None
    parts, points = struct.unpack_from("<2i", record, 36)
    starts = np.frombuffer(record, "<i4", parts, 44)
    xy = np.frombuffer(record, "<f8", 2 * points, 44 + 4 * parts).reshape(-1, 2)
    rings = [shapely.Polygon(ring) for ring in np.split(xy, starts[1:]) if len(ring) >= 4]
    # Holes and islands alternate inwards whatever way their rings turn.
    return reduce(shapely.symmetric_difference, map(whole, rings), shapely.Polygon())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    data = path.read_bytes()
    count, head, width = struct.unpack_from("<IHH", data, 4)
    encoding = _encoding(path, data)
    fields = _fields(data[32 : head - 1])
    for n in range(count):
        row = data[head + n * width : head + (n + 1) * width]
        if len(row) < width:
            raise ValueError(f"dbf 第 {n + 1} 行不完整")
        yield {
            name.decode(encoding, "replace"): _text(row[start : start + size], encoding)
            for name, start, size in fields
        }


def _fields(descriptors: bytes) -> list[tuple[bytes, int, int]]:
    """Name, where it starts in a row, and width of each column."""
    found, start = [], 1
    for at in range(0, len(descriptors) - 31, 32):
        size = descriptors[at + 16]
        found.append((descriptors[at : at + 11].split(b"\0")[0], start, size))
        start += size
    return found


def _encoding(path: Path, data: bytes) -> str:
    cpg = path.with_suffix(".cpg")
    stated = cpg.read_text("ascii", errors="replace").strip().lower() if cpg.is_file() else ""
    if "utf" in stated or "65001" in stated:
        return "utf-8"
    if stated or data[29] in _CHINESE:
        return "gb18030"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _text(cell: bytes, encoding: str) -> str:
    text = cell.decode(encoding, "replace").strip("\0 ")
    whole_number, point, rest = text.partition(".")
    return whole_number if point and not rest.strip("0") else text
