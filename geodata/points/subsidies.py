"""What each layer paid for a service point, year by year; the declared sum stays beside it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Person, Role
from geodata.errors import NotFoundError, ParameterError
from geodata.lifecycle.point import must_be, point_of
from geodata.tables import Subsidy
from geodata.version import grow_version

YEARS = range(2000, 2100)


class Layer(StrEnum):
    """Who pays: the city's union, the district's, the unit itself."""

    CITY = "city"
    DISTRICT = "district"
    OWN = "own"


LAYER_LABELS: dict[Layer, tuple[str, str]] = {
    Layer.CITY: ("市级补贴", "City"),
    Layer.DISTRICT: ("区级配套", "District"),
    Layer.OWN: ("自筹", "Own means"),
}


@dataclass(frozen=True, slots=True)
class Paid:
    """One sum in yuan; None is unknown."""

    layer: Layer
    year: int
    amount_yuan: float | None
    purpose: str = ""


def subsidies(session: Session, service_id: int) -> tuple[tuple[int, Paid], ...]:
    """The sums of a service point with their numbers, by year and layer."""
    of = select(Subsidy).where(Subsidy.service_point_id == service_id)
    rows = session.scalars(of.order_by(Subsidy.year, Subsidy.id))
    return tuple(
        (row.id, Paid(Layer(row.layer), row.year, row.amount_yuan, row.purpose)) for row in rows
    )


def add(session: Session, service_id: int, paid: Paid, *, by: Person) -> int:
    """Write a sum down; its number.

    Raises:
        NotFoundError, ForbiddenError: as for any change.
        ParameterError: the year or the amount cannot be.
    """
    must_be(Role.EDITOR, by, "登记补贴")
    point = point_of(session, service_id, by=by)
    if paid.year not in YEARS:
        raise ParameterError("年份要四位数，例如 2024。")
    if paid.amount_yuan is not None and paid.amount_yuan < 0:
        raise ParameterError("金额不能小于 0；不知道就空着。")
    row = Subsidy(
        service_point_id=point.id,
        layer=paid.layer.value,
        year=paid.year,
        amount_yuan=paid.amount_yuan,
        purpose=paid.purpose.strip(),
        by=by.login,
    )
    session.add(row)
    session.flush()
    detail = {"layer": row.layer, "year": row.year, "amount_yuan": row.amount_yuan}
    _note(session, "subsidy.add", service_id, point.place.district, detail, by=by)
    return row.id


def forget(session: Session, service_id: int, number: int, *, by: Person) -> None:
    """Strike a sum that was written down by mistake.

    Raises:
        NotFoundError: the service point has no sum of this number.
        ForbiddenError: it is out of reach.
    """
    must_be(Role.EDITOR, by, "删除补贴")
    point = point_of(session, service_id, by=by)
    row = session.get(Subsidy, number)
    if row is None or row.service_point_id != point.id:
        raise NotFoundError(f"这个点位没有编号为 {number} 的补贴。")
    detail = {"layer": row.layer, "year": row.year, "amount_yuan": row.amount_yuan}
    session.delete(row)
    _note(session, "subsidy.strike", service_id, point.place.district, detail, by=by)


def _note(
    session: Session,
    action: str,
    service_id: int,
    district: str,
    detail: dict[str, object],
    *,
    by: Person,
) -> None:
    record(
        session,
        by=by.login,
        action=action,
        table="service_point",
        record_id=service_id,
        district=district,
        detail=detail,
    )
    session.flush()
    grow_version(session)
