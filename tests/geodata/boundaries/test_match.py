"""Outlines find their towns by code, else by name, and only where they lie."""

import json
import struct
from pathlib import Path

import pytest
import shapely

from geodata.boundaries.match import Unmatched, match
from geodata.boundaries.shape import Shape
from geodata.boundaries.store import read_shapes
from geodata.errors import UnreadableFileError
from geodata.model import Datum
from geodata.place.datum import convert

BUND = (121.486, 31.235)


def square(lon: float, lat: float, half: float = 0.004) -> shapely.Polygon:
    return shapely.box(lon - half, lat - half, lon + half, lat + half)


def shape(spot: tuple[float, float] = BUND, **said: str) -> Shape:
    return Shape(square(*spot), said)


@pytest.mark.parametrize(
    "said",
    [
        {"code": "310101013"},
        {"id": "7", "区划代码": "310101013000"},
        {"town": "外滩街道"},
        {"name": "外滩"},
        {"乡镇": "外滩街道办事处", "区": "黄浦区"},
    ],
)
def test_a_town_is_known_by_its_code_or_its_name(said: dict[str, str]) -> None:
    (outline,) = match([shape(**said)]).outlines
    assert (outline.town.code, outline.area) == ("310101013", square(*BUND))


def test_a_road_in_the_name_may_be_left_out() -> None:
    found = match([shape((121.392, 31.145), name="古美路街道")])
    assert [outline.town.name for outline in found.outlines] == ["古美街道"]


def test_what_is_no_town_or_lies_elsewhere_is_said() -> None:
    shapes = [
        shape(name="黄浦区"),
        shape((121.2, 30.8), name="外滩街道"),
        Shape(shapely.Polygon(), {"name": "外滩街道"}),
        Shape(square(*BUND), {}),
    ]
    assert match(shapes).unmatched == (
        Unmatched("黄浦区", "街镇表里没有这个代码或名称"),
        Unmatched("外滩街道", "图形不在黄浦区，请核对坐标系或名称"),
        Unmatched("外滩街道", "图形是空的"),
        Unmatched("（没有名称）", "街镇表里没有这个代码或名称"),
    )


def test_pieces_of_a_town_are_put_together_and_the_others_are_missing() -> None:
    west, east = shape((121.486, 31.235), name="外滩街道"), shape((121.494, 31.235), name="外滩")
    found = match([west, east])
    (outline,) = found.outlines
    assert outline.area.equals(shapely.union(west.area, east.area))
    assert len(found.missing) == 214
    assert all(town.name != "外滩街道" for town in found.missing)


def test_another_datum_is_converted() -> None:
    lon, lat = convert(*BUND, source=Datum.WGS84, target=Datum.GCJ02)
    moved = shape((float(lon), float(lat)), name="外滩街道")
    (outline,) = match([moved], datum=Datum.GCJ02).outlines
    middle = outline.area.centroid
    assert (round(middle.x, 5), round(middle.y, 5)) == BUND


def feature(**properties: object) -> dict[str, object]:
    geometry = shapely.geometry.mapping(square(*BUND))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def test_a_geojson_file_gives_its_areas(tmp_path: Path) -> None:
    file = tmp_path / "towns.geojson"
    point = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Point", "coordinates": BUND},
    }
    file.write_text("\ufeff" + collection(feature(code=310101013.0, town=None), point), "utf-8")
    assert read_shapes(file) == [Shape(square(*BUND), {"code": "310101013", "town": ""})]


def test_an_outline_that_crosses_itself_keeps_its_areas(tmp_path: Path) -> None:
    bow = [[121.48, 31.23], [121.49, 31.24], [121.49, 31.23], [121.48, 31.24], [121.48, 31.23]]
    crossed = feature(name="外滩街道") | {"geometry": {"type": "Polygon", "coordinates": [bow]}}
    file = tmp_path / "towns.json"
    file.write_text(collection(crossed), "utf-8")
    (found,) = read_shapes(file)
    assert (found.area.is_valid, found.area.geom_type) == (True, "MultiPolygon")


METRES = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
FAR = {"type": "Polygon", "coordinates": [[[4e5, 3e6], [5e5, 3e6], [5e5, 4e6], [4e5, 3e6]]]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("不是 JSON", "读不出 JSON"),
        ("[]", "最外层要是 FeatureCollection"),
        ('{"type": "FeatureCollection", "features": null}', "features 要是一个列表"),
        (collection(), "里没有面"),
        (collection(feature(), crs=METRES), "坐标系是 urn:ogc:def:crs:EPSG::4547"),
        (collection(feature() | {"geometry": FAR}), "不是经纬度"),
        (collection(feature() | {"geometry": {"type": "Polygon", "coordinates": 1}}), "坏了"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "towns.geojson"
    file.write_text(text, "utf-8")
    with pytest.raises(UnreadableFileError, match=why):
        read_shapes(file)


def test_other_formats_are_told_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="在 QGIS 里导出为 EPSG:4326"):
        read_shapes(tmp_path / "towns.gpkg")


def shapefile(folder: Path, rings: list[list[tuple[float, float]]], name: bytes) -> Path:
    """One polygon with one text column, byte by byte as ESRI describes it."""
    points = [spot for ring in rings for spot in ring]
    starts = [sum(map(len, rings[:n])) for n in range(len(rings))]
    content = struct.pack("<i4d2i", 5, 0, 0, 0, 0, len(rings), len(points))
    content += struct.pack(f"<{len(starts)}i", *starts)
    content += b"".join(struct.pack("<2d", *spot) for spot in points)
    head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 0) + struct.pack("<2i8d", 1000, 5, *[0.0] * 8)
    file = folder / "towns.shp"
    file.write_bytes(head + struct.pack(">2i", 1, len(content) // 2) + content)
    column = b"NAME".ljust(11, b"\0") + b"C" + bytes(4) + bytes([20, 0]) + bytes(14)
    table = bytes([3, 24, 1, 1]) + struct.pack("<IHH", 1, 32 + len(column) + 1, 21) + bytes(20)
    file.with_suffix(".dbf").write_bytes(table + column + b"\r" + b" " + name.ljust(20))
    return file


def ring(half: float) -> list[tuple[float, float]]:
    return list(square(*BUND, half).exterior.coords)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_shapefile_gives_areas_with_their_holes(tmp_path: Path, encoding: str) -> None:
    file = shapefile(tmp_path, [ring(0.004), ring(0.001)], "外滩街道".encode(encoding))
    (found,) = read_shapes(file)
    assert found.said == {"NAME": "外滩街道"}
    assert found.area.equals(square(*BUND, 0.004) - square(*BUND, 0.001))


def test_a_shapefile_needs_its_table_and_degrees(tmp_path: Path) -> None:
    file = shapefile(tmp_path, [ring(0.004)], b"x")
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(UnreadableFileError, match="不完整"):
        read_shapes(file)
    file.with_suffix(".prj").write_text('PROJCS["CGCS2000_3_Degree_GK"]', "utf-8")
    with pytest.raises(UnreadableFileError, match="投影坐标"):
        read_shapes(file)
    file = shapefile(tmp_path, [ring(0.004)], b"x")
    file.with_suffix(".prj").unlink()
    file.with_suffix(".dbf").unlink()
    with pytest.raises(UnreadableFileError, match=r"旁边没有 towns\.dbf"):
        read_shapes(file)
