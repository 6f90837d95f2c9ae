"""An address looked up: the gazetteer first, online providers where it is not good enough."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from geodata.model import Address, Position, Unlocated
from geodata.place.address import canonical
from geodata.place.candidate import GAZETTEER, Candidate, Doubt, Verdict
from geodata.place.decide import Decided, decide
from geodata.place.district import Districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.question import Question

# What is known to within 200 m needs no second word, but for a sample.
GOOD_M = 200.0
SAMPLE_SHARE = 0.05


class Provider(Protocol):
    """An online geocoder: candidates in WGS-84, most trusted first; none where it knows nothing."""

    @property
    def name(self) -> str: ...

    def candidates(self, address: Address, *, district: str) -> tuple[Candidate, ...]: ...


def look_up(
    question: Question,
    *,
    gazetteer: Gazetteer,
    districts: Districts,
    providers: Sequence[Provider] = (),
) -> Decided:
    """Ask the sources in their order until the answer is good, and weigh all that came."""
    address = question.address
    if address is None:
        return decide(question, (), districts=districts)
    found = in_gazetteer(question, gazetteer)
    decided = _first_word(question, found, gazetteer, districts)
    # Namesakes nobody could tell apart are kept to be chosen from, and prove nothing.
    heard = () if isinstance(found, Unlocated) else decided.candidates
    for n, provider in enumerate(providers):
        if _good(decided) and not (n == 1 and is_sampled(question)):
            break
        heard += provider.candidates(address, district=question.district)
        again = decide(question, heard, districts=districts)
        if again.candidates:
            kept = tuple(dict.fromkeys((*decided.candidates, *heard)))
            decided = replace(again, candidates=kept)
    return decided


def in_gazetteer(question: Question, gazetteer: Gazetteer) -> Position | Unlocated | None:
    """What the gazetteer alone says."""
    if question.address is None:
        return None
    return gazetteer.find(
        question.address,
        district=question.own_district or question.district,
        firm=not question.carried_down,
    )


def _first_word(
    question: Question,
    found: Position | Unlocated | None,
    gazetteer: Gazetteer,
    districts: Districts,
) -> Decided:
    if isinstance(found, Unlocated) and question.address is not None:
        fitting = gazetteer.candidates(question.address)
        # Several rules may lead to one place; it is one choice.
        namesakes = {(one.position.lon, one.position.lat): one for one in reversed(fitting)}
        chosen_from = tuple(one for one in fitting if one in namesakes.values())
        return Decided(Verdict.REVIEW, found, (Doubt.AMBIGUOUS_ROAD,), chosen_from)
    known = [Candidate(found, GAZETTEER)] if isinstance(found, Position) else []
    return decide(question, known, districts=districts)


def _good(decided: Decided) -> bool:
    outcome = decided.outcome
    if decided.verdict is not Verdict.ACCEPT or isinstance(outcome, Unlocated):
        return False
    return outcome.error_m <= GOOD_M


def is_sampled(question: Question) -> bool:
    """One address in twenty, the same ones whenever they are asked."""
    if question.address is None:
        return False
    key = canonical(question.address, question.declared_district).encode()
    return hashlib.sha256(key).digest()[0] < 256 * SAMPLE_SHARE
