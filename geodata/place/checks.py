"""What is doubted about a position: its district, and coordinates far from the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.declared import Flag
from geodata.geodesy import geodesic_m
from geodata.model import Coordinates, Datum, Position, Unlocated
from geodata.place.candidate import DOUBT_LABELS, Candidate, Doubt
from geodata.place.datum import convert
from geodata.place.decide import BORDER_M
from geodata.place.district import Districts
from geodata.place.question import Question

# A forgotten datum moves a point in Shanghai by 456 m or more; a large site is smaller than this.
FAR_M = 350.0
_TOLD_BY_OUTCOME = frozenset(
    {Doubt.LOW_LEVEL, Doubt.NO_RESULT, Doubt.OUTSIDE_SHANGHAI, Doubt.AMBIGUOUS_ROAD}
)
_DATUMS = (Datum.WGS84, Datum.GCJ02, Datum.BD09)


def counted_in(
    districts: Districts, question: Question, outcome: Position | Unlocated
) -> tuple[str, tuple[Flag, ...]]:
    """The district a record counts in, and the doubts about it."""
    declared, said = question.district, _conflict(question)
    if isinstance(outcome, Unlocated) or not outcome.level.is_point:
        return declared, said
    lies_in = districts.at(outcome.lon, outcome.lat)
    if not declared:
        return lies_in or "", said
    if lies_in == declared:
        return declared, said
    away_m = districts.distance_m(declared, outcome.lon, outcome.lat)
    if away_m <= BORDER_M:
        return declared, said
    return lies_in or declared, (*said, _mismatch(question, lies_in, away_m))


def doubted(
    districts: Districts,
    question: Question,
    doubts: Sequence[Doubt],
    candidates: Sequence[Candidate],
) -> tuple[Flag, ...]:
    """The doubts a reader of the report should see; those the outcome itself tells are left out."""
    flags = []
    for doubt in doubts:
        spot = candidates[0].position if candidates else None
        if doubt is Doubt.DISTRICT_MISMATCH and spot is not None:
            lies_in = districts.at(spot.lon, spot.lat)
            away_m = districts.distance_m(question.district, spot.lon, spot.lat)
            flags.append(_mismatch(question, lies_in, away_m))
        elif doubt not in _TOLD_BY_OUTCOME:
            message = f"{DOUBT_LABELS[doubt][0]}：请核对。"
            flags.append(Flag(doubt.value, message, question.cell("address")))
    return tuple(flags)


def _conflict(question: Question) -> tuple[Flag, ...]:
    column, own = question.declared_district, question.own_district
    if not column or not own or column == own:
        return ()
    message = f"“区”一栏是{column}{_how(question)}，地址里写的是{own}：请核对。"
    return (Flag("district_conflict", message, question.cell("district")),)


def _how(question: Question) -> str:
    return "（由上面的合并单元格带下来）" if question.carried_down else ""


def _said(question: Question) -> str:
    """Who says in which district the record lies."""
    if question.district == question.declared_district:
        return f"表中写的是{question.district}{_how(question)}"
    return f"地址里写的是{question.district}"


def _mismatch(question: Question, lies_in: str | None, away_m: float) -> Flag:
    where = f"位置却在{lies_in}" if lies_in else "位置却不在本市任何一个区内"
    message = (
        f"{_said(question)}，{where}，离{question.district}边界 {away_m:,.0f} 米：请核对区或地址。"
    )
    return Flag("district_mismatch", message, question.cell("district"))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Coordinates far from where their address is: in words, and whether a datum explains it."""

    flag: Flag
    doubt: Doubt


def contradiction(
    question: Question, pair: Coordinates, here: Position, door: Position | Unlocated | None
) -> Contradiction | None:
    """The doubt about coordinates that lie far from where the gazetteer has the address.

    Only what it knows well enough can tell: twice its error within FAR_M.
    """
    if not isinstance(door, Position) or not knows_well(door):
        return None
    away_m = _metres(here, door)
    if away_m <= FAR_M:
        return None
    better = _better(pair, door)
    message = f"表中坐标离地名库里的这个地址 {away_m:,.0f} 米{better}：请核对。"
    return Contradiction(
        Flag("coordinates_far_from_address", message, question.cell("lon")),
        Doubt.DATUM_SUSPECT if better else Doubt.PROVIDER_DISAGREE,
    )


def knows_well(door: Position) -> bool:
    """Whether a position is fine enough to hold coordinates against it."""
    return door.level.is_point and 2.0 * door.error_m <= FAR_M


def _better(pair: Coordinates, door: Position) -> str:
    """The datum under which the coordinates would fit the door."""
    for datum in _DATUMS:
        lon, lat = convert(pair.lon, pair.lat, source=datum, target=Datum.WGS84)
        away_m = float(geodesic_m(lon, lat, door.lon, door.lat))
        if away_m <= 2.0 * door.error_m:
            return f"，按 {datum} 换算只差 {away_m:,.0f} 米，坐标系可能写错"
    return ""


def _metres(a: Position, b: Position) -> float:
    return float(geodesic_m(a.lon, a.lat, b.lon, b.lat))
