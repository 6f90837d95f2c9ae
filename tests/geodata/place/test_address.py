"""Addresses come apart as a person would take them apart."""

import csv
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.model import Address
from geodata.place.address import canonical, normalise, parse

Case = tuple[str, dict[str, Any]]

DOORS: list[Case] = [
    ("昌化路18号", {"road": "昌化路", "number": ("18",)}),
    ("新村路423弄", {"road": "新村路", "lane": "423"}),
    ("镇坪路60号", {"road": "镇坪路", "number": ("60",)}),
    ("古镇路12号", {"road": "古镇路", "number": ("12",)}),
    ("区府路101号", {"road": "区府路", "number": ("101",)}),
    ("车站路5弄6号", {"road": "车站路", "lane": "5", "number": ("6",)}),
    ("外马路974号", {"road": "外马路", "number": ("974",)}),
    ("中山东一路27号", {"road": "中山东一路", "number": ("27",)}),
    ("重庆南路308号", {"road": "重庆南路", "number": ("308",)}),
    ("浦东大道2123号", {"road": "浦东大道", "number": ("2123",)}),
    ("浦东南路1271号", {"road": "浦东南路", "number": ("1271",)}),
    ("长宁路405弄", {"road": "长宁路", "lane": "405"}),
    ("共和新路3201号", {"road": "共和新路", "number": ("3201",)}),
    ("沈家弄路200号", {"road": "沈家弄路", "number": ("200",)}),
    ("面筋弄9号", {"road": "面筋弄", "number": ("9",)}),
    ("仪凤弄33弄2号", {"road": "仪凤弄", "lane": "33", "number": ("2",)}),
    ("312国道88号", {"road": "312国道", "number": ("88",)}),
    (
        "大渡河路1550弄36支弄7号",
        {"road": "大渡河路", "lane": "1550", "sublane": "36", "number": ("7",)},
    ),
    ("天目西路218、220号", {"road": "天目西路", "number": ("218", "220")}),
    ("天目西路218号、220号", {"road": "天目西路", "number": ("218", "220")}),
    ("天目西路218—222号", {"road": "天目西路", "number": ("218-222",)}),
    ("天目西路218号至222号", {"road": "天目西路", "number": ("218-222",)}),
    ("瞿溪路350号-1", {"road": "瞿溪路", "number": ("350-1",)}),
    ("瞿溪路350号附2号", {"road": "瞿溪路", "number": ("350附2",)}),
    ("瞿溪路350号乙", {"road": "瞿溪路", "number": ("350乙",)}),
    ("瞿溪路甲12号", {"road": "瞿溪路", "number": ("甲12",)}),
    ("瞿溪路90号临", {"road": "瞿溪路", "number": ("90临",)}),
    ("彭浦新村190号甲", {"estate": "彭浦新村", "number": ("190甲",)}),
    ("莘松四村12号301室", {"estate": "莘松四村", "number": ("12",), "room": "301"}),
    ("军工路176号7号库", {"road": "军工路", "number": ("176",), "poi": "7号库"}),
    (
        "张衡路100弄示例园27号",
        {"road": "张衡路", "lane": "100", "number": ("27",), "poi": "示例园"},
    ),
    ("张杨路浦东南路10号", {"road": "浦东南路", "road2": "张杨路", "number": ("10",)}),
    ("东八灶80弄", {"poi": "东八灶", "lane": "80"}),
]

