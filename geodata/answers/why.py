"""Why a site stands as it does: what is near, what of it counts, and what would change it."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from geodata.answers import words
from geodata.answers.answer import Answer
from geodata.answers.city import City
from geodata.answers.question import Parameters
from geodata.answers.standing import WhyNot
from geodata.answers.words import Said
from geodata.arrays import Floats
from geodata.coverage.gaps import GapState
from geodata.declared import is_sample
from geodata.errors import NotFoundError
from geodata.kinds import STATUS_LABELS, Clinic, Status

# How many points a sheet lists beyond the radius, and how far out it looks for them.
LISTED = 5
LOOKED_M = 3000.0
MOST = 20

# What is least to ask for comes first.
_EASIEST = (
    WhyNot.HOURS_UNKNOWN,
    WhyNot.TOO_COARSE,
    WhyNot.CLOSED,
    WhyNot.RECTIFYING,
    WhyNot.NO_SESSIONS,
    WhyNot.PLANNED,
)


@dataclass(frozen=True, slots=True)
class NearPoint:
    """A health point near the site: its walk, and whether it counts or every reason why not.

    `half_days` None is unknown and counts as one; `off_road_m` leads from the point to its street
    on a walking network, None where the walk is estimated.
    """

    id: int
    place_id: int
    name: str
    district: str
    status: Said
    walk_m: float
    minutes: int
    in_reach: bool
    counted: bool
    why_not: tuple[WhyNot, ...]
    why: tuple[Said, ...]
    half_days: float | None
    off_road_m: float | None


@dataclass(frozen=True, slots=True)
class WhySheet:
    """One site. `changes` says what would change its state, the smallest first."""

    id: int
    name: str
    district: str
    town: str
    workers: int | None
    clinic: Clinic
    state: GapState
    state_label: Said
    priority: bool
    rule: Said
    points: tuple[NearPoint, ...]
    changes: tuple[Said, ...]
    half_days_per_1000: float | None
    off_road_m: float | None
    parameters: Parameters
    sample: bool


def why(answer: Answer, site_id: int, *, hidden: Collection[int] = ()) -> WhySheet:
    """The sheet of one site; points of the `hidden` ids are not named on it.

    Raises:
        NotFoundError: no site has this id.
    """
    sites = answer.city.sites
    rows = np.flatnonzero(sites.id == site_id)
    if not len(rows):
        raise NotFoundError(f"没有编号为 {site_id} 的园区、楼宇或商圈。")
    row = int(rows[0])
    state, clinic = answer.found.state[row], Clinic(sites.clinic.at(row))
    points = () if state is GapState.NOT_PLACED else _near(answer, row, hidden)
    workers, half_days = known(sites.workers[row]), known(1000.0 * answer.half_days[row])
    return WhySheet(
        id=site_id,
        name=sites.name[row],
        district=sites.district.at(row),
        town=sites.town.at(row),
        workers=None if workers is None else int(workers),
        clinic=clinic,
        state=state,
        state_label=words.STATE_LABELS[state],
        priority=bool(answer.found.priority[row]),
        rule=words.rule(state, clinic, answer.asked, float(answer.nearest_m[row])),
        points=points,
        changes=_changes(answer, row, points),
        half_days_per_1000=half_days,
        off_road_m=_off_road_m(answer.city, sites.lonlat[row]),
        parameters=answer.parameters,
        sample=is_sample(sites.name[row]),
    )


def known(value: float) -> float | None:
    """A number of an array; NaN is not known."""
    return None if np.isnan(value) else float(value)


def _off_road_m(city: City, lonlat: Floats) -> float | None:
    return known(city.walking.off_road_m(lonlat.reshape(1, 2))[0])


def find_site(answer: Answer, text: str) -> int:
    """The id of the site a text names: an id, a whole name, or a part of only one name.

    Raises:
        NotFoundError: none or several fit; several are named.
    """
    sites = answer.city.sites
    if text.isascii() and text.isdecimal() and int(text[:15]) in sites.id:
        return int(text[:15])
    whole = [n for n, name in enumerate(sites.name) if name == text]
    found = whole or [n for n, name in enumerate(sites.name) if text and text in name]
    if len(found) == 1:
        return int(sites.id[found[0]])
    if not found:
        raise NotFoundError(f"没有叫“{text}”的园区、楼宇或商圈。")
    shown = "；".join(
        f"{sites.id[n]} {sites.name[n]}（{sites.district.at(n)}）" for n in found[:10]
    )
    raise NotFoundError(f"“{text}”有 {len(found)} 处，请用编号：{shown}")


def _near(answer: Answer, row: int, hidden: Collection[int]) -> tuple[NearPoint, ...]:
    """All points within the radius, and the nearest beyond it; the nearest counted in any case."""
    city, radius_m = answer.city, answer.asked.radius_m
    here = city.sites.lonlat[row : row + 1]
    pairs = city.walking.pairs_within(
        here, city.points.lonlat[answer.standing.rows], max(LOOKED_M, radius_m)
    )
    walk_m = {int(j): float(m) for j, m in zip(pairs.supply, pairs.walk_m, strict=True)}
    if answer.nearest[row] >= 0:
        walk_m[int(answer.nearest[row])] = float(answer.nearest_m[row])
    ids = city.points.id[answer.standing.rows]
    there = [
        j
        for j in walk_m
        if WhyNot.NOT_THERE not in answer.standing.why_not(j) and int(ids[j]) not in hidden
    ]
    order = sorted(there, key=lambda j: (walk_m[j], j))
    inside = [j for j in order if walk_m[j] <= radius_m][:MOST]
    outside = [j for j in order if walk_m[j] > radius_m]
    listed = outside[: max(0, LISTED - len(inside))]
    counted = int(answer.nearest[row])
    if counted in there and counted not in inside + listed:
        listed.append(counted)
    return tuple(_point(answer, j, walk_m[j]) for j in inside + listed)


def _point(answer: Answer, index: int, walk_m: float) -> NearPoint:
    points, row = answer.city.points, int(answer.standing.rows[index])
    refused = answer.standing.why_not(index)
    in_reach = walk_m <= answer.asked.radius_m
    radius = f"{answer.asked.radius_m:.0f}"
    beyond = () if in_reach else (Said(f"在 {radius} 米以外", f"beyond {radius} m"),)
    return NearPoint(
        id=int(points.id[row]),
        place_id=int(points.place[row]),
        name=points.name[row],
        district=points.district.at(row),
        status=Said(*STATUS_LABELS[Status(points.status.at(row))]),
        walk_m=walk_m,
        minutes=words.minutes(walk_m),
        in_reach=in_reach,
        counted=in_reach and not refused,
        why_not=refused,
        why=(*(words.WHY_NOT[reason] for reason in refused), *beyond),
        half_days=known(points.half_days[row]),
        off_road_m=_off_road_m(answer.city, points.lonlat[row]),
    )


def _changes(answer: Answer, row: int, points: tuple[NearPoint, ...]) -> tuple[Said, ...]:
    sites, radius_m = answer.city.sites, answer.asked.radius_m
    state, workers = answer.found.state[row], float(sites.workers[row])
    missing = (words.workers_missing(),) if np.isnan(workers) else ()
    match state:
        case GapState.OWN_CLINIC:
            return missing
        case GapState.NOT_PLACED:
            better = words.place_better("这里", float(sites.error_m[row]), radius_m)
            return (better, *missing)
        case GapState.COVERED:
            counted = [point for point in points if point.counted]
            alone = len(counted) == 1 and Clinic(sites.clinic.at(row)) is not Clinic.UNKNOWN
            return (
                *((words.hangs_on(counted[0].name, workers=workers),) if alone else ()),
                *missing,
            )
    first = (words.check_clinic(),) if state is GapState.UNKNOWN_CLINIC else ()
    new = words.new_point(radius_m, float(answer.nearest_m[row]))
    return (*first, *_mended(answer, points), new, *missing)


def _mended(answer: Answer, points: tuple[NearPoint, ...]) -> tuple[Said, ...]:
    """Points within the radius that one thing keeps from counting."""
    near = [
        (_EASIEST.index(point.why_not[0]), point.walk_m, point)
        for point in points
        if point.in_reach and len(point.why_not) == 1 and point.why_not[0] in _EASIEST
    ]
    ids, error_m = answer.city.points.id, answer.city.points.error_m
    errors = {int(i): float(e) for i, e in zip(ids, error_m, strict=True)}
    return tuple(
        words.mend(point.why_not[0], point.name, walk_m, answer.asked, errors[point.id])
        for _, walk_m, point in sorted(near, key=lambda one: one[:2])
    )
