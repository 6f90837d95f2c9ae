"""Each form as a workbook, as CSV and as pasted text gives the same records."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from geodata.declared import (
    Contact,
    Declared,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    DeclaredWorkers,
    Flag,
    Source,
    Stored,
)
from geodata.errors import UnknownFormError
from geodata.hours import Hours, Span
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status, Tier, Works
from geodata.model import Coordinates, Datum
from geodata.tables import ImportRun

HOW = pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
NOWHERE = Source("", "", 0, {}, "")


def weekly(*days: str) -> Hours:
    """Hours of seven days: "9:00-11:30", "-" for closed, "?" for unknown."""
    known = {"-": (), "?": (Span(0, 1440, sure=False),)}
    return Hours(tuple(known[day] if day in known else (span(day),) for day in days))


def span(text: str) -> Span:
    start, end = (int(h) * 60 + int(m) for h, m in (t.split(":") for t in text.split("-")))
    return Span(start, end)


def bare(record: Declared) -> Declared:
    """The record without its source, which differs by file format."""
    return replace(record, source=NOWHERE)


def without_flags(record: Declared) -> Declared:
    return replace(record, source=NOWHERE, flags=())


TRAINING = [
    ["序号", "所辖区", "培训地点", "详细地址"],
    [1, "黄浦区", "1/2/8 号线人民广场站", "1/2/8 号线人民广场站集中监控室 (靠近 1 号线车控室)"],
    [2, None, "14 号线豫园站", "14 号线豫园站 6 号口"],
    [3, "静安区", "3 号线上海火车站站 党群服务中心", "3 号线上海火车站站近 7 号口"],
]


@HOW
def test_training_points_inherit_the_district_above(
    imported: Callable[..., object], how: str
) -> None:
    records = imported(TRAINING, how, merged=["B2:B3"]).records

    def point(name: str, address: str, district: str) -> DeclaredPlace:
        service = DeclaredService(
            kind=Kind.TRAINING_POINT, name=name, status=Status.PLAQUED, tier=Tier.NONE
        )
        return DeclaredPlace(name, address, district, "", (service,), NOWHERE)

    assert [without_flags(record) for record in records] == [
        point("1/2/8号线人民广场站", "1/2/8号线人民广场站集中监控室(靠近1号线车控室)", "黄浦区"),
        point("14号线豫园站", "14号线豫园站6号口", "黄浦区"),
        point("3号线上海火车站站党群服务中心", "3号线上海火车站站近7号口", "静安区"),
    ]
    assert [[flag.code for flag in record.flags] for record in records] == [
        [],
        ["district_carried_down"],
        [],
    ]


def test_a_row_broken_by_a_page_is_one_record(
    text_file: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    path = text_file(
        "## 附件 2-10-2\n\n序号\t所辖区\t培训地点\t详细地址\n"
        "11\t浦东新区\t磁浮维修基地\t上海市浦东新区迎宾大道 4917 弄 95 号\n"
        "12\t\t轨道交通培训中心 7\t龙阳路 2520 号轨道交通培训中心\n"
        "\n"
        "\t\t号楼-沙盘室\t7号楼\n"
        "13\t\t磁浮本部\t上海市浦东新区龙阳路 2100 号\n"
    )
    records = import_file(path).records
    assert [(record.name, record.address, record.district) for record in records] == [
        ("磁浮维修基地", "上海市浦东新区迎宾大道4917弄95号", "浦东新区"),
        ("轨道交通培训中心7号楼-沙盘室", "龙阳路2520号轨道交通培训中心7号楼", "浦东新区"),
        ("磁浮本部", "上海市浦东新区龙阳路2100号", "浦东新区"),
    ]
    assert records[1].flags == (
        Flag("row_joined", "第 5、7 行是被分页断开的一行，已合成一行"),
        Flag("district_carried_down", "区是从上面的格子沿用下来的", "第 5 行 2 列“所辖区”"),
    )
    assert records[1].source == Source(
        "表.txt",
        "",
        5,
        {
            "number": ("1", "12"),
            "district": ("2", "浦东新区"),
            "name": ("3", "轨道交通培训中心 7号楼-沙盘室"),
            "address": ("4", "龙阳路 2520 号轨道交通培训中心7号楼"),
        },
        "training_points",
    )


CENTRES = [
    ["序号", "职工服务中心", "电话", "地址"],
    [
        1,
        "浦东新区总工会职工服务中心 (办事点)",
        "68472222-88104",
        "合欢路2号(二楼85、86号总工会窗口)",
    ],
    [7, "黄浦区总工会职工服务中心", "63773621、 53062331", "重庆南路229弄5号"],
    [10, "闵行区总工会职工服务中心", "33362765(在职) 33362769(退休)", "莘东路505号11楼 1107室"],
    [11, "嘉定区总工会服务处", "69067255", "合作路1505一楼大厅"],
]


@HOW
def test_centres_have_their_district_from_their_name(
    imported: Callable[..., object], how: str
) -> None:
    records = imported(CENTRES, how).records
    assert [
        (record.name, record.district, record.services[0].public_phone) for record in records
    ] == [
        ("浦东新区总工会职工服务中心(办事点)", "浦东新区", "68472222-88104"),
        ("黄浦区总工会职工服务中心", "黄浦区", "63773621、53062331"),
        ("闵行区总工会职工服务中心", "闵行区", "33362765（在职）、33362769（退休）"),
        ("嘉定区总工会服务处", "嘉定区", "69067255"),
    ]
    assert [record.services[0].tier for record in records] == [Tier.CENTRE] * 4
    assert [record.flags for record in records] == [()] * 4


REST_ROOMS_2024 = [
    ["区局工会", "浦东新区总工会", None, None, None, "联系人姓名", "金丝雀甲"],
    ["联系人邮箱", "canary-a@example.invalid", None, None, None, "联系人电话", "19900000001"],
    ["职工工间休息室明细（可附页）"],
    [
        *("序号", "休息室名称", "地址（请尽量详细）", None, None, "点位联系人", "手机号码"),
        *("休息室所属单位", "面积（m <sup>2</sup> ）", "提供设施及服务", "覆盖企业（单位）数"),
        *("覆盖职工数", "计划投入资金（元）", "计划完成时间"),
    ],
    [None, None, "行政区", "街镇", "具体门牌号（**路**弄**号**室）"],
    [
        *(
            1,
            "示例环卫休息室",
            "虹口区",
            "广中路街道",
            "示例路 8 号 2 室",
            "金丝雀乙",
            "19900000002",
        ),
        *("示例环卫公司", "约84", "饮水机、健康讲座", 3, "约100余人", "30,000", "2024年10月"),
    ],
    [2, *[None] * 13],
    [3, *[None] * 13],
    ["备注 （其他需说明事项）", *[None] * 13],
]


@HOW
def test_the_rest_room_form_of_2024_has_two_header_rows(
    imported: Callable[..., object], how: str
) -> None:
    width = len(REST_ROOMS_2024[3])
    rows = [[*row, *[None] * (width - len(row))] for row in REST_ROOMS_2024]
    run = imported(rows, how, merged=["C4:E4", "A4:A5", "B4:B5", "B1:E1"])
    service = DeclaredService(
        kind=Kind.REST_ROOM,
        name="示例环卫休息室",
        status=Status.DECLARED,
        tier=Tier.OTHER,
        operator="示例环卫公司",
        area_m2=84.0,
        facilities=("饮水机",),
        services=("健康讲座",),
        enterprises=3,
        workers=100,
        funds_yuan=30_000.0,
        due="2024年10月",
        due_on=date(2024, 10, 31),
        union="浦东新区总工会",
    )
    assert [without_flags(record) for record in run.records] == [
        DeclaredPlace(
            "示例环卫休息室",
            "示例路8号2室",
            "虹口区",
            "广中路街道",
            (service,),
            NOWHERE,
            contacts=(
                Contact("金丝雀乙", "19900000002", role="点位联系人"),
                Contact("金丝雀甲", "19900000001", "canary-a@example.invalid", "填报联系人"),
            ),
        )
    ]
    assert [flag.code for flag in run.records[0].flags] == ["approximate", "approximate"]
    assert run.report.rows_read == 1


def test_a_model_room_of_2023_is_told_by_the_title_alone(
    text_file: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    header = (
        "序号\t工间休息室名称\t地址\t联系人\t手机号码\t"
        "面积 (m <sup>2</sup> )\t设施及服务\t计划完成时间\n"
    )
    path = text_file(
        "## 建设改善“职工工间休息室”申报汇总表\n\n"
        f"单位名称\t示例公交公司\t\t\t\t\t\t\n{header}1\t甲室\t示例路 1 号\t\t\t20\t\t\n\n"
        "## “职工工间休息室”样板间申报汇总表\n\n"
        f"单位名称\t示例公交公司\t\t\t\t\t\t\n{header}1\t乙室\t示例路 2 号\t\t\t30\t\t\n"
    )
    services = [record.services[0] for record in import_file(path).records]
    assert [(one.name, one.model_room, one.operator) for one in services] == [
        ("甲室", False, "示例公交公司"),
        ("乙室", True, "示例公交公司"),
    ]


HEALTH = [
    ["区（街道）", "浦东新区北蔡镇", "联系人姓名", "金丝雀甲", *[None] * 6],
    ["联系人邮箱", None, "联系人手机", "19900000001", *[None] * 6],
    [
        *("序号", "类型 (新建/ 升级)", "所在园区（楼宇、 商圈）名称", "企业数", "职工数"),
        *("推荐站点名称", "地址", "负责人", "手机", "服务内容及时间"),
    ],
    [
        *(1, "新建", "示例园区", 30, 1200, "示例一号健康服务点", "示例路 1 号", "金丝雀乙"),
        *("19900000002", "健康咨询、体检报告解读，每周二 9:00-11:30"),
    ],
    [
        *(2, "升级", "示例大厦", 10, 800, "示例二号健康服务点", "示例路 2 号", None, None),
        "每周二上午中医咨询",
    ],
]


@HOW
def test_health_points_of_2023_are_new_or_upgraded(
    imported: Callable[..., object], how: str
) -> None:
    new, upgrade = (bare(record) for record in imported(HEALTH, how).records)
    assert new == DeclaredPlace(
        "示例一号健康服务点",
        "示例路1号",
        "浦东新区",
        "北蔡镇",
        (
            DeclaredService(
                kind=Kind.HEALTH_POINT,
                name="示例一号健康服务点",
                status=Status.DECLARED,
                tier=Tier.OTHER,
                works=Works.NEW,
                hours_text="每周二 9:00-11:30",
                hours=weekly("-", "9:00-11:30", "-", "-", "-", "-", "-"),
                half_days_per_week=1.0,
                services=("健康咨询", "体检报告解读"),
                serves="示例园区",
                enterprises=30,
                workers=1200,
            ),
        ),
        NOWHERE,
        contacts=(
            Contact("金丝雀乙", "19900000002", role="点位联系人"),
            Contact("金丝雀甲", "19900000001", role="填报联系人"),
        ),
    )
    service = upgrade.services[0]
    assert (service.status, service.works) == (Status.PLAQUED, Works.UPGRADE)
    assert (service.hours_text, service.services, service.notes) == ("", (), "每周二上午中医咨询")


STATIONS = [
    [
        *("名称", "类别", "区", "街镇", "地址", "开放时间", "设施", "服务内容", "面积（平方米）"),
        *(
            "所属单位",
            "联系电话",
            "状态",
            "每周半天数",
            "挂牌编号",
            "年份",
            "经度",
            "纬度",
            "坐标系",
        ),
        "备注",
    ],
    [
        *(
            "北蔡镇鹏海户外职工驿站",
            "户外职工驿站、职工工间休息室、爱心妈咪小屋",
            "浦东新区",
            "北蔡镇",
        ),
        *("陈春东路120号鹏海集贸市场沿街商铺", "每天 9:00-21:00", "WiFi、冰箱", "热餐饮水", 45),
        *("北蔡镇总工会", "68472222", "黄牌", 2, "SH-001", "2025年", 121.55, 31.18, "火星坐标"),
        "28天落地",
    ],
    ["示例品质生活馆", "服务职工综合体", "浦东", *[None] * 16],
]


@HOW
def test_a_station_list_gives_a_place_with_all_its_services(
    imported: Callable[..., object], how: str
) -> None:
    fused, complex_site = (bare(record) for record in imported(STATIONS, how).records)
    first = DeclaredService(
        kind=Kind.OUTDOOR_STATION,
        name="北蔡镇鹏海户外职工驿站",
        status=Status.RECTIFYING,
        tier=Tier.OTHER,
        official_code="SH-001",
        operator="北蔡镇总工会",
        year=2025,
        hours_text="每天 9:00-21:00",
        hours=replace(weekly(*["9:00-21:00"] * 7), on_holidays=True),
        area_m2=45.0,
        facilities=("WiFi", "冰箱"),
        services=("热餐饮水",),
        public_phone="68472222",
        half_days_per_week=2.0,
        notes="28天落地",
    )
    kinds = (Kind.REST_ROOM, Kind.MOTHERS_ROOM)
    assert fused == DeclaredPlace(
        "北蔡镇鹏海户外职工驿站",
        "陈春东路120号鹏海集贸市场沿街商铺",
        "浦东新区",
        "北蔡镇",
        (first, *(replace(first, kind=kind, area_m2=None) for kind in kinds)),
        NOWHERE,
        coordinates=Coordinates(121.55, 31.18, Datum.GCJ02),
    )
    assert complex_site.address == ""
    assert complex_site.services == (
        DeclaredService(
            kind=Kind.SERVICE_STATION,
            name="示例品质生活馆",
            status=Status.PLAQUED,
            tier=Tier.STATION,
            complex_site=True,
        ),
    )
    assert [flag.code for flag in complex_site.flags] == ["hub_or_station"]


DEMAND = [
    [
        *("名称", "类别", "区", "街镇", "地址", "企业数", "职工数", "内设医务", "食堂座位"),
        *("搭伙名额", "取餐柜格口", "是否申报午餐难", "经度", "纬度", "坐标系"),
    ],
    [
        *("示例一园区", "园区", "浦东新区", None, "示例路1号", 30, 1200, "简陋", 0, "无", 40, "是"),
        *(121.5, 31.2, "WGS-84"),
    ],
    ["示例二商圈", "商圈", "静安区", *[None] * 12],
]


@HOW
def test_demand_sites_keep_unknown_apart_from_none(
    imported: Callable[..., object], how: str
) -> None:
    assert [bare(record) for record in imported(DEMAND, how).records] == [
        DeclaredSite(
            "示例一园区",
            SiteKind.PARK,
            "示例路1号",
            "浦东新区",
            "",
            NOWHERE,
            enterprises=30,
            workers=1200,
            clinic=Clinic.POOR,
            canteen_seats=0,
            meal_quota=0,
            cabinet_cells=40,
            lunch_declared=True,
            coordinates=Coordinates(121.5, 31.2, Datum.WGS84),
        ),
        DeclaredSite("示例二商圈", SiteKind.MALL, "", "静安区", "", NOWHERE),
    ]


LUNCH = [
    [
        *("名称", "类别", "区", "地址", "座位", "翻台", "名额", "价格（元）", "供餐时间"),
        *("经度", "纬度", "坐标系"),
    ],
    [
        *("示例社区食堂", "社区食堂", "普陀区", "示例路2号", 120, 3, None, "25-30", "11:00-13:00"),
        *(121.4, 31.2, "BD-09"),
    ],
    ["示例取餐柜", "智能取餐柜", "普陀区", None, None, None, 60, None, None, None, None, None],
]


@HOW
def test_lunch_outlets(imported: Callable[..., object], how: str) -> None:
    assert [without_flags(record) for record in imported(LUNCH, how).records] == [
        DeclaredOutlet(
            "示例社区食堂",
            OutletKind.COMMUNITY_CANTEEN,
            "示例路2号",
            "普陀区",
            "",
            NOWHERE,
            seats=120,
            turns=3.0,
            price_yuan=25.0,
            hours_text="11:00-13:00",
            hours=weekly(*["11:00-13:00"] * 5, "?", "?"),
            coordinates=Coordinates(121.4, 31.2, Datum.BD09),
        ),
        DeclaredOutlet("示例取餐柜", OutletKind.CABINET, "", "普陀区", "", NOWHERE, quota=60),
    ]


def test_the_person_behind_a_lunch_outlet_is_kept_in_private(
    imported: Callable[..., object],
) -> None:
    rows = [
        ["名称", "类别", "供餐时间", "联系人", "手机"],
        ["示例食堂", "职工食堂", "11:00-13:00 找金丝雀乙19900000002", "金丝雀甲", "19900000001"],
    ]
    (record,) = imported(rows, "csv").records
    assert record.contacts == (
        Contact("金丝雀甲", "19900000001", role="点位联系人"),
        Contact("金丝雀乙", "19900000002", role="写在“供餐时间”里"),
    )
    assert record.hours_text == "11:00-13:00"


WORKERS = [
    ["区", "街镇", "代码", "从业人员", "年份", "来源"],
    ["黄浦区", "南京东路街道", "310101002", 101851, 2023, "公报"],
    ["徐汇区", None, "310104", "1,027,746", 2023, "公报"],
]


@HOW
def test_workers_of_a_town_or_of_a_whole_district(
    imported: Callable[..., object], how: str
) -> None:
    assert [bare(record) for record in imported(WORKERS, how).records] == [
        DeclaredWorkers("黄浦区", "南京东路街道", "310101002", 101851, 2023, NOWHERE),
        DeclaredWorkers("徐汇区", "", "310104", 1027746, 2023, NOWHERE),
    ]


def test_a_file_is_published_once_with_its_name_and_fingerprint(
    text_file: Callable[..., Path], import_file: Callable[..., object]
) -> None:
    path = text_file("名称,类别\n甲站,职工书屋\n乙站,别的\n", "表.csv")
    run = import_file(path)
    with run.store.reading() as session:
        (kept,) = session.scalars(select(ImportRun)).all()
    assert (kept.file, kept.sha256) == ("表.csv", hashlib.sha256(path.read_bytes()).hexdigest())
    assert (kept.rows_read, kept.rows_refused, kept.forms) == (2, 1, ["stations"])
    assert run.progress[-1] == (2, 2)


def test_a_file_without_a_known_form_is_not_published(
    text_file: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    path = text_file("名称,地址,区\n甲,某路,黄浦区\n", "价目.csv")
    with pytest.raises(UnknownFormError) as refused:
        import_file(path)
    assert str(refused.value) == (
        "“价目.csv”里没有认出能导入的表：最接近“站点清单”，缺少“类别”列"
        "（也可以在标题、工作表名或文件名里写明是哪一类，例如“职工书屋名单”）。请对照样表检查表头。"
    )


def test_prose_without_a_table_says_so(
    text_file: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    with pytest.raises(UnknownFormError, match="文件里没有表格"):
        import_file(text_file("本报讯\n\n昨日举行会议。\n"))


def test_an_empty_form_is_published_without_records(imported: Callable[..., object]) -> None:
    run = imported([TRAINING[0], [1, None, None, None], [2, None, None, None]], "xlsx")
    assert (run.records, run.report.stored) == ([], Stored())
    assert [form.form for form in run.report.empty_forms] == ["training_points"]
    assert run.report.forms == ()


def test_a_station_that_is_only_named_is_kept(imported: Callable[..., object]) -> None:
    run = imported([["名称", "类别", "地址"], ["金桥国际驿站", "户外职工驿站", None]])
    (record,) = run.records
    assert (record.name, record.address, record.district) == ("金桥国际驿站", "", "")
    assert run.report.refused_rows == ()


def test_health_points_of_2023_need_no_head_block(imported: Callable[..., object]) -> None:
    (record, _upgrade) = imported(HEALTH[2:]).records
    assert (record.district, record.town) == ("", "")
    assert record.contacts == (Contact("金丝雀乙", "19900000002", role="点位联系人"),)


def test_a_whole_row_without_a_number_is_kept_and_flagged(imported: Callable[..., object]) -> None:
    rows = [*TRAINING[:3], [None, None, "豫园站二号厅", "14 号线豫园站 7 号口"], TRAINING[3]]
    run = imported(rows)
    assert [record.name for record in run.records][2] == "豫园站二号厅"
    assert [(doubt.row, doubt.code) for doubt in run.report.flags] == [
        (3, "district_carried_down"),
        (4, "row_unnumbered"),
        (4, "district_carried_down"),
    ]


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        (
            "职工服务总站（服务职工综合体）、职工书屋",
            [(Kind.SERVICE_HUB, True), (Kind.READING_ROOM, False)],
        ),
        (
            "户外职工驿站、服务职工综合体",
            [(Kind.OUTDOOR_STATION, False), (Kind.SERVICE_STATION, True)],
        ),
    ],
)
def test_only_a_hub_or_station_is_a_complex(
    imported: Callable[..., object], kinds: str, found: list[tuple[Kind, bool]]
) -> None:
    (record,) = imported([["名称", "类别"], ["甲", kinds]]).records
    assert [(service.kind, service.complex_site) for service in record.services] == found


def test_an_address_merged_over_columns_without_headers_is_one_address(
    imported: Callable[..., object],
) -> None:
    rows = [
        ["序号", "工间休息室名称", "地址", None, None, "面积"],
        [1, "甲室", "黄浦区", "外滩街道", "中山东一路1号", 20],
        [2, "乙室", "黄浦区中山东一路2号", None, None, 30],
    ]
    run = imported(rows, "xlsx", merged=["C1:E1", "C3:E3"])
    assert [(record.address, record.services[0].area_m2) for record in run.records] == [
        ("黄浦区外滩街道中山东一路1号", 20.0),
        ("黄浦区中山东一路2号", 30.0),
    ]
    assert run.report.forms[0].unused == ()


@HOW
def test_headers_merged_down_from_a_row_of_groups_count(
    imported: Callable[..., object], how: str
) -> None:
    rows = [
        ["序号", "名称", "基本信息", None, "服务", "联系方式"],
        [None, None, "类别", "地址", "开放时间", "手机"],
        [1, "甲站", "职工书屋", "某路1号", "9:00-17:00", "19900000001"],
    ]
    run = imported(rows, how, merged=["A1:A2", "B1:B2", "C1:D1"])
    assert [(record.name, record.address) for record in run.records] == [("甲站", "某路1号")]
    assert run.report.forms[0].matched == ("序号", "名称", "类别", "地址", "开放时间", "手机")


def test_a_row_below_a_sum_is_still_in_the_table(
    text_file: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    path = text_file("名称\t类别\n甲\t职工书屋\n小计：1 个\n乙\t职工书屋\n合计（个）：2\n")
    run = import_file(path)
    assert [record.name for record in run.records] == ["甲", "乙"]
    assert [note.row for note in run.report.forms[0].notes] == [3, 5]