REGIONS: list[Case] = [
    ("浦东机场启航路900号", {"area": "浦东机场", "road": "启航路", "number": ("900",)}),
    (
        "上海市闵行区莘庄镇莘松路58号",
        {
            "province": "上海市",
            "district": "闵行区",
            "town": "莘庄镇",
            "road": "莘松路",
            "number": ("58",),
        },
    ),
    (
        "上海浦东新区三林镇上浦路120弄",
        {
            "province": "上海市",
            "district": "浦东新区",
            "town": "三林镇",
            "road": "上浦路",
            "lane": "120",
        },
    ),
    ("浦东世纪大道88号", {"district": "浦东新区", "road": "世纪大道", "number": ("88",)}),
    ("上海西路12号", {"road": "上海西路", "number": ("12",)}),
    ("上海南京西路20号", {"province": "上海市", "road": "南京西路", "number": ("20",)}),
    (
        "上海市上海县莘庄镇莘建路9号",
        {
            "province": "上海市",
            "district": "上海县",
            "town": "莘庄镇",
            "road": "莘建路",
            "number": ("9",),
        },
    ),
    (
        "闸北区大宁路街道广延路3号",
        {"district": "闸北区", "town": "大宁路街道", "road": "广延路", "number": ("3",)},
    ),
    (
        "江苏省昆山市花桥镇绿地大道231弄9号",
        {
            "province": "江苏省",
            "city": "昆山市",
            "town": "花桥镇",
            "road": "绿地大道",
            "lane": "231",
            "number": ("9",),
        },
    ),
    (
        "浙江省嘉兴市嘉善县魏塘街道人民大道6号",
        {
            "province": "浙江省",
            "city": "嘉兴市",
            "district": "嘉善县",
            "town": "魏塘街道",
            "road": "人民大道",
            "number": ("6",),
        },
    ),
    ("四平路街道公平路10号", {"town": "四平路街道", "road": "公平路", "number": ("10",)}),
    ("堡镇堡镇中路23号", {"town": "堡镇", "road": "堡镇中路", "number": ("23",)}),
    ("唐镇唐镇路10号", {"town": "唐镇", "road": "唐镇路", "number": ("10",)}),
    ("真如镇街道铜川路68号", {"town": "真如镇街道", "road": "铜川路", "number": ("68",)}),
    ("菊园新区树屏路58号", {"town": "菊园新区", "road": "树屏路", "number": ("58",)}),
    ("嘉定工业区叶城路12号", {"town": "嘉定工业区", "road": "叶城路", "number": ("12",)}),
    ("新村乡新平路1号", {"town": "新村乡", "road": "新平路", "number": ("1",)}),
    (
        "张江高科技园区郭守敬路49号",
        {"area": "张江高科技园区", "road": "郭守敬路", "number": ("49",)},
    ),
    ("陆家嘴世纪大道8号", {"area": "陆家嘴", "road": "世纪大道", "number": ("8",)}),
    ("陆家嘴环路100号", {"road": "陆家嘴环路", "number": ("100",)}),
    ("徐家汇路55号", {"road": "徐家汇路", "number": ("55",)}),
    (
        "中国（上海）自由贸易试验区富特北路21号",
        {"area": "中国(上海)自由贸易试验区", "road": "富特北路", "number": ("21",)},
    ),
    (
        "200040上海市静安区延安中路95弄4号",
        {
            "province": "上海市",
            "district": "静安区",
            "road": "延安中路",
            "lane": "95",
            "number": ("4",),
            "postcode": "200040",
        },
    ),
    ("延安中路95弄（邮编：200040）", {"road": "延安中路", "lane": "95", "postcode": "200040"}),
]

INSIDE: list[Case] = [
    ("宜山路42号第1幢", {"road": "宜山路", "number": ("42",), "building": "1幢"}),
    ("宜山路42号B1-B2层", {"road": "宜山路", "number": ("42",), "floor": -1}),
    ("宜山路42号3楼A室", {"road": "宜山路", "number": ("42",), "floor": 3, "room": "A"}),
    (
        "宜山路42号3楼301-305室",
        {"road": "宜山路", "number": ("42",), "floor": 3, "room": "301-305"},
    ),
    ("宜山路42号B2", {"road": "宜山路", "number": ("42",), "floor": -2}),
    ("宜山路42号LG层", {"road": "宜山路", "number": ("42",), "floor": -1}),
    ("宜山路42号地下二层", {"road": "宜山路", "number": ("42",), "floor": -2}),
    ("宜山路42号负一楼", {"road": "宜山路", "number": ("42",), "floor": -1}),
    ("宜山路42号底层", {"road": "宜山路", "number": ("42",), "floor": 1}),
    ("宜山路42号二十三层", {"road": "宜山路", "number": ("42",), "floor": 23}),
    ("宜山路42号5-6楼", {"road": "宜山路", "number": ("42",), "floor": 5}),
    ("宜山路42号2楼夹层", {"road": "宜山路", "number": ("42",), "floor": 2, "note": "夹层"}),
    (
        "宜山路42号2号楼1单元301室",
        {"road": "宜山路", "number": ("42",), "building": "2号楼", "unit": "1", "room": "301"},
    ),
    (
        "宜山路42号二号楼二楼201",
        {"road": "宜山路", "number": ("42",), "building": "二号楼", "floor": 2, "room": "201"},
    ),
    ("宜山路42号西塔5楼", {"road": "宜山路", "number": ("42",), "building": "西塔", "floor": 5}),
    ("宜山路7号楼", {"road": "宜山路", "building": "7号楼"}),
    (
        "宜山路42号示例大厦A座12A05室",
        {
            "road": "宜山路",
            "number": ("42",),
            "building": "A座",
            "room": "12A05",
            "poi": "示例大厦",
        },
    ),
    (
        "宜山路42弄示例园区内6幢",
        {"road": "宜山路", "lane": "42", "building": "6幢", "poi": "示例园区"},
    ),
]

