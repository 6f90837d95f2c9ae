"""What the notices' own tables trip a reader with, each in a table written by hand."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from geodata.declared import DeclaredPlace
from geodata.kinds import Kind
from importers.form import Match
from importers.parse import recognise, rows_of
from importers.readers import read

TRAINING = """附件 2-10-2

现场培训点

序号\t所辖区\t培训地点\t详细地址
1\t黄浦区\t1/2/8 号线示例广场站\t1/2/8 号线示例广场站集中监控室 (靠近 1 号线车控室)
2\t\t14 号线示例站\t14 号线示例站 6 号口
3\t静安区\t3 号线示例火车站站
党群服务中心\t3 号线示例火车站站近 7 号口
4\t\t1/12/13 号线示例路站\t1/12/13 号线示例路站 8、9 号口
5\t普陀区\t11 号线示例路站多功 能室\t11 号线示例路站 B3 层
6\t闵行区\t示例博物馆\t闵行区示例镇示例路 1799-7 号

- 2 -

序号\t所辖区\t培训地点\t详细地址
7\t浦东新区\t示例培训中心 7\t示例路 2520 号示例培训中心

\t\t号楼-沙盘室\t7 号楼
8\t\t示例线项目部\t示例线基地 323 室多功能厅(示例公路 2009 号)
9\t虹口区\t示例公司本部 J407\t虹口区示例路 369 号，近 3 号线示例路站 2 号口
10\t青浦区\t示例基地\t青浦区车站路 35 号
11\t崇明区\t示例工程 108 标\t崇明区示例岛示例路 600 号临
"""
CENTRES = """序号\t职工服务中心\t电话\t地址
1\t浦东新区总工会职工服务中心 (办事点)\t68472222-88104\t示例路 2 号(二楼 85、86 号总工会窗口)
2\t黄浦区总工会职工服务中心\t63773621、
53062331\t示例南路 229 弄 5 号
3\t闵行区总工会职工服务中心\t33362765(在职)
33362769(退休)\t示例东路 505 号 11 楼
1107 室
4\t嘉定区总工会服务处\t69067255\t示例路 1505 一楼大厅
5\t普陀区总工会职工服务中心\t32250855\t示例路 602 号 3 号楼三楼
6\t崇明区总工会服务处\t69693900\t示例镇示例路 1501 号
"""
STATIONS = """名称,类别,区,地址,面积
示例“乐园”驿站,户外职工驿站；职工工间休息室；爱心妈咪小屋（融合型）,浦东新区,示例路120号,84(休憩约40)
示例国际驿站,户外职工驿站,浦东新区,,
示例公厕休息室,职工工间休息室（环卫公厕）,虹口区,虹口区示例路,100多
示例公交休息室,职工工间休息室,,,
示例客厅,楼宇职工服务站(N);爱心妈咪小屋(五星级);职工书屋(示范点),浦东新区,示例路438号8楼,
示例疗休养院,疗休养院所,,,
"""


@pytest.fixture
def places(text_file: Callable[..., Path]) -> Callable[..., Mapping[str, DeclaredPlace]]:
    """The records of a table, by the number or line of their row."""

    def parsed(text: str, name: str) -> dict[str, DeclaredPlace]:
        (found,) = recognise(read(text_file(text, name)))
        assert isinstance(found, Match)
        records = [row.record for row in rows_of(found)]
        places = [one for one in records if isinstance(one, DeclaredPlace)]
        return {
            one.source.columns.get("number", ("", str(one.source.row)))[1]: one for one in places
        }

    return parsed


@pytest.mark.parametrize(
    ("number", "name", "district", "address"),
    [
        ("1", "1/2/8号线示例广场站", "黄浦区", "1/2/8号线示例广场站集中监控室(靠近1号线车控室)"),
        ("2", "14号线示例站", "黄浦区", "14号线示例站6号口"),
        ("3", "3号线示例火车站站党群服务中心", "静安区", "3号线示例火车站站近7号口"),
        ("4", "1/12/13号线示例路站", "静安区", "1/12/13号线示例路站8、9号口"),
        ("5", "11号线示例路站多功能室", "普陀区", "11号线示例路站B3层"),
        ("6", "示例博物馆", "闵行区", "闵行区示例镇示例路1799-7号"),
        ("7", "示例培训中心7号楼-沙盘室", "浦东新区", "示例路2520号示例培训中心7号楼"),
        ("8", "示例线项目部", "浦东新区", "示例线基地323室多功能厅(示例公路2009号)"),
        ("9", "示例公司本部J407", "虹口区", "虹口区示例路369号,近3号线示例路站2号口"),
        ("10", "示例基地", "青浦区", "青浦区车站路35号"),
        ("11", "示例工程108标", "崇明区", "崇明区示例岛示例路600号临"),
    ],
    ids=[
        *("room in a station", "district blank in row", "name over two lines", "two exits"),
        *("stray space and level", "number with a hyphen", "row split by a page"),
        *("number inside the brackets", "number and exit", "named after one road", "temporary"),
    ],
)
def test_a_training_point_is_read_past_its_trap(
    places: Callable[..., Mapping[str, DeclaredPlace]],
    number: str,
    name: str,
    district: str,
    address: str,
) -> None:
    found = places(TRAINING, "表.txt")
    assert list(found) == [str(one) for one in range(1, 12)]
    place = found[number]
    assert (place.name, place.district, place.address) == (name, district, address)


@pytest.mark.parametrize(
    ("number", "district", "phone", "address"),
    [
        ("1", "浦东新区", "68472222-88104", "示例路2号(二楼85、86号总工会窗口)"),
        ("2", "黄浦区", "63773621、53062331", "示例南路229弄5号"),
        ("3", "闵行区", "33362765（在职）、33362769（退休）", "示例东路505号11楼1107室"),
        ("4", "嘉定区", "69067255", "示例路1505一楼大厅"),
        ("5", "普陀区", "32250855", "示例路602号3号楼三楼"),
        ("6", "崇明区", "69693900", "示例镇示例路1501号"),
    ],
    ids=[
        *("counter inside another building", "two telephones over two lines"),
        *(
            "telephones with whom they are for",
            "missing 号, called 服务处",
            "floor in words",
            "town",
        ),
    ],
)
def test_a_centre_is_read_past_its_trap(
    places: Callable[..., Mapping[str, DeclaredPlace]],
    number: str,
    district: str,
    phone: str,
    address: str,
) -> None:
    found = places(CENTRES, "表.txt")
    assert list(found) == ["1", "2", "3", "4", "5", "6"]
    place = found[number]
    assert (place.district, place.services[0].public_phone, place.address) == (
        district,
        phone,
        address,
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "2",
            (
                "示例“乐园”驿站",
                (Kind.OUTDOOR_STATION, Kind.REST_ROOM, Kind.MOTHERS_ROOM),
                "示例路120号",
                84.0,
            ),
        ),
        ("3", ("示例国际驿站", (Kind.OUTDOOR_STATION,), "", None)),
        ("4", ("示例公厕休息室", (Kind.REST_ROOM,), "虹口区示例路", 100.0)),
        ("5", ("示例公交休息室", (Kind.REST_ROOM,), "", None)),
        (
            "6",
            (
                "示例客厅",
                (Kind.SERVICE_STATION, Kind.MOTHERS_ROOM, Kind.READING_ROOM),
                "示例路438号8楼",
                None,
            ),
        ),
    ],
    ids=["fused", "named, unplaced", "road only", "no district either", "kinds with remarks"],
)
def test_a_station_is_read_past_its_trap(
    places: Callable[..., Mapping[str, DeclaredPlace]],
    line: str,
    expected: tuple[str, tuple[Kind, ...], str, float | None],
) -> None:
    found = places(STATIONS, "表.csv")
    # The sanatorium is no kind of station and is refused.
    assert list(found) == ["2", "3", "4", "5", "6"]
    place = found[line]
    kinds = tuple(service.kind for service in place.services)
    assert (place.name, kinds, place.address, place.services[0].area_m2) == expected


def test_a_cell_with_a_story_is_no_name(imported: Callable[..., Any]) -> None:
    rows = [
        ["名称", "类别", "地址"],
        ["长" * 201, "职工书屋", "某路1号"],
        ["站", "书屋", "某路2号"],
    ]
    run = imported(rows)
    assert [row.reason for row in run.report.refused_rows] == [
        "“名称”：不超过 200 个字的名称；这一格有 201 个字"
    ]
    assert max(map(len, run.report.lines())) < 300
    assert [record.name for record in run.records] == ["站"]
