"""A choice as the answer a planner reads."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version

import numpy as np

from geodata.answers.words import Said
from geodata.arrays import Floats
from geodata.coverage.gaps import GapState
from geodata.coverage.siting.explain import picks as explained_picks
from geodata.place.district import load_districts
from geodata.siting import sentences as say
from geodata.siting.answer import Arithmetic, DistrictChange, Pick, Served, SitingAnswer
from geodata.siting.asked import Asked, Model, Works
from geodata.siting.bind import minima
from geodata.siting.impossible import short_applications
from geodata.siting.pose import Posed
from geodata.siting.scene import NEW, UPGRADE, Scene
from geodata.siting.solve import UNITS, Choice

# Kept in fewer draws than this, a pick is called unstable.
STEADY = 0.7


def report(
    posed: Posed, choice: Choice, *, seconds: float, impossible: tuple[Said, ...] = ()
) -> SitingAnswer:
    """Everything that follows from the choice itself."""
    scene, asked = posed.scene, posed.scene.asked
    chosen = choice.chosen if choice.found and not impossible else ()
    return SitingAnswer(
        title=asked.title,
        model=asked.model.value,
        status="infeasible" if impossible else choice.status,
        unit=UNITS[asked.model],
        value=choice.value,
        bound=choice.bound,
        gap=choice.gap,
        seconds=seconds,
        picks=_picks(posed, chosen),
        districts=_districts(posed, chosen),
        works=tuple(_arithmetic(scene, chosen)),
        candidates=len(scene.candidates),
        existing=len(scene.existing),
        upgraded_workers=_upgraded(posed, chosen),
        prices=(),
        second=None,
        draws=0,
        findings=tuple(_findings(posed)),
        impossible=impossible,
        question=asked.given,
        walk_m=asked.walk_m,
        walking=scene.city.walking.describe(),
        data_version=scene.city.version,
        software_version=version("zhitu"),
        seed=asked.seed,
    )


def with_steadiness(answer: SitingAnswer, posed: Posed, kept: Floats) -> SitingAnswer:
    """The answer with how often each pick is chosen under other assumptions."""
    share = {one.key: float(kept[n]) for n, one in enumerate(posed.scene.candidates)}
    picks = tuple(replace(pick, kept=share[pick.key]) for pick in answer.picks)
    doubtful = [pick.number for pick in picks if (pick.kept or 0.0) < STEADY]
    findings = (*answer.findings, *([say.unstable(doubtful)] if doubtful else []))
    return replace(answer, picks=picks, draws=posed.scene.asked.draws, findings=findings)


def _picks(posed: Posed, chosen: tuple[int, ...]) -> tuple[Pick, ...]:
    scene, found = posed.scene, explained_picks(posed.question, chosen)
    rows = []
    filled: Counter[tuple[str, str]] = Counter()
    least = {kind: minima(scene, works) for kind, works in _works(scene.asked)}
    for number, pick in enumerate(found, 1):
        one = scene.candidates[pick.candidate]
        filled[one.works, one.district] += 1
        rows.append(
            Pick(
                number=number,
                key=one.key,
                name=one.name,
                works=one.works,
                district=one.district,
                town=one.town,
                lon=one.lon,
                lat=one.lat,
                marginal_workers=pick.marginal,
                serves_workers=pick.serves,
                serves=tuple(_served(posed, pick.candidate)),
                guaranteed=filled[one.works, one.district]
                <= least.get(one.works, {}).get(one.district, 0),
                cost_10k=one.cost_10k,
                sample=one.sample,
            )
        )
    return tuple(rows)


def _served(posed: Posed, candidate: int) -> Iterator[Served]:
    """Who is in reach, the nearest first."""
    scene, pairs = posed.scene, posed.pairs
    sites = scene.city.sites
    mine = np.flatnonzero(pairs.supply == candidate)
    for pair in mine[np.argsort(pairs.walk_m[mine], kind="stable")]:
        demand = int(pairs.demand[pair])
        row = int(scene.rows[demand])
        yield Served(
            id=int(sites.id[row]),
            name=sites.name[row],
            district=sites.district.at(row),
            workers=int(sites.workers[row]),
            walk_m=float(pairs.walk_m[pair]),
            newly=not scene.served[demand],
            lon=float(sites.lonlat[row, 0]),
            lat=float(sites.lonlat[row, 1]),
        )


def _districts(posed: Posed, chosen: tuple[int, ...]) -> tuple[DistrictChange, ...]:
    scene = posed.scene
    sites, found = scene.city.sites, scene.before.found
    counted = found.of(GapState.OWN_CLINIC, GapState.COVERED, GapState.GAP, GapState.UNKNOWN_CLINIC)
    served = found.of(GapState.OWN_CLINIC, GapState.COVERED)
    after = served.copy()
    after[scene.rows[posed.newly(chosen)]] = True
    workers = np.nan_to_num(sites.workers)
    sums = [_sums(sites.district.words, workers * which) for which in (counted, served, after)]
    picked = Counter((scene.candidates[n].works, scene.candidates[n].district) for n in chosen)
    names = load_districts()
    return tuple(
        DistrictChange(
            name=name,
            code=str(names.code(name)),
            counted_workers=sums[0].get(name, 0),
            before_workers=sums[1].get(name, 0),
            after_workers=sums[2].get(name, 0),
            new=picked[NEW, name],
            upgraded=picked[UPGRADE, name],
        )
        for name in names.names
    )


def _sums(groups: list[str], values: Floats) -> dict[str, int]:
    found: Counter[str] = Counter()
    for group, value in zip(groups, values, strict=True):
        found[group] += int(value)
    return dict(found)


def _upgraded(posed: Posed, chosen: tuple[int, ...]) -> int:
    upgraded = [one for one in chosen if posed.scene.candidates[one].works == UPGRADE]
    served = posed.question.cover.times_covered(upgraded) > 0
    return int(posed.question.workers[served].sum())


def _works(asked: Asked) -> Iterator[tuple[str, Works]]:
    for kind, works in ((NEW, asked.new), (UPGRADE, asked.upgrade)):
        if works is not None:
            yield kind, works


def _arithmetic(scene: Scene, chosen: tuple[int, ...]) -> Iterator[Arithmetic]:
    for kind, works in _works(scene.asked):
        mine = [scene.candidates[one] for one in chosen if scene.candidates[one].works == kind]
        forced = sum(minima(scene, works).values())
        layers: Mapping[str, float] = works.cost_10k
        yield Arithmetic(
            works=kind,
            count=works.count,
            chosen=len(mine),
            forced=forced,
            free=works.count - forced,
            money_10k={
                layer: sum(one.cost_10k.get(layer, 0.0) for one in mine) for layer in layers
            },
        )


def _findings(posed: Posed) -> Iterator[Said]:
    scene = posed.scene
    yield from short_applications(scene)
    alone = ~scene.served
    alone[posed.pairs.demand] = False
    if scene.asked.model is Model.LSCP and alone.any():
        workers = float(scene.workers[alone].sum())
        yield say.out_of_reach(int(alone.sum()), workers, scene.asked.walk_m)
    sites = scene.city.sites
    lost = scene.before.found.of(GapState.NOT_PLACED) | np.isnan(sites.workers)
    if lost.any():
        yield say.uncounted(int(lost.sum()))
