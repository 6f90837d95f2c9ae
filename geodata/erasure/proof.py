"""The proof that a person's data were deleted, and whether somebody is such a person."""

import hmac
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.erasure.sought import Sought, plain
from geodata.errors import NotFoundError
from geodata.moments import utc_now
from geodata.tables import Erasure, ErasureKey


@dataclass(frozen=True, slots=True)
class Proof:
    """One erasure: `counts` are rows by table, `at` is in UTC; nothing in it is personal."""

    number: str
    at: datetime
    by: str
    counts: Mapping[str, int]
    hashes: tuple[str, ...] = field(default=(), repr=False)

    @property
    def total(self) -> int:
        """How many rows were deleted or written anew."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Hasher:
    """Keyed hashes of mobiles and e-mails."""

    key: bytes = field(repr=False)

    def of(self, number: str) -> str:
        """The hash of a plain mobile or e-mail."""
        return hmac.new(self.key, number.encode(), "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Erased:
    """Everybody whose data were deleted."""

    hashes: frozenset[str] = frozenset()
    hashers: tuple[Hasher, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def hit(self, number: str) -> bool:
        """Whether a plain mobile or e-mail is one of theirs."""
        return any(one.of(number) in self.hashes for one in self.hashers)

    def is_one(self, name: str, mobile: str, email: str, role: str) -> bool:
        """Whether a contact is one of them."""
        return bool(self.hashes) and Sought(self.hit).is_person(name, mobile, email, role)


NOBODY = Erased()


def erased(session: Session) -> Erased:
    """Everybody whose data were deleted, to be asked about contacts."""
    hashes = frozenset(one for row in session.scalars(select(Erasure.hashes)) for one in row)
    return Erased(hashes, _hashers(session)) if hashes else NOBODY


def _hashers(session: Session) -> tuple[Hasher, ...]:
    """One a key: proofs that came with another database have theirs."""
    return tuple(map(Hasher, session.scalars(select(ErasureKey.key).order_by(ErasureKey.id))))


def _own_hasher(session: Session) -> Hasher:
    """What new proofs are hashed by; its key is made when it is first needed."""
    if not (known := _hashers(session)):
        row = ErasureKey(key=secrets.token_bytes(32))
        session.add(row)
        return Hasher(row.key)
    return known[0]


def write(session: Session, numbers: Iterable[str], counts: Mapping[str, int], *, by: str) -> Proof:
    """Write the proof down."""
    hasher = _own_hasher(session)
    now = utc_now().replace(microsecond=0)
    row = Erasure(
        number=f"{now:%Y%m%d}-{secrets.token_hex(4)}",
        at=now,
        by=by,
        hashes=[hasher.of(one) for one in numbers],
        counts=dict(counts),
    )
    session.add(row)
    return proof_of(row)


def add(session: Session, number: str, counts: Mapping[str, int]) -> Proof:
    """Write down what was deleted after the proof was written."""
    row = _row(session, number)
    row.counts = dict(Counter(proof_of(row).counts) + Counter(counts))
    return proof_of(row)


def proof(session: Session, number: str) -> Proof:
    """The proof of a number.

    Raises:
        NotFoundError: there is none.
    """
    return proof_of(_row(session, number))


def proofs(session: Session) -> list[Proof]:
    """All of them, the newest first."""
    return [proof_of(row) for row in session.scalars(select(Erasure).order_by(Erasure.id.desc()))]


def proofs_for(session: Session, numbers: Iterable[str]) -> list[Proof]:
    """Those of one person: what he was told can be checked against the database."""
    plain_ones = [plain(one) for one in numbers]
    mine = {hasher.of(one) for hasher in _hashers(session) for one in plain_ones}
    return [one for one in proofs(session) if mine & set(one.hashes)]


def _row(session: Session, number: str) -> Erasure:
    row = session.scalars(select(Erasure).where(Erasure.number == number)).one_or_none()
    if row is None:
        raise NotFoundError("没有这份删除凭证。")
    return row


def proof_of(row: Erasure) -> Proof:
    """A stored proof."""
    counts = {table: int(rows) for table, rows in row.counts.items()}
    return Proof(row.number, row.at, row.by, counts, tuple(row.hashes))
