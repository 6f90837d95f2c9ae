"""Areas as the JSON that fills are drawn from."""

from geodata.answers.cuts import Cut, LunchCut
from geodata.answers.quantiles import Walks
from geodata.coverage.gaps import Tally
from geodata.views import DistrictCoverage
from maps.areas import district_area, town_area
from maps.ranking import AreaRow, ranked


def cut(key: str, *, covered: int, uncovered: int, demand: float = 0.0, gap: float = 0.0) -> Cut:
    tally = Tally(2, covered, uncovered, 1, 0, 0, 0, 0)
    nothing = Walks(0, None, None, None, None, None)
    return Cut(key, "黄浦区", tally, (), nothing, None, LunchCut(1, 0, 1, 0, demand, gap))


def test_a_town_carries_its_class_of_coverage_and_of_lunch() -> None:
    assert town_area(cut("外滩街道", covered=600, uncovered=400, demand=800.0, gap=240.4)) == {
        "key": "黄浦区/外滩街道",
        "name": "外滩街道",
        "within": "黄浦区",
        "share": 0.6,
        "uncovered": 400,
        "class": "s2",
        "unmet": 0.3005,
        "meals": 240,
        "meal_class": "l2",
    }


def test_nobody_counted_is_no_class_and_never_0() -> None:
    area = district_area(
        DistrictCoverage("310101", "黄浦区", None, 0, 0, 1, 0, 0, 0, 1, 0, 1, None, 1)
    )
    assert (area["class"], area["meal_class"], area["unmet"], area["meals"]) == (
        *("none", "none"),
        *(None, None),
    )


def row(name: str, share: float | None, uncovered: int, lunch: LunchCut | None = None) -> AreaRow:
    return AreaRow(name, name, "", share, "s0", uncovered, 0, None, lunch)


def test_rows_are_ranked_by_what_is_looked_at() -> None:
    rows = [
        row("甲", 0.5, 100, LunchCut(1, 0, 1, 0, 900.0, 300.0)),
        row("乙", None, 0, LunchCut(1, 0, 1, 0, 900.0, 600.0)),
        row("丙", 0.2, 400),
    ]
    assert [(each.name, each.bar) for each in ranked(rows)] == [("丙", 60), ("甲", 15), ("乙", 0)]
    lunch = ranked(rows, theme="lunch")
    assert [(each.name, each.meals, each.bar) for each in lunch] == [
        ("乙", 600, 60),
        ("甲", 300, 30),
        ("丙", None, 0),
    ]
