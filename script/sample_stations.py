"""Invented health points, fitness stations, rest rooms and one filled declaration."""

from geodata.model import Datum
from geodata.place.datum import convert
from script.sample_anchors import ANCHORS, BY_NAME, SERVED, Anchor, spread
from script.sample_demand import site_name
from script.sample_invented import CANARIES, PREFIX, WGS84, Draw

HEALTH_HEADER = (
    "名称",
    "类别",
    "区",
    "街镇",
    "地址",
    "开放时间",
    "设施",
    "服务内容",
    "面积（平方米）",
    "所属单位",
    "联系电话",
    "状态",
    "每周半天数",
    "挂牌编号",
    "年份",
    "经度",
    "纬度",
    "坐标系",
    "备注",
)

HEALTH_COUNT = 60

# At anchors nobody serves: points that do not count, and why; the gap stays a gap.
_NOT_COUNTED = (
    ("华东理工大学", "摘牌", 1),
    ("浦江镇", "已挂牌", 0),
    ("锦秋路", "整改", 1),
    ("唐镇", "摘牌", 2),
    ("淞虹路", "在建", ""),
    ("临港大道", "在建", ""),
    ("泗泾", "整改", 1),
    ("市光路", "已挂牌", 0),
    ("朱家角", "在建", ""),
)

_SESSIONS: dict[object, tuple[str, ...]] = {
    0: ("",),
    1: ("周二 9:00-11:30", "周三 13:00-15:30", "周四 11:30-13:00"),
    2: ("周一、周四 9:00-11:30", "周二、周五 13:00-15:30"),
    3: ("周一、周三、周五 12:00-14:30",),
    "": ("", "周二 9:00-11:30"),
}
_HALF_DAYS = (1, 1, 1, 1, 2, 2, 2, 3, "")
_HEALTH_KINDS = (*("园区（楼宇）健康服务点",) * 7, "园区（楼宇）健康服务点、爱心妈咪小屋")
_HEALTH_TOOLS = (
    "血压计、体温计、体重秤、诊疗桌椅",
    "智慧健康自检设备、血压计",
    "血压计、便携医务箱",
)
_HEALTH_SERVICES = ("健康咨询、体检报告解读", "健康咨询、中医保健", "健康咨询、配药、健康讲座")

FITNESS_HEADER = (
    "名称",
    "类别",
    "区",
    "地址",
    "开放时间",
    "设施",
    "面积（平方米）",
    "所属单位",
    "状态",
    "年份",
    "经度",
    "纬度",
    "坐标系",
)

FITNESS_COUNT = 30

_FITNESS_HOURS = (
    "周一至周五 11:00-20:00",
    "周一至周五 7:30-9:00、17:00-21:00",
    "每天 8:00-22:00",
    "",
)
_FITNESS_TOOLS = ("跑步机、椭圆机、哑铃", "智能体质监测机、动感单车", "乒乓球桌、跑步机、瑜伽垫")

REST_COUNT = 120

_TRADES = ("公交", "环卫", "医务", "快递", "物业", "建筑")
_REST_TOOLS = (
    "空调、饮水机、微波炉、桌椅",
    "空调、冰箱、微波炉、沙发、充电插座",
    "饮水机、桌椅、储物柜",
    "空调、淋浴间、更衣室、洗衣机",
    "饮水机、急救箱、血压计、书架",
)
# Heads as offices write them; the importer reads the number and flags the doubt.
_HEADS: tuple[object, ...] = (25, 40, 60, 85, 120, 200, "约100余人", "100多", "")
_DUE = ("2024年6月", "2024年8月底", "2024年9月30日前", "2024.10", "")

# Kind of works, anchor, kind of site, enterprises, workers, service and its hours in one cell.
_DECLARED = (
    ("新建", "唐镇", "园区", 74, 2800, "健康咨询、体检报告解读，每周二 9:00-11:30"),
    ("新建", "临港大道", "园区", 88, 4600, "健康咨询、中医保健，每周三 13:00-15:30"),
    ("新建", "广兰路", "园区", 150, 6800, "健康咨询，每周一、周四 12:00-13:30"),
    ("升级", "迪士尼", "商圈", 60, 1700, "增加配药服务，每周五 9:00-11:30"),
    ("升级", "康桥", "园区", 45, 1250, "增加中医保健，每周二 13:00-15:30"),
    ("升级", "周浦东", "园区", 30, 940, "增加健康评估"),
)


def health_rows() -> list[tuple[object, ...]]:
    """Health points below the header: those that count near served anchors, then the others."""
    draw = Draw("health")
    spots = [(anchor, *_in_service(draw)) for anchor in _served(HEALTH_COUNT - len(_NOT_COUNTED))]
    spots += [(BY_NAME[name], status, days) for name, status, days in _NOT_COUNTED]
    return [
        _health(number, anchor, status, days, draw)
        for number, (anchor, status, days) in enumerate(spots, start=1)
    ]


