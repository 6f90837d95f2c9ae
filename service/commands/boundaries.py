"""`zhitu boundaries`: outlines of towns from a file of the user's own."""

from collections.abc import Iterator
from pathlib import Path

import click

from geodata.boundaries.match import Matched, match
from geodata.boundaries.store import clear, keep, load, read_shapes
from geodata.model import Datum
from service.settings import Settings
from service.terminal import opened, say

_SHOWN = 20


@click.group()
def boundaries() -> None:
    """街镇界：载入之后，覆盖图可以按街镇看。"""


@boundaries.command("load")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--datum",
    type=click.Choice([datum.value for datum in Datum]),
    default=Datum.WGS84.value,
    show_default=True,
    help="文件的坐标系",
)
@click.option("--source", default="", help="出处，例如“市规划资源局 2024”（默认用文件名）")
@click.option("--approximate", is_flag=True, help="只是近似的界线：图上会写明")
@click.pass_obj
def load_(settings: Settings, *, file: Path, datum: str, source: str, approximate: bool) -> None:
    """载入 FILE（GeoJSON 或 shapefile），按代码或名称对上街镇；再载入同一个街镇就替换。"""
    found = match(read_shapes(file), datum=Datum(datum))
    if found.outlines:
        with opened(settings) as store, store.writing() as session:
            keep(session, found, source=source or file.name, approximate=approximate)
    say(_report(found))
    if not found.outlines:
        raise SystemExit(1)


@boundaries.command("clear")
@click.pass_obj
def clear_(settings: Settings) -> None:
    """去掉已载入的全部街镇界。"""
    with opened(settings) as store, store.writing() as session:
        gone = clear(session)
    click.echo(f"已去掉 {gone} 个街镇的界线。")


@boundaries.command("show")
@click.pass_obj
def show(settings: Settings) -> None:
    """已载入哪些街镇的界线。"""
    with opened(settings) as store, store.reading() as session:
        found = load(session)
    click.echo(f"已载入 {len(found.codes)} 个街镇{'（近似）' if found.approximate else ''}")
    for name, district in zip(found.names, found.districts, strict=True):
        click.echo(f"  {district}  {name}")


def _report(found: Matched) -> Iterator[str]:
    yield f"对上 {len(found.outlines)} 个街镇，没对上 {len(found.unmatched)} 个图形。"
    for shape in found.unmatched[:_SHOWN]:
        yield f"  没对上：{shape.name}——{shape.why}"
    if len(found.unmatched) > _SHOWN:
        yield f"  ……另有 {len(found.unmatched) - _SHOWN} 个"
    if found.missing:
        named = "、".join(f"{town.name}（{town.district}）" for town in found.missing[:_SHOWN])
        more = " 等" if len(found.missing) > _SHOWN else ""
        yield f"这个文件里没有的街镇 {len(found.missing)} 个：{named}{more}"
