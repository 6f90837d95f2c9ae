"""The siting models against published and proved optima, and the worked examples."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.coverage.siting.center import p_center
from geodata.coverage.siting.covering import maximal_covering, set_covering
from geodata.coverage.siting.explain import prices
from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.median import p_median
from geodata.coverage.siting.mip import Status
from geodata.coverage.siting.notice import Target, programme
from geodata.coverage.siting.problem import Cover, Question
from geodata.coverage.siting.rules import by_group, count

pytestmark = pytest.mark.shared
# How long a proof takes says nothing on a machine that others share.
PATIENCE_S = 3600.0


@pytest.fixture(scope="module")
def optima(shared: Path) -> dict[str, Any]:
    text = (shared / "bench" / "optima.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def median_instance(shared: Path, number: int) -> tuple[np.ndarray, int]:
    """Shortest paths between all nodes of an OR-Library graph, and its p."""
    text = (shared / "bench" / "orlib_pmed" / f"pmed{number}.txt").read_text(encoding="utf-8")
    (nodes, _, sites), *edges = [[int(word) for word in line.split()] for line in text.splitlines()]
    lengths: dict[tuple[int, int], int] = {}
    for i, j, cost in edges:  # an edge given twice has its last length
        lengths[i - 1, j - 1] = lengths[j - 1, i - 1] = cost
    rows, columns = zip(*lengths, strict=True)
    graph = csr_array((list(lengths.values()), (rows, columns)), shape=(nodes, nodes))
    return dijkstra(graph, directed=False), sites


@pytest.mark.parametrize("number", range(1, 21))
def test_orlib_p_median_and_p_center_are_proved(
    shared: Path, optima: dict[str, Any], number: int
) -> None:
    cost, sites = median_instance(shared, number)
    median = p_median(cost, sites, time_limit_s=PATIENCE_S)
    center = p_center(cost, sites, time_limit_s=PATIENCE_S)
    assert (median.status, -median.value) == (
        Status.OPTIMAL,
        optima["p_median_orlib"][f"pmed{number}"],
    )
    assert (center.status, -center.value) == (
        Status.OPTIMAL,
        optima["p_center_orlib"][f"pmed{number}"],
    )


def test_every_row_of_sjc_is_proved(shared: Path, optima: dict[str, Any]) -> None:
    for key, rows in optima["mclp_sjc"].items():
        name, radius = key.split("_S")
        table = np.loadtxt(shared / "bench" / "mclp_sjc" / f"{name}.txt", skiprows=1)
        away = np.hypot(*(table[:, None, :2] - table[None, :, :2]).transpose(2, 0, 1))
        near = np.nonzero(away <= float(radius))
        cover = Cover.of(near[0], near[1], away.shape)
        for sites, best in rows.items():
            asked = Question(table[:, 2], cover, rules=(count(len(table), at_most=int(sites)),))
            answer = maximal_covering(asked, time_limit_s=PATIENCE_S)
            assert (key, sites, answer.status, answer.value) == (key, sites, Status.OPTIMAL, best)


def test_the_san_francisco_stores(shared: Path, optima: dict[str, Any]) -> None:
    folder, best = shared / "bench" / "spopt_sf", optima["spopt_sf"]
    with (folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv").open() as file:
        rows = list(csv.DictReader(file))
    stores = sorted({row["name"] for row in rows})
    tracts = sorted({row["DestinationName"] for row in rows})
    walk = np.full((len(tracts), len(stores)), np.inf)
    people = np.zeros(len(tracts))
    for row in rows:
        tract = tracts.index(row["DestinationName"])
        walk[tract, stores.index(row["name"])] = float(row["distance"])
        people[tract] = float(row["demand"])
    near = np.nonzero(walk <= 5000)
    cover = Cover.of(near[0], near[1], walk.shape)
    assert len(set_covering(cover).chosen) == best["lscp_5000"]
    covered = maximal_covering(Question(people, cover, rules=(count(16, at_most=4),)))
    assert (covered.value, people.sum()) == (best["mclp_5000_p4"], best["total_pop"])
    median = p_median(walk * people[:, None], 4)
    assert -median.value == pytest.approx(best["pmedian_p4"], rel=1e-9)
    assert -median.value / people.sum() == pytest.approx(best["pmedian_mean"], rel=1e-9)
    assert -p_center(walk, 4).value == pytest.approx(best["pcenter_p4"], abs=1e-6)


@pytest.fixture(scope="module")
def vectors(shared: Path) -> dict[str, Any]:
    text = (shared / "vectors" / "coverage.json").read_text(encoding="utf-8")
    return {one["id"]: one for one in json.loads(text)["vectors"]}


def lettered(given: dict[str, Any]) -> tuple[Question, list[str]]:
    names = sorted(given["cover"])
    demand = np.array([d for name in names for d in given["cover"][name]])
    candidate = np.repeat(np.arange(len(names)), [len(given["cover"][name]) for name in names])
    workers = np.array(given["w"], dtype=float)
    cover = Cover.of(demand, candidate, (len(workers), len(names)))
    return Question(workers, cover, rules=(count(len(names), at_most=given["p"]),)), names


def test_vector_s01_greedy_is_not_best(vectors: dict[str, Any]) -> None:
    vector = vectors["S01"]
    question, names = lettered(vector["input"])
    answer, first = maximal_covering(question), greedy(question, exchange=False)
    assert first is not None
    assert {
        "best": [names[one] for one in answer.chosen],
        "value": answer.value,
        "greedy": [names[one] for one in first],
        "greedy_value": question.total(first),
    } == vector["expected"]


def test_vector_s03_the_price_of_a_minimum(vectors: dict[str, Any]) -> None:
    vector = vectors["S03"]
    free, names = lettered(vector["input"])
    groups = [vector["input"]["district"][name] for name in names]
    rules = (*free.rules, *by_group(groups, at_least=vector["input"]["min_new"]))
    ruled = Question(free.workers, free.cover, rules=rules)
    answer = maximal_covering(ruled)
    dearest = next(price for price in prices(ruled, answer) if price.without)
    assert {
        "value": answer.value,
        "best": [names[one] for one in answer.chosen],
        "free_value": maximal_covering(free).value,
        "price": dearest.workers,
    } == vector["expected"]


def test_vector_s05_on_a_line(vectors: dict[str, Any]) -> None:
    vector = vectors["S05"]
    at = np.array(vector["input"]["x"])
    away = np.abs(at[:, None] - at[None, :]).astype(float)
    near = np.nonzero(away <= vector["input"]["R"])
    assert {
        "lscp": len(set_covering(Cover.of(near[0], near[1], away.shape)).chosen),
        "pcenter": -p_center(away, vector["input"]["p"]).value,
    } == vector["expected"]


def test_vector_h07_the_money_of_the_notice(vectors: dict[str, Any]) -> None:
    given, expected = vectors["H07"]["input"], vectors["H07"]["expected"]
    match = tuple(given["match"])
    new = programme(
        Target(given["new"], given["new_min"], given["sub_new"]),
        districts=given["districts"],
        match=match,
    )
    up = programme(
        Target(given["upgrade"], given["up_min"], given["sub_up"]),
        districts=given["districts"],
        match=match,
    )
    assert {
        "new_free": new.free,
        "up_free": up.free,
        "city_10k": new.city_10k + up.city_10k,
        "total_min_10k": new.total_min_10k + up.total_min_10k,
        "per_new_min_10k": new.each_min_10k,
        "per_up_min_10k": up.each_min_10k,
    } == expected
