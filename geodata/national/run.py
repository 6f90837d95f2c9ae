"""Coverage and half-days a worker for demand of any size, tile by tile in two passes.

The answer is the same however the demand is cut and wherever the tiles are worked out: workers are
whole numbers and summed exactly, points beyond a tile's border are always looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.catchment import BANDS
from geodata.coverage.gaps import RADIUS_M
from geodata.coverage.walk import DETOUR
from geodata.errors import SettingsError
from geodata.national.runners import Here, Runner
from geodata.national.stations import Stations, read_stations
from geodata.national.tables import files_of
from geodata.national.tasks import CATCHMENT_M, Served, Share, Task, add, reach, serve
from geodata.national.tiles import Tile, partition
from geodata.national.totals import Totals

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

ROWS_A_TILE = 50_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run is worked out under: walking metres, and rows to a tile, which change nothing."""

    radius_m: float = RADIUS_M
    detour: float = DETOUR
    rows_a_tile: int = ROWS_A_TILE


USUAL = Terms()


def run(
    demand: Path,
    stations: Path,
    out: Path,
    *,
    terms: Terms = USUAL,
    runner: Runner | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Totals:
    """Work it out and write `out/access/*.parquet` and `out/totals.json`; `out` must be new.

    Nothing of `out` is there before all of it is. Progress is told in tiles, twice each.

    Raises:
        UnreadableFileError, UnknownFormError, CellError: a file is not such a table.
        SettingsError: `out` is there already, or cannot be written.
    """
    out = out.absolute()
    if out.exists():
        raise SettingsError(f"{out} 已经有了：请换一个输出目录，或先移走它。")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
            work = Path(folder)
            (work / "result" / "access").mkdir(parents=True)
            totals = _Run(terms, runner or Here(), progress, work).totals(demand, stations)
            totals.write(work / "result" / "totals.json")
            (work / "result").rename(out)
    except PermissionError as error:
        raise SettingsError(f"写不进 {out}：{error.strerror}。请换一个目录。") from error
    return totals


@dataclass(frozen=True)
class _Run:
    terms: Terms
    runner: Runner
    progress: Progress
    folder: Path

    def totals(self, demand: Path, stations: Path) -> Totals:
        tiles = partition(files_of(demand), self.folder / "demand", self.terms.rows_a_tile)
        points = read_stations(stations)
        in_reach = self._in_reach(tiles, points)
        ratio = np.divide(
            points.half_days, in_reach, out=np.zeros(len(in_reach)), where=in_reach > 0
        )
        served = self._served(tiles, points, ratio)
        return Totals(
            self.terms.radius_m, self.terms.detour, points, int((in_reach == 0).sum()), served
        )

    def _in_reach(self, tiles: list[Tile], points: Stations) -> Floats:
        """Weighted workers in reach of each point, from all tiles."""
        workers = np.zeros((len(BANDS), len(points.half_days)), dtype=np.int64)
        tasks = self._tasks(tiles, points)
        for done, found in enumerate(self.runner.map(reach, tasks), start=1):
            workers[:, found.index] += found.workers
            self.progress(done, 2 * len(tiles))
        weighted: Floats = np.array([weight for _, weight in BANDS]) @ workers
        return weighted

    def _served(self, tiles: list[Tile], points: Stations, ratio: Floats) -> Served:
        out = self.folder / "result" / "access"
        shares = (Share(task, ratio[task.index], out) for task in self._tasks(tiles, points))
        found = []
        for served in self.runner.map(serve, shares):
            found.append(served)
            self.progress(len(tiles) + len(found), 2 * len(tiles))
        return add(found)

    def _tasks(self, tiles: list[Tile], points: Stations) -> Iterator[Task]:
        reach_m = max(self.terms.radius_m, CATCHMENT_M) / self.terms.detour
        for tile in tiles:
            near = points.around(tile, reach_m)
            yield Task(
                name=tile.name,
                files=tile.files,
                index=near,
                lonlat=points.lonlat[near],
                radius_m=self.terms.radius_m,
                detour=self.terms.detour,
            )
