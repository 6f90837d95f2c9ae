"""The words offices use for the closed vocabularies, and what each means."""

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum, auto
from typing import TypeVar

from geodata.errors import CellError
from geodata.kinds import (
    OUTLET_LABELS,
    SITE_KIND_LABELS,
    STATUS_LABELS,
    Clinic,
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


def as_table(words: Mapping[str, T]) -> dict[str, T]:
    return {plain(word): meaning for word, meaning in words.items()}


STATUS_WORDS: dict[str, Status] = as_table(
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

SITE_WORDS: dict[str, SiteKind] = as_table(
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

OUTLET_WORDS: dict[str, OutletKind] = as_table(
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

CLINIC_WORDS: dict[str, Clinic] = as_table(
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

YES_NO_WORDS: dict[str, bool] = as_table(
    {
        **dict.fromkeys(("是", "有", "√", "✓", "y", "yes", "true", "1", "已申报", "申报"), True),
        **dict.fromkeys(("否", "无", "×", "x", "n", "no", "false", "0", "未申报", "不申报"), False),
    }
)

WORKS_WORDS: dict[str, Works] = as_table(
    {
        "新建": Works.NEW,
        "新增": Works.NEW,
        "升级": Works.UPGRADE,
        "升级优化": Works.UPGRADE,
        "改建": Works.UPGRADE,
    }
)

DATUM_WORDS: dict[str, Datum] = as_table(
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


def datum(text: str) -> Datum:
    """The datum a cell names, by its own name or that of a map that uses it."""
    try:
        return meaning(DATUM_WORDS, text)
    except CellError as error:
        raise CellError(
            "WGS-84、GCJ-02（高德、腾讯）、BD-09（百度）或 CGCS2000（国家2000、天地图）"
        ) from error
