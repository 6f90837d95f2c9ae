"""The parameters of items: each is declared once, reads itself and describes itself."""

from datetime import datetime
from typing import Any

from geodata.errors import ParameterError
from geodata.kinds import Kind, SiteKind
from geodata.offered import FACILITY_CODES
from geodata.place.district import load_districts
from geodata.wanted import Wanted
from maps.catalogue import languages
from service import params
from service.ogc.crs import CRS84, SYSTEMS, Crs
from service.ogc.features import Wish
from service.ogc.geometry import Box
from service.ogc.moments import BACKWARDS, CLOCK, DAY, PATTERN, Span, span
from service.openapi.parameters import (
    Parameter,
    Query,
    choice,
    decimal,
    several,
    switch,
    text,
    whole,
)

DEFAULT_LIMIT = 10
MOST = 10_000


def _box(given: str) -> tuple[float, ...]:
    values = tuple(decimal(part) for part in given.split(","))
    # Infinity and NaN have a difference from themselves that is not 0.
    if len(values) not in {4, 6} or any(value - value != 0 for value in values):
        raise ParameterError("bbox 要四个或六个数：西,南,东,北（六个时第三、第六个是高度）")
    return values if len(values) == 4 else (*values[:2], *values[3:5])


BBOX: Parameter[tuple[float, ...] | None] = Parameter(
    "bbox",
    "query",
    {
        "type": "array",
        "minItems": 4,
        "maxItems": 6,
        "items": {"type": "number"},
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "example": [121.46, 31.22, 121.48, 31.24],
    },
    "西,南,东,北，坐标系见 bbox-crs；西大于东就跨 180 度经线；没有位置的也会列出。 / "
    "Window in bbox-crs; west beyond east spans the antimeridian; what has no position is in any.",
    _box,
    None,
)
MOMENT: Parameter[Span | None] = Parameter(
    "datetime",
    "query",
    {
        "type": "string",
        "pattern": PATTERN,
        "not": {"pattern": BACKWARDS},
        "example": "2024-06-01/..",
    },
    "服务点从挂牌到摘牌的时段与它相交：日期、时刻、开始/结束，头尾可写 ..；日期按北京时间。 / "
    "What stood under a plaque then: an instant, a day or an interval, RFC 3339.",
    span,
    None,
)
LIMIT = whole(
    "limit",
    f"一页最多几个，大于 {MOST} 的当作 {MOST}。 / Features a page; more than {MOST} means {MOST}.",
    low=1,
    default=DEFAULT_LIMIT,
)
OFFSET = whole(
    "offset", "从第几个起，第一个是 0。 / Number of the first feature.", low=0, default=0
)
CRS = choice("crs", "坐标用哪个系。 / System of the answer.", SYSTEMS, default=CRS84.uri)
BBOX_CRS = choice("bbox-crs", "bbox 用哪个系。 / System of bbox.", SYSTEMS, default=CRS84.uri)
FORMAT = choice(
    "f", "格式，不写就看 Accept。 / Format, else by Accept.", ("json", "html"), default=""
)
LANGUAGE = choice("lang", "标题的语言。 / Language of titles.", languages(), default="zh")
LOOK = (FORMAT, LANGUAGE)

KIND = several("kind", "类别，逗号分开。 / Kinds, with commas.", tuple(Kind))
TOWN = text("town", "街镇名。 / Name of the town.", longest=params.MAX_TEXT)
Q = text("q", "名称、地址里的字，或拼音首字母。 / Text in names.", longest=params.MAX_TEXT)
WITH = several("with", "设施，要全有。 / Facilities, all of them.", FACILITY_CODES)
SITE_KIND = choice("kind", "类别。 / Kind of site.", tuple(SiteKind))
PRIORITY = switch("priority", "只要优先的（P1）。 / Priority gaps only.")
SCENARIO = text("scenario", "方案名。 / Name of the scenario.", longest=params.MAX_TEXT)


def _district(given: str) -> str:
    found = params.filters({"district": given}).district
    if not found:
        raise ParameterError("district 要写区名或六位代码，如 浦东新区 或 310115")
    return found


def _open(given: str) -> datetime:
    at = params.filters({"open": given}).open_at
    if at is None:
        raise ParameterError("open 要写 now 或 2026-03-31T12:30")
    return at


DISTRICT: Parameter[str] = Parameter(
    "district",
    "query",
    {"type": "string", "enum": [*load_districts().names, *load_districts().codes]},
    "区名或六位代码。 / District by name or official code.",
    _district,
    "",
)
OPEN: Parameter[datetime | None] = Parameter(
    "open",
    "query",
    {"type": "string", "pattern": f"^(?:now|{DAY}T{CLOCK})$", "example": "now"},
    "那时一定开门的：now，或北京时间 2026-03-31T12:30。 / Surely open then, Beijing time.",
    _open,
    None,
)
SEARCHED = (KIND, DISTRICT, TOWN, Q, WITH, OPEN)


def wanted(query: Query, *, kinds: tuple[Kind, ...] = ()) -> Wanted:
    """The filters that mean the same everywhere."""
    return Wanted(
        kinds=kinds or tuple(Kind(one) for one in KIND.of(query)),
        district=DISTRICT.of(query),
        town=TOWN.of(query).strip(),
        text=Q.of(query).strip(),
        facilities=WITH.of(query),
        open_at=OPEN.of(query),
    )


def box(query: Query) -> Box | None:
    """bbox in the axes of bbox-crs."""
    found, crs = BBOX.of(query), SYSTEMS[BBOX_CRS.of(query)]
    return None if found is None else Box(crs, (found[0], found[1]), (found[2], found[3]))


def crs(query: Query) -> Crs:
    """The system of the answer."""
    return SYSTEMS[CRS.of(query)]


def searched(query: Query, *, kinds: tuple[Kind, ...] = ()) -> Wish:
    """What is asked of service points and places."""
    return Wish(wanted(query, kinds=kinds), box(query), MOMENT.of(query))


def by_property(query: Query, equal: tuple[Parameter[Any], ...]) -> Wish:
    """What is asked of anything else: its name, and properties that must have a value."""
    given = ((one.name, one.of(query)) for one in equal)
    return Wish(
        Wanted(text=Q.of(query).strip()),
        box(query),
        MOMENT.of(query),
        tuple(pair for pair in given if pair[1]),
    )
