"""`zhitu rest` on three places and a handful of crews."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from service.cli import main

POINTS = """名称,类别,区,地址,状态,开放时间,经度,纬度,坐标系
广场休息室,职工工间休息室,黄浦区,人民大道1号,已挂牌,周一至周五 8:00-18:00,121.4710,31.2349,WGS-84
外滩驿站,户外职工驿站,黄浦区,中山东一路3号,已挂牌,,121.4900,31.2349,WGS-84
"""
CREWS = """环卫班组表,,,,,,
班组名称,类别,人数,经度,纬度,坐标系,午休
广场保洁,固定,12,121.47100000,31.23490000,WGS-84,11:30-12:30
外滩保洁,流动,20,121.4902,31.2349,WGS-84,11:30-12:30
夜班,固定,6,121.4710,31.2349,WGS-84,19:00-20:00
远郊,street,9,121.6000,31.2000,WGS-84,周一至周五 11:30-12:30
人数不详,固定,/,121.4710,31.2349,WGS-84,11:30-12:30
无坐标,固定,4,,,,11:30-12:30
颠倒,固定,3,31.2349,121.4710,WGS-84,11:30-12:30
外省,固定,2,120.1500,30.2800,WGS-84,11:30-12:30
没时间,骑行,1,121.4710,31.2349,WGS-84,中午
合计,,57,,,,
"""

Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `zhitu` on a small database; gives the lines it prints."""
    database = ["--database", f"sqlite:///{tmp_path / 'zhitu.sqlite'}"]

    def command(*arguments: str) -> list[str]:
        return CliRunner().invoke(main, [*database, *arguments]).output.splitlines()

    points, crews = tmp_path / "站点.csv", tmp_path / "班组.csv"
    points.write_text(POINTS, encoding="utf-8")
    crews.write_text(CREWS, encoding="utf-8")
    command("import", str(points))
    return lambda *arguments: command("rest", "--crews", str(crews), *arguments)


def test_the_share_of_heads_and_every_crew_without_a_place(run: Run) -> None:
    assert run() == [
        "有处可歇 12 人（25.5%），只靠时间未知的点 20 人（42.6%），没有 15 人（31.9%）",
        "不计：资料不全的 10 人；人数未知的班组 1 个",
        "",
        "没有处可歇的班组",
        "  班组  类别  人数  最近的点    步行（米）  休息时",
        "  远郊  流动  9     外滩驿站    14,525      时间未知",
        "  夜班  固定  6     广场休息室  0           没有全程开着",
        "资料不全、没有算的班组",
        "  班组    人数",
        "  无坐标  4",
        "  颠倒    3",
        "  外省    2",
        "  没时间  1",
        "“班组.csv”第 8 行 第 4 列（经度）写的是“”，应填：这一格必须填写。请改正后再算",
        "“班组.csv”第 8 行 第 5 列（纬度）写的是“”，应填：这一格必须填写。请改正后再算",
        "“班组.csv”第 8 行 第 6 列（坐标系）写的是“”，应填：这一格必须填写。请改正后再算",
        "“班组.csv”第 9 行 第 5 列（纬度）写的是“121.4710”，"
        "应填：不超过 90 的度数；经度和纬度可能填反了。请改正后再算",
        "“班组.csv”第 10 行 第 4 列（经度）写的是“120.1500”，"
        "应填：上海范围内的经度和纬度，例如 121.4710 和 31.2349。请改正后再算",
        "“班组.csv”第 11 行 第 2 列（类别）写的是“骑行”，"
        "应填：这些词之一：固定、定点、流动、沿街。请改正后再算",
        "“班组.csv”第 11 行 第 7 列（午休）写的是“中午”，"
        "应填：休息的起止时间，例如 11:30-12:30（工作日）或 周一至周六 11:30-12:30。请改正后再算",
        "",
        "口径：流动 500 米、固定 200 米，步行距离为直线 × 1.3 估算；"
        "只算已挂牌、位置够准的休息室和户外驿站（2 个），黄牌（整改中）不算；"
        "要在休息时段全程开着；没写星期的按工作日",
    ]


