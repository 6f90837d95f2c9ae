"""The collections, one entry each: what it is called, holds, can be asked, and who may read it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from geodata.accounts.roles import Role
from geodata.kinds import KINDS, Kind
from geodata.snapshot import Snapshot
from geodata.store import Store
from service.ogc import asked, coverage, fields, sources
from service.ogc.features import Features, Wish
from service.ogc.fields import Both, Field
from service.openapi.parameters import Parameter, Query, several

# The number is of how few sites a public figure may be made.
Source = Callable[[Store, Snapshot, int], Features]


@dataclass(frozen=True, eq=False)
class Collection:
    """One layer. `kinds` are those it is confined to; `now` is made anew for each request.

    `asked` are its own filters: those of places, or properties that must have a value.
    """

    id: str
    title: Both
    about: Both
    fields: tuple[Field, ...]
    source: Source
    asked: tuple[Parameter[Any], ...]
    wish: Callable[[Query], Wish]
    kinds: tuple[Kind, ...] = ()
    role: Role | None = None
    timed: bool = False
    now: bool = False

    @cached_property
    def chosen(self) -> Parameter[tuple[str, ...]]:
        """Which properties an answer shall have."""
        return several(
            "properties",
            "只要这些属性。 / These properties only.",
            tuple(one.name for one in self.fields),
        )


def _points(
    id_: str,
    title: Both,
    about: Both,
    *,
    kinds: tuple[Kind, ...] = (),
    has: tuple[Field, ...] = fields.SERVICE_POINT,
    source: Source = sources.service_points,
) -> Collection:
    return Collection(
        id_,
        title,
        about,
        fields=has,
        source=source,
        asked=asked.SEARCHED[1:] if kinds else asked.SEARCHED,
        wish=partial(asked.searched, kinds=kinds),
        kinds=kinds,
        timed=True,
    )


def _others(id_: str, title: Both, about: Both, *equal: Parameter[Any], **more: Any) -> Collection:
    wish = partial(asked.by_property, equal=equal)
    return Collection(id_, title, about, asked=(asked.Q, *equal), wish=wish, **more)


def _kind(kind: Kind) -> Collection:
    facts = KINDS[kind]
    about = (f"公开的{facts.label}", f"Public service points: {facts.english.lower()}")
    return _points(kind.value, (facts.label, facts.english), about, kinds=(kind,))


_DISTRICTS = (
    "各区的覆盖情况，按行政区划代码与你的区界关联；区界本身登录后在 district_areas。",
    "Coverage by district, to be joined by official code; outlines need a sign-in.",
)
_TOWNS = (
    "各街镇的覆盖情况，按街镇代码关联；处数太少的不给数，也不能从区的数减出来。",
    "Coverage by town, to be joined by official code; no figures of a few sites.",
)
KIND_COLLECTIONS = tuple(_kind(kind) for kind in Kind)
COLLECTIONS = (
    _points(
        "service_points",
        ("服务点", "Service points"),
        ("全部类别的公开服务点，一处有几项服务就有几个。", "Public service points of every kind."),
    ),
    _points(
        "places",
        ("服务地点", "Places"),
        ("一个门牌一个，内有一项或几项服务。", "One a door, with one or more services behind it."),
        has=fields.PLACE,
        source=sources.places,
    ),
    *KIND_COLLECTIONS,
    _others(
        "demand_sites",
        ("园区、楼宇、商圈", "Demand sites"),
        ("职工所在的园区、楼宇、商圈。", "Parks, buildings and malls where workers are."),
        asked.DISTRICT,
        asked.SITE_KIND,
        fields=fields.DEMAND_SITE,
        source=sources.demand_sites,
    ),
    _others(
        "districts",
        ("区", "Districts"),
        _DISTRICTS,
        fields=fields.DISTRICT_AREA,
        source=coverage.districts,
    ),
    _others(
        "towns",
        ("街镇", "Towns"),
        _TOWNS,
        asked.DISTRICT,
        fields=fields.TOWN_AREA,
        source=coverage.towns,
    ),
    _others(
        "district_areas",
        ("区（带区界）", "Districts with outlines"),
        ("各区的覆盖情况和区界。", "Coverage by district, with outlines."),
        fields=fields.DISTRICT_AREA,
        source=coverage.district_areas,
        role=Role.VIEWER,
    ),
    _others(
        "town_areas",
        ("街镇（带界）", "Towns with outlines"),
        ("各街镇的覆盖情况和已导入的街镇界。", "Coverage by town, with the outlines loaded."),
        asked.DISTRICT,
        fields=fields.TOWN_AREA,
        source=coverage.town_areas,
        role=Role.VIEWER,
    ),
    _others(
        "gaps",
        ("空白点", "Gaps"),
        ("一公里内没有健康服务点的园区、楼宇、商圈。", "Sites without a health point in a walk."),
        asked.DISTRICT,
        asked.TOWN,
        asked.SITE_KIND,
        asked.PRIORITY,
        fields=fields.GAP,
        source=sources.gaps,
        role=Role.VIEWER,
    ),
    _others(
        "proposals",
        ("建议新建点位", "Proposals"),
        ("各方案里建议新建的点。", "New points of the scenarios that are kept."),
        asked.DISTRICT,
        asked.SCENARIO,
        fields=fields.PROPOSAL,
        source=sources.proposals,
        role=Role.VIEWER,
        now=True,
    ),
)
BY_ID = {one.id: one for one in COLLECTIONS}
# The parameters of items that every collection takes.
EVERYWHERE = (
    asked.BBOX,
    asked.BBOX_CRS,
    asked.MOMENT,
    asked.LIMIT,
    asked.OFFSET,
    asked.CRS,
    *asked.LOOK,
)


@cache
def parameters(collection: Collection) -> tuple[Parameter[Any], ...]:
    """All parameters of its items."""
    return (*EVERYWHERE, *collection.asked, collection.chosen)
