"""Fitness stations by zone of the city, for its employees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.arrays import floats
from geodata.coverage.fitness import rates
from geodata.employees import employees_by_district
from geodata.kinds import Kind, Status
from geodata.tables import Place, ServicePoint


@dataclass(frozen=True, slots=True)
class ZoneFitness:
    """One zone; `employees` is None when a district of it has no count, and so is what follows."""

    zone: str
    districts: tuple[str, ...]
    stations: int
    employees: int | None
    per_100k: float | None
    quotient: float | None


@dataclass(frozen=True, slots=True)
class FitnessView:
    """Zones in the order of their table; `elsewhere` counts stations of no zone."""

    zones: tuple[ZoneFitness, ...]
    per_100k: float | None
    elsewhere: int


def fitness_view(session: Session, zones: Mapping[str, str]) -> FitnessView:
    """Plaqued fitness stations of each zone; `zones` is district to zone."""
    stations = _stations(session)
    employees = employees_by_district(session)
    members: dict[str, list[str]] = {}
    for district, zone in zones.items():
        members.setdefault(zone, []).append(district)
    held = [sum(stations.get(d, 0) for d in of_zone) for of_zone in members.values()]
    people = [_sum(employees, of_zone) for of_zone in members.values()]
    found = rates(np.array(held, dtype=np.float64), floats(people))
    return FitnessView(
        zones=tuple(
            ZoneFitness(
                zone=zone,
                districts=tuple(of_zone),
                stations=held[n],
                employees=people[n],
                per_100k=_known(found.zone[n]),
                quotient=_known(found.quotient[n]),
            )
            for n, (zone, of_zone) in enumerate(members.items())
        ),
        per_100k=_known(found.city),
        elsewhere=sum(n for district, n in stations.items() if district not in zones),
    )


def _stations(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(Place.district, func.count(ServicePoint.id))
        .select_from(ServicePoint)
        .join(Place)
        .where(ServicePoint.kind == Kind.FITNESS_STATION, ServicePoint.status == Status.PLAQUED)
        .group_by(Place.district)
    )
    return {district: count for district, count in rows}  # noqa: C416 - rows are no tuples to mypy


def _sum(employees: Mapping[str, int], districts: Sequence[str]) -> int | None:
    if not all(district in employees for district in districts):
        return None
    return sum(employees[district] for district in districts)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
