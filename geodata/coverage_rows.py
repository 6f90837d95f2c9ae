"""An answer as the rows a planner sees."""

from collections import Counter

import numpy as np

from geodata.answers import words
from geodata.answers.answer import Answer
from geodata.answers.city import Points
from geodata.answers.coded import Bools
from geodata.answers.cuts import Cut, cuts, whole
from geodata.answers.groups import By
from geodata.coverage.gaps import GapState
from geodata.coverage.walk import DETOUR
from geodata.declared import is_sample
from geodata.kinds import Clinic, Kind, SiteKind
from geodata.lunch_rows import lunch_rows
from geodata.place.district import load_districts
from geodata.snapshot import PUBLIC
from geodata.views import (
    CoverageTotals,
    DistrictCoverage,
    PlannerView,
    SiteCoverage,
    UnplacedRow,
)


def view_of(answer: Answer) -> PlannerView:
    """Everything the coverage screen, the command line and the API show."""
    points = answer.city.places
    return PlannerView(
        radius_m=answer.asked.radius_m,
        count_rectifying=answer.asked.count_rectifying,
        detour=DETOUR,
        estimated=answer.parameters.estimated,
        totals=totals(whole(answer)),
        districts=_districts(answer),
        sites=_sites(answer),
        unplaced=tuple(
            UnplacedRow(p.id, p.name, p.kinds, p.district, p.reason, p.sample, p.reason_en)
            for p in points
            if not p.placed
        ),
        points=points,
        towns=cuts(answer, By.TOWN),
        zones=cuts(answer, By.ZONE),
        site_kinds=cuts(answer, By.SITE_KIND),
        parameters=answer.parameters,
        at_hour=answer.standing.at_hour if answer.asked.hour else None,
    )


def totals(cut: Cut) -> CoverageTotals:
    """The headline numbers of a city or of one group of it."""
    tally = cut.tally
    share_800, share_1000, share_1200 = (beside.share for beside in cut.beside)
    return CoverageTotals(
        share=tally.share,
        share_800=share_800,
        share_1000=share_1000,
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
        possible_share=tally.possible_share,
        hanging=tally.hanging,
        hanging_workers=tally.hanging_workers,
        cut=cut,
    )


def _districts(answer: Answer) -> tuple[DistrictCoverage, ...]:
    districts, points = load_districts(), answer.city.points
    there = answer.city.there
    any_place = _places_by_district(points, there)
    in_service = _places_by_district(points, points.status.among(PUBLIC))
    training = _places_by_district(points, there & points.kind.among({Kind.TRAINING_POINT}))
    by_name = {cut.key: cut for cut in cuts(answer, By.DISTRICT)}
    return tuple(
        _district(
            districts.code(name),
            by_name[name],
            points=any_place[name],
            in_service=in_service[name],
            training=training[name],
            employees=answer.city.employees.get(name),
        )
        for name in districts.names
    )


def _district(
    code: str, cut: Cut, *, points: int, in_service: int, training: int, employees: int | None
) -> DistrictCoverage:
    tally = cut.tally
    return DistrictCoverage(
        code=code,
        name=cut.key,
        share=tally.share,
        covered_workers=tally.covered_workers,
        uncovered_workers=tally.uncovered_workers,
        sites=tally.sites,
        gaps=tally.gaps,
        p1=tally.priority,
        unknown=tally.unknown,
        uncounted=tally.uncounted,
        training_points=training,
        points=points,
        employees=employees,
        in_service=in_service,
        hanging_workers=tally.hanging_workers,
        cut=cut,
    )


def _places_by_district(points: Points, which: Bools) -> Counter[str]:
    """How many places hold such a service point."""
    rows = np.flatnonzero(which)
    _, first = np.unique(points.place[rows], return_index=True)
    return Counter(points.district.at(int(row)) for row in rows[first])


def _sites(answer: Answer) -> tuple[SiteCoverage, ...]:
    sites, asked = answer.city.sites, answer.asked
    lunch = lunch_rows(sites, answer.meals)
    rows = []
    for n, state in enumerate(answer.found.state):
        found, walk_m = int(answer.nearest[n]), float(answer.nearest_m[n])
        reason = words.rule(state, Clinic(sites.clinic.at(n)), asked, walk_m)
        placed = state is not GapState.NOT_PLACED and not np.isnan(sites.lonlat[n, 0])
        rows.append(
            SiteCoverage(
                id=int(sites.id[n]),
                name=sites.name[n],
                kind=SiteKind(sites.kind.at(n)),
                district=sites.district.at(n),
                lon=float(sites.lonlat[n, 0]) if placed else None,
                lat=float(sites.lonlat[n, 1]) if placed else None,
                workers=_whole(sites.workers[n]),
                state=state.value,
                priority=bool(answer.found.priority[n]),
                nearest_m=walk_m if found >= 0 and np.isfinite(walk_m) else None,
                nearest_name=_name(answer, found),
                reason=reason.zh,
                lunch=lunch[n],
                sample=is_sample(sites.name[n]),
                town=sites.town.at(n),
                reason_en=reason.en,
                half_days_per_1000=_thousandfold(answer.half_days[n]),
            )
        )
    return tuple(rows)


def _name(answer: Answer, index: int) -> str:
    return answer.city.points.name[answer.standing.rows[index]] if index >= 0 else ""


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _thousandfold(value: float) -> float | None:
    return None if np.isnan(value) else float(1000.0 * value)
