"""The ladder: where a declared record lies, by the first step that knows.

`LADDER` is the order of trust. A step returns what it found, or None to hand on to the next; the
last one always answers. What the checks doubt is flagged and kept, never moved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geodata.errors import DatumError
from geodata.model import (
    Address,
    Coordinates,
    Datum,
    Declared,
    DeclaredWorkers,
    Flag,
    Level,
    Placed,
    Position,
    Reason,
    Source,
    Unlocated,
)
from geodata.place.address import canonical, parse
from geodata.place.datum import convert
from geodata.place.district import Districts, canonical_district
from geodata.place.gazetteer import Gazetteer

CARRIED_DOWN = "district_carried_down"
BORDER_M = 100.0
FORM_ERROR_M = 30.0
# Outlines follow the shore and the city limit only roughly; about 5 km around them is still ours.
_MARGIN_DEG = 0.05
_HOME = ("", "上海", "上海市")


@dataclass(frozen=True, slots=True)
class Question:
    """A declared record as the steps see it.

    `declared_district` is the column's, `own_district` the one the address itself names; both
    canonical, "" when there is none.
    """

    declared: Declared
    address: Address | None
    coordinates: Coordinates | None
    declared_district: str
    own_district: str
    carried_down: bool

    @property
    def district(self) -> str:
        """The better word: the column's, unless it was only carried down from a merged cell."""
        if self.carried_down:
            return self.own_district or self.declared_district
        return self.declared_district or self.own_district


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step found, and its doubts."""

    outcome: Position | Unlocated
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Locator:
    """Locates records; `decisions` are a person's, by canonical address, and always win."""

    gazetteer: Gazetteer
    districts: Districts
    decisions: Mapping[str, Position]

    def locate(self, declared: Declared) -> Placed:
        """Place one record: never None and never (0, 0), but a position or the reason for none."""
        question = _question(declared)
        answer = next(answer for step in LADDER if (answer := step(self, question)) is not None)
        district, doubts = _checked(self.districts, question, answer.outcome)
        return Placed(
            declared=declared,
            address=question.address,
            outcome=answer.outcome,
            district=district,
            flags=declared.flags + answer.flags + doubts,
        )


def decided(locator: Locator, question: Question) -> Answer | None:
    """What a person has decided for this address."""
    if question.address is None:
        return None
    position = locator.decisions.get(canonical(question.address, question.declared_district))
    return Answer(position) if position else None


def given(locator: Locator, question: Question) -> Answer | None:
    """The form's own coordinates."""
    if question.coordinates is None:
        return None
    pair = question.coordinates
    try:
        lon, lat = convert(pair.lon, pair.lat, source=pair.datum, target=Datum.WGS84)
    except DatumError as error:
        cell = _cell(question.declared.source, "lon")
        return Answer(Unlocated(Reason.OUTSIDE), (Flag("coordinates_unusable", str(error), cell),))
    if not _in_city(locator.districts, float(lon), float(lat)):
        return _outside(question, pair)
    level = Level.SURVEYED if pair.surveyed else Level.MANUAL
    error_m = level.prior_error_m if pair.surveyed else FORM_ERROR_M
    return Answer(Position(float(lon), float(lat), level, error_m, "表中坐标", pair.datum))


def whole_area(locator: Locator, question: Question) -> Answer | None:
    """Workers of a town or district stand for the district's area."""
    if not isinstance(question.declared, DeclaredWorkers):
        return None
    return district_area(locator, question) or Answer(
        Unlocated(Reason.NOT_FOUND, question.declared.district)
    )


def no_address(_: Locator, question: Question) -> Answer | None:
    """A place with a name and no address is not put anywhere, least of all mid-district."""
    return Answer(Unlocated(Reason.NO_ADDRESS)) if question.address is None else None


def elsewhere(_: Locator, question: Question) -> Answer | None:
    """An address that names another province or city."""
    address = question.address
    if address is None or (address.province in _HOME and address.city in _HOME):
        return None
    return Answer(Unlocated(Reason.OUTSIDE, f"{address.province}{address.city}"))


