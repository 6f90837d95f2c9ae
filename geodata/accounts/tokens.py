"""API tokens: what a program signs in with for an account."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Person, Role
from geodata.errors import ForbiddenError, NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.tables import ApiToken

PREFIX = "zhitu_"
LONGEST_DAYS = 366
MOST = 20
_LONGEST_NAME = 60


def make(
    session: Session, person: Person, *, name: str, role: Role, expires_on: date, today: date
) -> str:
    """A new token, which only its maker sees, and only now.

    Raises:
        ForbiddenError: the role is above the person's own.
        ParameterError: no name, a day that is past or too far off, or too many tokens.
    """
    name = name.strip()
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise ParameterError(f"给令牌起个名字，最多 {_LONGEST_NAME} 个字，如“统计报表程序”。")
    if not person.role.may(role):
        raise ForbiddenError("令牌的角色不能高于自己的角色。")
    if not today <= expires_on <= today + timedelta(days=LONGEST_DAYS):
        raise ParameterError(f"到期日要在今天以后、{LONGEST_DAYS} 天以内。")
    if len(of(session, person.login)) >= MOST:
        raise ParameterError(f"最多 {MOST} 个令牌，请先吊销不用的。")
    token = PREFIX + secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            token_hash=_hashed(token),
            login=person.login,
            name=name,
            role=str(role),
            made_at=utc_now(),
            expires_on=expires_on,
            used_on=None,
        )
    )
    record(session, by=person.login, action="token.make", detail=_detail(name, role))
    return token


def of(session: Session, login: str) -> Sequence[ApiToken]:
    """The tokens of an account, newest first."""
    mine = select(ApiToken).where(ApiToken.login == login).order_by(ApiToken.id.desc())
    return session.scalars(mine).all()


def revoke(session: Session, login: str, token_id: int) -> None:
    """End a token of one's own.

    Raises:
        NotFoundError: the account has no such token.
    """
    row = session.get(ApiToken, token_id)
    if row is None or row.login != login:
        raise NotFoundError("没有这个令牌，可能已经吊销。")
    session.delete(row)
    record(session, by=login, action="token.revoke", detail=_detail(row.name, Role(row.role)))


def known(session: Session, token: str, *, today: date) -> ApiToken | None:
    """What was kept of a token that still holds."""
    row = session.scalars(select(ApiToken).filter_by(token_hash=_hashed(token))).one_or_none()
    return row if row is not None and row.expires_on >= today else None


def used(session: Session, token_id: int, *, today: date) -> None:
    """Note the day a token was used on."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_on=today))


def lesser(one: Role, other: Role) -> Role:
    """The role that holds where two bound each other."""
    return one if other.may(one) else other


def _hashed(token: str) -> str:
    # A token has 256 bits of its own: nobody guesses it, so a fast hash is enough.
    return hashlib.sha256(token.encode()).hexdigest()


def _detail(name: str, role: Role) -> dict[str, str]:
    return {"name": name, "role": str(role)}
