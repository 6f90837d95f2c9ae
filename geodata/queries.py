"""The planner's questions, answered from the database: who is covered, where lunch is hard.

Rows become arrays, the arithmetic of `geodata.coverage` runs on them, and frozen rows come back;
the map, the command line and the API all show these same rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.arrays import Floats, floats, lonlat
from geodata.coverage import gaps
from geodata.coverage.gaps import GapState, HealthGaps, Tally
from geodata.coverage.walk import DETOUR, nearest, pairs_within
from geodata.declared import is_sample
from geodata.kinds import Clinic, Kind, SiteKind, Status
from geodata.lunch_rows import lunch_rows
from geodata.place.district import load_districts
from geodata.snapshot import PUBLIC, PublicPlace, load_snapshot
from geodata.store import Store
from geodata.tables import DemandSite, LunchOutlet, Place, ServicePoint, TownWorkers
from geodata.views import (
    CoverageTotals,
    DistrictCoverage,
    LunchView,
    PlannerView,
    SiteCoverage,
    UnplacedRow,
)

SENSITIVITY_M = (800.0, 1200.0)


@dataclass(frozen=True, slots=True)
class Question:
    """Under which walking radius in metres, and whether 黄牌 points count."""

    radius_m: float = gaps.RADIUS_M
    count_rectifying: bool = False


def planner_view(
    store: Store, *, radius_m: float = gaps.RADIUS_M, count_rectifying: bool = False
) -> PlannerView:
    """Coverage under one walking radius in metres, from one consistent view of the data."""
    with store.reading() as session:
        return view_in(session, radius_m=radius_m, count_rectifying=count_rectifying)


def view_in(
    session: Session, *, radius_m: float = gaps.RADIUS_M, count_rectifying: bool = False
) -> PlannerView:
    """The same inside a transaction, so that a change can be looked at before it is kept."""
    sites = list(session.scalars(select(DemandSite).order_by(DemandSite.id)))
    health = _HealthPoints.load(session)
    outlets = list(session.scalars(select(LunchOutlet).order_by(LunchOutlet.id)))
    points = load_snapshot(session, frozenset(Status)).places
    employees = _employees(session)
    asked = Question(radius_m, count_rectifying)
    found = _health_gaps(sites, health, asked)
    beside = [_health_gaps(sites, health, replace(asked, radius_m=r)) for r in SENSITIVITY_M]
    meals = lunch_rows(sites, outlets)
    return PlannerView(
        radius_m=radius_m,
        count_rectifying=count_rectifying,
        detour=DETOUR,
        estimated=True,
        totals=_totals(found.tally(), [other.tally().share for other in beside]),
        districts=_by_district(sites, found, points, employees),
        sites=_site_rows(sites, found, health, meals, asked),
        unplaced=tuple(
            UnplacedRow(p.id, p.name, p.kinds, p.district, p.reason, p.sample)
            for p in points
            if not p.placed
        ),
        points=points,
    )


@dataclass(frozen=True)
class _HealthPoints:
    """Health points as arrays, in the order of their ids."""

    names: tuple[str, ...]
    status: tuple[Status, ...]
    half_days: Floats
    lonlat: Floats
    error_m: Floats

    @classmethod
    def load(cls, session: Session) -> "_HealthPoints":
        rows = session.execute(
            select(ServicePoint, Place)
            .join(Place)
            .where(ServicePoint.kind == Kind.HEALTH_POINT)
            .order_by(ServicePoint.id)
        ).all()
        return cls(
            names=tuple(service.name for service, _ in rows),
            status=tuple(Status(service.status) for service, _ in rows),
            half_days=floats([service.half_days_per_week for service, _ in rows]),
            lonlat=lonlat([place for _, place in rows]),
            error_m=floats([place.error_m for _, place in rows]),
        )

    def counted(self, asked: Question) -> NDArray[np.bool_]:
        """Which count at this radius: open, and placed well enough for it."""
        is_open = gaps.counted(self.status, self.half_days, count_rectifying=asked.count_rectifying)
        result: NDArray[np.bool_] = is_open & gaps.placed_well_enough(self.error_m, asked.radius_m)
        return result


def _health_gaps(sites: Sequence[DemandSite], health: _HealthPoints, asked: Question) -> HealthGaps:
    return gaps.health_gaps(
        workers=floats([s.workers for s in sites]),
        clinic=[Clinic(s.clinic) for s in sites],
        placed=gaps.placed_well_enough(floats([s.error_m for s in sites]), asked.radius_m),
        in_reach=pairs_within(lonlat(sites), health.lonlat, asked.radius_m),
        counts=health.counted(asked),
    )


def _totals(tally: Tally, beside: Sequence[float | None]) -> CoverageTotals:
    share_800, share_1200 = beside
    return CoverageTotals(
        share=tally.share,
        share_800=share_800,
        share_1200=share_1200,
        covered_workers=tally.covered_workers,
        uncovered_workers=tally.uncovered_workers,
        counted_workers=tally.counted_workers,
        sites=tally.sites,
        gaps=tally.gaps,
        p1=tally.priority,
        unknown=tally.unknown,
        uncounted=tally.uncounted,
        not_placed=tally.not_placed,
    )


def _by_district(
    sites: Sequence[DemandSite],
    found: HealthGaps,
    points: Sequence[PublicPlace],
    employees: dict[str, int],
) -> tuple[DistrictCoverage, ...]:
    districts = load_districts()
    of_site = np.array([s.district for s in sites], dtype=np.str_)
    rows = []
    for name in districts.names:
        tally = found.tally(of_site == name)
        here = [p for p in points if p.district == name]
        rows.append(
            DistrictCoverage(
                code=districts.code(name),
                name=name,
                share=tally.share,
                covered_workers=tally.covered_workers,
                uncovered_workers=tally.uncovered_workers,
                sites=tally.sites,
                gaps=tally.gaps,
                p1=tally.priority,
                unknown=tally.unknown,
                uncounted=tally.uncounted,
                training_points=sum(Kind.TRAINING_POINT in p.kinds for p in here),
                points=len(here),
                employees=employees.get(name),
                in_service=sum(any(s.status in PUBLIC for s in p.services) for p in here),
            )
        )
    return tuple(rows)


def _employees(session: Session) -> dict[str, int]:
    """Employees by district in the newest year; a district's own total wins over its towns' sum."""
    year = session.scalar(select(func.max(TownWorkers.year)))
    rows = session.execute(
        select(TownWorkers.district, TownWorkers.town, TownWorkers.workers).where(
            TownWorkers.year == year
        )
    ).all()
    whole = {district: workers for district, town, workers in rows if not town}
    summed: dict[str, int] = {}
    for district, town, workers in rows:
        if town:
            summed[district] = summed.get(district, 0) + workers
    return summed | whole


def _site_rows(
    sites: Sequence[DemandSite],
    found: HealthGaps,
    health: _HealthPoints,
    meals: Sequence[LunchView],
    asked: Question,
) -> tuple[SiteCoverage, ...]:
    counted_lonlat = np.where(health.counted(asked)[:, None], health.lonlat, np.nan)
    index, walk_m = nearest(lonlat(sites), counted_lonlat)
    return tuple(
        SiteCoverage(
            id=site.id,
            name=site.name,
            kind=SiteKind(site.kind),
            district=site.district,
            lon=site.lon if found.state[n] is not GapState.NOT_PLACED else None,
            lat=site.lat if found.state[n] is not GapState.NOT_PLACED else None,
            workers=site.workers,
            state=found.state[n].value,
            priority=bool(found.priority[n]),
            nearest_m=float(walk_m[n]) if index[n] >= 0 else None,
            nearest_name=health.names[index[n]] if index[n] >= 0 else "",
            reason=_WHY[found.state[n]](Clinic(site.clinic), asked.radius_m, float(walk_m[n])),
            lunch=meals[n],
            sample=is_sample(site.name),
        )
        for n, site in enumerate(sites)
    )


def _beyond(walk_m: float) -> str:
    return "没有可计入的健康服务点" if np.isinf(walk_m) else f"最近的约 {walk_m:,.0f} 米"


def _gap_reason(clinic: Clinic, radius_m: float, walk_m: float) -> str:
    own = "内设医务简陋，不算数" if clinic is Clinic.POOR else "没有内设医务"
    return f"{own}；{radius_m:.0f} 米内没有健康服务点，{_beyond(walk_m)}"


_WHY: dict[GapState, Callable[[Clinic, float, float], str]] = {
    GapState.OWN_CLINIC: lambda _clinic, _radius_m, _walk_m: "自有医务设施完善",
    GapState.COVERED: lambda _clinic, radius_m, walk_m: (
        f"约 {walk_m:,.0f} 米有健康服务点，在 {radius_m:.0f} 米以内"
    ),
    GapState.UNKNOWN_CLINIC: lambda _clinic, radius_m, walk_m: (
        f"内设医务情况未填，先核实；{radius_m:.0f} 米内没有健康服务点，{_beyond(walk_m)}"
    ),
    GapState.GAP: _gap_reason,
    GapState.NOT_PLACED: lambda _clinic, _radius_m, _walk_m: "位置不够准，未参与计算",
}
