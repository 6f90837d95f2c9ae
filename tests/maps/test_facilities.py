"""Icons beside facilities."""

import pytest

from maps.facilities import facility_icon


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
