"""Gaps, and what would be if points opened, closed or moved; the data stay as they are."""

from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request

from geodata.accounts.hidden import hidden_points
from geodata.accounts.roles import Role
from geodata.answers.answer import answer
from geodata.answers.change import Comparison, Gain, compare
from geodata.answers.question import Question
from geodata.coverage.gaps import GapState
from geodata.errors import NotFoundError, ParameterError
from geodata.queries import planner_view
from geodata.scenarios.apply import apply
from geodata.scenarios.model import Change, read_changes
from geodata.store import Store
from geodata.views import SiteCoverage
from service.calls import asked
from service.guard import needs, person
from service.ogc.asked import DISTRICT, PRIORITY, TOWN, Q
from service.openapi.parameters import Query, only

MOST_CHANGES = 100
_OPEN_STATES = {GapState.GAP.value, GapState.UNKNOWN_CLINIC.value}


def add(api: Blueprint, store: Store) -> None:
    """`/gaps` and `/what-if`."""

    @api.get("/gaps")
    @needs(Role.VIEWER)
    def gaps() -> Response:
        only(asked.GAPS, request.args)
        return jsonify(gaps_document(store, request.args))

    @api.post("/what-if")
    @needs(Role.VIEWER)
    def what_if() -> Response:
        only((), request.args)
        given = asked.body()
        if unknown := sorted(set(given) - {"changes", "radius"}):
            raise ParameterError(f"不认识 {unknown[0][:60]}，可写 changes、radius")
        changes, radius_m = read_changes(given.get("changes")), _radius(given.get("radius", 1000))
        return jsonify(compared(_tried(store, changes, radius_m)))


def gaps_document(store: Store, query: Query) -> dict[str, Any]:
    """Sites nobody serves within a walk, the most workers first."""
    radius_m, wish = asked.RADIUS.of(query), Wish.of(query)
    first, most = asked.OFFSET.of(query), asked.LIMIT.of(query)
    found = [one for one in planner_view(store, radius_m=radius_m).sites if wish.fits(one)]
    found.sort(key=lambda one: (-(one.workers or 0), one.id))
    return {
        "radius_m": radius_m,
        "matched": len(found),
        "gaps": [_gap(one) for one in found[first : first + most]],
    }


@dataclass(frozen=True, slots=True)
class Wish:
    """Which gaps are asked for; "" asks nothing."""

    district: str
    town: str
    text: str
    priority: bool

    @classmethod
    def of(cls, query: Query) -> "Wish":
        """As a query says it."""
        town, text = TOWN.of(query).strip(), Q.of(query).strip()
        return cls(DISTRICT.of(query), town, text, PRIORITY.of(query))

    def fits(self, site: SiteCoverage) -> bool:
        """Whether a site is one of them."""
        return (
            site.state in _OPEN_STATES
            and self.district in {"", site.district}
            and self.town in {"", site.town}
            and self.text in site.name
            and (site.priority or not self.priority)
        )


def _gap(site: SiteCoverage) -> dict[str, Any]:
    return {
        "id": site.id,
        "name": site.name,
        "kind": site.kind,
        "district": site.district,
        "town": site.town,
        "lon": site.lon,
        "lat": site.lat,
        "state": site.state,
        "priority": site.priority,
        "workers": site.workers,
        "nearest_m": None if site.nearest_m is None else round(site.nearest_m),
        "sample": site.sample,
    }


def _tried(store: Store, changes: tuple[Change, ...], radius_m: float) -> Comparison:
    if not 0 < len(changes) <= MOST_CHANGES:
        raise ParameterError(f"changes 要 1 到 {MOST_CHANGES} 处变更", parameter="changes")
    with store.reading() as session:
        hidden = hidden_points(session, person())
    for change in changes:
        if getattr(change, "point", None) in hidden:
            raise NotFoundError(f"没有编号为 {change.point} 的站点。")  # type: ignore[union-attr]
    city, question = store.city(), Question(radius_m)
    return compare(answer(city, question), answer(apply(changes, city), question))


def _radius(given: Any) -> float:
    return asked.RADIUS.of({"radius": str(given)})


def compared(found: Comparison) -> dict[str, Any]:
    """Before and after: the city, the districts that change, and the sites that do."""
    return {
        "radius_m": found.after.radius_m,
        "city": _gain(found.city),
        "districts": [{"district": one.key, **_gain(one)} for one in found.districts if one.gained],
        "sites": [asdict(one) for one in found.sites],
    }


def _gain(one: Gain) -> dict[str, Any]:
    before, after = one.before.tally, one.after.tally
    return {
        "gained_workers": one.gained,
        "share": {"before": before.share, "after": after.share},
        "gaps": {"before": before.gaps, "after": after.gaps},
    }