def _served(count: int) -> list[Anchor]:
    """Every served anchor once, then again from the first."""
    return [SERVED[index % len(SERVED)] for index in range(count)]


def _in_service(draw: Draw) -> tuple[str, object]:
    return "已挂牌", draw.pick(_HALF_DAYS)


def _health(
    number: int, anchor: Anchor, status: str, days: object, draw: Draw
) -> tuple[object, ...]:
    return (
        f"{PREFIX}{anchor.name}健康服务点{number:02d}",
        draw.pick(_HEALTH_KINDS),
        anchor.district,
        "",
        anchor.address(f"J{number:03d}"),
        draw.pick(_SESSIONS[days]),
        draw.pick(_HEALTH_TOOLS),
        draw.pick(_HEALTH_SERVICES),
        draw.whole(15, 60, step=5),
        f"{PREFIX}单位",
        "",
        status,
        days,
        "" if status == "在建" else f"{PREFIX}-JK-{number:03d}",
        "" if status == "在建" else draw.pick((2019, 2020, 2021, 2022, 2023)),
        *draw.near(anchor, low_m=80, high_m=350),
        WGS84,
        "",
    )


def fitness_rows() -> list[tuple[object, ...]]:
    """Fitness stations below the header, at every second anchor or so, positions in GCJ-02."""
    draw = Draw("fitness")
    return [
        _fitness(number, anchor, draw)
        for number, anchor in enumerate(spread(FITNESS_COUNT), start=1)
    ]


def _fitness(number: int, anchor: Anchor, draw: Draw) -> tuple[object, ...]:
    return (
        f"{PREFIX}{anchor.name}职工健身驿站",
        draw.pick(("职工健身驿站", "职工健身驿站", "职工健身角")),
        anchor.district,
        anchor.address(f"S{number:03d}"),
        draw.pick(_FITNESS_HOURS),
        draw.pick(_FITNESS_TOOLS),
        draw.whole(40, 320, step=20),
        f"{PREFIX}单位",
        draw.pick(("已挂牌", "已挂牌", "已挂牌", "在建")),
        draw.pick((2021, 2022, 2023)),
        *_gcj02(*draw.near(anchor, low_m=80, high_m=850)),
        Datum.GCJ02.value,
    )


def _gcj02(lon: float, lat: float) -> tuple[float, float]:
    east, north = convert(lon, lat, source=Datum.WGS84, target=Datum.GCJ02)
    return round(float(east), 6), round(float(north), 6)


def rest_rows() -> list[tuple[object, ...]]:
    """Rest rooms as the rows of the 2024 form, two at nearly every anchor."""
    draw = Draw("rest")
    return [
        _rest(number, ANCHORS[(number - 1) % len(ANCHORS)], draw)
        for number in range(1, REST_COUNT + 1)
    ]


def _rest(number: int, anchor: Anchor, draw: Draw) -> tuple[object, ...]:
    canary = CANARIES[number % len(CANARIES)]
    trade = draw.pick(_TRADES)
    return (
        number,
        f"{PREFIX}{anchor.name}{trade}职工工间休息室{number:03d}",
        anchor.district,
        "",
        anchor.address(f"X{number:03d}"),
        canary.name,
        canary.mobile,
        f"{PREFIX}{trade}单位",
        draw.whole(8, 120, step=4),
        draw.pick(_REST_TOOLS),
        draw.whole(1, 12),
        draw.pick(_HEADS),
        draw.whole(5_000, 60_000, step=5_000),
        draw.pick(_DUE),
        *draw.near(anchor, low_m=80, high_m=850),
        WGS84,
    )


def declared_rows() -> list[tuple[object, ...]]:
    """The rows of a filled 2023 declaration of health points, one district's."""
    draw = Draw("declared")
    return [_declared(number, row, draw) for number, row in enumerate(_DECLARED, start=1)]


def _declared(
    number: int, row: tuple[str, str, str, int, int, str], draw: Draw
) -> tuple[object, ...]:
    works, name, kind, enterprises, workers, service = row
    anchor = BY_NAME[name]
    canary = CANARIES[number + 1]
    return (
        number,
        works,
        site_name(name, kind),
        enterprises,
        workers,
        f"{PREFIX}{name}健康服务点（{works}）",
        anchor.address(f"B{number:03d}"),
        canary.name,
        canary.mobile,
        service,
        *draw.near(anchor, low_m=80, high_m=350),
        WGS84,
    )
