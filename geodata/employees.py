"""Employees of districts, from the newest census that was imported."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.tables import TownWorkers


def employees_by_district(session: Session) -> dict[str, int]:
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
