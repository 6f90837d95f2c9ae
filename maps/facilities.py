"""How a facility and the hours of a form are shown: an icon beside, open all day in green."""

import re

_ICONS: tuple[tuple[str, str], ...] = (
    ("热饭", "bowl"),
    ("微波炉", "bowl"),
    ("加热", "bowl"),
    ("充电", "plug"),
    ("换电", "plug"),
    ("饮水", "drop"),
    ("开水", "drop"),
    ("热水", "drop"),
    ("厕", "toilet"),
    ("卫生间", "toilet"),
    ("淋浴", "shower"),
    ("洗澡", "shower"),
    ("空调", "air"),
    ("取暖", "air"),
    ("座", "seat"),
    ("桌椅", "seat"),
    ("沙发", "seat"),
    ("休息", "seat"),
    ("wifi", "wifi"),
    ("wi-fi", "wifi"),
    ("无线", "wifi"),
    ("冰箱", "fridge"),
    ("冷藏", "fridge"),
    ("书", "book"),
    ("阅读", "book"),
    ("报刊", "book"),
    ("药", "medical"),
    ("急救", "medical"),
    ("血压", "medical"),
    ("母婴", "person"),
    ("哺乳", "person"),
)


_ALL_DAY = re.compile(r"24\s*小时|全天|00?[:：]00\s*[-–—~至]\s*24[:：]00")


def always_open(hours_text: str) -> bool:
    """Whether the hours as written say that the place never closes."""
    return bool(_ALL_DAY.search(hours_text)) and "工作日" not in hours_text


def facility_icon(facility: str) -> str:
    """The name of the line icon for a facility."""
    written = facility.lower()
    return next((icon for word, icon in _ICONS if word in written), "check")
