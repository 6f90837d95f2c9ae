"""The words offices use for the closed vocabularies, and what each means."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from geodata.errors import CellError
from geodata.kinds import (
    KINDS,
    OUTLET_LABELS,
    SITE_KIND_LABELS,
    STATUS_LABELS,
    Clinic,
    Kind,
    OutletKind,
    SiteKind,
    Status,
    Works,
)
from geodata.model import Datum

T = TypeVar("T")


class Makes(Enum):
    """What each row of a form declares."""

    PLACE = auto()
    SITE = auto()
    OUTLET = auto()
    WORKERS = auto()
    REQUIREMENT = auto()
    APPLICATION = auto()


def plain(text: str) -> str:
    """A word without width, spaces or quotes, in lower case."""
    return re.sub(r"[\s\"“”'‘’]", "", unicodedata.normalize("NFKC", text)).lower()


def _table(words: Mapping[str, T]) -> dict[str, T]:
    return {plain(word): meaning for word, meaning in words.items()}


KIND_WORDS: dict[str, Kind] = _table(
    {facts.label: kind for kind, facts in KINDS.items()}
    | {facts.short: kind for kind, facts in KINDS.items()}
    | {kind.value: kind for kind in Kind}
    | {
        "职工服务中心": Kind.SERVICE_CENTRE,
        "区总工会职工服务中心": Kind.SERVICE_CENTRE,
        "职工服务总站": Kind.SERVICE_HUB,
        "街镇职工服务总站": Kind.SERVICE_HUB,
        "街镇、开发区职工服务总站": Kind.SERVICE_HUB,
        "开发区职工服务总站": Kind.SERVICE_HUB,
        "职工服务站": Kind.SERVICE_STATION,
        "楼宇职工服务站": Kind.SERVICE_STATION,
        "园区职工服务站": Kind.SERVICE_STATION,
        "商圈职工服务站": Kind.SERVICE_STATION,
        "户外职工驿站": Kind.OUTDOOR_STATION,
        "户外职工爱心接力站": Kind.OUTDOOR_STATION,
        "户外劳动者服务站点": Kind.OUTDOOR_STATION,
        "工会户外劳动者服务站点": Kind.OUTDOOR_STATION,
        "爱心接力站": Kind.OUTDOOR_STATION,
        "工会爱心驿站": Kind.OUTDOOR_STATION,
        "职工驿站": Kind.OUTDOOR_STATION,
        "工会驿站": Kind.OUTDOOR_STATION,
        "驿站": Kind.OUTDOOR_STATION,
        "生产一线职工工间休息室": Kind.REST_ROOM,
        "职工间休息室": Kind.REST_ROOM,
        "职工休息室": Kind.REST_ROOM,
        "间休息室": Kind.REST_ROOM,
        "休息室": Kind.REST_ROOM,
        "园区健康服务点": Kind.HEALTH_POINT,
        "楼宇健康服务点": Kind.HEALTH_POINT,
        "商圈健康服务点": Kind.HEALTH_POINT,
        "园区、楼宇健康服务点": Kind.HEALTH_POINT,
        "职工健康服务点": Kind.HEALTH_POINT,
        "职工健身驿站": Kind.FITNESS_STATION,
        "健身角": Kind.FITNESS_STATION,
        "职工健身角": Kind.FITNESS_STATION,
        "健身区": Kind.FITNESS_STATION,
        "母婴室": Kind.MOTHERS_ROOM,
        "母婴设施": Kind.MOTHERS_ROOM,
        "母婴": Kind.MOTHERS_ROOM,
        "书屋": Kind.READING_ROOM,
        "工会职工书屋": Kind.READING_ROOM,
        "货车司机之家": Kind.DRIVERS_HOME,
        "轨交现场安全培训点": Kind.TRAINING_POINT,
        "现场培训点": Kind.TRAINING_POINT,
        "培训点": Kind.TRAINING_POINT,
    }
)

STATUS_WORDS: dict[str, Status] = _table(
    {labels[0]: status for status, labels in STATUS_LABELS.items()}
    | {status.value: status for status in Status}
    | {
        "挂牌": Status.PLAQUED,
        "正常": Status.PLAQUED,
        "开放": Status.PLAQUED,
        "开放中": Status.PLAQUED,
        "正常开放": Status.PLAQUED,
        "运行": Status.PLAQUED,
        "正常运行": Status.PLAQUED,
        "在用": Status.PLAQUED,
        "黄牌": Status.RECTIFYING,
        "整改": Status.RECTIFYING,
        "限期整改": Status.RECTIFYING,
        "红牌": Status.DELISTED,
        "摘牌": Status.DELISTED,
        "撤销": Status.DELISTED,
        "在建": Status.BUILDING,
        "申报": Status.DECLARED,
        "申报中": Status.DECLARED,
        "已申报": Status.DECLARED,
        "拟建": Status.DECLARED,
        "区审": Status.DISTRICT_REVIEWED,
        "立项": Status.CITY_APPROVED,
        "已立项": Status.CITY_APPROVED,
        "验收": Status.ACCEPTED,
        "验收通过": Status.ACCEPTED,
        "摸排": Status.SURVEYED,
        "驳回": Status.REJECTED,
        "撤回": Status.WITHDRAWN,
        "关闭": Status.CLOSED,
        "停用": Status.CLOSED,
        "暂停": Status.CLOSED,
        "暂停服务": Status.CLOSED,
        "搬迁": Status.MOVED,
    }
)

SITE_WORDS: dict[str, SiteKind] = _table(
    {labels[0]: kind for kind, labels in SITE_KIND_LABELS.items()}
    | {kind.value: kind for kind in SiteKind}
    | {
        "产业园": SiteKind.PARK,
        "产业园区": SiteKind.PARK,
        "工业园区": SiteKind.PARK,
        "科技园区": SiteKind.PARK,
        "写字楼": SiteKind.BUILDING,
        "商务楼": SiteKind.BUILDING,
        "商务楼宇": SiteKind.BUILDING,
        "大厦": SiteKind.BUILDING,
        "商场": SiteKind.MALL,
        "购物中心": SiteKind.MALL,
        "商业综合体": SiteKind.MALL,
    }
)

OUTLET_WORDS: dict[str, OutletKind] = _table(
    {labels[0]: kind for kind, labels in OUTLET_LABELS.items()}
    | {kind.value: kind for kind in OutletKind}
    | {
        "食堂": OutletKind.STAFF_CANTEEN,
        "园区食堂": OutletKind.STAFF_CANTEEN,
        "楼宇食堂": OutletKind.STAFF_CANTEEN,
        "一线职工食堂": OutletKind.STAFF_CANTEEN,
        "社区长者食堂": OutletKind.COMMUNITY_CANTEEN,
        "餐饮企业": OutletKind.RESTAURANT,
        "餐厅": OutletKind.RESTAURANT,
        "饭店": OutletKind.RESTAURANT,
        "企业食堂": OutletKind.COMPANY_CANTEEN,
        "单位食堂": OutletKind.COMPANY_CANTEEN,
        "取餐柜": OutletKind.CABINET,
        "智能柜": OutletKind.CABINET,
        "外送": OutletKind.DELIVERY,
        "配送": OutletKind.DELIVERY,
        "团餐": OutletKind.DELIVERY,
    }
)

CLINIC_WORDS: dict[str, Clinic] = _table(
    {clinic.value: clinic for clinic in Clinic}
    | {
        "无": Clinic.NONE,
        "没有": Clinic.NONE,
        "简陋": Clinic.POOR,
        "有但简陋": Clinic.POOR,
        "完善": Clinic.ADEQUATE,
        "齐全": Clinic.ADEQUATE,
        "未知": Clinic.UNKNOWN,
        "不详": Clinic.UNKNOWN,
        "/": Clinic.UNKNOWN,
        "-": Clinic.UNKNOWN,
    }
)

YES_NO_WORDS: dict[str, bool] = _table(
    {
        **dict.fromkeys(("是", "有", "√", "✓", "y", "yes", "true", "1", "已申报", "申报"), True),
        **dict.fromkeys(("否", "无", "×", "x", "n", "no", "false", "0", "未申报", "不申报"), False),
    }
)

WORKS_WORDS: dict[str, Works] = _table(
    {
        "新建": Works.NEW,
        "新增": Works.NEW,
        "升级": Works.UPGRADE,
        "升级优化": Works.UPGRADE,
        "改建": Works.UPGRADE,
    }
)

DATUM_WORDS: dict[str, Datum] = _table(
    {datum.value: datum for datum in Datum}
    | {
        "WGS84": Datum.WGS84,
        "GPS": Datum.WGS84,
        "EPSG:4326": Datum.WGS84,
        "CGCS-2000": Datum.CGCS2000,
        "国家2000": Datum.CGCS2000,
        "2000国家大地坐标系": Datum.CGCS2000,
        "大地2000": Datum.CGCS2000,
        "天地图": Datum.CGCS2000,
        "GCJ02": Datum.GCJ02,
        "火星坐标": Datum.GCJ02,
        "火星坐标系": Datum.GCJ02,
        "国测局坐标": Datum.GCJ02,
        "高德": Datum.GCJ02,
        "高德地图": Datum.GCJ02,
        "腾讯": Datum.GCJ02,
        "腾讯地图": Datum.GCJ02,
        "BD09": Datum.BD09,
        "BD09LL": Datum.BD09,
        "百度": Datum.BD09,
        "百度地图": Datum.BD09,
        "百度坐标": Datum.BD09,
    }
)


def meaning(words: Mapping[str, T], text: str) -> T:
    """What a word stands for, with what brackets add left out."""
    word = plain(text)
    bare = re.sub(r"\([^()]*\)", "", word)
    for spelling in (word, bare):
        if spelling in words:
            return words[spelling]
    chinese = [spelling for spelling in words if not spelling.isascii()]
    raise CellError("这些词之一：" + "、".join(chinese[:8]))


# The two sorts of 工会司机之家 the city builds.
_DRIVER_GRADES = {"微型": "微型", "综合": "综合型", "综合型": "综合型"}


def driver_grade(text: str) -> str:
    """微型 or 综合型, however the cell puts it."""
    word = re.sub(r"(?:工会)?(?:货车)?司机之家", "", plain(text))
    if word not in _DRIVER_GRADES:
        raise CellError("微型 或 综合型")
    return _DRIVER_GRADES[word]


def datum(text: str) -> Datum:
    """The datum a cell names, by its own name or that of a map that uses it."""
    try:
        return meaning(DATUM_WORDS, text)
    except CellError as error:
        raise CellError(
            "WGS-84、GCJ-02（高德、腾讯）、BD-09（百度）或 CGCS2000（国家2000、天地图）"
        ) from error


@dataclass(frozen=True, slots=True)
class KindCell:
    """What a 类别 cell names; `unknown` are the words that name nothing known.

    `grades` are the kinds that are qualified, with the words that do it: 五星级, 市级示范点, 微型;
    `services` is what a 类别 cell says is done there (法律援助), which is no kind.
    """

    kinds: tuple[Kind, ...]
    model: bool = False
    complex_site: bool = False
    unknown: tuple[str, ...] = ()
    grades: tuple[tuple[Kind, str], ...] = ()
    services: tuple[str, ...] = ()

    def grade(self, kind: Kind) -> str:
        """What a kind is qualified with, "" when nothing."""
        return dict(self.grades).get(kind, "")


_COMPLEX = "服务职工综合体"
_MODEL = re.compile(r"样板间|(?:全国|市级|区级)?示范点")
_GRADE = r"(?:国家级|全国|市级|区级|[一二三四五]星级?|微型|综合型?|示范点)"
_GRADE_BEFORE = re.compile(rf"{_GRADE}+$")
_GRADE_AFTER = re.compile(rf"{_GRADE}+|\([^()]*\)")
_SERVICE = re.compile(r"援助|咨询|调解|帮扶|维权|教育培训")
# Words that qualify a kind and name none themselves.
_QUALIFIERS = re.compile(rf"融合型(?:服务)?(?:站点|阵地|站)?|工会|{_GRADE}")
# What brackets add to a kind is no kind of its own, unless the kind's own name has brackets.
_KINDS = re.compile(
    "|".join([*sorted(map(re.escape, KIND_WORDS), key=len, reverse=True), r"\([^()]*\)"])
)


def kind_cell(text: str) -> KindCell:
    """The kinds of 户外职工驿站、爱心妈咪小屋 or 楼宇职工服务站(1+44+N+X 的 N)."""
    flat = plain(text)
    complex_site = _COMPLEX in flat
    model = bool(_MODEL.search(flat))
    flat = flat.replace(_COMPLEX, "、")
    named = [found for found in _KINDS.finditer(flat) if found[0] in KIND_WORDS]
    kinds = tuple(dict.fromkeys(KIND_WORDS[found[0]] for found in named))
    grades = {KIND_WORDS[one[0]]: grade for one in named if (grade := _grade(flat, one))}
    rest = _QUALIFIERS.sub("", _MODEL.sub("", _KINDS.sub("、", flat)))
    others = [part for part in re.split(r"[、;/,，|()+和及与]", rest) if part]
    services = tuple(part for part in others if _SERVICE.search(part))
    unknown = tuple(part for part in others if part not in services)
    return KindCell(kinds, model, complex_site, unknown, tuple(grades.items()), services)


def _grade(flat: str, kind: re.Match[str]) -> str:
    """The words before a kind and behind it that grade it, 样板间 left out."""
    before = _GRADE_BEFORE.search(flat[max(0, kind.start() - 12) : kind.start()])
    after = _GRADE_AFTER.match(flat, kind.end())
    return (before[0] if before else "") + "".join(re.findall(_GRADE, after[0]) if after else ())


def names_kind(makes: Makes, text: str) -> bool:
    """Whether a 类别 cell holds a word for what a form's rows declare."""
    if makes is Makes.SITE:
        return plain(text) in SITE_WORDS
    if makes is Makes.OUTLET:
        return plain(text) in OUTLET_WORDS
    cell = kind_cell(text)
    return bool(cell.kinds or cell.complex_site)
