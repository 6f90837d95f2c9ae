from dataclasses import dataclass, field

import pytest

from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.look_up import look_up
from geodata.place.question import ask_about

HEADER = "address,lng,lat,datum,level,district,error_m"
DOOR = Position(121.342189, 31.225915, Level.NUMBER, 90.0, "地址表")


@dataclass
class Says:
    """A provider that knows one answer, and counts how often it is asked."""

    name: str
    answer: tuple[Candidate, ...]
    asked: list[str] = field(default_factory=list)

    def candidates(self, address, *, district):
        self.asked.append(f"{district}{address.text}")
        return self.answer


@pytest.fixture
def gazetteer(tmp_path):
    path = tmp_path / "地名.csv"
    rows = (
        HEADER + ",source",
        "北翟路1350号,121.342189,31.225915,WGS-84,number,长宁区,90,地址表",
        "南桥路188号,121.4500,30.9150,WGS-84,number,奉贤区,90,地址表",
        "南桥路188号,121.7050,31.1935,WGS-84,number,浦东新区,90,地址表",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    return Gazetteer.load([path])


def at(lon, lat, provider, *, error_m=90.0, level=Level.NUMBER):
    return Candidate(Position(lon, lat, level, error_m, provider), provider)


def found(gazetteer, text, *providers, district=""):
    question = ask_about(text, district=district)
    return look_up(question, gazetteer=gazetteer, districts=load_districts(), providers=providers)


def test_a_good_answer_of_the_gazetteer_costs_no_question_online(gazetteer):
    online = Says("A", (at(121.3422, 31.2259, "A"),))
    decided = found(gazetteer, "北翟路1350号", online)
    assert (decided.verdict, decided.outcome, online.asked) == (Verdict.ACCEPT, DOOR, [])


def test_what_the_gazetteer_lacks_is_asked_online_with_the_district(gazetteer):
    online = Says("A", (at(121.35, 31.226, "A"),))
    decided = found(gazetteer, "北翟路1200号", online, district="长宁")
    assert decided.outcome == Position(121.35, 31.226, Level.NUMBER, 90.0, "A")
    assert online.asked == ["长宁区北翟路1200号"]


def test_a_second_provider_is_asked_when_the_first_is_weak(gazetteer):
    a = Says("A", (at(121.35, 31.226, "A", error_m=1500.0, level=Level.ROAD),))
    b = Says("B", (at(121.3505, 31.226, "B"),))
    decided = found(gazetteer, "北翟路1200号", a, b)
    assert (decided.outcome.source, len(b.asked)) == ("B", 1)
    assert [one.provider for one in decided.candidates] == ["A", "B"]


def test_a_second_provider_is_asked_when_the_first_fails_a_check(gazetteer):
    a, b = Says("A", (at(121.60, 31.226, "A"),)), Says("B", (at(121.35, 31.226, "B"),))
    decided = found(gazetteer, "北翟路1200号", a, b, district="长宁区")
    assert (decided.verdict, decided.outcome.source) == (Verdict.ACCEPT_VERIFY, "B")
    assert decided.doubts == (Doubt.DISTRICT_MISMATCH,)


def test_one_good_answer_in_twenty_is_held_against_the_second_provider(gazetteer):
    a, b = Says("A", (at(121.35, 31.226, "A"),)), Says("B", (at(121.35, 31.226, "B"),))
    for number in range(2, 1002, 2):
        found(gazetteer, f"仙霞路{number}号", a, b)
    assert len(a.asked) == 500
    assert 10 <= len(b.asked) <= 40
    again = list(b.asked)
    for number in range(2, 1002, 2):
        found(gazetteer, f"仙霞路{number}号", a, b)
    assert b.asked == [*again, *again]


def test_namesakes_without_a_district_are_for_a_person(gazetteer):
    decided = found(gazetteer, "南桥路188号")
    assert decided.outcome == Unlocated(Reason.AMBIGUOUS, "地名库里有 2 处（奉贤区、浦东新区）")
    assert (decided.verdict, decided.doubts) == (Verdict.REVIEW, (Doubt.AMBIGUOUS_ROAD,))
    assert [one.position.lat for one in decided.candidates] == [30.915, 31.1935]


def test_an_address_nobody_knows_fails(gazetteer):
    decided = found(gazetteer, "平家桥路186号", Says("A", ()), Says("B", ()))
    assert (decided.verdict, decided.doubts) == (Verdict.FAILED, (Doubt.NO_RESULT,))
