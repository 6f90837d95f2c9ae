"""Who may sign in, and who changed or read what."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Account(Base):
    """One who may sign in. Without districts and unions his reach is the whole city.

    A session belongs to one `generation` and ends when the number grows. An empty `password_hash`
    is no password: such an account enters by the office's own sign-in alone.
    """

    __tablename__ = "account"

    login: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    districts: Mapped[list[str]]
    unions: Mapped[list[str]]
    active: Mapped[bool]
    generation: Mapped[int]
    made_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]


class ApiToken(Base):
    """What a program signs in with for an account; only the hash of the token is kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    login: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    role: Mapped[str]
    made_at: Mapped[datetime]
    expires_on: Mapped[date]
    used_on: Mapped[date | None]


class SignInTry(Base):
    """A try to sign in that did not succeed; `who` is a keyed hash of an account or an address."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index(None, "who", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    at: Mapped[datetime]


class EndedSignIn(Base):
    """A sign-in that was signed out of: its cookie is worth nothing, wherever a copy of it lies.

    Kept until `until` (UTC), when the cookie is too old in any case.
    """

    __tablename__ = "ended_sign_in"

    id: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)


class AuditEvent(Base):
    """One change of a record, or one read of a contact; `at` is in UTC, `by` a login."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "record_table", "record_id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    record_table: Mapped[str]
    record_id: Mapped[int | None]
    district: Mapped[str]
    detail: Mapped[dict[str, Any]]
