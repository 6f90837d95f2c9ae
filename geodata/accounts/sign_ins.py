"""Sign-ins that are over: a copied cookie must be worth nothing once its owner has signed out."""

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geodata.store import Store
from geodata.tables import EndedSignIn

# However busy: whoever holds a stolen cookie could keep it warm for ever.
LONGEST = timedelta(days=7)


def new_id() -> str:
    """What tells one sign-in from every other; nobody guesses it."""
    return secrets.token_urlsafe(16)


def end(session: Session, sign_in: str, now: datetime | None = None) -> None:
    """End a sign-in; one that is over stays over."""
    if not is_over(session, sign_in):
        session.add(EndedSignIn(id=sign_in, until=(now or _now()) + LONGEST))


def is_over(session: Session, sign_in: str) -> bool:
    """Whether somebody has signed out of it."""
    return session.get(EndedSignIn, sign_in) is not None


def forget_old(store: Store, now: datetime | None = None) -> int:
    """Clear away those whose cookies are too old in any case; returns how many."""
    old = delete(EndedSignIn).where(EndedSignIn.until < (now or _now()))
    with store.writing() as session:
        return len(session.scalars(old.returning(EndedSignIn.id)).all())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
