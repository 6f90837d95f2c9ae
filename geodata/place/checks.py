"""What is doubted about a position: its district, and coordinates far from the address."""

from geodata.declared import Flag
from geodata.geodesy import geodesic_m
from geodata.model import Coordinates, Datum, Position, Unlocated
from geodata.place.datum import convert
from geodata.place.district import Districts
from geodata.place.question import Question

BORDER_M = 100.0
# A forgotten datum moves a point in Shanghai by 456 m or more; a large site is smaller than this.
FAR_M = 350.0
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


def far_from_address(
    question: Question, pair: Coordinates, here: Position, door: Position | Unlocated | None
) -> tuple[Flag, ...]:
    """The doubt about coordinates that lie far from where the gazetteer has the address.

    Only what it knows well enough can tell: twice its error within FAR_M.
    """
    if not isinstance(door, Position) or not door.level.is_point or 2.0 * door.error_m > FAR_M:
        return ()
    away_m = _metres(here, door)
    if away_m <= FAR_M:
        return ()
    message = f"表中坐标离地名库里的这个地址 {away_m:,.0f} 米{_better(pair, door)}：请核对。"
    return (Flag("coordinates_far_from_address", message, question.cell("lon")),)


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
