"""Answers to writes that may be sent twice."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class KeyedAnswer(Base):
    """What a write with an Idempotency-Key was answered; `at` is in UTC.

    `request_hash` is of method, address and body. `status` is 0 while the first is at work.
    """

    __tablename__ = "keyed_answer"
    __table_args__ = (UniqueConstraint("login", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    key: Mapped[str]
    request_hash: Mapped[str]
    status: Mapped[int]
    location: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(index=True)
