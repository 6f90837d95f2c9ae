"""An answer comes back from JSON as it was."""

import json
from dataclasses import replace

import pytest

from geodata.siting.invented import invented_city
from geodata.siting.kept import as_json, from_json
from geodata.siting.read import read
from geodata.siting.run import answered, opened

QUESTIONS = (
    {"new": {"count": 3, "district_minimum": 0}, "draws": 3, "budget_10k": {"city": 100}},
    {"model": "p_median", "new": {"count": 2}},
    {"new": {"count": 20, "minimum_by_district": {"黄浦区": 20}}},
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_comes_back_whole(question: dict[str, object]) -> None:
    answer = answered(invented_city(), read(question))
    written = json.dumps(as_json(answer), allow_nan=False)
    assert from_json(json.loads(written)) == answer


def test_a_bound_that_is_not_known_yet_comes_back_endless() -> None:
    first = opened(invented_city(), read(QUESTIONS[0])).first
    endless = replace(first, value=float("-inf"), bound=float("inf"))
    assert from_json(json.loads(json.dumps(as_json(endless), allow_nan=False))) == endless
