import numpy as np
import pytest

from geodata.declared import DeclaredPlace, Placed, Source
from geodata.geodesy import metres_per_degree
from geodata.model import Datum, Level, Position
from geodata.place.candidate import FORM, GAZETTEER, Candidate
from geodata.place.datum import convert
from geodata.place.detective import DatumFinding, DatumWatch, detect_datum

RNG_SEED = 20


def truth(n, seed=RNG_SEED):
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.uniform(121.2, 121.8, n), rng.uniform(30.9, 31.4, n)])


def noisy(spots, sigma_m, seed=RNG_SEED):
    """Spots with a normal error of so many metres each way, as a gazetteer has them."""
    rng = np.random.default_rng(seed + 1)
    per_degree = np.column_stack(metres_per_degree(spots[:, 1]))
    return spots + rng.normal(0.0, sigma_m, spots.shape) / per_degree


def taken_for(spots, *, said, true):
    raw = convert(spots[:, 0], spots[:, 1], source=Datum.WGS84, target=true)
    return np.column_stack(convert(*raw, source=said, target=Datum.WGS84))


PAIRS = [(a, b) for a in Datum for b in Datum if {a, b} != {Datum.WGS84, Datum.CGCS2000} and a != b]


@pytest.mark.parametrize(("said", "true"), PAIRS)
def test_every_mistake_of_a_datum_is_found_in_a_batch(said, true):
    spots = truth(40)
    found = detect_datum(taken_for(spots, said=said, true=true), noisy(spots, 60), said=said)
    plain = Datum.WGS84 if true is Datum.CGCS2000 else true
    assert (found.said, found.true, found.pairs, found.fitting) == (said, plain, 40, 40)


def test_the_finding_says_itself_in_words():
    spots = truth(40)
    found = detect_datum(taken_for(spots, said=Datum.WGS84, true=Datum.GCJ02), spots)
    assert found == DatumFinding(
        Datum.WGS84, Datum.GCJ02, 40, 40, pytest.approx(425, abs=15), pytest.approx(-235, abs=25)
    )
    assert found.sentence.startswith(
        "整批坐标像是 GCJ-02，不是 WGS-84：能核对的 40 处里 40 处相符，按 WGS-84 整体偏了 4"
    )


def test_a_tenth_of_wild_pairs_hides_no_mistake():
    spots = truth(50)
    given = taken_for(spots, said=Datum.WGS84, true=Datum.GCJ02)
    given[:5] = truth(5, seed=99)
    assert detect_datum(given, noisy(spots, 90)).true is Datum.GCJ02


def test_seven_pairs_prove_nothing():
    spots = truth(7)
    assert detect_datum(taken_for(spots, said=Datum.WGS84, true=Datum.GCJ02), spots) is None


def test_a_batch_of_which_half_is_wrong_gets_no_single_repair():
    spots = truth(40)
    given = noisy(spots, 20)
    given[::2] = taken_for(spots[::2], said=Datum.WGS84, true=Datum.GCJ02)
    assert detect_datum(given, spots) is None


@pytest.mark.parametrize("sigma_m", [30, 100, 300])
def test_batches_in_the_right_datum_raise_no_alarm(sigma_m):
    alarms = [
        seed
        for seed in range(400)
        if detect_datum(truth(8, seed), noisy(truth(8, seed), sigma_m, seed)) is not None
    ]
    assert alarms == []


def test_a_batch_that_is_off_for_another_reason_raises_no_alarm():
    spots = truth(60)
    assert detect_datum(spots + np.array((0.002, 0.003)), noisy(spots, 60)) is None


def placed(lon, lat, door, datum):
    declared = DeclaredPlace("站点", "某路1号", "", "", (), Source("a.csv", "", 2, {}, ""))
    here = Position(lon, lat, Level.MANUAL, 30.0, "表中坐标", datum)
    there = Position(*door, Level.NUMBER, 90.0, "地址表")
    candidates = (Candidate(here, FORM), Candidate(there, GAZETTEER))
    return Placed(declared, None, here, "", candidates=candidates)


def test_the_coordinates_of_a_file_are_judged_by_the_datum_they_name():
    spots, watch = truth(30), DatumWatch()
    wrong = taken_for(spots, said=Datum.WGS84, true=Datum.BD09)
    for spot, door in zip(wrong, spots, strict=True):
        watch.see(placed(*spot, door, Datum.WGS84))
        watch.see(placed(*door, door, Datum.GCJ02))
    assert [(one.said, one.true, one.pairs) for one in watch.findings()] == [
        (Datum.WGS84, Datum.BD09, 30)
    ]


def test_records_without_coordinates_say_nothing_about_the_file():
    watch = DatumWatch()
    position = Position(121.5, 31.2, Level.NUMBER, 90.0, "地址表")
    watch.see(Placed(placed(121.5, 31.2, (121.5, 31.2), Datum.WGS84).declared, None, position, ""))
    assert watch.findings() == ()
