"""Invented parks, buildings and malls, and the lunch outlets around them."""

from script.sample_anchors import BY_NAME, Anchor, spread
from script.sample_invented import PREFIX, WGS84, Draw

SITES_HEADER = (
    "名称",
    "类别",
    "区",
    "街镇",
    "地址",
    "企业数",
    "职工数",
    "内设医务",
    "食堂座位",
    "搭伙名额",
    "取餐柜格口",
    "是否申报午餐难",
    "经度",
    "纬度",
    "坐标系",
)

# Anchor, kind, enterprises, workers, clinic, canteen seats, guest places, cabinet cells,
# 午餐难 declared; - is unknown. Written by hand so that each state of each measure occurs.
_SITES = """
豫园 商圈 160 3200 无 0 200 40 是
陆家浜路 楼宇 45 1150 无 150 100 60 否
世博会博物馆 楼宇 38 1480 - 200 0 0 -
上海体育馆 楼宇 66 2300 简陋 350 150 100 否
桂林公园 园区 210 8600 完善 1800 600 300 是
华东理工大学 园区 72 2650 无 200 0 80 是
龙华 商圈 88 - 无 - - - -
延安西路 楼宇 52 1750 无 320 200 60 否
淞虹路 园区 140 5200 简陋 700 200 150 是
虹桥1号航站楼 园区 60 2400 完善 500 100 0 否
上海马戏城 商圈 75 980 无 0 80 40 -
彭浦新村 园区 55 1320 无 120 60 40 是
真如 商圈 130 2900 无 250 150 200 否
大渡河路 园区 95 4100 无 900 300 120 否
桃浦新村 园区 64 1850 - 200 100 0 -
赤峰路 楼宇 40 1100 简陋 260 50 40 否
邮电新村 楼宇 22 450 无 - - - -
五角场 商圈 210 5600 无 600 500 400 是
市光路 园区 36 900 无 100 60 40 否
莘庄 商圈 110 2700 无 200 300 160 否
浦江镇 园区 180 7400 无 900 200 100 是
紫竹高新区 园区 96 9000 完善 2000 500 200 否
颛桥 园区 70 3100 - 500 100 60 -
顾村公园 商圈 84 1900 无 100 200 160 是
锦秋路 园区 58 2200 无 150 0 40 是
南翔 园区 150 3600 无 800 200 100 否
嘉定北 园区 38 - - - - - -
上海汽车城 园区 132 6300 完善 1300 300 100 否
张江高科 园区 260 8800 无 1500 600 500 是
世纪大道 楼宇 90 4200 无 400 500 300 是
金桥 园区 120 5400 简陋 1300 200 100 否
川沙 商圈 66 1400 无 0 150 80 否
唐镇 园区 74 2800 无 200 100 100 是
广兰路 园区 150 6800 - 800 300 200 是
惠南 商圈 42 860 无 0 60 40 -
临港大道 园区 88 4600 无 500 200 80 是
隆安路 园区 46 2100 无 480 100 40 否
亭升路 园区 34 1560 无 100 40 0 是
松江新城 园区 104 3300 无 700 200 80 否
泗泾 园区 62 1700 简陋 200 80 40 否
赵巷 商圈 110 2500 无 150 260 160 否
朱家角 商圈 12 150 无 0 0 0 否
奉贤新城 园区 52 1450 无 320 60 40 否
萧塘 园区 40 1240 无 80 0 40 是
长凯路 园区 48 3700 完善 850 100 0 否
陈彷公路 园区 16 520 - 60 0 0 -
人民广场 楼宇 85 2600 完善 900 100 60 否
"""

# Farther from their anchor than the rest, so that 800, 1000 and 1200 metres tell different stories.
_FAR = ("延安西路", "世纪大道", "五角场", "大渡河路", "松江新城", "陆家浜路", "赤峰路", "莘庄")

LUNCH_HEADER = (
    "名称",
    "类别",
    "区",
    "地址",
    "座位",
    "翻台",
    "名额",
    "价格（元）",
    "供餐时间",
    "经度",
    "纬度",
    "坐标系",
)

LUNCH_COUNT = 60

# Kind, range of seats, turns; a kind without seats has a quota instead.
_SEATED = {
    "职工食堂": (120, 360, 3),
    "社区食堂": (60, 180, 3),
    "餐饮": (40, 140, 2),
    "大型企业食堂": (200, 480, 3),
}
_QUOTAS = {"智能取餐柜": (40, 160), "送餐": (60, 240), "搭伙": (30, 120)}
_LUNCH_KINDS = (
    *("社区食堂", "餐饮", "职工食堂", "餐饮", "智能取餐柜"),
    *("社区食堂", "餐饮", "送餐", "大型企业食堂", "搭伙"),
)
_PRICES = (15, 18, 22, 25, 28, 30, 30, 35, 38, 45, 48, "")
_LUNCH_HOURS = ("11:00-13:00", "11:00-13:30", "10:45-13:00", "11:15-13:15", "")


def site_rows() -> list[tuple[object, ...]]:
    """The demand sites below the header, some near their anchors and some a walk away."""
    draw = Draw("sites")
    lines = _SITES.strip().splitlines()
    return [_site(number, line.split(), draw) for number, line in enumerate(lines, start=1)]


def site_name(anchor: str, kind: str) -> str:
    """How the site at an anchor is called."""
    return f"{PREFIX}{anchor}{kind}"


def _site(number: int, fields: list[str], draw: Draw) -> tuple[object, ...]:
    name, kind, *numbers = fields
    anchor = BY_NAME[name]
    enterprises, workers, clinic, *lunch, declared = ("" if n == "-" else n for n in numbers)
    low_m, high_m = (520, 760) if name in _FAR else (80, 300)
    return (
        site_name(name, kind),
        kind,
        anchor.district,
        "",
        anchor.address(f"Y{number:03d}"),
        _count(enterprises),
        _count(workers),
        clinic,
        *(_count(text) for text in lunch),
        declared,
        *draw.near(anchor, low_m=low_m, high_m=high_m),
        WGS84,
    )


def _count(text: str) -> int | str:
    return int(text) if text else ""


def lunch_rows() -> list[tuple[object, ...]]:
    """The lunch outlets below the header, one at nearly every anchor, 80 to 450 m from it."""
    draw = Draw("lunch")
    return [
        _outlet(number, anchor, _LUNCH_KINDS[number % len(_LUNCH_KINDS)], draw)
        for number, anchor in enumerate(spread(LUNCH_COUNT), start=1)
    ]


def _outlet(number: int, anchor: Anchor, kind: str, draw: Draw) -> tuple[object, ...]:
    return (
        f"{PREFIX}{anchor.name}{kind}",
        kind,
        anchor.district,
        anchor.address(f"W{number:03d}"),
        *_capacity(kind, draw),
        draw.pick(_PRICES),
        draw.pick(_LUNCH_HOURS),
        *draw.near(anchor, low_m=80, high_m=450),
        WGS84,
    )


def _capacity(kind: str, draw: Draw) -> tuple[object, object, object]:
    """Seats, turns, quota: seats and turns, or a quota, never both."""
    if kind in _SEATED:
        low, high, turns = _SEATED[kind]
        return draw.whole(low, high, step=20), draw.pick((turns, turns, "")), ""
    low, high = _QUOTAS[kind]
    return "", "", draw.whole(low, high, step=10)
