"""Addresses held back from a real list, placed from the rest: how many, how near, how honestly."""

import pytest

from geodata.model import Datum
from geodata.place.gazetteer import Gazetteer
from geodata.place.gazetteer.build import assemble
from geodata.place.gazetteer.evaluate import SplitBy, evaluate, held_back
from geodata.place.gazetteer.inputs import Input
from geodata.place.gazetteer.lists import read_list

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def listed(shared):
    return read_list(shared / "data" / "addresses.csv").input.items


def tried(listed, by, *, share, seed):
    kept, held = held_back(listed, by, share=share, seed=seed)
    stored, _ = assemble([Input("地址表", "", Datum.WGS84, tuple(kept))])
    return evaluate(Gazetteer(stored.entries, model=stored.model), held)


def doors(listed):
    """The list without its lanes, which are held back with their doors otherwise."""
    return [one for one in listed if one.address.endswith("号")]


@pytest.fixture(scope="module", params=[1, 2, 3])
def unseen_numbers(listed, request):
    return tried(listed, SplitBy.NUMBER, share=0.1, seed=request.param)


def test_unseen_numbers_get_a_place_on_their_road(unseen_numbers):
    assert unseen_numbers.finer >= 0.88


def test_unseen_numbers_lie_near_the_truth(unseen_numbers):
    assert unseen_numbers.within_100_m >= 0.5
    assert unseen_numbers.within_300_m >= 0.74


def test_nine_in_ten_lie_within_the_error_claimed(unseen_numbers):
    often = [one for one in unseen_numbers.levels if one.cases >= 50]
    assert often
    assert [one for one in often if not 0.88 <= one.within_error <= 0.97] == []


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_claimed_on_an_unseen_road(listed, seed):
    found = tried(listed, SplitBy.ROAD, share=0.2, seed=seed)
    assert (found.asked > 1000, found.finer, found.levels) == (True, 0.0, ())
