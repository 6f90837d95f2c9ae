"""Each format holds the same rows, keeps the unknown unknown, and runs nothing a cell said."""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyogrio
import pytest
from openpyxl import load_workbook

from geodata.exports.delimited import csv_bytes, safe
from geodata.exports.fields import DESK_FIELDS, PUBLIC_FIELDS
from geodata.exports.geojson import geojson_bytes
from geodata.exports.gis import write_gis
from geodata.exports.kml import kml_bytes
from geodata.exports.rows import Export, public_export
from geodata.exports.workbook import write_xlsx
from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService

HOSTILE = '=HYPERLINK("http://evil.example","x")]]><script>alert(1)</script>&\u2028\x0b'


def place(number: int, name: str, *, lon: float | None = 121.4737) -> PublicPlace:
    service = PublicService(
        kind=Kind.REST_ROOM,
        name="",
        status=Status.PLAQUED,
        hours_text="9:00-17:00",
        facilities=("微波炉", "空调"),
        services=(),
        operator="",
        public_phone="021-55550000",
        area_m2=36.5 if number % 2 else None,
        year=None,
    )
    return PublicPlace(
        id=number,
        name=name,
        district="黄浦区",
        town="",
        address="人民大道200号",
        lon=lon,
        lat=31.23 if lon else None,
        level="number",
        error_m=90.0 if lon else None,
        reason="" if lon else "没有地址",
        reason_en="",
        flags=(),
        services=(service, service) if number == 1 else (service,),
        sample=False,
    )


PLACES = (place(1, "甲驿站"), place(2, HOSTILE), place(3, "无址书屋", lon=None))


def read_csv(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_fused_place_is_a_row_a_service() -> None:
    rows = read_csv(b"".join(csv_bytes(public_export(PLACES))))
    assert [row["地点编号"] for row in rows] == ["1", "1", "2", "3"]
    assert [row["面积（平方米）"] for row in rows] == ["36.5", "36.5", "", "36.5"]
    assert (rows[3]["经度"], rows[3]["坐标系"], rows[3]["不在地图上的原因"]) == (
        "",
        "",
        "没有地址",
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("\u3000-2", "'\u3000-2"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        (-3.5, "-3.5"),
        (0, "0"),
        (None, ""),
        ("021-5555", "021-5555"),
    ],
)
def test_no_text_of_a_csv_begins_as_a_formula(value: Any, text: str) -> None:
    assert safe(value) == text


def test_geojson_keeps_every_character_and_what_is_unknown_is_null() -> None:
    found = json.loads(b"".join(geojson_bytes(public_export(PLACES))))
    assert [f["properties"]["name"] for f in found["features"]] == [
        "甲驿站",
        "甲驿站",
        HOSTILE,
        "无址书屋",
    ]
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [121.4737, 31.23]}
    assert found["features"][3]["geometry"] is None
    assert found["features"][2]["properties"]["area_m2"] is None


def test_an_empty_export_is_whole_in_every_format(tmp_path: Path) -> None:
    assert json.loads(b"".join(geojson_bytes(public_export([]))))["features"] == []
    assert read_csv(b"".join(csv_bytes(public_export([])))) == []
    assert ElementTree.fromstring(b"".join(kml_bytes(public_export([])))).tag.endswith("kml")
    write_gis(public_export([]), tmp_path / "empty.gpkg")
    assert pyogrio.read_info(tmp_path / "empty.gpkg")["features"] == 0


def test_kml_is_xml_whatever_a_name_holds() -> None:
    tree = ElementTree.fromstring(b"".join(kml_bytes(public_export(PLACES))))
    marks = tree.findall(".//{*}Placemark")
    assert [mark.findtext("{*}name") for mark in marks] == [
        "甲驿站",
        "甲驿站",
        HOSTILE.replace("\x0b", ""),
    ]
    assert marks[0].findtext(".//{*}coordinates") == "121.4737,31.23"


def test_a_workbook_holds_numbers_as_numbers_and_no_formula(tmp_path: Path) -> None:
    write_xlsx(public_export(PLACES), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    rows = list(sheet.iter_rows())
    assert len(rows) == 5
    named = {cell.value: cell.column - 1 for cell in rows[0]}
    hostile = rows[3][named["名称"]]
    assert (hostile.data_type, hostile.quotePrefix) == ("s", True)
    assert hostile.value == HOSTILE.replace("\x0b", "")
    assert rows[1][named["面积（平方米）"]].value == 36.5
    assert rows[3][named["面积（平方米）"]].value is None
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(("suffix", "rows"), [(".gpkg", 4), (".fgb", 3)])
def test_gdal_reads_back_what_was_written(tmp_path: Path, suffix: str, rows: int) -> None:
    path = tmp_path / f"points{suffix}"
    write_gis(public_export(PLACES), path)
    meta, table = pyogrio.read_arrow(path)
    found = sorted(table.to_pylist(), key=lambda row: (row["place_id"], row["name"]))
    assert [row["name"] for row in found] == ["甲驿站", "甲驿站", HOSTILE, "无址书屋"][:rows]
    assert [row["area_m2"] for row in found] == [36.5, 36.5, None, 36.5][:rows]
    assert [row["lon"] for row in found] == [121.4737, 121.4737, 121.4737, None][:rows]
    assert meta["crs"] == "EPSG:4326"
    geometry = meta["geometry_name"] or "wkb_geometry"
    assert [row[geometry] is None for row in found] == [False, False, False, True][:rows]


def test_no_column_stands_twice() -> None:
    keys = [field.key for field in (*PUBLIC_FIELDS, *DESK_FIELDS)]
    labels = [field.label for field in (*PUBLIC_FIELDS, *DESK_FIELDS)]
    assert (len(set(keys)), len(set(labels))) == (len(keys), len(labels))


def test_a_long_export_is_not_held_in_memory() -> None:
    def many() -> Iterator[PublicPlace]:
        for number in range(2, 20_000):
            yield place(number, "甲驿站" * 20)

    def peak(write: Any) -> int:
        tracemalloc.start()
        export = public_export(many())
        size = sum(len(piece) for piece in write(Export("t", export.fields, export.rows)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > 7_000_000
        return most

    assert max(peak(write) for write in (csv_bytes, geojson_bytes, kml_bytes)) < 4_000_000
