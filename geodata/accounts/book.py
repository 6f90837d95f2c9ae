"""The accounts: who may sign in, with which role and reach; each change is in the audit trail."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts import passwords
from geodata.accounts.audit import record
from geodata.accounts.roles import ROLE_LABELS, Person, Role
from geodata.errors import ConflictError, NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.place.district import load_districts
from geodata.tables import Account

# The account of the password in the settings: it works before any other was made.
BUILT_IN = "admin"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_LONGEST_UNION = 60


@dataclass(frozen=True, slots=True)
class Reach:
    """What an account may do and where; without districts and unions the whole city."""

    role: Role
    districts: tuple[str, ...] = ()
    unions: tuple[str, ...] = ()

    @classmethod
    def read(cls, role: str, districts: Iterable[str], unions: Iterable[str]) -> "Reach":
        """From texts as typed.

        Raises:
            ParameterError: no such role, or a union's name is too long.
            NotFoundError: no such district.
        """
        if role not in set(Role):
            known = "、".join(f"{one}（{ROLE_LABELS[one][0]}）" for one in Role)
            raise ParameterError(f"角色只有：{known}")
        named = tuple(dict.fromkeys(district for district in districts if district))
        for district in named:
            load_districts().code(district)
        joined = tuple(dict.fromkeys(union.strip() for union in unions if union.strip()))
        if any(len(union) > _LONGEST_UNION or not union.isprintable() for union in joined):
            raise ParameterError(f"工会名称写一行，最多 {_LONGEST_UNION} 个字。")
        return cls(Role(role), named, joined)

    @property
    def as_detail(self) -> dict[str, Any]:
        """What the audit trail says of it."""
        return {
            "role": str(self.role),
            "districts": list(self.districts),
            "unions": list(self.unions),
        }


def login_of(text: str) -> str:
    """A login as it is kept.

    Raises:
        ParameterError: it has signs a login cannot have, or is the built-in one.
    """
    login = text.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise ParameterError("账号用小写字母、数字和 . _ - @，2 到 64 个字符；写岗位，不写姓名。")
    if login == BUILT_IN:
        raise ParameterError(f"{BUILT_IN} 是设置里口令的内置账号，请另取一个名字。")
    return login


def find(session: Session, login: str) -> Account:
    """One account.

    Raises:
        NotFoundError: there is none, or it is the built-in one.
    """
    row = session.get(Account, login) if _LOGIN.fullmatch(login) else None
    if row is None or login == BUILT_IN:
        raise NotFoundError(f"没有账号 {login[:64]}。")
    return row


def everyone(session: Session) -> Sequence[Account]:
    """All accounts but the built-in one, by login."""
    return session.scalars(
        select(Account).where(Account.login != BUILT_IN).order_by(Account.login)
    ).all()


def add(session: Session, login: str, reach: Reach, *, password: str, by: str) -> Account:
    """Make an account; an empty password leaves it to the office's own sign-in.

    Raises:
        ConflictError: the login is taken.
        ParameterError: the login or the password cannot be used.
    """
    login = login_of(login)
    if session.get(Account, login) is not None:
        raise ConflictError(f"已经有账号 {login}。")
    if password:
        passwords.must_be_good(password, login)
    row = Account(
        login=login,
        password_hash=passwords.hashed(password) if password else "",
        role=str(reach.role),
        districts=list(reach.districts),
        unions=list(reach.unions),
        active=True,
        generation=1,
        made_at=utc_now(),
        signed_in_at=None,
    )
    session.add(row)
    _note(session, by, "account.add", login, reach.as_detail)
    return row


def set_reach(session: Session, login: str, reach: Reach, *, by: str) -> None:
    """Give another role or reach; what is signed in with the old one ends."""
    row = find(session, login)
    before = reach_of(row)
    if before == reach:
        return
    if login == by and not reach.role.may(before.role):
        raise ConflictError("不能降低自己的角色，请另一位管理员来改。")
    row.role, row.districts, row.unions = str(reach.role), [*reach.districts], [*reach.unions]
    row.generation += 1
    detail = {"before": before.as_detail, "after": reach.as_detail}
    _note(session, by, "account.role", login, detail)


def set_password(session: Session, login: str, password: str, *, by: str) -> None:
    """Give another password; all sessions of the account end."""
    row = find(session, login)
    passwords.must_be_good(password, login)
    row.password_hash = passwords.hashed(password)
    row.generation += 1
    _note(session, by, "account.password", login)


def switch(session: Session, login: str, *, on: bool, by: str) -> None:
    """Shut an account out at once, its tokens as well, or let it in again."""
    row = find(session, login)
    if not on and login == by:
        raise ConflictError("不能停用自己的账号，请另一位管理员来停用。")
    if row.active == on:
        return
    row.active = on
    row.generation += 1
    _note(session, by, "account.on" if on else "account.off", login)


def end_sessions(session: Session, login: str, *, by: str) -> None:
    """Sign the account out wherever it is signed in."""
    row = session.get(Account, login) or built_in(session)
    row.generation += 1
    _note(session, by, "account.sign_out", login)


def reach_of(row: Account) -> Reach:
    """Role and reach of a kept account."""
    return Reach(Role(row.role), tuple(row.districts), tuple(row.unions))


def person_of(row: Account) -> Person:
    """Who signs in with it."""
    return Person(row.login, Role(row.role), tuple(row.districts), tuple(row.unions))


def built_in(session: Session) -> Account:
    """The row that counts the generations of the built-in account; it holds no password."""
    if (kept := session.get(Account, BUILT_IN)) is not None:
        return kept
    row = Account(
        login=BUILT_IN,
        password_hash="",
        role=str(Role.ADMIN),
        districts=[],
        unions=[],
        active=True,
        generation=0,
        made_at=utc_now(),
        signed_in_at=None,
    )
    session.add(row)
    return row


def _note(
    session: Session, by: str, action: str, login: str, detail: dict[str, Any] | None = None
) -> None:
    record(
        session, by=by, action=action, table="account", detail={"login": login, **(detail or {})}
    )
