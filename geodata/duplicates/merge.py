"""Making two records one, and parting them again.

The gone record keeps its row, hidden, with what the kept one holds as well; its services, contacts
and source rows go over. What parting needs is stored with the merge, so that both come back as
they were. What was written in between stays where it was written: a moved service goes back as it
is then, a new one stays with the kept record, a field filled by the merge and changed since stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts import audit
from geodata.duplicates.carry import bring_back, carry_over, give_back_fields, join, take_over
from geodata.duplicates.evidence import Located, evidence
from geodata.duplicates.fill import Difference
from geodata.duplicates.find import APART, MERGED
from geodata.duplicates.said import Said
from geodata.errors import NotFoundError, ParameterError
from geodata.storing.records import LocatableTable
from geodata.tables import Duplicate, Merge, Place, ServicePoint
from geodata.tables.base import WITH_MERGED
from geodata.version import grow_version


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: services that went over, those that became one, where the two differ."""

    moved: tuple[str, ...]
    joined: tuple[str, ...]
    differing: tuple[Difference, ...]


def merge(
    session: Session, table: LocatableTable, kept_id: int, gone_id: int, said: Said
) -> Merged:
    """Let one record stand in another; services of the same kind and name become one.

    Raises:
        NotFoundError: one of the two does not exist, or stands in another already.
        ParameterError: the two are the same.
    """
    kept, gone = _two(session, table, kept_id, gone_id)
    _settle(session, kept, gone, MERGED, said)
    record, told = take_over(session, kept, gone, said)
    undo: dict[str, Any] = {"record": record, "services": []}
    twins = _twins(kept, gone)
    for twin, service in twins:
        joined, differing = join(session, twin, service, said)
        undo["services"].append(joined)
        told += differing
    moving = [one for one in _services(gone) if one not in [service for _, service in twins]]
    names = tuple(one.name for one in moving), tuple(one.name for _, one in twins)
    undo["carried"] = carry_over(session, kept, gone, [one.id for one in moving])
    gone.merged_into = kept_id
    session.add(
        Merge(
            record_table=table.__tablename__,
            kept_id=kept_id,
            gone_id=gone_id,
            undo=undo,
            by=said.by,
            at=said.at,
            note=said.note,
        )
    )
    _written(session)
    _note(session, kept, "duplicate.merge", said, kept=kept_id, gone=gone_id)
    return Merged(*names, tuple(told))


def unmerge(session: Session, table: LocatableTable, gone_id: int, said: Said) -> int:
    """Part a record from the one it stands in, whose id is returned; they are kept apart then.

    Raises:
        NotFoundError: the record stands in no other.
        ParameterError: the other has itself been merged away since; that comes first.
    """
    asked = select(Merge).filter_by(record_table=table.__tablename__, gone_id=gone_id)
    done = session.scalars(asked).one_or_none()
    if done is None:
        raise NotFoundError(f"编号 {gone_id} 没有并入别的记录，无从撤销。")
    kept, gone = (_any(session, table, one) for one in (done.kept_id, gone_id))
    if kept.merged_into is not None:
        raise ParameterError(
            f"编号 {kept.id} 后来又并入了 {kept.merged_into}：请先撤销那一次（unmerge {kept.id}）。"
        )
    undo = done.undo
    bring_back(session, kept, gone, undo["carried"])
    for joined in undo["services"]:
        twin, service = (session.get(ServicePoint, joined[side]) for side in ("kept", "gone"))
        if twin is not None and service is not None:
            give_back_fields(session, twin, service, joined)
    give_back_fields(session, kept, gone, undo["record"])
    gone.merged_into = None
    session.delete(done)
    _written(session)
    _settle(session, kept, gone, APART, said)
    _note(session, kept, "duplicate.unmerge", said, kept=kept.id, gone=gone_id)
    return int(kept.id)


def keep_apart(
    session: Session, table: LocatableTable, one_id: int, other_id: int, said: Said
) -> None:
    """Remember that two records are not the same; it is asked again only when they change.

    Raises:
        NotFoundError: one of the two does not exist, or stands in another.
        ParameterError: the two are the same.
    """
    one, other = _two(session, table, one_id, other_id)
    _settle(session, one, other, APART, said)
    _note(session, one, "duplicate.apart", said, one=one_id, other=other_id)


def _two(
    session: Session, table: LocatableTable, one_id: int, other_id: int
) -> tuple[Located, Located]:
    if one_id == other_id:
        raise ParameterError(f"两个编号都是 {one_id}：要两条不同的记录。")
    one, other = (_any(session, table, each) for each in (one_id, other_id))
    for row in (one, other):
        if row.merged_into is not None:
            raise NotFoundError(f"编号 {row.id} 已并入 {row.merged_into}：请改用那个编号。")
    return one, other


def _any(session: Session, table: LocatableTable, record_id: int) -> Located:
    """A record, also one merged away."""
    row = session.get(table, record_id, execution_options=WITH_MERGED)
    if row is None:
        raise NotFoundError(f"没有编号为 {record_id} 的记录。")
    return cast("Located", row)


def _services(row: Located) -> Sequence[ServicePoint]:
    return row.services if isinstance(row, Place) else ()


def _twins(kept: Located, gone: Located) -> list[tuple[ServicePoint, ServicePoint]]:
    """Services of the same kind and name on both sides."""
    mine = {(one.kind, one.name): one for one in _services(kept)}
    return [
        (mine[one.kind, one.name], one) for one in _services(gone) if (one.kind, one.name) in mine
    ]


def _settle(session: Session, one: Located, other: Located, state: str, said: Said) -> None:
    """Keep a person's word on two records, with what they looked like then."""
    first, second = sorted((one, other), key=lambda row: row.id)
    of = {"record_table": one.__tablename__, "first_id": first.id, "second_id": second.id}
    row = session.scalars(select(Duplicate).filter_by(**of)).one_or_none() or Duplicate(**of)
    row.evidence, row.state = evidence(first, second).as_json(), state
    row.by, row.at, row.note = said.by, said.at, said.note
    session.add(row)
    session.flush()


def _note(session: Session, row: Located, action: str, said: Said, **ids: int) -> None:
    audit.record(
        session,
        by=said.by,
        action=action,
        table=row.__tablename__,
        record_id=row.id,
        district=row.district,
        detail=ids,
    )


def _written(session: Session) -> None:
    """Services have moved below the session's feet, and readers shall reload."""
    grow_version(session)
    session.flush()
    session.expire_all()
