"""How a status, a share and a site are drawn."""

import pytest

from geodata.kinds import Status
from maps.classes import DRAWN, hex_class, lunch_mark, meal_class, share_class, state_of


@pytest.mark.parametrize(
    ("status", "style"),
    [
        (Status.PLAQUED, ""),
        (Status.RECTIFYING, "is-rectifying"),
        (Status.DECLARED, "is-building"),
        (Status.BUILDING, "is-building"),
    ],
)
def test_only_what_is_in_service_is_drawn_solid(status: Status, style: str) -> None:
    assert state_of(status) == style


def test_what_is_gone_is_never_drawn() -> None:
    assert set(Status) - DRAWN == {
        Status.DELISTED,
        Status.REJECTED,
        Status.WITHDRAWN,
        Status.CLOSED,
        Status.MOVED,
    }


def test_a_class_holds_its_lower_bound_and_no_count_is_no_class() -> None:
    shares = (None, 0.0, 0.3999, 0.4, 0.6, 0.8, 0.9, 1.0)
    classes = ["none", "s0", "s0", "s1", "s2", "s3", "s4", "s4"]
    assert [share_class(share) for share in shares] == classes


def test_a_lunch_level_nobody_knows_has_the_mark_of_no_data() -> None:
    levels = ("突出", "较难", "一般", "无", "", "新词")
    marks = ["lunch-3", "lunch-2", "lunch-1", "lunch-0", "lunch-x", "lunch-x"]
    assert [lunch_mark(level) for level in levels] == marks


def test_unmet_lunch_and_hexagons_have_fixed_classes_too() -> None:
    unmet = [meal_class(share) for share in (None, 0.0, 0.1, 0.3, 0.4999, 0.5, 1.0)]
    assert unmet == ["none", "l0", "l1", "l2", "l2", "l3", "l3"]
    assert [hex_class(n) for n in (0, 499, 500, 1999, 2000, 90000)] == [
        *("h0", "h0", "h1", "h2", "h3", "h4")
    ]
