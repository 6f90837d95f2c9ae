"""When the data were last put aside."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Backup(Base):
    """One backup that was written whole and read back; `at` is in UTC, `file` its bare name."""

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    file: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    seconds: Mapped[float]
    program: Mapped[str]
