"""Who somebody is at this moment: looked up for every request, so that a change holds at once."""

import hmac
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from geodata.accounts import tokens
from geodata.accounts.book import BUILT_IN, person_of
from geodata.accounts.roles import Person, Role
from geodata.tables import Account


@dataclass(frozen=True, slots=True)
class Standing:
    """A person who may come in, and what his sessions have to hold."""

    person: Person
    generation: str


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """The account of the password in the settings; without a password there is none."""

    password: str
    key: str

    def fits(self, password: str) -> bool:
        """Whether a password is its own; takes the same time for any."""
        return hmac.compare_digest(password.encode(), self.password.encode()) and bool(
            self.password
        )

    def generation(self, number: int) -> str:
        """What its sessions hold: a new password ends those of the old one."""
        said = f"{number}\n{self.password}".encode()
        return hmac.new(self.key.encode(), said, "sha256").hexdigest()


def standing(session: Session, login: str, built_in: BuiltIn) -> Standing | None:
    """Who a login is now; None for one that is unknown or shut out."""
    row = session.get(Account, login)
    if login == BUILT_IN:
        if not built_in.password:
            return None
        number = 0 if row is None else row.generation
        return Standing(Person(BUILT_IN, Role.ADMIN), built_in.generation(number))
    if row is None or not row.active:
        return None
    return Standing(person_of(row), str(row.generation))


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who a token speaks for, and whether its day of use must still be written down."""

    person: Person
    token_id: int
    unused_today: bool


def bearer(session: Session, token: str, built_in: BuiltIn, *, today: date) -> Bearer | None:
    """Who a token speaks for now, with the lesser of its own role and the account's."""
    row = tokens.known(session, token, today=today)
    if row is None:
        return None
    owner = standing(session, row.login, built_in)
    if owner is None:
        return None
    role = tokens.lesser(Role(row.role), owner.person.role)
    return Bearer(replace(owner.person, role=role), row.id, row.used_on != today)
