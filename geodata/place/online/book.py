"""What was asked and answered: the ledger of every send, and the cache of what it brought."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from geodata import database
from geodata.model import Datum, Level, Position
from geodata.place.candidate import Candidate
from geodata.place.grammar.version import VERSION
from geodata.place.online.clock import Clock
from geodata.place.online.errors import DailyQuotaError
from geodata.tables.online import GeocodeAnswer, GeocodeSend

FOUND_FOR = timedelta(days=180)
NOTHING_FOR = timedelta(days=7)
SENT, FOUND, NOTHING = "sent", "found", "nothing"

Candidates = tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Cache and ledger in one database. Both are written as they happen, send by send."""

    engine: Engine
    clock: Clock
    grammar: int = VERSION

    def known(self, provider: str, keys: Sequence[str]) -> dict[str, Candidates]:
        """What is remembered of these keys and still holds."""
        if not keys:
            return {}
        rows = select(GeocodeAnswer).where(
            GeocodeAnswer.provider == provider,
            GeocodeAnswer.canonical.in_(list(keys)),
            GeocodeAnswer.grammar == self.grammar,
        )
        with database.reading(self.engine) as session:
            return {
                row.canonical: tuple(map(_candidate, row.candidates))
                for row in session.scalars(rows)
                if self._now() < row.at + (FOUND_FOR if row.candidates else NOTHING_FOR)
            }

    def sending(self, provider: str, keys: Sequence[str]) -> list[int]:
        """Count addresses before they are sent, so that no end of the program loses a send."""
        day, now = self.clock.today(), self._now()
        rows = [
            GeocodeSend(provider=provider, day=day, at=now, key_hash=key_hash(key), outcome=SENT)
            for key in keys
        ]
        with database.writing(self.engine) as session:
            session.add_all(rows)
            session.flush()
            return [row.id for row in rows]

    def failed(self, sends: Sequence[int], outcome: str) -> None:
        """Write down why sends brought nothing; an error is never remembered as an answer."""
        with database.writing(self.engine) as session:
            _settle(session, sends, outcome)

    def answered(
        self, provider: str, sends: Mapping[str, int], answers: Mapping[str, Candidates]
    ) -> None:
        """Settle sends by key and remember what they brought, in one transaction."""
        now = self._now()
        with database.writing(self.engine) as session:
            for found, outcome in ((True, FOUND), (False, NOTHING)):
                ids = [sends[key] for key, given in answers.items() if bool(given) is found]
                _settle(session, ids, outcome)
            for key, given in answers.items():
                session.merge(
                    GeocodeAnswer(
                        provider=provider,
                        canonical=key,
                        grammar=self.grammar,
                        candidates=[asdict(one) for one in given],
                        at=now,
                    )
                )

    def sent_today(self, provider: str) -> int:
        """How many addresses were sent on this day in Shanghai, whatever came back."""
        count = select(func.count()).where(
            GeocodeSend.provider == provider, GeocodeSend.day == self.clock.today()
        )
        with database.reading(self.engine) as session:
            return session.scalar(count) or 0

    def quota_spent(self, provider: str) -> bool:
        """Whether the provider has said today that the day's quota is spent."""
        refusal = select(GeocodeSend.id).where(
            GeocodeSend.provider == provider,
            GeocodeSend.day == self.clock.today(),
            GeocodeSend.outcome == DailyQuotaError.outcome,
        )
        with database.reading(self.engine) as session:
            return session.scalar(refusal.limit(1)) is not None

    def _now(self) -> datetime:
        return self.clock.now().astimezone(UTC).replace(tzinfo=None)


def key_hash(key: str) -> str:
    """The ledger knows which address a send was for without holding it."""
    return hashlib.sha256(key.encode()).hexdigest()


def _settle(session: Session, sends: Sequence[int], outcome: str) -> None:
    if sends:
        mine = update(GeocodeSend).where(GeocodeSend.id.in_(sends))
        session.execute(mine.values(outcome=outcome))


def _candidate(row: Mapping[str, Any]) -> Candidate:
    position = dict(row["position"])
    level, datum = Level(position.pop("level")), Datum(position.pop("datum"))
    return Candidate(**{**row, "position": Position(**position, level=level, datum=datum)})
