"""Sign-ins that are over: a copied cookie must be worth nothing once its owner has signed out."""

import secrets
from datetime import timedelta

from sqlalchemy.orm import Session

from geodata.moments import utc_now
from geodata.tables import EndedSignIn

# However busy: whoever holds a stolen cookie could keep it warm for ever.
LONGEST = timedelta(days=7)


def new_id() -> str:
    """What tells one sign-in from every other; nobody guesses it."""
    return secrets.token_urlsafe(16)


def end(session: Session, sign_in: str) -> None:
    """End a sign-in; one that is over stays over."""
    if not is_over(session, sign_in):
        now = utc_now()
        session.add(EndedSignIn(id=sign_in, until=now + LONGEST))


def is_over(session: Session, sign_in: str) -> bool:
    """Whether somebody has signed out of it."""
    return session.get(EndedSignIn, sign_in) is not None
