"""What is done with an address once its candidates are in: accept, look again, or ask a person.

`CHECKS` hold each candidate against the question; what fails one badly is set aside. `RULES`
weigh what is left. Each adds findings, the gravest finding is the verdict. All candidates are
kept, and no address a person must decide gets a point.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from geodata.geodesy import geodesic_m
from geodata.model import Position, Reason, Unlocated
from geodata.place.address import normalise
from geodata.place.candidate import DOUBT_LABELS, Candidate, Doubt, Verdict
from geodata.place.district import Districts, canonical_district
from geodata.place.question import Question
from geodata.place.shift import shift_between
from geodata.place.town import town_box

AGREE_M = 150.0
VERIFY_M = 500.0
BORDER_M = 100.0
# What is less sure enters no coverage of a quarter of an hour's walk.
WIDE_M = 400.0
# Outlines follow the shore and the city limit only roughly; about 5 km around them is still ours.
CITY_MARGIN_DEG = 0.05
_GRAVITY = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check or rule says, and how grave it is."""

    verdict: Verdict
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Decided:
    """The verdict over all candidates; `outcome` is a point only when it was accepted."""

    verdict: Verdict
    outcome: Position | Unlocated
    doubts: tuple[Doubt, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The candidates that passed the checks, best first, beside the one to be taken."""

    best: Candidate
    rivals: tuple[Candidate, ...]


def decide(question: Question, candidates: Sequence[Candidate], *, districts: Districts) -> Decided:
    """Weigh all candidates of an address; their order is the order of trust in their sources."""
    kept = tuple(candidates)
    ours = [one for one in kept if in_city(districts, one.position)]
    if not ours:
        return _nothing(kept)
    checked = [(one, check(question, one, districts)) for one in ours]
    fit = [one for one, findings in checked if not _needs_person(findings)]
    best = _best(fit or ours)
    findings = [finding for one, found in checked if one is best for finding in found]
    if fit:
        findings += _overruled(checked, {one.provider for one in fit})
        case = Case(best, tuple(one for one in fit if one is not best))
        findings += [finding for rule in RULES for finding in rule(case)]
    return _verdict(best, fit, findings, kept)


def in_city(districts: Districts, position: Position) -> bool:
    """Whether a position lies in the box around all districts, or just beside it."""
    west, south, east, north = districts.bounds
    across = west - CITY_MARGIN_DEG <= position.lon <= east + CITY_MARGIN_DEG
    return across and south - CITY_MARGIN_DEG <= position.lat <= north + CITY_MARGIN_DEG


def check(question: Question, one: Candidate, districts: Districts) -> list[Finding]:
    """What the checks say about one candidate."""
    return [found for rule in CHECKS if (found := rule(question, one, districts)) is not None]


def district_check(question: Question, one: Candidate, districts: Districts) -> Finding | None:
    """The declared district; what was only carried down from a merged cell is less sure."""
    declared = question.district
    if not declared:
        return None
    if one.position.level.is_point:
        wrong = not _lies_in(districts, declared, one.position)
    else:
        returned = canonical_district(one.district) or ""
        wrong = returned not in {"", declared}
    if not wrong:
        return None
    unsure = question.carried_down and not question.own_district
    verdict = Verdict.ACCEPT_VERIFY if unsure else Verdict.REVIEW
    return Finding(verdict, Doubt.DISTRICT_MISMATCH)


def _lies_in(districts: Districts, name: str, spot: Position) -> bool:
    """Whether a position lies in a district or just outside; the way to its edge is dear."""
    if districts.at(spot.lon, spot.lat) == name:
        return True
    return districts.distance_m(name, spot.lon, spot.lat) <= BORDER_M


def town_check(question: Question, one: Candidate, _: Districts) -> Finding | None:
    """The town of the address: as the source returned it, else by the box around the town."""
    town = question.address.town if question.address else ""
    if not town:
        return None
    if one.town:
        differs = _even(one.town) != _even(town)
        return Finding(Verdict.REVIEW, Doubt.TOWN_MISMATCH) if differs else None
    box = town_box(town, question.district)
    if box is None or not one.position.level.is_point:
        return None
    away_m = box.distance_m(one.position.lon, one.position.lat)
    # People write the town they belong to, not always the one they are in: worth a look only.
    far = away_m > BORDER_M + one.position.error_m
    return Finding(Verdict.ACCEPT_VERIFY, Doubt.TOWN_MISMATCH) if far else None


def road_check(question: Question, one: Candidate, _: Districts) -> Finding | None:
    """The returned road, character for character: 飞鸿路 is not 飞虹路, and neither is a slip."""
    address = question.address
    if address is None or not address.road or not one.road:
        return None
    same = _even(one.road) in {_even(address.road), _even(address.road2 or address.road)}
    return None if same else Finding(Verdict.REVIEW, Doubt.ROAD_TYPO_SUSPECT)


def low_level(case: Case) -> Iterator[Finding]:
    """A road, town or district is no point to walk to, a wide point none to count on."""
    best = case.best.position
    if not best.level.is_point:
        yield Finding(Verdict.REVIEW, Doubt.LOW_LEVEL)
    elif best.error_m > WIDE_M:
        yield Finding(Verdict.ACCEPT_VERIFY, Doubt.LOW_LEVEL)


def namesakes(case: Case) -> Iterator[Finding]:
    """One source that offers several places of the same level."""
    best = case.best
    for other in case.rivals:
        if other.provider != best.provider or other.position.level is not best.position.level:
            continue
        doubt = Doubt.DUPLICATE_CANDIDATE if _one_district(best, other) else Doubt.AMBIGUOUS_ROAD
        yield from _by_distance(best.position, other.position, doubt)


def consensus(case: Case) -> Iterator[Finding]:
    """The best point of each other source: a mixed-up datum first, then the distance."""
    best, seen = case.best.position, {case.best.provider}
    for other in case.rivals:
        spot = other.position
        if other.provider in seen or not (best.level.is_point and spot.level.is_point):
            continue
        seen.add(other.provider)
        if shift_between(best.lon, best.lat, spot.lon, spot.lat):
            yield Finding(Verdict.REVIEW, Doubt.DATUM_SUSPECT)
        elif max(best.error_m, spot.error_m) <= VERIFY_M or _apart_m(best, spot) > spot.error_m:
            # What is known only to within more than that cannot contradict what lies within it.
            yield from _by_distance(best, spot, Doubt.PROVIDER_DISAGREE)


Check = Callable[[Question, Candidate, Districts], Finding | None]
Rule = Callable[[Case], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (district_check, town_check, road_check)
RULES: tuple[Rule, ...] = (low_level, namesakes, consensus)


def _best(candidates: Sequence[Candidate]) -> Candidate:
    """The least error among points, else among areas; the more trusted source of two equals."""
    return min(candidates, key=lambda one: (not one.position.level.is_point, one.position.error_m))


def _by_distance(a: Position, b: Position, doubt: Doubt) -> Iterator[Finding]:
    apart_m = _apart_m(a, b)
    if apart_m > VERIFY_M:
        yield Finding(Verdict.REVIEW, doubt)
    elif apart_m > AGREE_M:
        yield Finding(Verdict.ACCEPT_VERIFY, doubt)


def _overruled(checked: Sequence[tuple[Candidate, list[Finding]]], fit: Set[str]) -> list[Finding]:
    """What sources without a fitting answer got wrong: worth a look, no harm to a good answer."""
    return [
        Finding(Verdict.ACCEPT_VERIFY, finding.doubt)
        for one, found in checked
        if one.provider not in fit
        for finding in found
    ]


def _verdict(
    best: Candidate,
    fit: Sequence[Candidate],
    findings: Sequence[Finding],
    kept: tuple[Candidate, ...],
) -> Decided:
    verdict = max((f.verdict for f in findings), key=_GRAVITY.index, default=Verdict.ACCEPT)
    doubts = tuple(dict.fromkeys(finding.doubt for finding in findings))
    asked = dict.fromkeys(f.doubt for f in findings if f.verdict is Verdict.REVIEW)
    if asked.keys() - {Doubt.LOW_LEVEL}:
        return Decided(verdict, for_a_person(tuple(asked)), doubts, kept)
    position = best.position
    if doubts and position.level.is_point:
        position = replace(position, error_m=max(position.error_m, _half_spread_m(best, fit)))
    return Decided(verdict, position, doubts, kept)


def for_a_person(doubts: Sequence[Doubt]) -> Unlocated:
    """No position until a person has decided, and what he is asked."""
    namesakes_only = set(doubts) <= {Doubt.AMBIGUOUS_ROAD, Doubt.LOW_LEVEL}
    reason = Reason.AMBIGUOUS if namesakes_only else Reason.REVIEW
    return Unlocated(reason, "；".join(DOUBT_LABELS[doubt][0] for doubt in doubts))


def _half_spread_m(best: Candidate, fit: Sequence[Candidate]) -> float:
    """Half the way to the farthest point that was found near enough to agree."""
    spots = [one.position for one in fit if one.position.level.is_point]
    near = [away for spot in spots if (away := _apart_m(best.position, spot)) <= VERIFY_M]
    return max(near, default=0.0) / 2.0


def _nothing(kept: tuple[Candidate, ...]) -> Decided:
    if kept:
        detail = "、".join(dict.fromkeys(one.provider for one in kept))
        outcome, doubt = Unlocated(Reason.OUTSIDE, detail), Doubt.OUTSIDE_SHANGHAI
    else:
        outcome, doubt = Unlocated(Reason.NOT_FOUND), Doubt.NO_RESULT
    return Decided(Verdict.FAILED, outcome, (doubt,), kept)


def _needs_person(findings: Sequence[Finding]) -> bool:
    return any(finding.verdict is Verdict.REVIEW for finding in findings)


def _one_district(a: Candidate, b: Candidate) -> bool:
    return canonical_district(a.district) == canonical_district(b.district)


def _apart_m(a: Position, b: Position) -> float:
    return float(geodesic_m(a.lon, a.lat, b.lon, b.lat))


def _even(text: str) -> str:
    return normalise(text).replace(" ", "")
