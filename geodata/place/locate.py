"""The ladder: where a declared record lies, by the first step that knows.

`LADDER` is the order of trust. A step returns what it found, or None to hand on to the next; the
last one always answers. What the checks doubt is flagged and kept, never moved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geodata.declared import Declared, DeclaredKeyed, Flag, Placed
from geodata.errors import DatumError
from geodata.model import Coordinates, Datum, Level, Position, Reason, Unlocated
from geodata.place.address import canonical
from geodata.place.checks import counted_in, far_from_address
from geodata.place.datum import convert
from geodata.place.district import Districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.grammar.words import home_province
from geodata.place.question import Question, ask

FORM_ERROR_M = 30.0
# Outlines follow the shore and the city limit only roughly; about 5 km around them is still ours.
_MARGIN_DEG = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step found, and its doubts; `settled` by a person, it is not asked again."""

    outcome: Position | Unlocated
    flags: tuple[Flag, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Locator:
    """Locates records; `decisions` are a person's, by canonical address, and always win."""

    gazetteer: Gazetteer
    districts: Districts
    decisions: Mapping[str, Position]

    def locate(self, declared: Declared) -> Placed:
        """Place one record: never None and never (0, 0), but a position or the reason for none."""
        question = ask(declared)
        answer = next(answer for step in LADDER if (answer := step(self, question)) is not None)
        district, doubts = counted_in(self.districts, question, answer.outcome)
        return Placed(
            declared=declared,
            address=question.address,
            outcome=answer.outcome,
            district=district,
            flags=declared.flags + answer.flags + (() if answer.settled else doubts),
        )


def decided(locator: Locator, question: Question) -> Answer | None:
    """What a person has decided for this address."""
    if question.address is None:
        return None
    position = locator.decisions.get(canonical(question.address, question.declared_district))
    return Answer(position, settled=True) if position else None


def given(locator: Locator, question: Question) -> Answer | None:
    """The form's own coordinates."""
    if question.coordinates is None:
        return None
    pair = question.coordinates
    try:
        lon, lat = convert(pair.lon, pair.lat, source=pair.datum, target=Datum.WGS84)
    except DatumError as error:
        flag = Flag("coordinates_unusable", str(error), question.cell("lon"))
        return Answer(Unlocated(Reason.OUTSIDE), (flag,))
    if not _in_city(locator.districts, float(lon), float(lat)):
        return _outside(question, pair)
    level = Level.SURVEYED if pair.surveyed else Level.MANUAL
    error_m = level.prior_error_m if pair.surveyed else FORM_ERROR_M
    here = Position(float(lon), float(lat), level, error_m, "表中坐标", pair.datum)
    return Answer(here, far_from_address(question, pair, here, _looked_up(locator, question)))


def whole_area(locator: Locator, question: Question) -> Answer | None:
    """A record that is no place (workers of a town, a line of the register) is its district's."""
    if not isinstance(question.declared, DeclaredKeyed):
        return None
    return district_area(locator, question) or Answer(
        Unlocated(Reason.NOT_FOUND, question.declared.district)
    )


def no_address(_: Locator, question: Question) -> Answer | None:
    """A place with a name and no address is not put anywhere, least of all mid-district."""
    return Answer(Unlocated(Reason.NO_ADDRESS)) if question.address is None else None


def elsewhere(_: Locator, question: Question) -> Answer | None:
    """An address that names another province or city."""
    address, home = question.address, {"", home_province()}
    if address is None or {address.province, address.city} <= home:
        return None
    return Answer(Unlocated(Reason.OUTSIDE, f"{address.province}{address.city}"))


def in_gazetteer(locator: Locator, question: Question) -> Answer | None:
    """A door, exit, station, place or lane of the gazetteer."""
    outcome = _looked_up(locator, question)
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


def _looked_up(locator: Locator, question: Question) -> Position | Unlocated | None:
    if question.address is None:
        return None
    return locator.gazetteer.find(
        question.address,
        district=question.own_district or question.district,
        firm=not question.carried_down,
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
    flag = Flag("outside_city", message, question.cell("lon"))
    return Answer(Unlocated(Reason.OUTSIDE, f"{pair.lon:g}, {pair.lat:g}"), (flag,))
