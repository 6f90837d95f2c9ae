"""Why a question has no answer, in the sentences a planner needs."""

from collections.abc import Iterator

import numpy as np

from geodata.answers.words import Said
from geodata.coverage.siting.explain import possible, why_impossible
from geodata.siting import sentences as say
from geodata.siting.asked import Asked, Bind, Model, Works
from geodata.siting.bind import applications, at, budget_costs, minima
from geodata.siting.pose import Posed
from geodata.siting.scene import NEW, UPGRADE, Scene
from geodata.siting.solve import most_taken


def at_sight(posed: Posed) -> tuple[Said, ...]:
    """What counting alone finds: no candidates, a minimum without any, a budget too small."""
    scene = posed.scene
    if not scene.candidates:
        return (say.no_candidates(),)
    found = [*_districts(scene), *_counts(scene)]
    return tuple(found or [*_budgets(scene), *_reach(posed)])


def after_solving(posed: Posed) -> tuple[Said, ...]:
    """What only the solver finds: rules that contradict, capacities that do not suffice."""
    question, texts = posed.question, posed.texts
    if possible(question):
        return _capacity(posed)
    why = why_impossible(question)
    shares = {one.name for one in question.shares}
    reached = tuple(
        say.floor_too_high(texts[name], least - most)
        if name in shares
        else say.clash([texts[name]])
        for name, least, most in why.empty
    )
    return reached or (say.clash([texts[name] for name in why.clash]),)


def _asked(asked: Asked) -> Iterator[tuple[str, Works]]:
    for kind, works in ((NEW, asked.new), (UPGRADE, asked.upgrade)):
        if works is not None:
            yield kind, works


def _districts(scene: Scene) -> Iterator[Said]:
    if scene.asked.rules.minima_bind is not Bind.AWARDS:
        return
    for kind, works in _asked(scene.asked):
        there = applications(scene, kind)
        for district, least in minima(scene, works).items():
            if least and not there.get(district):
                yield say.no_candidate(district, least, kind)
            elif there.get(district, 0) < least:
                yield say.few_candidates(district, least, there[district], kind)


def short_applications(scene: Scene) -> Iterator[Said]:
    """Districts that applied for fewer than the minimum, where minima bind applications."""
    if scene.asked.rules.minima_bind is not Bind.APPLICATIONS:
        return
    for kind, works in _asked(scene.asked):
        there = applications(scene, kind)
        for district, least in minima(scene, works).items():
            if there.get(district, 0) < least:
                yield say.few_applications(district, least, there.get(district, 0), kind)


def _counts(scene: Scene) -> Iterator[Said]:
    if scene.asked.rules.minima_bind is not Bind.AWARDS:
        return
    for kind, works in _asked(scene.asked):
        needed = sum(minima(scene, works).values())
        if works.count and needed > works.count:
            yield say.minima_above_count(kind, needed, works.count)


def _budgets(scene: Scene) -> Iterator[Said]:
    for name, money in scene.asked.budget_10k.items():
        needed = _least_cost(scene, name)
        if needed > money + 1e-6:
            yield say.budget_short(name, money, needed)


def _least_cost(scene: Scene, budget: str) -> float:
    """The required points, and the cheapest that fill up each district's minimum."""
    costs = budget_costs(scene.candidates, budget)
    required = {at(scene, name) for name in scene.asked.rules.required}
    least = sum(float(costs[one]) for one in required)
    if scene.asked.rules.minima_bind is not Bind.AWARDS:
        return least
    for kind, works in _asked(scene.asked):
        for district, minimum in minima(scene, works).items():
            there = [
                n
                for n, one in enumerate(scene.candidates)
                if one.works == kind and one.district == district
            ]
            open_places = minimum - len(required.intersection(there))
            left = np.sort(costs[[one for one in there if one not in required]])
            least += float(left[: max(0, open_places)].sum())
    return least


def _reach(posed: Posed) -> Iterator[Said]:
    """Everybody must be served: who cannot be, and whether the points could take them all."""
    scene = posed.scene
    if scene.asked.model is not Model.CAPACITATED_MEDIAN or scene.asked.new is None:
        return
    alone = ~scene.served
    alone[posed.pairs.demand] = False
    if alone.any():
        workers = float(scene.workers[alone].sum())
        yield say.out_of_reach(int(alone.sum()), workers, scene.asked.walk_m)
        return
    every = np.sort([one.capacity_workers for one in scene.candidates])[::-1]
    count = min(scene.asked.new.count, len(every))
    capacity, workers = float(every[:count].sum()), float(scene.workers[~scene.served].sum())
    if capacity < workers:
        yield say.capacity_short(count, capacity, workers)


def _capacity(posed: Posed) -> tuple[Said, ...]:
    scene = posed.scene
    if scene.asked.model is Model.CAPACITATED_MEDIAN and scene.asked.new is not None:
        taken = most_taken(posed)
        needed = float(scene.workers[~scene.served].sum())
        if taken is not None:
            return (say.capacity_short(scene.asked.new.count, taken, needed),)
    return (say.not_answered("nothing"),)
