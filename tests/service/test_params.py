"""Query strings become typed values, or a sentence that names the parameter."""

from datetime import date, datetime

import pytest

from geodata.answers.question import Hour, Question
from geodata.errors import ParameterError
from geodata.kinds import Kind
from geodata.moments import BEIJING_TIME
from geodata.wanted import EVERYTHING, Wanted
from service import params
from service.clock import now


def test_filters_are_read_once() -> None:
    query = {"kind": "rest_room,health_point,rest_room", "district": "310115", "q": " 科苑路 "}
    assert params.filters(query) == Wanted(
        (Kind.REST_ROOM, Kind.HEALTH_POINT), "浦东新区", text="科苑路"
    )


@pytest.mark.parametrize("text", ["浦东新区", "浦东", "310115"])
def test_a_district_is_known_by_name_and_code(text: str) -> None:
    assert params.filters({"district": text}).district == "浦东新区"


def test_facilities_and_a_moment_are_filters_too() -> None:
    noon = datetime(2026, 3, 31, 12, 30, tzinfo=BEIJING_TIME)
    query = {"with": "hot_meal,charging,hot_meal", "open": "2026-03-31T12:30", "town": " 张江镇 "}
    assert params.filters(query) == Wanted(
        town="张江镇", facilities=("hot_meal", "charging"), open_at=noon
    )
    assert params.filters({"open": "now"}).open_at == now()


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ({}, None),
        ({"since": "2026-02-03"}, date(2026, 2, 3)),
        ({"since": "month"}, date(2026, 10, 31)),
        ({"since": "month", "as_of": "2026-03-31"}, date(2026, 2, 28)),
    ],
)
def test_the_day_to_compare_with_may_be_the_end_of_the_month_before(
    query: dict[str, str], day: date | None
) -> None:
    assert params.since(query, date(2026, 11, 21)) == day


def test_nothing_asked_is_everything() -> None:
    assert params.filters({}) == EVERYTHING
    assert params.shown({}) == params.Shown(theme="health", area="district", by="district")
    assert params.asked({}) == Question(1000.0, count_rectifying=False)


def test_an_hour_is_one_text_or_two_fields_of_a_form() -> None:
    wednesday = Question(650.0, count_rectifying=True, hour=Hour(2, 750))
    asked = {"radius": "650", "rectifying": "1"}
    assert params.asked({**asked, "hour": "周三12:30"}) == wednesday
    assert params.asked({**asked, "day": "3", "time": "12:30"}) == wednesday
    assert params.asked({"day": "3", "time": ""}) == Question(hour=Hour(2, 720))


def test_a_window_is_no_finer_than_a_screen_could_show_it() -> None:
    zooms = [
        params.view({"bbox": f"121,31,{121 + width},32", "z": "18"}).zoom
        for width in (0.01, 0.1, 1, 1e-9)
    ]
    assert zooms == [18, 16, 13, 18]


def test_a_window_and_a_spot() -> None:
    assert params.view({"bbox": "121,31,122,32", "z": "10"}) == params.View((121, 31, 122, 32), 10)
    spot = params.spot({"lon": "121.47", "lat": "31.23", "datum": "map", "limit": "5"})
    assert spot == params.Spot(121.47, 31.23, on_map=True, limit=5)


@pytest.mark.parametrize(
    ("read", "query", "named"),
    [
        (params.filters, {"kind": "pub"}, "kind"),
        (params.filters, {"district": "苏州"}, "district"),
        (params.filters, {"with": "sauna"}, "with"),
        (params.filters, {"open": "soon"}, "open"),
        # A calendar needs the day before and a year ahead.
        (params.filters, {"open": "0001-01-01T00:00"}, "open"),
        (params.filters, {"open": "9999-12-31T10:00"}, "open"),
        (params.asked, {"as_of": "0001-01-01"}, "as_of"),
        (params.asked, {"as_of": "9999-12-31"}, "as_of"),
        (params.filters, {"town": "长" * 61}, "town"),
        (params.filters, {"q": "长" * 61}, "q"),
        (params.view, {"z": "10"}, "bbox"),
        (params.view, {"bbox": "121,31,120,32", "z": "10"}, "bbox"),
        (params.view, {"bbox": "nan,31,122,32", "z": "10"}, "bbox"),
        (params.view, {"bbox": "121,31,122,32", "z": "-1"}, "z"),
        (params.view, {"bbox": "121,31,122,32", "z": "²"}, "z"),
        (params.spot, {"lon": "x", "lat": "31"}, "lon"),
        (params.spot, {"lon": "121", "lat": "inf"}, "lat"),
        (params.spot, {"lon": "121", "lat": "31", "limit": "101"}, "limit"),
        (params.spot, {"lon": "121", "lat": "31", "datum": "bd09"}, "datum"),
        (params.asked, {"radius": "20"}, "radius"),
        (params.asked, {"radius": "nan"}, "radius"),
        (params.asked, {"rectifying": "yes"}, "rectifying"),
        (params.shown, {"theme": "dinner"}, "theme"),
        (params.shown, {"area": "street"}, "area"),
        (params.shown, {"by": "zone"}, "by"),
        (params.page, {"page": "0"}, "page"),
        # Zeros in front must not hide what comes after them.
        (params.page, {"page": "000000001" + "9" * 20}, "page"),
        (params.zoom, {"z": "000000012999999"}, "z"),
        (params.zoom, {"z": "1" * 5000}, "z"),
        (params.view, {"bbox": "121,31,122,32", "z": "0000000129"}, "z"),
        (params.spot, {"lon": "121", "lat": "31", "limit": "000000030999999"}, "limit"),
    ],
)
def test_a_bad_parameter_is_named(read: object, query: dict[str, str], named: str) -> None:
    with pytest.raises(ParameterError, match=f"^{named} "):
        read(query)  # type: ignore[operator]
