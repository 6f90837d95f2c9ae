"""The city as a siting question sees it: whom to serve, what serves already, where to build."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geodata.answers.answer import Answer, answer
from geodata.answers.city import City, Ints
from geodata.answers.coded import Bools
from geodata.answers.question import Question
from geodata.arrays import Floats
from geodata.coverage import gaps
from geodata.coverage.gaps import GapState
from geodata.coverage.siting.inputs import grid_near
from geodata.declared import is_sample
from geodata.kinds import Clinic
from geodata.place.district import load_districts
from geodata.siting.asked import Asked, From, GivenPlace, Works

NEW, UPGRADE = "new", "upgrade"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be chosen. `key` says where it comes from: `site:12`, `point:3`."""

    key: str
    name: str
    works: str
    lon: float
    lat: float
    error_m: float
    district: str
    town: str
    cost_10k: Mapping[str, float]
    capacity_workers: float
    site: int = -1

    @property
    def sample(self) -> bool:
        return is_sample(self.name)


@dataclass(frozen=True, eq=False)
class Scene:
    """`rows` are the demand sites of `city.sites` that weigh anything: placed, with a count, with
    no adequate clinic of their own; `served` says which of them a counted point serves already.
    """

    city: City
    asked: Asked
    before: Answer
    rows: Ints
    served: Bools
    candidates: tuple[Candidate, ...]

    @property
    def workers(self) -> Floats:
        return self.city.sites.workers[self.rows]

    @property
    def lonlat(self) -> Floats:
        return self.city.sites.lonlat[self.rows]

    @property
    def error_m(self) -> Floats:
        return self.city.sites.error_m[self.rows]

    @property
    def districts(self) -> list[str]:
        words = self.city.sites.district.words
        return [words[row] for row in self.rows]

    @property
    def spots(self) -> Floats:
        """Where the candidates lie, lon, lat."""
        return np.array([(one.lon, one.lat) for one in self.candidates]).reshape(-1, 2)

    @property
    def existing(self) -> Ints:
        """The rows of `city.points` that count as health points."""
        standing = self.before.standing
        return standing.rows[standing.counts]

    def of(self, works: str) -> Ints:
        """The candidates of one type of works."""
        return np.flatnonzero([one.works == works for one in self.candidates])


def scene(city: City, asked: Asked) -> Scene:
    """Set the scene from the newest data."""
    question = Question(asked.walk_m, asked.count_rectifying)
    before = answer(city, question)
    found = before.found
    weighs = found.of(GapState.GAP, GapState.UNKNOWN_CLINIC, GapState.COVERED)
    rows = np.flatnonzero(weighs & (np.nan_to_num(city.sites.workers) > 0))
    served = found.of(GapState.COVERED)[rows]
    bare = Scene(city, asked, before, rows, served, ())
    candidates = (*_new(bare), *_upgrades(bare))
    return Scene(city, asked, before, rows, served, candidates)


def _new(scene: Scene) -> tuple[Candidate, ...]:
    works = scene.asked.new or Works(0)
    if scene.asked.upgrade is not None and scene.asked.new is None:
        return ()
    match scene.asked.candidates.source:
        case From.SITES:
            return _from_sites(scene, works)
        case From.PLACES:
            given = enumerate(scene.asked.candidates.places, 1)
            return tuple(_from_place(scene, works, n, place) for n, place in given)
    return _from_grid(scene, works)


def _from_sites(scene: Scene, works: Works) -> tuple[Candidate, ...]:
    sites, asked = scene.city.sites, scene.asked.candidates
    clinic = ~sites.clinic.among({Clinic.ADEQUATE})
    eligible = sites.kind.among(set(asked.kinds)) & clinic
    if asked.or_workers_over is not None:
        eligible |= (sites.workers > asked.or_workers_over) & clinic
    if asked.districts:
        eligible &= sites.district.among(set(asked.districts))
    eligible &= gaps.placed_well_enough(sites.error_m, scene.asked.walk_m)
    return tuple(
        Candidate(
            key=f"site:{sites.id[row]}",
            name=sites.name[row],
            works=NEW,
            lon=float(sites.lonlat[row, 0]),
            lat=float(sites.lonlat[row, 1]),
            error_m=float(sites.error_m[row]),
            district=sites.district.at(row),
            town=sites.town.at(row),
            cost_10k=works.cost_10k,
            capacity_workers=scene.asked.capacity.workers,
            site=row,
        )
        for row in np.flatnonzero(eligible).tolist()
    )


def _from_place(scene: Scene, works: Works, number: int, place: GivenPlace) -> Candidate:
    return Candidate(
        key=f"place:{number}",
        name=place.name,
        works=NEW,
        lon=place.lon,
        lat=place.lat,
        error_m=place.error_m,
        district=place.district or load_districts().at(place.lon, place.lat) or "",
        town=place.town,
        cost_10k=works.cost_10k if place.cost_10k is None else place.cost_10k,
        capacity_workers=place.capacity_workers or scene.asked.capacity.workers,
    )


def _from_grid(scene: Scene, works: Works) -> tuple[Candidate, ...]:
    asked = scene.asked.candidates
    spots = grid_near(
        scene.lonlat,
        (~scene.served).tolist(),
        spacing_m=asked.grid_spacing_m,
        reach_m=asked.grid_reach_m,
    )
    districts = load_districts().at_many(spots[:, 0], spots[:, 1]) if len(spots) else []
    return tuple(
        Candidate(
            key=f"grid:{number}",
            name=f"{district}网格点 {number}",
            works=NEW,
            lon=float(lon),
            lat=float(lat),
            error_m=0.0,
            district=district,
            town="",
            cost_10k=works.cost_10k,
            capacity_workers=scene.asked.capacity.workers,
        )
        for number, ((lon, lat), district) in enumerate(zip(spots, districts, strict=True), 1)
        if district is not None and (not asked.districts or district in asked.districts)
    )


def _upgrades(scene: Scene) -> tuple[Candidate, ...]:
    works, points = scene.asked.upgrade, scene.city.points
    if works is None:
        return ()
    return tuple(
        Candidate(
            key=f"point:{points.id[row]}",
            name=points.name[row],
            works=UPGRADE,
            lon=float(points.lonlat[row, 0]),
            lat=float(points.lonlat[row, 1]),
            error_m=float(points.error_m[row]),
            district=points.district.at(row),
            town=points.town.at(row),
            cost_10k=works.cost_10k,
            capacity_workers=scene.asked.capacity.workers,
        )
        for row in scene.existing.tolist()
        if not scene.asked.candidates.districts
        or points.district.at(row) in scene.asked.candidates.districts
    )
