"""Whose address it is: a decision moves all its records, so all of them must be the person's."""

from collections.abc import Iterable

from geodata.accounts.roles import Person
from geodata.errors import NoSuchRecordError
from geodata.place.district import canonical_district
from geodata.review.stored import Row
from geodata.tables import Place


def reaches(person: Person, rows: Iterable[Row]) -> bool:
    """Whether every record is in his district as declared, or of his union."""
    return person.everywhere or all(_reaches(person, row) for row in rows)


def must_reach(person: Person, rows: Iterable[Row]) -> None:
    """Refuse what is another's.

    Raises:
        NoSuchRecordError: one of the records is out of his reach.
    """
    if not reaches(person, rows):
        raise NoSuchRecordError


def owner(row: Row) -> str:
    """The district that declared a record; where it was found when the form names none."""
    return canonical_district(row.district_declared) or row.district


def _reaches(person: Person, row: Row) -> bool:
    unions = {one.union for one in row.services} if isinstance(row, Place) else set()
    return any(person.reaches(owner(row), union) for union in unions or {""})
