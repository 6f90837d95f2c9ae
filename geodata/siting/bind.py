"""The rules of a question over its candidates, each with its name in both languages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from geodata.answers.words import Said
from geodata.coverage.siting.problem import Floats, Ints, Rule
from geodata.coverage.siting.rules import spaced
from geodata.errors import ParameterError
from geodata.place.district import load_districts
from geodata.siting import sentences as say
from geodata.siting.asked import LAYERS, Bind, Works
from geodata.siting.scene import NEW, UPGRADE, Candidate, Scene


@dataclass(frozen=True)
class Bound:
    """A rule, what to call it, and the family it is priced with; "" for none."""

    rule: Rule
    said: Said
    family: str = ""


def bound(scene: Scene) -> tuple[Bound, ...]:
    """Every rule of the question."""
    asked = scene.asked
    rules: list[Bound] = []
    for kind, works in ((NEW, asked.new), (UPGRADE, asked.upgrade)):
        if works is not None:
            rules += _of_works(scene, kind, works)
    return (*rules, *_budgets(scene), *_named(scene), *_apart(scene))


def minima(scene: Scene, works: Works) -> dict[str, int]:
    """The least number in each district; a question about some districts asks of those."""
    named = scene.asked.candidates.districts or load_districts().names
    usual = {name: works.district_minimum for name in named if works.district_minimum}
    return usual | dict(works.minimum_by_district)


def applications(scene: Scene, kind: str) -> dict[str, int]:
    """How many candidates of a type of works each district has."""
    found: dict[str, int] = {}
    for one in scene.candidates:
        if one.works == kind:
            found[one.district] = found.get(one.district, 0) + 1
    return found


def _of_works(scene: Scene, kind: str, works: Works) -> Iterator[Bound]:
    every = scene.of(kind)
    if works.count:
        yield _counted(every, say.count_rule(kind, works.count), most=works.count, family="count")
    named = scene.asked.candidates.districts or load_districts().names
    usual = works.district_maximum
    most = {} if usual is None else dict.fromkeys(named, usual)
    most |= works.maximum_by_district
    least = minima(scene, works) if scene.asked.rules.minima_bind is Bind.AWARDS else {}
    by_district = [one.district for one in scene.candidates]
    yield from _grouped(every, by_district, least, most, kind=kind, level="district")
    by_town = [one.town for one in scene.candidates]
    towns = works.minimum_by_town, works.maximum_by_town
    yield from _grouped(every, by_town, *towns, kind=kind, level="town")


def _grouped(
    every: Ints,
    groups: list[str],
    least: Mapping[str, float],
    most: Mapping[str, float],
    *,
    kind: str,
    level: str,
) -> Iterator[Bound]:
    labels = np.array([groups[one] for one in every], dtype=object)
    for name, low in least.items():
        if low > 0:
            said = say.least_rule(kind, name, low)
            yield _counted(every[labels == name], said, least=low, family=f"{kind}:{level}:min")
    for name, high in most.items():
        said = say.most_rule(kind, name, high)
        yield _counted(every[labels == name], said, most=high, family=f"{kind}:{level}:max")


def _counted(
    members: Ints,
    said: Said,
    *,
    least: float = -np.inf,
    most: float = np.inf,
    family: str = "",
) -> Bound:
    members = np.asarray(members, dtype=np.int64)
    return Bound(Rule(said.zh, members, np.ones(len(members)), least, most), said, family)


def _budgets(scene: Scene) -> Iterator[Bound]:
    for name, money in scene.asked.budget_10k.items():
        costs = budget_costs(scene.candidates, name)
        paid = np.flatnonzero(costs).astype(np.int64)
        said = say.budget_rule(name, money)
        yield Bound(Rule(said.zh, paid, costs[paid], -np.inf, money), said)


def budget_costs(candidates: Iterable[Candidate], name: str) -> Floats:
    """What each candidate costs a budget: a layer's, a type of works', or all."""
    costs = []
    for one in candidates:
        if name in LAYERS:
            costs.append(one.cost_10k.get(name, 0.0))
        else:
            costs.append(sum(one.cost_10k.values()) if name in {"total", one.works} else 0.0)
    return np.array(costs, dtype=np.float64)


def _named(scene: Scene) -> Iterator[Bound]:
    rules = scene.asked.rules
    for name in rules.required:
        yield _counted(np.array([at(scene, name)]), say.required_rule(name), least=1)
    for name in rules.forbidden:
        yield _counted(np.array([at(scene, name)]), say.forbidden_rule(name), most=0)
    for one, other in rules.exclusive:
        pair = np.array([at(scene, one), at(scene, other)])
        yield _counted(pair, say.exclusive_rule(one, other), most=1)


def at(scene: Scene, name: str) -> int:
    """The candidate of a name or key.

    Raises:
        ParameterError: no candidate, or more than one, is called so.
    """
    found = [n for n, one in enumerate(scene.candidates) if name in {one.name, one.key}]
    if len(found) == 1:
        return found[0]
    if found:
        keys = "、".join(scene.candidates[n].key for n in found[:5])
        raise ParameterError(f"[rules] 里的“{name}”不止一处，请改写成编号：{keys}")
    raise ParameterError(f"[rules] 里的“{name}”不在候选点里：请写候选点的名称或编号，如 site:12")


def _apart(scene: Scene) -> Iterator[Bound]:
    """No two new points too near, nor a new one too near one that exists."""
    metres = scene.asked.rules.spacing_m
    new = scene.of(NEW)
    if not metres or not len(new):
        return
    for rule in spaced(scene.spots[new], metres=metres):
        a, b = (int(new[one]) for one in rule.candidates)
        said = say.spacing_rule(scene.candidates[a].name, scene.candidates[b].name, metres)
        yield _counted(np.array([a, b]), said, most=1, family="spacing")
