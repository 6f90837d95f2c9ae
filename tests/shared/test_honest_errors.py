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


def without(listed, by, *, share, seed):
    """A gazetteer of a part of the list, and the part held back."""
    kept, held = held_back(listed, by, share=share, seed=seed)
    stored, _ = assemble([Input("地址表", "", Datum.WGS84, tuple(kept))])
    return Gazetteer(stored.entries, model=stored.model), held


@pytest.fixture(scope="module", params=[(0.1, 1), (0.2, 2)], ids=str)
def unseen(listed, request):
    share, seed = request.param
    return without(listed, SplitBy.NUMBER, share=share, seed=seed)


def test_unseen_doors_are_placed_and_lie_near_the_truth(unseen):
    gazetteer, held = unseen
    found = evaluate(gazetteer, [one for one in held if one.address.endswith("号")])
    assert found.asked > 600
    assert found.finer >= 0.88
    assert found.within_100_m >= 0.55
    assert found.within_300_m >= 0.76


def test_lanes_are_the_harder_half_of_all_unseen_numbers(unseen):
    found = evaluate(*unseen)
    assert found.finer >= 0.88
    assert found.within_100_m >= 0.535
    assert found.within_300_m >= 0.74


def test_nine_in_ten_lie_within_the_error_claimed(unseen):
    often = [one for one in evaluate(*unseen).levels if one.cases >= 50]
    assert often
    assert [one for one in often if not 0.88 <= one.within_error <= 0.97] == []


def test_nothing_is_claimed_on_an_unseen_road(listed):
    found = evaluate(*without(listed, SplitBy.ROAD, share=0.2, seed=1))
    assert (found.asked > 1000, found.finer, found.levels) == (True, 0.0, ())
