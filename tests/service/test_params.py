"""Query strings become typed values, or a sentence that names the parameter."""

import pytest

from geodata.errors import ParameterError
from geodata.kinds import Kind
from service import params


def test_filters_are_read_once() -> None:
    query = {"kind": "rest_room,health_point,rest_room", "district": "310115", "q": " 科苑路 "}
    assert params.filters(query) == params.Filters(
        (Kind.REST_ROOM, Kind.HEALTH_POINT), "浦东新区", "科苑路"
    )


@pytest.mark.parametrize("text", ["浦东新区", "浦东", "310115"])
def test_a_district_is_known_by_name_and_code(text: str) -> None:
    assert params.filters({"district": text}).district == "浦东新区"


def test_nothing_asked_is_everything() -> None:
    assert params.filters({}) == params.Filters((), "", "")
    assert params.question({}) == params.Question(
        1000.0, rectifying=False, theme="health", by="district"
    )


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
        (params.question, {"radius": "700"}, "radius"),
        (params.question, {"rectifying": "yes"}, "rectifying"),
        (params.question, {"theme": "dinner"}, "theme"),
        (params.page, {"page": "0"}, "page"),
    ],
)
def test_a_bad_parameter_is_named(read: object, query: dict[str, str], named: str) -> None:
    with pytest.raises(ParameterError, match=f"^{named} "):
        read(query)  # type: ignore[operator]
