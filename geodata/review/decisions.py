"""Decisions persons made about addresses, as stored and as the ladder reads them."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.model import Datum, Level, Position, Reason, Unlocated
from geodata.moments import utc_now
from geodata.place.ruling import Corrected, Ruling
from geodata.tables import Decision


class Action(StrEnum):
    """How a person decided."""

    PICK = "pick"
    MOVE = "move"
    PIN = "pin"
    CORRECT = "correct"
    NOT_A_PLACE = "not_a_place"


ACTION_LABELS: dict[Action, tuple[str, str]] = {
    Action.PICK: ("选定候选位置", "Candidate chosen"),
    Action.MOVE: ("人工移动", "Moved by hand"),
    Action.PIN: ("现场核定", "Pinned on the spot"),
    Action.CORRECT: ("更正地址", "Address corrected"),
    Action.NOT_A_PLACE: ("不是一个地点", "No place"),
}


def rulings(session: Session) -> dict[str, Ruling]:
    """What persons decided, by canonical address."""
    return {row.canonical: ruling_of(row) for row in session.scalars(select(Decision))}


def ruling_of(row: Decision) -> Ruling:
    """A stored decision as the ladder takes it."""
    if row.corrected_address:
        return Corrected(row.corrected_address)
    if row.lon is None or row.lat is None or row.level is None or row.error_m is None:
        return Unlocated(Reason.NOT_A_PLACE, row.note)
    source, datum = source_of(row.action, row.by), Datum(row.source_datum)
    return Position(row.lon, row.lat, Level(row.level), row.error_m, source, datum)


def source_of(action: str, by: str) -> str:
    """What stands as the source of a decided position."""
    how = "现场核定" if action == Action.PIN else "人工核定"
    return f"{how} {by}".strip()


def put(
    session: Session, canonical: str, ruling: Ruling, *, action: Action, by: str, note: str = ""
) -> Decision:
    """Write what a person decided, in the place of what was decided before."""
    spot = ruling if isinstance(ruling, Position) else None
    values = {
        "lon": spot.lon if spot else None,
        "lat": spot.lat if spot else None,
        "level": spot.level.value if spot else None,
        "error_m": spot.error_m if spot else None,
        "source_datum": (spot.datum if spot else Datum.WGS84).value,
        "corrected_address": ruling.address if isinstance(ruling, Corrected) else "",
        "action": action.value,
        "by": by,
        "at": utc_now(),
        "note": note,
    }
    made = session.merge(Decision(canonical=canonical, **values))
    session.flush()
    return made
