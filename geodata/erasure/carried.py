"""Erasures over a restore: what was deleted after the backup was made is deleted again."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.erasure import holdings
from geodata.erasure.proof import Proof, erased, proofs
from geodata.erasure.sought import Sought
from geodata.tables import Erasure, ErasureKey
from geodata.version import grow_version


@dataclass(frozen=True, slots=True)
class Carried:
    """The proofs of one database and the keys of their hashes, to be put into another."""

    keys: tuple[bytes, ...] = field(default=(), repr=False)
    proofs: tuple[Proof, ...] = ()


def carried(session: Session) -> Carried:
    """The erasures of a database that is about to be replaced."""
    keys = session.scalars(select(ErasureKey.key).order_by(ErasureKey.id))
    return Carried(tuple(keys), tuple(reversed(proofs(session))))


def carry(session: Session, those: Carried) -> None:
    """Put down erasures that this database does not know, and the keys of their hashes."""
    keys = set(session.scalars(select(ErasureKey.key)))
    session.add_all(ErasureKey(key=key) for key in those.keys if key not in keys)
    known = set(session.scalars(select(Erasure.number)))
    for one in those.proofs:
        if one.number not in known:
            session.add(
                Erasure(
                    number=one.number,
                    at=one.at,
                    by=one.by,
                    hashes=list(one.hashes),
                    counts=dict(one.counts),
                )
            )
    session.flush()


def apply(session: Session, those: Carried | None = None) -> dict[str, int]:
    """Delete again what any erasure deleted; returns the rows by table.

    Only mobiles and e-mails are found: of a name nothing is kept that could be looked for.
    """
    if those is not None:
        carry(session, those)
    everybody = erased(session)
    if not everybody:
        return {}
    mark = f"-{datetime.now(UTC):%H%M%S%f}"
    sought = Sought(everybody.hit)
    counts = holdings.remove(session, sought, holdings.search(session, sought), mark=mark)
    if counts:
        detail = {"rows": sum(counts.values())}
        record(session, by="", action="person.erase_again", detail=detail)
        grow_version(session)
    return counts