def in_gazetteer(locator: Locator, question: Question) -> Answer | None:
    """A door, exit, station, place or lane of the gazetteer."""
    if question.address is None:
        return None
    outcome = locator.gazetteer.find(
        question.address,
        district=question.own_district or question.district,
        firm=not question.carried_down,
    )
    return Answer(outcome) if outcome else None


def district_area(locator: Locator, question: Question) -> Answer | None:
    """The district as a whole: counted there, drawn nowhere."""
    if not question.district:
        return None
    return Answer(locator.districts.area_position(question.district))


def not_found(_: Locator, question: Question) -> Answer:
    return Answer(Unlocated(Reason.NOT_FOUND, question.address.text if question.address else ""))


Step = Callable[[Locator, Question], Answer | None]

LADDER: tuple[Step, ...] = (
    decided,
    given,
    whole_area,
    no_address,
    elsewhere,
    in_gazetteer,
    district_area,
    not_found,
)


def _question(declared: Declared) -> Question:
    if isinstance(declared, DeclaredWorkers):
        text, coordinates = "", None
    else:
        text, coordinates = declared.address.strip(), declared.coordinates
    address = parse(text) if text else None
    return Question(
        declared=declared,
        address=address,
        coordinates=coordinates,
        declared_district=canonical_district(declared.district) or "",
        own_district=(canonical_district(address.district) if address else None) or "",
        carried_down=any(flag.code == CARRIED_DOWN for flag in declared.flags),
    )


def _in_city(districts: Districts, lon: float, lat: float) -> bool:
    west, south, east, north = districts.bounds
    across = west - _MARGIN_DEG <= lon <= east + _MARGIN_DEG
    return across and south - _MARGIN_DEG <= lat <= north + _MARGIN_DEG


def _outside(question: Question, pair: Coordinates) -> Answer:
    message = (
        f"表中坐标 {pair.lon:g}, {pair.lat:g}（{pair.datum}）在本市范围以外，没有采用："
        "请核对经纬度是否颠倒、坐标系是否写对。"
    )
    flag = Flag("outside_city", message, _cell(question.declared.source, "lon"))
    return Answer(Unlocated(Reason.OUTSIDE, f"{pair.lon:g}, {pair.lat:g}"), (flag,))


def _checked(
    districts: Districts, question: Question, outcome: Position | Unlocated
) -> tuple[str, tuple[Flag, ...]]:
    """The district a record counts in, and the doubts about it."""
    declared, said = question.district, _conflict(question)
    if isinstance(outcome, Unlocated) or not outcome.level.is_point:
        return declared, said
    lies_in = districts.at(outcome.lon, outcome.lat)
    if not declared:
        return lies_in or "", said
    away_m = districts.distance_m(declared, outcome.lon, outcome.lat)
    if away_m <= BORDER_M:
        return declared, said
    return lies_in or declared, (*said, _mismatch(question, lies_in, away_m))


def _conflict(question: Question) -> tuple[Flag, ...]:
    column, own = question.declared_district, question.own_district
    if not column or not own or column == own:
        return ()
    message = f"“区”一栏是{column}{_how(question)}，地址里写的是{own}：请核对。"
    return (Flag("district_conflict", message, _cell(question.declared.source, "district")),)


def _how(question: Question) -> str:
    return "（由上面的合并单元格带下来）" if question.carried_down else ""


def _mismatch(question: Question, lies_in: str | None, away_m: float) -> Flag:
    where = f"位置却在{lies_in}" if lies_in else "位置却不在本市任何一个区内"
    message = (
        f"表中写的是{question.district}{_how(question)}，{where}，"
        f"离{question.district}边界 {away_m:,.0f} 米：请核对区或地址。"
    )
    return Flag("district_mismatch", message, _cell(question.declared.source, "district"))


def _cell(source: Source, *fields: str) -> str:
    """Where the first of the fields was read, as 第 4 行 C 列; only the row if none was."""
    columns = [source.columns[field][0] for field in fields if field in source.columns]
    return f"第 {source.row} 行 {columns[0]} 列" if columns else f"第 {source.row} 行"
