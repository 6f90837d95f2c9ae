import csv
import io
import math
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from geodata.declared import is_sample
from geodata.model import Datum
from geodata.place.datum import convert
from geodata.place.district import load_districts

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "importers" / "samples"

TRAINING = "轨交现场培训点-2023.xlsx"
CENTRES = "区级职工服务中心-2023.csv"
SITES = "示例-园区楼宇商圈.xlsx"
HEALTH = "示例-健康服务点.csv"
DECLARED = "示例-健康服务点申报表-2023.xlsx"
FITNESS = "示例-职工健身驿站.csv"
REST = "示例-职工工间休息室申报汇总表-2024.xlsx"
LUNCH = "示例-午餐供应点.csv"

# File, number of its header row, rows below it, column of the name, column of the district.
INVENTED = [
    (SITES, 2, 47, "名称", "区"),
    (HEALTH, 2, 60, "名称", "区"),
    (FITNESS, 2, 30, "名称", "区"),
    (LUNCH, 2, 60, "名称", "区"),
    (REST, 8, 120, "休息室名称", "行政区"),
    (DECLARED, 5, 6, "推荐站点名称", ""),
]


def cells(name: str) -> list[list[str]]:
    """The rows of a sample, every cell as text."""
    path = SAMPLES / name
    if path.suffix == ".xlsx":
        page = openpyxl.load_workbook(path).active
        return [["" if c is None else str(c) for c in row] for row in page.values]
    encoding = "gb18030" if name == CENTRES else "utf-8-sig"
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def records(name: str, header: int) -> list[dict[str, str]]:
    """The numbered or named rows below a header, which may fill its blanks from the row above."""
    rows = cells(name)
    above = rows[header - 2]
    keys = [below or over for below, over in zip(rows[header - 1], above, strict=True)]
    body = [row for row in rows[header:] if row[1]]
    return [dict(zip(keys, row, strict=True)) for row in body]


def wgs84(record: dict[str, str]) -> tuple[float, float]:
    lon, lat = convert(
        float(record["经度"]),
        float(record["纬度"]),
        source=Datum(record["坐标系"]),
        target=Datum.WGS84,
    )
    return float(lon), float(lat)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[0] - b[0]) * math.cos(math.radians(a[1]))
    return math.hypot(east, a[1] - b[1]) * 111_200


def every_text(path: Path) -> list[str]:
    """The text of a file, and of every part when it is a workbook."""
    if path.suffix != ".xlsx":
        encoding = "gb18030" if path.name == CENTRES else "utf-8-sig"
        return [path.read_bytes().decode(encoding)]
    with zipfile.ZipFile(path) as book:
        return [book.read(part).decode() for part in book.namelist()]


def found(pattern: str) -> set[str]:
    texts = [text for path in SAMPLES.iterdir() for text in every_text(path)]
    return {
        hit for text in texts for hit in re.findall(pattern, unicodedata.normalize("NFKC", text))
    }


