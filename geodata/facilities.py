"""What a place has, in a fixed vocabulary: one table for storing, filters and icons.

What the table does not know is kept as written, and what is only planned is no facility.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache


@dataclass(frozen=True, slots=True)
class Facility:
    """One facility: `icon` names a line icon of the screens, `words` are what offices write."""

    code: str
    label: str
    label_en: str
    icon: str
    words: tuple[str, ...]


def _facility(code: str, label: str, label_en: str, icon: str, words: str = "") -> Facility:
    return Facility(code, label, label_en, icon, tuple(words.split()))


OTHER_ICON = "check"
FACILITIES: tuple[Facility, ...] = (
    _facility("air", "空调", "Air conditioning", "air", "冷暖空调 空调设备 空调机 冷气"),
    _facility("heating", "取暖", "Heating", "air", "暖气 取暖器 取暖设备 电暖器 油汀"),
    _facility("fridge", "冰箱", "Fridge", "fridge", "电冰箱 冷藏柜 冷藏 冰柜 冷柜"),
    _facility("microwave", "微波炉", "Microwave", "bowl", "微波炉加热 微波加热"),
    _facility(
        "hot_meal", "热饭", "Heating meals", "bowl",
        "热饭菜 热饭热菜 加热饭菜 饭菜加热 热菜 热餐 蒸饭 蒸饭箱 蒸饭柜 加热 电饭煲",
    ),
    _facility(
        "water", "饮水机", "Drinking water", "drop",
        "饮水 饮用水 饮水设备 直饮水 直饮机 热水 开水 开水器 开水炉 热水器 茶水 净水器"
        " 净水机 喝水 供水",
    ),
    _facility(
        "charging", "充电", "Charging", "plug",
        "手机充电 充电插排 充电插座 充电线 插排 插座 充电宝 共享充电宝 充电器 充电区 充电设备"
        " 充电设施 手机充电站 手机加油站 多功能充电器",
    ),
    _facility("battery_swap", "换电柜", "Battery swap", "plug", "换电 换电站 智能换电柜 电瓶换电"),
    _facility(
        "ebike_charging", "电动车充电", "E-bike charging", "plug",
        "电瓶车充电 电动自行车充电 非机动车充电 充电桩 电动车充电桩 电瓶车充电桩",
    ),
    _facility(
        "seats", "桌椅", "Tables and seats", "seat",
        "座椅 座位 桌子 椅子 凳子 休息座椅 休息桌椅 休闲座椅 休闲桌椅 圆桌 餐桌 餐桌椅 桌凳",
    ),
    _facility("sofa", "沙发", "Sofa", "seat", "沙发躺椅 躺椅 休闲沙发 简约沙发 按摩椅"),
    _facility("rest_area", "休息区", "Rest area", "seat", "休息 休憩区 休闲区 休息室 休息间 歇脚"),
    _facility(
        "toilet", "厕所", "Toilet", "toilet",
        "卫生间 公共厕所 公厕 洗手间 独立卫生间 如厕 盥洗室 公共卫生间",
    ),
    _facility("shower", "淋浴", "Shower", "shower", "淋浴间 淋浴室 男女淋浴间 洗澡 浴室 沐浴"),
    _facility("changing_room", "更衣室", "Changing room", "check", "更衣间 更衣 更衣柜"),
    _facility("lockers", "储物柜", "Lockers", "check", "储物箱 寄存柜 置物柜 存包柜"),
    _facility("laundry", "洗衣机", "Washing machine", "check", "洗衣 洗衣房 烘干机 洗烘机"),
    _facility(
        "nursing", "母婴室", "Nursing room", "person", "母婴 母婴设施 哺乳室 哺乳 母婴间 哺乳间"
    ),
    _facility(
        "books", "图书", "Books", "book",
        "书籍 书刊 图书角 图书架 书架 书柜 报刊 报刊架 报纸 杂志 阅读 阅读区 阅读角 书报 书",
    ),
    _facility(
        "fitness", "健身器材", "Fitness equipment", "check",
        "健身 健身设备 健身设施 健身角 健身区 运动器材 健身器械",
    ),
    _facility("wifi", "WiFi", "WiFi", "wifi", "wi-fi 无线网络 无线网 无线 免费wifi 无线上网 wlan"),
    _facility(
        "first_aid", "急救药箱", "First-aid kit", "medical",
        "医药箱 药箱 急救箱 急救包 急救 急救药品 常用药品 常备药品 药品 小药箱 便携医务箱 医疗箱",
    ),
    _facility("blood_pressure", "血压计", "Blood pressure", "medical", "血压仪 测血压 量血压"),
    _facility("aed", "AED", "Defibrillator", "medical", "除颤仪 自动体外除颤仪 除颤器"),
    _facility("rain_gear", "雨具", "Rain gear", "check", "雨伞 爱心雨伞 便民雨伞 爱心伞 雨衣"),
    _facility("parking", "停车", "Parking", "check", "停车位 停车场 车位 司机停车 泊位"),
    _facility("tools", "维修工具", "Repair tools", "check", "修车工具 工具箱 打气筒 应急维修工具"),
    _facility("sewing", "针线包", "Sewing kit", "check", "针线盒 针线"),
    _facility("television", "电视", "Television", "check", "电视机 液晶电视"),
)  # fmt: skip

_COUNT = r"[x×*]?(?:\d+|[一二两三四五六七八九十]+)(?:余|多)?[台套个张把间只组部处座辆盏条排]"
_COUNTED = re.compile(rf"^(?:配备?有?|设有?|有)?(?:{_COUNT})?(?P<what>.+?)(?:[x×*]?\d+|{_COUNT})?$")
_BRACKETS = re.compile(r"\([^()]*\)")
# 无线 and 无障碍 are there; 无空调 and 拟购空调 are not.
_ABSENT = re.compile(
    r"无(?!线|障碍|烟|人|菌|感|纸|接触)|没有|暂无|暂未|尚[无未]|未[配设装提]|不[提设配含]|缺"
    r"|拟|计划|预计|(?:准备|待)[购装建配设添补]"
)
_ABSENT_AFTER = re.compile(
    r"[(:](?:无|没有|暂无|暂缺|缺|未[配设装]|拟|待|计划|规划|筹|在建|建设中|采购中)"
)
_LONGEST = 60


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """The label of a facility as written; as written if unknown, "" if it says there is none."""
    flat = _flat(text)
    if not flat or is_absent(text):
        return ""
    found = _exact(flat)
    return found.label if found else text.strip()


@lru_cache(maxsize=4096)
def is_absent(text: str) -> bool:
    """Whether a text says that something is not there, or not yet."""
    flat = _flat(text)
    return bool(_ABSENT.match(flat) or _ABSENT_AFTER.search(flat) or flat in {"无", "/", "-"})


def facility_of(text: str) -> Facility | None:
    """The facility a text names or holds the word of: 诊疗桌椅 has seats."""
    flat = _flat(text)
    found = _exact(flat)
    if found or is_absent(text):
        return found
    inside = [word for word in _by_word() if len(word) > 1 and word in flat]
    return _by_word()[max(inside, key=len)] if inside else None


def code_of(text: str) -> str | None:
    """The code of the facility a text names; None when the vocabulary has none."""
    found = facility_of(text)
    return found.code if found else None


def _flat(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).lower().split()).strip("。.、;,")


def _exact(flat: str) -> Facility | None:
    """A facility by its word, its number and what stands in brackets left out."""
    bare = _BRACKETS.sub("", flat)
    counted = _COUNTED.match(bare)
    return _by_word().get(bare) or (_by_word().get(counted["what"]) if counted else None)


@cache
def _by_word() -> dict[str, Facility]:
    return {
        _flat(word): one for one in FACILITIES for word in (one.label, one.label_en, *one.words)
    }
