"""A scene as the arrays a solver takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.answers.words import Said
from geodata.coverage.siting.fairness import floors
from geodata.coverage.siting.problem import Bools, Cover, Floats, Question, Share
from geodata.coverage.walk import Pairs
from geodata.siting import sentences as say
from geodata.siting.bind import Bound, bound
from geodata.siting.scene import NEW, UPGRADE, Scene

# Walks no worker walks, in metres: far enough to hold any city.
EVERYWHERE_M = 300_000.0


@dataclass(frozen=True, eq=False)
class Posed:
    """The question in arrays.

    Demands are the scene's twice over where points are upgraded: whom new points newly serve,
    then whom upgraded points serve. `pairs` are demand and candidate within the radius, of the
    scene's own demands.
    """

    scene: Scene
    question: Question
    bound: tuple[Bound, ...]
    pairs: Pairs

    @property
    def texts(self) -> dict[str, Said]:
        """What to call each rule and share."""
        named = {one.rule.name: one.said for one in self.bound}
        floor = self.scene.asked.rules.district_floor
        shares = dict.fromkeys(self.scene.districts)
        floors_said = [say.floor_rule(district, floor) for district in shares]
        return named | {one.zh: one for one in floors_said}

    def newly(self, chosen: Sequence[int]) -> Bools:
        """Which demands of the scene a choice serves that nothing served before."""
        new = [one for one in chosen if self.scene.candidates[one].works == NEW]
        times = self.question.cover.times_covered(new)[: len(self.scene.rows)]
        return (times > 0) & ~self.scene.served


def posed(scene: Scene) -> Posed:
    """Every rule and who is in reach of whom."""
    pairs = scene.city.walking.pairs_within(scene.lonlat, scene.spots, scene.asked.walk_m)
    rules = bound(scene)
    cover = covered(scene, pairs)
    question = Question(
        workers=weights(scene, scene.workers, scene.served),
        cover=cover,
        rules=tuple(one.rule for one in rules),
        names=tuple(one.name for one in scene.candidates),
    )
    return Posed(scene, _with_floors(scene, question), rules, pairs)


def weights(scene: Scene, workers: Floats, served: Bools) -> Floats:
    """What each demand weighs: nothing for new points where it is served already."""
    fresh = np.where(served, 0.0, workers)
    return np.concatenate([fresh, workers]) if scene.asked.upgrade is not None else fresh


def covered(scene: Scene, pairs: Pairs) -> Cover:
    """New points cover the first layer of demands, upgraded ones the second."""
    count = len(scene.rows)
    upgrades = np.isin(pairs.supply, scene.of(UPGRADE))
    demand = pairs.demand + np.where(upgrades, count, 0)
    layers = 2 if scene.asked.upgrade is not None else 1
    return Cover.of(demand, pairs.supply, (layers * count, len(scene.candidates)))


def held_by_district(scene: Scene) -> dict[str, float]:
    """Workers served already, by an own clinic or a point."""
    found, sites = scene.before.found, scene.city.sites
    held: dict[str, float] = {}
    words, states = sites.district.words, found.state
    for row, state in enumerate(states):
        if state in {"own_clinic", "covered"} and not np.isnan(sites.workers[row]):
            held[words[row]] = held.get(words[row], 0.0) + float(sites.workers[row])
    return held


def _with_floors(scene: Scene, question: Question) -> Question:
    least = scene.asked.rules.district_floor
    if not least:
        return question
    shares: tuple[Share, ...] = floors(
        scene.districts, question.workers, held_by_district(scene), least=least
    )
    return Question(question.workers, question.cover, question.rules, shares, names=question.names)


def walks(scene: Scene) -> Floats:
    """Metres of every demand to every candidate, or to what serves it already if that is nearer.

    Candidates no walk leads to count as `EVERYWHERE_M` away.
    """
    pairs = scene.city.walking.pairs_within(scene.lonlat, scene.spots, EVERYWHERE_M)
    table = np.full((len(scene.rows), len(scene.candidates)), EVERYWHERE_M)
    table[pairs.demand, pairs.supply] = pairs.walk_m
    _, held = scene.city.walking.nearest(scene.lonlat, scene.city.points.lonlat[scene.existing])
    nearest: Floats = np.minimum(table, held[:, None])
    return nearest