BESIDE: list[Case] = [
    ("四平路大连路口", {"road": "四平路", "road2": "大连路"}),
    ("四平路/大连路", {"road": "四平路", "road2": "大连路"}),
    ("四平路与大连路交叉口东北角", {"road": "四平路", "road2": "大连路", "near": ("东北角",)}),
    ("四平路（近大连路）", {"road": "四平路", "road2": "大连路", "near": ("大连路",)}),
    (
        "愚园路1088号（近江苏路）",
        {"road": "愚园路", "road2": "江苏路", "number": ("1088",), "near": ("江苏路",)},
    ),
    ("康安路康花路交界口工地生活区", {"road": "康安路", "road2": "康花路", "poi": "工地生活区"}),
    (
        "金藏路25号5幢西侧",
        {"road": "金藏路", "number": ("25",), "building": "5幢", "near": ("西侧",)},
    ),
    ("高科东路77弄阳光天地对面", {"road": "高科东路", "lane": "77", "near": ("阳光天地对面",)}),
    ("示例广场（南京西路120号）", {"road": "南京西路", "number": ("120",), "poi": "示例广场"}),
    ("近浦村", {"estate": "近浦村"}),
    ("曹路停车场", {"poi": "曹路停车场"}),
    ("三河路", {"road": "三河路"}),
    ("南京东路步行街", {"road": "南京东路步行街"}),
]

METRO: list[Case] = [
    (
        "中山公园地铁站（2/3/4号线）5号口",
        {"metro_lines": ("2", "3", "4"), "metro_station": "中山公园", "metro_exits": ("5",)},
    ),
    ("近世纪公园站", {"metro_station": "世纪公园", "near": ("世纪公园站",)}),
    ("人民广场站", {"metro_station": "人民广场"}),
    ("职工服务站", {"poi": "职工服务站"}),
    ("徐家汇地铁站12号出口", {"metro_station": "徐家汇", "metro_exits": ("12",)}),
    (
        "1号线、9号线徐家汇站14号口",
        {"metro_lines": ("1", "9"), "metro_station": "徐家汇", "metro_exits": ("14",)},
    ),
    ("地铁二号线人民广场站", {"metro_lines": ("2",), "metro_station": "人民广场"}),
    ("浦江线汇臻路站", {"metro_lines": ("浦江",), "metro_station": "汇臻路"}),
    (
        "1/3/15号线上海南站2号口",
        {"metro_lines": ("1", "3", "15"), "metro_station": "上海南站", "metro_exits": ("2",)},
    ),
    ("10号线虹桥2号航站楼站", {"metro_lines": ("10",), "metro_station": "虹桥2号航站楼"}),
    (
        "13号线世博大道站站厅层",
        {"metro_lines": ("13",), "metro_station": "世博大道", "poi": "站厅层"},
    ),
    (
        "漕溪北路8号（近徐家汇地铁站）",
        {
            "road": "漕溪北路",
            "number": ("8",),
            "metro_station": "徐家汇",
            "near": ("徐家汇地铁站",),
        },
    ),
]

ENGLISH: list[Case] = [
    (
        "Building 3, No. 69 Bibo Road, Pudong New Area, Shanghai 201203",
        {
            "province": "上海市",
            "district": "浦东新区",
            "road": "Bibo Road",
            "number": ("69",),
            "building": "Building 3",
            "postcode": "201203",
        },
    ),
    (
        "No. 5, Lane 229, South Chongqing Road, Huangpu District",
        {"district": "黄浦区", "road": "South Chongqing Road", "lane": "229", "number": ("5",)},
    ),
    (
        "12 Feihong Lu, near Dalian Road",
        {"road": "Feihong Lu", "road2": "Dalian Road", "number": ("12",), "near": ("Dalian Road",)},
    ),
    (
        "Exit 5, Yuyuan Station (Line 10/14)",
        {"metro_lines": ("10", "14"), "metro_station": "Yuyuan", "metro_exits": ("5",)},
    ),
    ("B1, 18 Changning Rd.", {"road": "Changning Rd.", "number": ("18",), "floor": -1}),
]


