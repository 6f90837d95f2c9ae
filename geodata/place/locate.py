"""The ladder: where a declared record lies, by the first step that knows.

`LADDER` is the order of trust. A step returns what it found, or None to hand on to the next; the
last one always answers. What is in doubt is flagged, what a person must decide gets no point.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.declared import Declared, DeclaredKeyed, Flag, Placed
from geodata.errors import DatumError
from geodata.model import Coordinates, Datum, Level, Position, Reason, Unlocated
from geodata.place.address import canonical
from geodata.place.candidate import FORM, GAZETTEER, Candidate, Doubt, Verdict
from geodata.place.checks import contradiction, counted_in, doubted, knows_well
from geodata.place.datum import convert
from geodata.place.decide import decide, for_a_person, in_city
from geodata.place.district import Districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.grammar.words import home_province
from geodata.place.look_up import Provider, in_gazetteer, look_up
from geodata.place.question import Question, ask
from geodata.place.ruling import Corrected, Ruling
from geodata.place.town import town_box

FORM_ERROR_M = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step found, and its doubts; `settled` by a person, it is not asked again."""

    outcome: Position | Unlocated
    flags: tuple[Flag, ...] = ()
    settled: bool = False
    verdict: Verdict = Verdict.ACCEPT
    doubts: tuple[Doubt, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Locator:
    """Locates records; `decisions` are a person's, by canonical address, and always win.

    `providers` are online geocoders in their order, asked where the gazetteer is not good enough.
    `datum` is what a person says the forms' coordinates are in, whatever the forms say.
    """

    gazetteer: Gazetteer
    districts: Districts
    decisions: Mapping[str, Ruling]
    providers: Sequence[Provider] = ()
    datum: Datum | None = None

    def locate(self, declared: Declared) -> Placed:
        """Place one record: never None and never (0, 0), but a position or the reason for none."""
        return self.answer(ask(declared if self.datum is None else in_datum(declared, self.datum)))

    def answer(self, question: Question) -> Placed:
        """Place what a question is about."""
        answer = _climb(self, question, LADDER)
        district, doubts = counted_in(self.districts, question, answer.outcome)
        # What an online geocoder was paid for is kept; the gazetteer can be asked again.
        paid = any(one.provider not in {FORM, GAZETTEER} for one in answer.candidates)
        plain = answer.verdict is Verdict.ACCEPT and len(answer.candidates) < 2 and not paid
        return Placed(
            declared=question.declared,
            address=question.address,
            outcome=answer.outcome,
            district=district,
            flags=_once(question.declared.flags, answer.flags, () if answer.settled else doubts),
            verdict=answer.verdict,
            doubts=answer.doubts,
            candidates=() if plain else answer.candidates,
        )


def in_datum(declared: Declared, datum: Datum) -> Declared:
    """The same record with its coordinates read in another datum."""
    if isinstance(declared, DeclaredKeyed) or declared.coordinates is None:
        return declared
    return replace(declared, coordinates=replace(declared.coordinates, datum=datum))


def decided(locator: Locator, question: Question) -> Answer | None:
    """What a person has decided for this address."""
    ruling = _ruling(locator, question)
    if not isinstance(ruling, Corrected):
        return Answer(ruling, settled=True) if ruling else None
    asked = replace(question.about(ruling.address), coordinates=None)
    second = _ruling(locator, asked)
    if second and not isinstance(second, Corrected):
        return Answer(second, settled=True)
    return _climb(locator, asked, LADDER[1:])


def given(locator: Locator, question: Question) -> Answer | None:
    """The form's own coordinates, held against its address and district."""
    if question.coordinates is None:
        return None
    pair = question.coordinates
    try:
        lon, lat = convert(pair.lon, pair.lat, source=pair.datum, target=Datum.WGS84)
    except DatumError as error:
        flag = Flag("coordinates_unusable", str(error), question.cell("lon"))
        return _failed(Unlocated(Reason.OUTSIDE), Doubt.OUTSIDE_SHANGHAI, flag)
    level = Level.SURVEYED if pair.surveyed else Level.MANUAL
    error_m = level.prior_error_m if pair.surveyed else FORM_ERROR_M
    here = Position(float(lon), float(lat), level, error_m, "表中坐标", pair.datum)
    if not in_city(locator.districts, here):
        return _outside(question, pair)
    return _held_against_address(locator, question, pair, here)


def whole_area(locator: Locator, question: Question) -> Answer | None:
    """A record that is no place (workers of a town, a line of the register) is its district's."""
    if not isinstance(question.declared, DeclaredKeyed):
        return None
    if not question.district:
        return Answer(Unlocated(Reason.NOT_FOUND, question.declared.district))
    return Answer(locator.districts.area_position(question.district))


def no_address(_: Locator, question: Question) -> Answer | None:
    """A place with a name and no address is not put anywhere, least of all mid-district."""
    if question.address is not None:
        return None
    return _failed(Unlocated(Reason.NO_ADDRESS), Doubt.NO_RESULT)


def elsewhere(_: Locator, question: Question) -> Answer | None:
    """An address that names another province or city."""
    address, home = question.address, {"", home_province()}
    if address is None or {address.province, address.city} <= home:
        return None
    outcome = Unlocated(Reason.OUTSIDE, f"{address.province}{address.city}")
    return _failed(outcome, Doubt.OUTSIDE_SHANGHAI)


def looked_up(locator: Locator, question: Question) -> Answer | None:
    """A door, exit, station, place or lane of the gazetteer, or what online geocoders say."""
    found = look_up(
        question,
        gazetteer=locator.gazetteer,
        districts=locator.districts,
        providers=locator.providers,
    )
    if found.verdict is Verdict.FAILED:
        return None
    in_person = found.verdict is Verdict.REVIEW
    asked = doubted(locator.districts, question, found.doubts, found.candidates)
    # Of a point that was accepted the district is doubted once the record is counted.
    flags = tuple(flag for flag in asked if in_person or flag.code != Doubt.DISTRICT_MISMATCH)
    return Answer(
        found.outcome,
        flags,
        verdict=found.verdict,
        doubts=found.doubts,
        candidates=found.candidates,
    )


def town_area(_: Locator, question: Question) -> Answer | None:
    """The town as a whole, where the address or the form names one that is known."""
    box = next((box for name in question.towns if (box := town_box(name, question.district))), None)
    return _area(box.position()) if box else None


def district_area(locator: Locator, question: Question) -> Answer | None:
    """The district as a whole: counted there, drawn nowhere."""
    if not question.district:
        return None
    return _area(locator.districts.area_position(question.district))


def not_found(_: Locator, question: Question) -> Answer:
    text = question.address.text if question.address else ""
    return _failed(Unlocated(Reason.NOT_FOUND, text), Doubt.NO_RESULT)


Step = Callable[[Locator, Question], Answer | None]

LADDER: tuple[Step, ...] = (
    decided,
    given,
    whole_area,
    no_address,
    elsewhere,
    looked_up,
    town_area,
    district_area,
    not_found,
)


def _climb(locator: Locator, question: Question, steps: Sequence[Step]) -> Answer:
    return next(answer for step in steps if (answer := step(locator, question)) is not None)


def _ruling(locator: Locator, question: Question) -> Ruling | None:
    if question.address is None:
        return None
    return locator.decisions.get(canonical(question.address, question.declared_district))


def _held_against_address(
    locator: Locator, question: Question, pair: Coordinates, here: Position
) -> Answer:
    """What the form gives counts, unless its own district or another datum speaks against it."""
    form = Candidate(here, FORM)
    door = in_gazetteer(question, locator.gazetteer)
    candidates: tuple[Candidate, ...] = (form,)
    if isinstance(door, Position) and knows_well(door):
        candidates = (form, Candidate(door, GAZETTEER))
    judged = decide(question, [form], districts=locator.districts)
    verdict, doubts, outcome = judged.verdict, judged.doubts, judged.outcome
    flags = doubted(locator.districts, question, doubts, candidates)
    far = contradiction(question, pair, here, door)
    if far is not None:
        doubts, flags = (*doubts, far.doubt), (far.flag, *flags)
        if far.doubt is Doubt.DATUM_SUSPECT or verdict is Verdict.REVIEW:
            verdict, outcome = Verdict.REVIEW, for_a_person(doubts)
        else:
            verdict = Verdict.ACCEPT_VERIFY
    return Answer(outcome, flags, verdict=verdict, doubts=doubts, candidates=candidates)


def _area(outcome: Position) -> Answer:
    return Answer(outcome, verdict=Verdict.REVIEW, doubts=(Doubt.LOW_LEVEL,))


def _failed(outcome: Unlocated, doubt: Doubt, *flags: Flag) -> Answer:
    return Answer(outcome, flags, verdict=Verdict.FAILED, doubts=(doubt,))


def _once(*groups: Sequence[Flag]) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys(flag for group in groups for flag in group))


def _outside(question: Question, pair: Coordinates) -> Answer:
    message = (
        f"表中坐标 {pair.lon:g}, {pair.lat:g}（{pair.datum}）在本市范围以外，没有采用："
        "请核对经纬度是否颠倒、坐标系是否写对。"
    )
    flag = Flag("outside_city", message, question.cell("lon"))
    outcome = Unlocated(Reason.OUTSIDE, f"{pair.lon:g}, {pair.lat:g}")
    return _failed(outcome, Doubt.OUTSIDE_SHANGHAI, flag)