def test_a_narrow_radius_loses_the_street_crew(run: Run) -> None:
    lines = run("--radius-street", "10")
    assert lines[0] == "有处可歇 12 人（25.5%），只靠时间未知的点 0 人（0.0%），没有 35 人（74.5%）"
    assert lines[5] == "  外滩保洁  流动  20    外滩驿站    25          时间未知"


def test_a_workbook_in_another_datum_names_the_sheet_and_the_cell(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "六月"
    book.active.append(["名称", "类型", "人数", "经度", "纬度", "坐标系", "午休时间"])
    # The square in GCJ-02; taken for WGS-84 it would lie 480 m off, too far for a fixed crew.
    book.active.append(["广场", "固定", 8, 121.475521, 31.232975, "高德", "11:30-12:30"])
    book.active.append(["乙", "固定", 5, 121.4710, 31.2349, "北京54", "11:30-12:30"])
    file = tmp_path / "班组.xlsx"
    book.save(file)
    lines = run("--crews", str(file))
    assert lines[0] == "有处可歇 8 人（100.0%），只靠时间未知的点 0 人（0.0%），没有 0 人（0.0%）"
    assert lines[8] == (
        "“班组.xlsx”工作表“六月”第 3 行 F 列（坐标系）写的是“北京54”，应填："
        "WGS-84、GCJ-02（高德、腾讯）、BD-09（百度）或 CGCS2000（国家2000、天地图）。请改正后再算"
    )


@pytest.mark.parametrize(
    "words", ["夏令 12:00-14:00，冬令 12:00-13:00", "大约 12:00-13:00", "12点"]
)
def test_a_break_that_is_not_sure_is_not_asked_about(run: Run, tmp_path: Path, words: str) -> None:
    file = tmp_path / "班组.csv"
    head = "名称,类别,人数,经度,纬度,坐标系,午休"
    file.write_text(f"{head}\n甲,固定,3,121.4710,31.2349,WGS-84,{words}\n", encoding="utf-8")
    assert run("--crews", str(file))[1] == "不计：资料不全的 3 人；人数未知的班组 0 个"


def test_a_table_without_a_column_says_which(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "班组表.csv"
    file.write_text("名称,类别,人数,经度,纬度\n甲,固定,3,121.4,31.2\n", encoding="utf-8")
    assert run("--crews", str(file)) == [
        "Error: “班组表.csv”的表头缺少：坐标系、午休。请补上这些列再算。"
    ]


def file_of(tmp_path: Path, *features: dict[str, object]) -> str:
    file = tmp_path / "路线.geojson"
    document = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def line_of(name: str, *points: tuple[float, float]) -> dict[str, object]:
    geometry = {"type": "LineString", "coordinates": points}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def test_routes_are_measured_by_their_names(run: Run, tmp_path: Path) -> None:
    along = line_of("人民大道", (121.4710, 31.2349), (121.4810, 31.2349))
    far = line_of("远路", (121.6000, 31.2000), (121.6000, 31.2100))
    assert run("--routes", file_of(tmp_path, along, far))[-4:] == [
        "  路线      长（米）  有点的（米）  比例",
        "  人民大道  953       500           52.5%",
        "  远路      1,109     0             0.0%",
        "口径：离线 500 米（直线）内有点即算，不问时间；重叠只算一次",
    ]


def test_routes_in_metres_or_without_lines_are_refused(run: Run, tmp_path: Path) -> None:
    projected = file_of(tmp_path, line_of("甲路", (3000.0, 4000.0), (3500.0, 4000.0)))
    assert run("--routes", projected) == [
        "Error: “路线.geojson”的路线“甲路”不在上海：坐标要是 WGS-84 的经度、纬度。"
        "请在 QGIS 里导出为 EPSG:4326。"
    ]
    assert run("--routes", file_of(tmp_path)) == [
        "Error: “路线.geojson”里没有线（LineString）。请检查导出的图层。"
    ]
    broken = tmp_path / "坏.geojson"
    broken.write_text("[]", encoding="utf-8")
    assert run("--routes", str(broken)) == [
        "Error: “坏.geojson”读不出路线：要是 GeoJSON 的 FeatureCollection。请在 QGIS 里重新导出。"
    ]
