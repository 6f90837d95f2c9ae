"""Scenarios in the database, by name. They are no data: the data version does not grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.errors import NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.scenarios.model import Change, read_changes, to_json
from geodata.tables import Scenario

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Kept:
    """A scenario as it is kept; `at` is UTC."""

    name: str
    changes: tuple[Change, ...]
    note: str
    by: str
    at: datetime


def keep(
    session: Session,
    name: str,
    changes: Sequence[Change],
    *,
    note: str = "",
    by: str = "",
    overwrite: bool = False,
) -> Kept:
    """Keep changes under a name.

    Raises:
        ParameterError: the name is empty, too long, or taken.
    """
    name = _named(name)
    row = session.scalars(select(Scenario).filter_by(name=name)).one_or_none()
    if row is not None and not overwrite:
        raise ParameterError(f"已经有叫“{name}”的方案：换个名字，或说明要覆盖它")
    if row is None:
        row = Scenario(name=name)
        session.add(row)
    row.changes = [to_json(change) for change in changes]
    row.note, row.by = note, by
    row.at = utc_now().replace(microsecond=0)
    session.flush()
    return _kept(row)


def scenario(session: Session, name: str) -> Kept:
    """One scenario.

    Raises:
        NotFoundError: none has this name.
    """
    return _kept(_row(session, name))


def scenarios(session: Session) -> list[Kept]:
    """All, by name."""
    return [_kept(row) for row in session.scalars(select(Scenario).order_by(Scenario.name))]


def drop(session: Session, name: str) -> None:
    """Forget one.

    Raises:
        NotFoundError: none has this name.
    """
    session.delete(_row(session, name))
    session.flush()


def rename(session: Session, name: str, to: str) -> Kept:
    """Give one another name.

    Raises:
        NotFoundError: none has this name.
        ParameterError: the other name is empty, too long, or taken.
    """
    row = _row(session, name)
    to = _named(to)
    if to != row.name and session.scalar(select(Scenario.id).filter_by(name=to)):
        raise ParameterError(f"已经有叫“{to}”的方案：换个名字")
    row.name = to
    session.flush()
    return _kept(row)


def _named(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise ParameterError(f"方案要有名字，最多 {LONGEST_NAME} 个字")
    return name


def _row(session: Session, name: str) -> Scenario:
    asked = select(Scenario).filter_by(name=name.strip())
    # PostgreSQL refuses to be asked for a text with this sign.
    row = None if "\x00" in name else session.scalars(asked).one_or_none()
    if row is None:
        raise NotFoundError(f"没有叫“{name}”的方案；zhitu scenario list 列出全部。")
    return row


def _kept(row: Scenario) -> Kept:
    return Kept(row.name, read_changes(row.changes), row.note, row.by, row.at)
