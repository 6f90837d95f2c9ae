"""Parameters read themselves and describe themselves."""

import math
from typing import Any

import pytest

from geodata.errors import ParameterError
from service.openapi.parameters import (
    Parameter,
    choice,
    decimal,
    number,
    only,
    several,
    switch,
    text,
    whole,
)

LIMIT = whole("limit", "", low=1, high=100, default=30)
ENDLESS = whole("offset", "", low=0, default=0)
LON = number("lon", "", low=-180, high=180)
KIND = choice("kind", "", ("park", "mall"))
WITH = several("with", "", ("charging", "hot_meal"))
NAME = text("name", "", longest=5, pattern="^[a-z]+$")
FIRST = switch("first", "")
TAKEN: list[tuple[Parameter[Any], str, object]] = [
    (LIMIT, "1", 1),
    (LIMIT, "100", 100),
    (ENDLESS, "9" * 40, 10**18),
    (LON, "-1.5e1", -15.0),
    (KIND, "mall", "mall"),
    (WITH, "hot_meal,charging,hot_meal", ("hot_meal", "charging")),
    (NAME, "abc", "abc"),
    (FIRST, "1", True),
    (FIRST, "0", False),
]
REFUSED: list[tuple[Parameter[Any], str]] = [
    *((LIMIT, given) for given in ("", "0", "101", "1.0", "+1", " 1", "١", "1_0", "x")),
    *((LON, given) for given in ("", "nan", "inf", "181", "0x10", "1_0", "١")),
    *((KIND, given) for given in ("", "Park", "park,mall")),
    *((WITH, given) for given in ("", "charging,", "sauna")),
    *((NAME, given) for given in ("", "abcdef", "ABC")),
    *((FIRST, given) for given in ("", "yes", "2")),
]


@pytest.mark.parametrize(("parameter", "given", "value"), TAKEN)
def test_a_value_is_read(parameter: Parameter[Any], given: str, value: object) -> None:
    assert parameter.of({parameter.name: given}) == value


@pytest.mark.parametrize(("parameter", "given"), REFUSED)
def test_what_the_schema_refuses_is_refused_by_name(parameter: Parameter[Any], given: str) -> None:
    with pytest.raises(ParameterError) as raised:
        parameter.of({parameter.name: given})
    assert raised.value.parameter == parameter.name


def test_an_absent_one_is_its_default() -> None:
    assert [one.of({}) for one in (LIMIT, ENDLESS, KIND, WITH, NAME, FIRST)] == [
        *(30, 0, "", (), "", False)
    ]


def test_one_without_a_default_has_to_be_given() -> None:
    with pytest.raises(ParameterError, match="要给 lon"):
        LON.of({})


def test_schemas_say_what_is_taken() -> None:
    assert [one.schema for one in (LIMIT, LON, KIND, WITH, NAME, FIRST)] == [
        {"type": "integer", "minimum": 1, "maximum": 100, "default": 30},
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "string", "enum": ["park", "mall"]},
        {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "enum": ["charging", "hot_meal"]},
        },
        {"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^[a-z]+$"},
        {"type": "integer", "enum": [0, 1], "default": 0},
    ]


def test_an_undeclared_one_is_refused_by_name() -> None:
    only((LIMIT, LON), {"limit": "x"})
    with pytest.raises(ParameterError, match="没有叫 lat 的参数，可用：limit、lon") as raised:
        only((LIMIT, LON), {"limit": "1", "lat": "2"})
    assert raised.value.parameter == "lat"


def test_a_number_is_what_json_calls_one() -> None:
    assert [decimal(part) for part in ("1", "-0.5", "1e3")] == [1.0, -0.5, 1000.0]
    assert all(math.isnan(decimal(part)) for part in ("", "nan", ".5", "1.", "infinity", " 1"))
