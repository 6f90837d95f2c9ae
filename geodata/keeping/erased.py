"""A backup must not bring back whom somebody had erased after it was made."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session


def erased_since(_session: Session) -> Sequence[Any]:
    """What the present database knows of erasures; read before its rows go."""
    return ()


def erase_again(_session: Session, _erased: Sequence[Any]) -> None:
    """Erase in the restored rows whom the replaced ones had erased."""
