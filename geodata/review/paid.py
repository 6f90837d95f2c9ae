"""Answers of online geocoders that are stored: paid for once, they are not asked for again."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from geodata.model import Address
from geodata.place.candidate import FORM, GAZETTEER, Candidate
from geodata.review.candidates import candidates_by_key


@dataclass(frozen=True, slots=True)
class Kept:
    """A provider of what was answered before."""

    kept: tuple[Candidate, ...]
    name: str = "kept"

    def candidates(self, _: Address, *, district: str) -> tuple[Candidate, ...]:  # noqa: ARG002
        return self.kept


def kept_answers(session: Session, keys: Iterable[str]) -> dict[str, Kept]:
    """The provider for each canonical address that an online geocoder answered."""
    found = candidates_by_key(session, sorted(set(keys)))
    online = {
        key: tuple(one for one in some if one.provider not in {FORM, GAZETTEER})
        for key, some in found.items()
    }
    return {key: Kept(some) for key, some in online.items() if some}
