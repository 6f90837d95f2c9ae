"""The service point a person works on, once it is known to be his to work on."""

from sqlalchemy.orm import Session

from geodata.accounts.roles import ROLE_LABELS, Person, Role
from geodata.errors import ForbiddenError, NoSuchRecordError
from geodata.tables import Place, ServicePoint


def standing_point(session: Session, service_id: int) -> ServicePoint:
    """A service point at a door that stands: one merged away keeps its row and is not read.

    Raises:
        NoSuchRecordError: no standing service point has this id.
    """
    found = session.get(ServicePoint, service_id)
    at = session.get(Place, found.place_id) if found else None
    if found is None or at is None or at.merged_into is not None:
        raise NoSuchRecordError
    return found


def point_of(session: Session, service_id: int, *, by: Person) -> ServicePoint:
    """A service point within a person's reach; its door is `place`.

    Raises:
        NoSuchRecordError: no standing service point has this id, or it is out of his reach.
    """
    found = standing_point(session, service_id)
    by.must_reach(found.place.district, found.union)
    return found


def must_be(role: Role, by: Person, what: str) -> None:
    """Refuse an account whose role does not include `role`.

    Raises:
        ForbiddenError: it does not.
    """
    if not by.role.may(role):
        raise ForbiddenError(f"{what}要“{ROLE_LABELS[role][0]}”以上的账号。")


def must_be_city(by: Person, what: str) -> None:
    """Refuse an account that only reaches some districts or unions.

    Raises:
        ForbiddenError: it does.
    """
    if not by.everywhere:
        raise ForbiddenError(f"{what}要市级的账号。")
