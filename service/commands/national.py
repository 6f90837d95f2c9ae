"""`zhitu national`: a whole country's coverage from Parquet, here or on a cluster."""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from geodata.coverage.gaps import RADIUS_M
from geodata.errors import ParameterError, SettingsError
from service.terminal import progress_bar, say

if TYPE_CHECKING:
    from geodata.national.totals import Totals

EXTRA = {"pyarrow", "dask", "distributed"}
FILE = click.Path(path_type=Path, exists=True)


@click.command()
@click.argument("demand", type=FILE)
@click.argument("stations", type=FILE)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="输出目录，要新的")
@click.option("--radius", default=RADIUS_M, show_default=True, help="步行半径，米")
@click.option("--workers", type=click.IntRange(1), help="在本机开几个工作进程（默认不开）")
@click.option("--scheduler", help="dask 调度器地址，如 tcp://10.0.0.5:8786")
def national(
    *,
    demand: Path,
    stations: Path,
    out: Path,
    radius: float,
    workers: int | None,
    scheduler: str | None,
) -> None:
    """全国规模：需求点和站点各一份 Parquet，按图块计算覆盖率和每个职工的服务半天数。"""
    if workers and scheduler:
        raise ParameterError("--workers 和 --scheduler 只能给一个。")
    extra = _extra()
    terms = extra.run.Terms(radius_m=radius)
    with extra.runners.at(scheduler, workers) as runner, progress_bar("计算图块") as progress:
        totals = extra.run.run(demand, stations, out, terms=terms, runner=runner, progress=progress)
    say(_lines(totals, out))


def _extra() -> ModuleType:
    """The package of national runs; most installations lack what it needs."""
    try:
        import geodata.national.run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        raise SettingsError('全国规模的计算要另装两个包：pip install "zhitu[cluster]"') from error
    return geodata.national


def _lines(totals: "Totals", out: Path) -> Iterable[str]:
    of, points = totals.all, totals.points
    share = "没有一处知道职工数" if of.share is None else f"{of.share:.1%}"
    yield f"需求点 {of.sites:,} 个，其中 {of.uncounted:,} 个没有人数或位置，不进覆盖率"
    counted = len(points.half_days)
    yield f"站点 {points.total:,} 个，其中 {counted:,} 个算数，周围没有职工的 {totals.idle:,} 个"
    yield f"职工覆盖率（步行 {totals.radius_m:g} 米，直线 × {totals.detour} 估算）：{share}"
    given = f"职工得到的服务每周 {totals.half_days:,.0f} 个半天"
    yield f"空白点 {of.gaps:,} 个，其中 P1 {of.priority:,} 个；{given}"
    yield f"结果：{out / 'totals.json'}，{out / 'access'}"
