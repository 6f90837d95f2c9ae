"""What a person can do about an address; each is a decision, put into effect at once.

All take a session of a write transaction and the canonical address, and return how many records
they changed. A decision is keyed by the address: imports to come follow it too. Each leaves a line
in the audit trail, without the note, which may hold what it should not.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.errors import DatumError, NotFoundError, ParameterError
from geodata.model import Datum, Level, Position, Reason, Unlocated
from geodata.place.address import canonical, parse
from geodata.place.datum import convert
from geodata.place.decide import in_city
from geodata.place.locate import Locator
from geodata.place.ruling import Corrected, Ruling
from geodata.review.candidates import candidates_of, found_of, keep_found
from geodata.review.decisions import Action, put, rulings
from geodata.review.paid import kept_answers
from geodata.review.reach import owner
from geodata.review.stored import answered, declared_of, names_an_address, rows_at, write
from geodata.review.suspect import still_suspected
from geodata.tables import Decision
from geodata.version import grow_version

Summary = dict[str, Any]


def pick(session: Session, key: str, n: int, *, by: str, locator: Locator, note: str = "") -> int:
    """Take the n-th candidate, counted from 1.

    Raises:
        ParameterError: there is no such candidate, or it is no point.
    """
    candidates = candidates_of(session, key)
    if not 1 <= n <= len(candidates):
        raise ParameterError(f"没有第 {n} 个候选：这个地址有 {len(candidates)} 个。")
    position = candidates[n - 1].position
    if not position.level.is_point:
        raise ParameterError(f"第 {n} 个候选只是一条路或一片地方，不是一个点：请用 move 给出位置。")
    return _settle(session, key, position, Action.PICK, by=by, locator=locator, note=note)


def move(
    session: Session,
    key: str,
    lon: float,
    lat: float,
    *,
    datum: Datum,
    by: str,
    locator: Locator,
    note: str = "",
) -> int:
    """Put the address where a person points on a map.

    Raises:
        ParameterError: the position is outside the city.
        DatumError: it is no longitude and latitude.
    """
    error_m = Level.MANUAL.prior_error_m
    position = pinned(lon, lat, datum=datum, error_m=error_m, locator=locator)
    return _settle(session, key, position, Action.MOVE, by=by, locator=locator, note=note)


def pin(
    session: Session, key: str, position: Position, *, by: str, locator: Locator, note: str = ""
) -> int:
    """Take the position that a person on the spot confirmed."""
    return _settle(session, key, position, Action.PIN, by=by, locator=locator, note=note)


def correct(
    session: Session, key: str, address: str, *, by: str, locator: Locator, note: str = ""
) -> int:
    """Look another address up in the place of the written one, now and in imports to come.

    Raises:
        ParameterError: it is empty or names the same door as before.
    """
    text = address.strip()
    districts = {declared_of(row).district for row in rows_at(session, key)} or {""}
    if not text or key in {canonical(parse(text), district) for district in districts}:
        raise ParameterError("更正后的地址是空的，或者和原来的是同一个地方：请写更正后的地址。")
    ruling = Corrected(text)
    return _settle(session, key, ruling, Action.CORRECT, by=by, locator=locator, note=note)


def not_a_place(session: Session, key: str, *, by: str, locator: Locator, note: str = "") -> int:
    """Say that there is nothing to put on a map at this address."""
    ruling = Unlocated(Reason.NOT_A_PLACE, note)
    return _settle(session, key, ruling, Action.NOT_A_PLACE, by=by, locator=locator, note=note)


def undo(session: Session, key: str, *, locator: Locator, by: str = "") -> int:
    """Forget a decision; the records go back to where they were, and the question is asked again.

    Raises:
        NotFoundError: nothing was decided for the address.
    """
    row = session.get(Decision, key)
    if row is None:
        raise NotFoundError("这个地址还没有人核定过，没有什么可撤销。")
    _note(session, key, "review.undo", by, before=_summary(row), after=None)
    session.delete(row)
    session.flush()
    return put_into_effect(session, key, locator=locator)


def put_into_effect(session: Session, key: str, *, locator: Locator) -> int:
    """Place the stored records of an address anew; readers see it with the next data version."""
    standing = replace(locator, decisions=_concerning(session, key))
    settled = key in standing.decisions
    if not settled and (paid := kept_answers(session, [key]).get(key)):
        standing = replace(standing, providers=(paid,))
    changed, found = 0, []
    for row in rows_at(session, key):
        placed = standing.locate(declared_of(row))
        if not settled:
            placed = still_suspected(session, row, placed)
        changed += write(session, answered(row, placed))
        found.append((key, found_of(placed)))
    if not settled:
        keep_found(session, found)
    session.flush()
    if changed:
        grow_version(session)
    return changed


def pinned(lon: float, lat: float, *, datum: Datum, error_m: float, locator: Locator) -> Position:
    """A position a person gives, in WGS-84."""
    try:
        x, y = convert(lon, lat, source=datum, target=Datum.WGS84)
    except DatumError as error:
        raise ParameterError(str(error)) from error
    position = Position(float(x), float(y), Level.MANUAL, error_m, "人工核定", datum)
    if not in_city(locator.districts, position):
        raise ParameterError(
            f"位置 {lon:g}, {lat:g} 在本市范围以外：请核对经纬度是否颠倒、坐标系是否写对。"
        )
    return position


def _settle(
    session: Session,
    key: str,
    ruling: Ruling,
    action: Action,
    *,
    by: str,
    locator: Locator,
    note: str,
) -> int:
    if not names_an_address(key):
        raise ParameterError("这些记录没有地址，不能按地址核定：请先补上地址。")
    before = session.get(Decision, key)
    was = None if before is None else _summary(before)
    made = put(session, key, ruling, action=action, by=by, note=note)
    _note(session, key, f"review.{action}", by, before=was, after=_summary(made))
    return put_into_effect(session, key, locator=locator)


def _note(
    session: Session,
    key: str,
    action: str,
    by: str,
    *,
    before: Summary | None,
    after: Summary | None,
) -> None:
    rows = rows_at(session, key)
    record(
        session,
        by=by,
        action=action,
        table="decision",
        district=owner(rows[0]) if rows else "",
        detail={"address": key, "before": before, "after": after},
    )


def _summary(row: Decision) -> Summary:
    """A decision without its note, which may name a person."""
    spot = {"lon": row.lon, "lat": row.lat} if row.lon is not None else {}
    to = {"to": row.corrected_address} if row.corrected_address else {}
    return {"action": row.action, **spot, **to}


def _concerning(session: Session, key: str) -> Mapping[str, Ruling]:
    """The decision about an address, with all others when it leads on to another address."""
    found = rulings(session)
    mine = found.get(key)
    if mine is None or isinstance(mine, Corrected):
        return found
    return {key: mine}
