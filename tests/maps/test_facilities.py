"""Icons beside facilities, and hours that never end."""

import pytest

from maps.facilities import always_open, facility_icon


@pytest.mark.parametrize(
    ("facility", "icon"),
    [
        ("热饭", "bowl"),
        ("微波炉", "bowl"),
        ("充电宝", "plug"),
        ("饮水机", "drop"),
        ("独立卫生间", "toilet"),
        ("公共厕所", "toilet"),
        ("WiFi", "wifi"),
        ("Wi-Fi", "wifi"),
        ("诊疗桌椅", "seat"),
        ("图书角", "book"),
        ("急救药箱", "medical"),
        ("动感单车", "check"),
    ],
)
def test_a_facility_has_the_icon_of_its_word(facility: str, icon: str) -> None:
    assert facility_icon(facility) == icon


@pytest.mark.parametrize(
    ("hours", "always"),
    [
        ("24小时", True),
        ("24 小时开放", True),
        ("全天", True),
        ("00:00-24:00", True),
        ("工作日 24 小时", False),
        ("周一至周五 24小时", False),
        ("24小时（春节除外）", False),
        ("8:00-20:00", False),
        ("", False),
    ],
)
def test_hours_are_always_only_when_they_say_so(hours: str, always: bool) -> None:
    assert always_open(hours) is always
