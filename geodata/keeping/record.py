"""The list of backups that were written whole and read back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.tables import Backup


def last_backup(session: Session) -> Backup | None:
    """The newest one; None before the first."""
    return session.scalars(select(Backup).order_by(Backup.at.desc(), Backup.id.desc())).first()