@pytest.mark.parametrize(("text", "fields"), DOORS + REGIONS + INSIDE + BESIDE + METRO + ENGLISH)
def test_an_address_comes_apart_as_a_person_would_take_it(
    text: str, fields: dict[str, Any]
) -> None:
    assert parse(text) == Address(text=text, **fields)


def test_every_town_is_told_from_the_road_behind_it() -> None:
    table = files("geodata").joinpath("data", "towns.csv").read_text(encoding="utf-8-sig")
    towns = csv.DictReader(table.splitlines())
    declared = [(row["district"], row["name"]) for row in towns if row["kind"] == "town"]
    parsed = [parse(f"{district}{town}示例路12号") for district, town in declared]
    assert [(address.district, address.town) for address in parsed] == declared
    assert {(address.road, address.number) for address in parsed} == {("示例路", ("12",))}


@pytest.mark.parametrize("text", ["", " ", "（", "）", "号", "弄", "，", "\x00", "()()"])
def test_text_that_is_no_address_parses_to_no_place(text: str) -> None:
    address = parse(text)
    assert (address.text, address.road, address.number, address.lane) == (text, "", (), "")


def test_a_story_in_the_address_cell_keeps_its_end_as_a_note() -> None:
    story = "昌化路18号" + "甲" * 300
    address = parse(story)
    assert (address.road, address.number, address.note) == ("昌化路", ("18",), "甲" * 6)


@pytest.mark.parametrize(
    ("written", "even"),
    [
        ("国定路３２３号１１０１－１７室", "国定路323号1101-17室"),
        ("１／２／８ 号线人民广场站", "1/2/8号线人民广场站"),
        ("上海火车站站\n党群服务中心", "上海火车站站党群服务中心"),
        ("多功 能室【二楼】", "多功能室(二楼)"),
        ("No. 18  Feihong\tRoad", "No. 18 Feihong Road"),
        ("合作路1505 201室", "合作路1505 201室"),
        ("天目西路88～92号", "天目西路88-92号"),
    ],
)
def test_written_text_is_made_even(written: str, even: str) -> None:
    assert normalise(written) == even


def test_the_key_of_a_door_ignores_floor_room_neighbour_and_note() -> None:
    key = "浦东新区|road=合欢路|number=2"
    written = [
        "合欢路2号",
        "合欢路２号3楼301室",
        "上海市浦东新区合欢路2号（二楼窗口）",
        "合欢路2号，近含笑路",
        "合欢路2号（近龙阳路站）",
    ]
    assert {canonical(parse(text), "浦东新区") for text in written} == {key}


def test_the_key_keeps_the_building_and_the_order_of_numbers_does_not_matter() -> None:
    assert canonical(parse("同普路602号3号楼")) == "|road=同普路|number=602|building=3号楼"
    assert canonical(parse("天目西路220、218号")) == canonical(parse("天目西路218、220号"))


def test_the_district_in_the_address_outranks_the_declared_one() -> None:
    assert canonical(parse("徐汇区桂林路90号"), "闵行区") == "徐汇区|road=桂林路|number=90"


def test_a_past_district_has_the_key_of_todays() -> None:
    assert canonical(parse("闸北区广延路3号")) == canonical(parse("静安区广延路3号"))


def test_another_citys_door_has_another_key() -> None:
    key = "江苏省|昆山市||town=花桥镇|road=绿地大道|lane=231"
    assert canonical(parse("江苏省昆山市花桥镇绿地大道231弄")) == key


_WORDS = (
    "上海 上海市 浦东 浦东新区 徐汇区 莘庄镇 新村 路 南路 弄 支弄 号 号楼 号线 站 号口 楼 层 B1 LG"
    " 室 近 旁 与 、 （ ） ( ) , - / 1 23 456 A 甲 临 附 一 十 园区 Road No. District Exit Line"
)
_PIECES = st.sampled_from(_WORDS.split())


@given(st.text(max_size=60) | st.lists(_PIECES, max_size=25).map("".join))
def test_any_text_parses_and_even_text_parses_the_same(text: str) -> None:
    address, even = parse(text), parse(normalise(text))
    assert address.text == text
    assert (even.text, canonical(even), even.floor, even.room, even.note) == (
        normalise(text),
        canonical(address),
        address.floor,
        address.room,
        address.note,
    )
