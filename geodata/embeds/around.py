"""A park, building or mall by its number or name, so that a map can show what is near it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from geodata.errors import ParameterError
from geodata.model import Level
from geodata.tables import DemandSite

_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Around:
    """A demand site that has a position: WGS-84 degrees."""

    id: int
    name: str
    lon: float
    lat: float


def site_around(session: Session, text: str) -> Around:
    """The site of that number or very name; of equal names the one stored first.

    Raises:
        ParameterError: there is none, or nobody knows where it is.
    """
    asked = select(DemandSite).where(_is(text)).order_by(DemandSite.id).limit(1)
    # PostgreSQL refuses to be asked for a text with this sign.
    row = None if "\x00" in text else session.scalars(asked).first()
    if row is None:
        raise ParameterError(f"没有叫“{text}”的园区、楼宇或商圈")
    if row.level is None or not Level(row.level).is_point or row.lon is None or row.lat is None:
        raise ParameterError(f"还不知道“{row.name}”的具体位置，不能看它周边")
    return Around(row.id, row.name, row.lon, row.lat)


def site_names(session: Session) -> list[str]:
    """Names of all sites whose position is known, each once."""
    points = [level.value for level in Level if level.is_point]
    rows = select(DemandSite.name).where(DemandSite.level.in_(points), DemandSite.lon.is_not(None))
    return sorted(set(session.scalars(rows)))


def _is(text: str) -> ColumnElement[bool]:
    if text.isascii() and text.isdecimal() and int(text[:12]) <= _LARGEST_ID:
        return DemandSite.id == int(text)
    return DemandSite.name == text
