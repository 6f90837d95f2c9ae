"""Lunch as a siting question: which canteens, cabinets, deliveries to pay for, and where."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version

import numpy as np

from geodata.answers.answer import Answer as Before
from geodata.answers.answer import answer
from geodata.answers.city import City
from geodata.answers.question import Question as CityQuestion
from geodata.answers.words import Said
from geodata.arrays import Floats
from geodata.coverage.siting.capacity import Capacitated, Shared, capacitated_covering
from geodata.coverage.siting.covering import Answer as CoveringAnswer
from geodata.coverage.siting.lunch_options import LunchOptions, Way, first_ways, lunch_options
from geodata.coverage.siting.mip import Status, Watch
from geodata.declared import is_sample
from geodata.kinds import OutletKind
from geodata.place.district import load_districts
from geodata.siting import sentences as say
from geodata.siting.answer import Arithmetic, DistrictChange, Pick, Served, SitingAnswer
from geodata.siting.asked import Asked, LunchAsked

SHARED = frozenset({"shared_canteen", "shared_table"})
_HOSTS = frozenset({OutletKind.STAFF_CANTEEN, OutletKind.COMPANY_CANTEEN})
_RIVALS = (("canteen", "shared_canteen"),)
_AT_ONCE_S = 1.0


@dataclass(frozen=True, eq=False)
class LunchScene:
    """A city's lunch gaps and every way to close them; spots are the sites, then the hosts."""

    city: City
    asked: Asked
    before: Before
    options: LunchOptions


def lunch_scene(city: City, asked: Asked) -> LunchScene:
    """Meals lacking by site, and what may be paid for."""
    before = answer(city, CityQuestion(asked.walk_m))
    meals = before.meals
    lacking: Floats = np.where(meals.known, np.nan_to_num(meals.found.gap), 0.0).round()
    hosts = np.flatnonzero(city.outlets.kind.among(_HOSTS))
    spots = np.vstack([city.sites.lonlat, city.outlets.lonlat[hosts]])
    ways_asked = asked.lunch or LunchAsked({})
    near = city.walking.pairs_within(city.sites.lonlat, spots, ways_asked.walk_m)
    ways = tuple(_ways(ways_asked, lacking, len(hosts)))
    options = lunch_options(
        lacking, ways, near, budget_10k=asked.budget_10k["total"], rivals=_RIVALS
    )
    return LunchScene(city, asked, before, options)


def _ways(asked: LunchAsked, lacking: Floats, hosts: int) -> Iterator[Way]:
    for name, option in asked.options.items():
        if name == "shared_table":
            for host in range(hosts):
                yield Way(name, -1, len(lacking) + host, option.cost_10k, option.meals)
            continue
        for site in np.flatnonzero(lacking > 0).tolist():
            spot = site if name in SHARED else -1
            yield Way(name, site, spot, option.cost_10k, option.meals)


def lunch_at_once(scene: LunchScene, *, began: float) -> SitingAnswer:
    """A choice by adding, again and again, the way that feeds most for its money."""
    question, first = scene.options.question, first_ways(scene.options)
    others = tuple(one for one in range(len(question.capacity)) if one not in first)
    fixed = replace(question, required=first, forbidden=others)
    made = _report(scene, _solved(fixed, _AT_ONCE_S, None), seconds=time.monotonic() - began)
    return replace(made, status="greedy", bound=float("inf"), gap=None)


def lunch_proved(scene: LunchScene, *, began: float, watch: Watch | None) -> SitingAnswer:
    """The choice that feeds most within the budget."""
    shared = _solved(scene.options.question, scene.asked.time_limit_s, watch)
    return _report(scene, shared, seconds=time.monotonic() - began)


def _solved(question: Capacitated, limit_s: float, watch: Watch | None) -> Shared:
    if not len(question.capacity):
        # The solver takes no programme without a variable.
        return Shared(CoveringAnswer(Status.OPTIMAL, (), 0.0, 0.0), np.empty(0))
    return capacitated_covering(question, time_limit_s=limit_s, watch=watch)


def _report(scene: LunchScene, shared: Shared, *, seconds: float) -> SitingAnswer:
    found, asked = shared.answer, scene.asked
    solved = bool(np.isfinite(found.value))
    return SitingAnswer(
        title=asked.title,
        model=asked.model.value,
        status=found.status.value,
        unit="meals",
        value=found.value,
        bound=found.bound,
        gap=found.gap if np.isfinite(found.gap) else None,
        seconds=seconds,
        picks=_picks(scene, shared) if solved else (),
        districts=_districts(scene, shared) if solved else (),
        works=(_money(scene, shared),) if solved else (),
        candidates=len(scene.options.ways),
        existing=len(scene.city.outlets.id),
        upgraded_workers=0,
        prices=(),
        second=None,
        draws=0,
        findings=tuple(_findings(scene, found.status)),
        impossible=(),
        question=asked.given,
        walk_m=asked.lunch.walk_m if asked.lunch else asked.walk_m,
        walking=scene.before.parameters.walking,
        data_version=scene.city.version,
        software_version=version("zhitu"),
        seed=asked.seed,
    )


