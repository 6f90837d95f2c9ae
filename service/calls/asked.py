"""The parameters of the calls, and bodies in JSON."""

from collections.abc import Mapping
from json import loads
from typing import Any

from flask import request

from geodata.errors import ParameterError
from geodata.wanted import Near, Wanted
from service.ogc.asked import DISTRICT, PRIORITY, SEARCHED, TOWN, Q, wanted
from service.openapi.parameters import Parameter, Query, number, text, whole

LON = number("lon", "经度，WGS-84。 / Longitude.", low=-180, high=180)
LAT = number("lat", "纬度，WGS-84。 / Latitude.", low=-90, high=90)
K = whole("k", "最多几处。 / At most so many.", low=1, high=100, default=10)
RADIUS = number("radius", "步行多少米以内。 / Metres of walk.", low=50, high=5000, default=1000)
LIMIT = whole("limit", "最多几个。 / At most so many.", low=1, high=1000, default=100)
OFFSET = whole("offset", "从第几个起。 / Number of the first.", low=0, default=0)
TEXT = text("text", "一个地址。 / An address.", longest=200, required=True)

_JOB = whole("job", "", low=1, high=2**31 - 1, default=1, where="path")
JOB: Parameter[int] = Parameter(
    "job",
    "path",
    {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    "计算的编号。 / Number of the job.",
    _JOB.parse,
    1,
    required=True,
)

NEAREST: tuple[Parameter[Any], ...] = (LON, LAT, K, *SEARCHED)
COVERAGE: tuple[Parameter[Any], ...] = (LON, LAT, RADIUS, *SEARCHED)
GAPS: tuple[Parameter[Any], ...] = (RADIUS, DISTRICT, TOWN, Q, PRIORITY, LIMIT, OFFSET)
PARSE: tuple[Parameter[Any], ...] = (TEXT,)


def near(query: Query) -> tuple[Wanted, Near]:
    """What is asked for, and from where."""
    return wanted(query), Near(LON.of(query), LAT.of(query), RADIUS.of(query))


def body() -> Mapping[str, Any]:
    """The JSON object of a request.

    Raises:
        ParameterError: there is none.
    """
    try:
        given = loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise ParameterError("请求的内容要是 JSON，UTF-8。") from error
    if not isinstance(given, dict):
        raise ParameterError("请求的内容要是一个 JSON 对象。")
    return given


def fields(given: Mapping[str, Any], **longest: int) -> dict[str, str]:
    """Texts of an object, "" for those it lacks; nothing else may be in it."""
    if unknown := sorted(set(given) - longest.keys()):
        raise ParameterError(f"不认识 {unknown[0][:60]}，可写 {'、'.join(longest)}")
    for name, value in given.items():
        if not isinstance(value, str) or len(value) > longest[name]:
            raise ParameterError(f"{name} 要一段文字，最多 {longest[name]} 个字", parameter=name)
    return {name: given.get(name, "").strip() for name in longest}
