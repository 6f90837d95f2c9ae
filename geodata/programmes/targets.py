"""The measures of the programmes, and each year's aims: as the notices say, or as set by hand."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.errors import ParameterError
from geodata.kinds import Kind, Works
from geodata.tables import ProgrammeTarget

MOST_TARGET = 1_000_000


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: service points of a kind (and of new works or upgrades), or lunch.

    `kind` is None for lunch, which is counted in sites or in workers.
    """

    key: str
    label: str
    label_en: str
    kind: Kind | None = None
    works: Works | None = None


MEASURES = {
    one.key: one
    for one in (
        Measure("health_new", "新建健康服务点", "New health points", Kind.HEALTH_POINT, Works.NEW),
        Measure(
            "health_upgrade",
            "升级健康服务点",
            "Health points upgraded",
            Kind.HEALTH_POINT,
            Works.UPGRADE,
        ),
        Measure("fitness", "职工健身驿站", "Fitness stations", Kind.FITNESS_STATION),
        Measure("rest_rooms", "工间休息室", "Rest rooms", Kind.REST_ROOM),
        Measure("lunch_sites", "解决“午餐难”的园区、楼宇", "Sites with lunch solved"),
        Measure("lunch_workers", "解决“午餐难”的职工", "Workers with lunch solved"),
    )
}


@dataclass(frozen=True, slots=True)
class Target:
    """The aim of one measure; `source` is the notice, or who set it."""

    measure: Measure
    target: int
    per_district: int = 0
    source: str = ""


def _target(key: str, target: int, source: str, per_district: int = 0) -> Target:
    return Target(MEASURES[key], target, per_district, source)


_OF_2023 = "2023 年市总工会服务职工实事项目清单"
_OF_2024 = "沪工总办〔2024〕29号"
# The minima bind what districts declare, not what is approved of it.
NOTICES: dict[int, tuple[Target, ...]] = {
    2023: (
        _target("health_new", 20, _OF_2023, 1),
        _target("health_upgrade", 50, _OF_2023, 3),
        _target("fitness", 50, _OF_2023),
        _target("lunch_sites", 10, _OF_2023),
        _target("lunch_workers", 20_000, _OF_2023),
    ),
    2024: (_target("rest_rooms", 1_000, _OF_2024),),
}


def targets(session: Session, year: int) -> tuple[Target, ...]:
    """A year's aims in the order of the measures: the notice's, with what was set by hand."""
    found = {one.measure.key: one for one in NOTICES.get(year, ())}
    for row in session.scalars(select(ProgrammeTarget).filter_by(year=year)):
        found[row.measure] = Target(
            MEASURES[row.measure], row.target, row.per_district, row.source or row.by
        )
    return tuple(found[key] for key in MEASURES if key in found)


def set_target(
    session: Session, year: int, key: str, target: int, *, per_district: int, source: str, by: str
) -> None:
    """Set one aim by hand.

    Raises:
        ParameterError: no such measure, or a number that cannot be an aim.
    """
    if key not in MEASURES:
        raise ParameterError(f"没有叫 {key} 的指标，可用：{'、'.join(MEASURES)}")
    if not 0 <= target <= MOST_TARGET or not 0 <= per_district <= MOST_TARGET:
        raise ParameterError(f"目标要 0 到 {MOST_TARGET:,} 之间的整数")
    row = session.scalars(select(ProgrammeTarget).filter_by(year=year, measure=key)).one_or_none()
    if row is None:
        row = ProgrammeTarget(year=year, measure=key)
        session.add(row)
    row.target, row.per_district, row.source, row.by = target, per_district, source, by
    session.flush()


def years(session: Session) -> list[int]:
    """The years there are aims for, newest first."""
    by_hand = session.scalars(select(ProgrammeTarget.year).distinct())
    return sorted({*NOTICES, *by_hand}, reverse=True)
