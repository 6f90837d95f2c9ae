"""A backup must not bring back whom somebody had erased after it was made."""

from sqlalchemy.orm import Session

from geodata.erasure import Carried, apply, carried


def erased_since(session: Session) -> Carried:
    """What the present database knows of erasures; read before its rows go."""
    return carried(session)


def erase_again(session: Session, erased: Carried) -> None:
    """Erase in the restored rows whom the replaced ones had erased."""
    apply(session, erased)
