"""`zhitu network`: build a walking network, look into it, see how the stored points stand on it."""

import time
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from geodata.answers.city import City
from geodata.arrays import Floats
from geodata.errors import SettingsError
from geodata.network.barriers import read_barriers
from geodata.network.build import build
from geodata.network.chains import Bools, Ints
from geodata.network.graph import Network
from geodata.network.snap import SNAP_LIMIT_M
from geodata.network.walking import OnNetwork
from service.settings import Settings
from service.terminal import opened, say

_DEFAULT_OUT = Path("zhitu-data/network.npz")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
# A point on a piece this small probably stands on a street the extract cuts off.
_SMALL_PIECE = 0.01


@click.group()
def network() -> None:
    """步行路网：用 OpenStreetMap 数据生成，让步行距离按路实算。"""


@network.command("build")
@click.argument("file", type=_FILE)
@click.option("--out", default=_DEFAULT_OUT, show_default=True, type=click.Path(path_type=Path))
@click.option("--barriers", type=_FILE, help="另外走不过去的线（河、围墙），GeoJSON，WGS-84")
def build_(file: Path, out: Path, barriers: Path | None) -> None:
    """把 .osm 或 .osm.pbf 做成一个步行路网文件，做一次就够。"""
    began = time.monotonic()
    made = build(file, barriers=read_barriers(barriers) if barriers else ())
    try:
        made.save(out)
    except OSError as error:
        raise SettingsError(f"写不进 {out}：{error.strerror}。请换一个目录。") from error
    say(_network_lines(made))
    seconds, size = time.monotonic() - began, out.stat().st_size / 1024
    click.echo(f"已生成 {out}（{size:,.0f} KB，{seconds:.1f} 秒）。")
    click.echo(f"要用它：ZHITU_NETWORK={out}")


@network.command()
@click.argument("file", type=_FILE)
def show(file: Path) -> None:
    """一个路网文件里有什么，数据是谁的。"""
    say(_network_lines(Network.load(file)))


@network.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--limit", default=SNAP_LIMIT_M, show_default=True, help="离路多远还算在路网上，米")
@click.pass_obj
def points(settings: Settings, file: Path | None, limit: float) -> None:
    """库里的园区和站点离路多远，哪些不在路网上（步行距离只能估算）。"""
    path = file or settings.network
    if path is None:
        raise SettingsError("没有路网：请写明路网文件，或设 ZHITU_NETWORK。")
    walking = OnNetwork(Network.load(path), limit_m=limit)
    with opened(settings) as store:
        city = store.city()
    for what, names, lonlat in _kinds(city):
        say(_standing_lines(what, names, lonlat, walking))


def _network_lines(made: Network) -> Iterator[str]:
    count, of_node = made.pieces
    largest = np.bincount(of_node).max() / made.nodes
    yield f"{made.name}：许可 {made.terms}"
    yield (
        f"路口 {made.nodes:,} 个，路段 {len(made.tail):,} 条，"
        f"共 {made.length_m.sum() / 1000:,.1f} 公里"
    )
    yield f"互不相通的 {count:,} 片，最大一片有 {largest:.1%} 的路口"


def _kinds(city: City) -> Iterator[tuple[str, tuple[str, ...], Floats]]:
    yield "园区、楼宇、商圈", city.sites.name, city.sites.lonlat
    yield "服务点", city.points.name, city.points.lonlat


def _standing_lines(
    what: str, names: tuple[str, ...], lonlat: Floats, walking: OnNetwork
) -> Iterator[str]:
    placed = np.isfinite(lonlat).all(axis=1)
    snapped = walking.snapped(lonlat)
    far = np.flatnonzero(placed & ~snapped.on)
    yield f"{what}：有位置的 {placed.sum():,} 处，在路网上 {snapped.on.sum():,} 处"
    if snapped.on.any():
        median, tenth = np.nanquantile(snapped.off_m, [0.5, 0.9])
        yield f"  离路：中位 {median:.0f} 米，九成在 {tenth:.0f} 米以内"
    if len(far):
        yield f"  离路超过 {walking.limit_m:.0f} 米，步行距离按{walking.estimate.describe()}："
        yield from (f"    {names[n]}" for n in far)
    lone = np.flatnonzero(_on_small_piece(walking.network, snapped.edge))
    if len(lone):
        yield "  在与路网大部分不相通的小片上，走不出去："
        yield from (f"    {names[n]}" for n in lone)


def _on_small_piece(made: Network, edge: Ints) -> Bools:
    _, of_node = made.pieces
    share = np.bincount(of_node)[of_node] / made.nodes
    lone: Bools = (edge >= 0) & (share[made.tail[edge]] < _SMALL_PIECE)
    return lone