def test_the_script_writes_the_shipped_files_byte_for_byte(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "script.make_samples", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    shipped = {path.name: path.read_bytes() for path in SAMPLES.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == shipped


def test_the_samples_are_the_eleven_that_the_docs_list() -> None:
    listed = re.findall(
        r"^\| `([^`]+)` \|",
        (ROOT / "docs" / "samples.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert sorted(listed) == sorted(path.name for path in SAMPLES.iterdir())
    assert len(listed) == 11


@pytest.mark.parametrize(("name", "header", "count", "column", "_district"), INVENTED)
def test_every_invented_file_says_so_in_its_first_row_and_in_every_name(
    name: str, header: int, count: int, column: str, _district: str
) -> None:
    first, *rest = cells(name)[0]
    assert (first, set(rest)) == ("示例数据，非真实点位", {""})
    names = [record[column] for record in records(name, header)]
    assert [name for name in names if not is_sample(name)] == []
    assert len(set(names)) == count == len(names)


@pytest.mark.parametrize(("name", "header", "_count", "_column", "_district"), INVENTED)
def test_no_invented_address_claims_a_door(
    name: str, header: int, _count: int, _column: str, _district: str
) -> None:
    column = "具体门牌号（**路**弄**号**室）" if name == REST else "地址"
    addresses = [record[column] for record in records(name, header)]
    assert [a for a in addresses if not re.fullmatch(r"示例地址[A-Z]\d{3} 近\S+", a)] == []
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize(("name", "header", "_count", "_column", "district"), INVENTED)
def test_every_invented_position_lies_in_its_district(
    name: str, header: int, _count: int, _column: str, district: str
) -> None:
    outside = [
        record
        for record in records(name, header)
        if load_districts().at(*wgs84(record)) != record.get(district, "浦东新区")
    ]
    assert outside == []


@pytest.mark.parametrize("name", [SITES, HEALTH, FITNESS, LUNCH])
def test_every_district_has_some(name: str) -> None:
    assert len({record["区"] for record in records(name, 2)}) == 16


def test_one_file_gives_gcj02_and_the_others_wgs84() -> None:
    datums = {
        name: {record["坐标系"] for record in records(name, header)}
        for name, header, *_ in INVENTED
    }
    assert datums.pop(FITNESS) == {"GCJ-02"}
    assert set().union(*datums.values()) == {"WGS-84"}


def test_no_mobile_but_the_canaries_is_in_any_byte() -> None:
    canaries = {f"199000000{number:02d}" for number in range(1, 11)}
    assert found(r"(?<!\d)1\d{10}(?!\d)") == canaries


def test_no_email_but_the_canaries_is_in_any_byte() -> None:
    assert found(r"[\w.+-]+@[\w.-]+") == {"canary-a@example.invalid", "canary-b@example.invalid"}


def test_every_contact_in_a_form_is_a_canary() -> None:
    people = [record["点位联系人"] for record in records(REST, 8)]
    people += [record["负责人"] for record in records(DECLARED, 5)]
    assert set(people) == {f"金丝雀{stem}" for stem in "甲乙丙丁戊己庚辛壬癸"}


def test_the_health_points_hold_every_state_that_does_not_count() -> None:
    states = Counter((r["状态"], r["每周半天数"] == "0") for r in records(HEALTH, 2))
    assert states == {
        ("已挂牌", False): 51,
        ("已挂牌", True): 2,
        ("整改", False): 2,
        ("在建", False): 3,
        ("摘牌", False): 2,
    }


def test_the_demand_sites_show_every_state_of_the_health_gap() -> None:
    counted = [
        wgs84(record)
        for record in records(HEALTH, 2)
        if record["状态"] == "已挂牌" and record["每周半天数"] != "0"
    ]
    states = Counter(health_state(site, counted) for site in records(SITES, 2))
    assert states == {"covered": 20, "own_clinic": 6, "unknown": 5, "gap": 3, "P1": 13}


def health_state(site: dict[str, str], counted: list[tuple[float, float]]) -> str:
    if site["内设医务"] == "完善":
        return "own_clinic"
    if min(metres(wgs84(site), point) for point in counted) * 1.3 <= 1000:
        return "covered"
    if not site["内设医务"]:
        return "unknown"
    return "P1" if int(site["职工数"]) > 1000 else "gap"


def test_some_sites_have_no_worker_count() -> None:
    unknown = [record["名称"] for record in records(SITES, 2) if not record["职工数"]]
    assert unknown == ["示例龙华商圈", "示例嘉定北园区"]


def test_lunch_outlets_are_of_every_kind_and_have_seats_or_a_quota() -> None:
    outlets = records(LUNCH, 2)
    assert Counter(record["类别"] for record in outlets) == {
        "餐饮": 18,
        "社区食堂": 12,
        "职工食堂": 6,
        "大型企业食堂": 6,
        "智能取餐柜": 6,
        "送餐": 6,
        "搭伙": 6,
    }
    assert [r for r in outlets if bool(r["座位"]) == bool(r["名额"])] == []
    assert {"30", "35", "48", ""} <= {record["价格（元）"] for record in outlets}


def test_the_training_sheet_prints_a_district_once_over_merged_cells() -> None:
    page = openpyxl.load_workbook(SAMPLES / TRAINING).active
    merged = sorted(str(cells) for cells in page.merged_cells.ranges)
    assert merged == ["A1:D1", "B10:B11", "B12:B13", "B14:B18", "B3:B5", "B6:B7", "B8:B9"]
    rows = cells(TRAINING)
    assert len(rows) == 27
    assert rows[13] == [
        "12",
        "浦东新区",
        "轨道交通培训中心 7 号楼-沙盘室",
        "龙阳路 2520 号轨道交通培训中心 7号楼",
    ]


def test_the_pasted_training_table_breaks_row_12_at_the_page() -> None:
    lines = (SAMPLES / "轨交现场培训点-2023.txt").read_text(encoding="utf-8").splitlines()
    start = lines.index("12\t浦东新区\t轨道交通培训中心 7\t龙阳路 2520 号轨道交通培训中心")
    assert lines[start + 1 : start + 3] == ["", "\t\t号楼-沙盘室\t7号楼"]
    assert len([line for line in lines if re.match(r"\d+\t", line)]) == 25


def test_the_centres_are_one_a_district_in_the_encoding_of_excel_in_china() -> None:
    rows = cells(CENTRES)
    assert len(rows) == 17
    assert rows[7] == ["7", "黄浦区总工会职工服务中心", "63773621、 53062331", "重庆南路229弄5号"]
    assert rows[11][3] == "合作路1505一楼大厅"


def test_nine_of_the_fifteen_pudong_places_have_no_address() -> None:
    places = records("浦东新区职工服务阵地-2025.csv", 1)
    assert [bool(place["地址"]) for place in places] == [True] * 6 + [False] * 9
    assert [place["名称"] for place in places if place["开放时间"]] == [
        "上海浦发能源有限公司海滨职工间休息室"
    ]


def test_every_district_has_its_total_and_no_towns_add_up_to_more() -> None:
    rows = cells("街镇从业人员-2023.csv")[1:]
    totals = {row[0]: int(row[3]) for row in rows if not row[1]}
    towns = Counter[str]()
    for row in rows:
        towns[row[0]] += int(row[3]) if row[1] else 0
    assert (len(rows), len(totals), sum(totals.values())) == (132, 16, 13_099_795)
    assert sum(count > 0 for count in towns.values()) == 8
    assert [name for name, total in totals.items() if towns[name] > total] == []
