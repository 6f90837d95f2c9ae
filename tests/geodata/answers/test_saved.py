"""An answer kept with its parameters gives the same figures again, to the last digit."""

import json
from datetime import date

import pytest

from geodata.answers.answer import answer
from geodata.answers.question import Hour, Question
from geodata.answers.saved import differences, parameters_of, saved
from geodata.errors import ParameterError

SITES = [{"workers": 700.0, "east_m": 123.4}, {"workers": 31.0, "district": "静安区"}]
POINTS = [{"half_days": 3.0, "operator": "甲"}, {"east_m": 777.0}]


def test_a_kept_answer_is_worked_out_again_to_the_last_digit(make_city) -> None:
    city = make_city(sites=SITES, points=POINTS)
    asked = Question(800.0, count_rectifying=True, hour=Hour(6, 61), as_of=date(2026, 3, 31))
    kept = json.loads(json.dumps(saved(answer(city, asked))))
    parameters = parameters_of(kept)
    assert parameters.question == asked
    again = json.loads(json.dumps(saved(answer(city, parameters.question))))
    assert (list(differences(kept, again)), again) == ([], kept)


def test_what_differs_is_named(make_city) -> None:
    before = saved(answer(make_city(sites=SITES, points=POINTS), Question()))
    after = saved(answer(make_city(sites=SITES, points=POINTS[1:]), Question()))
    told = list(differences(before, after))
    assert told[:2] == [
        "/city/tally/covered_workers：原 731，现 700",
        "/city/tally/uncovered_workers：原 0，现 31",
    ]
    assert "/cuts/district/静安区/tally/gaps：原 0，现 1" in told
    assert "/sites/第2/state：原 covered，现 gap" in told
    assert [line for line in told if line.startswith("/operators")] == [
        "/operators：原 2 项，现 1 项"
    ]


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"format": "zhitu-coverage-1"},
        {"format": "zhitu-coverage-1", "parameters": {}},
    ],
)
def test_a_file_of_another_kind_is_refused(document: object) -> None:
    with pytest.raises(ParameterError, match="没法重算"):
        parameters_of(document)