def _findings(scene: LunchScene, status: Status) -> Iterator[Said]:
    if not scene.options.ways:
        yield say.no_ways()
    unknown = int((~scene.before.meals.known).sum())
    if unknown:
        yield say.uncounted(unknown)
    if status in {Status.NOTHING, Status.CANCELLED}:
        yield say.not_answered(status.value)


def _given(question: Capacitated, shared: Shared) -> Floats:
    """Meals of each pair."""
    meals: Floats = shared.given * question.workers[question.pairs.demand]
    return meals


def _picks(scene: LunchScene, shared: Shared) -> tuple[Pick, ...]:
    question = scene.options.question
    given, supply = _given(question, shared), question.pairs.supply
    meals = np.bincount(supply, given, minlength=len(question.capacity))
    chosen = [one for one in shared.answer.chosen if meals[one] > 0.5]
    ordered = sorted(chosen, key=lambda one: (-meals[one], one))
    return tuple(
        _pick(scene, number, one, given, float(meals[one])) for number, one in enumerate(ordered, 1)
    )


def _pick(scene: LunchScene, number: int, one: int, given: Floats, meals: float) -> Pick:
    way, sites = scene.options.ways[one], scene.city.sites
    at_host = way.site < 0
    if at_host:
        hosts = np.flatnonzero(scene.city.outlets.kind.among(_HOSTS))
        row = int(hosts[way.spot - len(sites.id)])
        name, spot = scene.city.outlets.name[row], scene.city.outlets.lonlat[row]
        district = load_districts().at(float(spot[0]), float(spot[1])) or ""
    else:
        name, spot = sites.name[way.site], sites.lonlat[way.site]
        district = sites.district.at(way.site)
    return Pick(
        number=number,
        key=f"{way.name}:{way.spot if at_host else sites.id[way.site]}",
        name=name,
        works=way.name,
        district=district,
        town="" if at_host else sites.town.at(way.site),
        lon=float(spot[0]),
        lat=float(spot[1]),
        marginal_workers=meals,
        serves_workers=meals,
        serves=tuple(_served(scene, one, given)),
        guaranteed=False,
        cost_10k={"total": way.cost_10k},
        sample=is_sample(name),
    )


def _served(scene: LunchScene, one: int, given: Floats) -> Iterator[Served]:
    pairs, sites = scene.options.question.pairs, scene.city.sites
    for pair in np.flatnonzero((pairs.supply == one) & (given > 0.5)):
        row = int(pairs.demand[pair])
        meals = round(float(given[pair]))
        yield Served(
            id=int(sites.id[row]),
            name=sites.name[row],
            district=sites.district.at(row),
            workers=meals,
            walk_m=float(pairs.walk_m[pair]),
            newly=True,
            lon=float(sites.lonlat[row, 0]),
            lat=float(sites.lonlat[row, 1]),
        )


def _districts(scene: LunchScene, shared: Shared) -> tuple[DistrictChange, ...]:
    """Meals wanted in each district, and those there are before and after."""
    question, meals = scene.options.question, scene.before.meals
    added = np.bincount(
        question.pairs.demand, _given(question, shared), minlength=len(question.workers)
    )
    wanted = np.where(meals.known, np.nan_to_num(meals.found.demand), 0.0)
    had = np.where(meals.known, np.nan_to_num(meals.found.served), 0.0)
    words = np.array(scene.city.sites.district.words, dtype=object)
    names = load_districts()
    picks = _picks(scene, shared)
    return tuple(
        DistrictChange(
            name=name,
            code=str(names.code(name)),
            counted_workers=round(float(wanted[mine].sum())),
            before_workers=round(float(had[mine].sum())),
            after_workers=round(float(had[mine].sum() + added[mine].sum())),
            new=sum(pick.district == name for pick in picks),
            upgraded=0,
        )
        for name in names.names
        for mine in [words == name]
    )


def _money(scene: LunchScene, shared: Shared) -> Arithmetic:
    picks = _picks(scene, shared)
    spent = sum(sum(pick.cost_10k.values()) for pick in picks)
    return Arithmetic("lunch", len(picks), len(picks), 0, len(picks), {"total": spent})
