"""The number that tells readers that the data have changed."""

from sqlalchemy.orm import Session

from geodata.tables import DataVersion


def grow_version(session: Session) -> None:
    """Count one more published change."""
    row = session.get(DataVersion, 1)
    if row is None:
        session.add(DataVersion(id=1, number=1))
    else:
        row.number += 1
