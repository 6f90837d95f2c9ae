"""That a person's data were deleted: what proves it, and keeps them from coming back."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Erasure(Base):
    """One person's data, deleted; `at` is in UTC, `by` a login, `counts` the rows by table.

    `hashes` are keyed hashes of the mobiles and e-mails, which themselves are kept nowhere.
    `number` is what the receipt is called by, the same in every copy of the data.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    by: Mapped[str]
    hashes: Mapped[list[str]]
    counts: Mapped[dict[str, Any]]


class ErasureKey(Base):
    """A key of the hashes, made with the first erasure, for a setting may be changed.

    A restored backup may bring one more.
    """

    __tablename__ = "erasure_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
