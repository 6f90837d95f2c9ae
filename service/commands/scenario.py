"""`zhitu scenario`: what would be if points opened, closed, moved; the data stay as they are."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from geodata.errors import ParameterError, UnreadableFileError
from geodata.hours import as_json
from geodata.queries import compare_scenario
from geodata.scenarios import kept
from geodata.scenarios.apply import apply
from geodata.scenarios.model import read_changes, to_json
from geodata.scenarios.words import said
from geodata.store import Store
from importers.hours.read import read_hours
from service.columns import table
from service.commands.coverage import asks, question
from service.coverage_lines import change_lines
from service.settings import Settings
from service.terminal import opened, say

Made = dict[str, Any]


@click.group()
def scenario() -> None:
    """方案：试着开、关、搬、升级，看各区多覆盖多少职工；数据不动。"""


@scenario.command("new")
@click.argument("name")
@click.option("--open", "opens", multiple=True, metavar="编号", help="开放（含整改完、建成）")
@click.option("--close", "closes", multiple=True, metavar="编号", help="关闭")
@click.option("--move", "moves", multiple=True, metavar="编号,经度,纬度", help="搬迁（WGS-84）")
@click.option("--upgrade", "upgrades", multiple=True, metavar="编号=半天", help="每周半天数")
@click.option("--hours", "hours", multiple=True, metavar="编号=时间", help="改开放时间")
@click.option("--seats", "seats", multiple=True, metavar="编号=座位", help="午餐供应点的座位")
@click.option("--own-seats", multiple=True, metavar="编号=座位", help="园区自有食堂的座位")
@click.option(
    "--point", "points", multiple=True, metavar="名称,经度,纬度[,半天]", help="新设健康服务点"
)
@click.option("--site", "sites", multiple=True, metavar="名称,经度,纬度,职工数", help="新增园区")
@click.option("--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="JSON 列表")
@click.option("--note", default="", help="说明")
@click.option("--by", default="", help="谁做的")
@click.option("--overwrite", is_flag=True, help="覆盖同名方案")
@click.pass_obj
def new(
    settings: Settings,
    /,
    *,
    name: str,
    file: Path | None,
    note: str,
    by: str,
    overwrite: bool,
    **given: tuple[str, ...],
) -> None:
    """存一个方案；新设的点先用 -1、-2 指代。"""
    made = [*_from_file(file), *_from_options(given)]
    changes = read_changes(made)
    with opened(settings) as store:
        # Refuses ids that are not there before anything is kept.
        apply(changes, store.city(), name=name)
        with store.writing() as session:
            one = kept.keep(session, name, changes, note=note, by=by, overwrite=overwrite)
        say((f"已存方案“{one.name}”，{len(one.changes)} 处变更",))


@scenario.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """全部方案。"""
    with opened(settings) as store, store.reading() as session:
        rows = [
            (one.name, str(len(one.changes)), one.by, f"{one.at:%Y-%m-%d %H:%M}", one.note)
            for one in kept.scenarios(session)
        ]
    say(table(("名称", "变更", "谁", "何时（UTC）", "说明"), rows))


@scenario.command("show")
@click.argument("name")
@click.option("--json", "as_json_", is_flag=True, help="输出能用 --file 再存的 JSON")
@click.pass_obj
def show(settings: Settings, /, *, name: str, as_json_: bool) -> None:
    """一个方案里有哪些变更。"""
    with opened(settings) as store:
        with store.reading() as session:
            one = kept.scenario(session, name)
        say(_as_json(one) if as_json_ else _shown(one, store))


@scenario.command("compare")
@click.argument("name")
@click.option("--with", "beside", default="", help="和另一个方案比；不写就和现在的数据比")
@asks
@click.pass_obj
def compare_(settings: Settings, /, *, name: str, beside: str, **asked: Any) -> None:
    """前后对比：各区多覆盖多少职工，哪些空白补上了。"""
    what = question(**asked)
    with opened(settings) as store:
        found = compare_scenario(store, name, beside=beside, asked=what)
        say(change_lines(found))


@scenario.command("delete")
@click.argument("name")
@click.pass_obj
def delete(settings: Settings, name: str) -> None:
    """删掉一个方案。"""
    with opened(settings) as store:
        with store.writing() as session:
            kept.drop(session, name)
        say((f"已删方案“{name}”",))


def _shown(one: kept.Kept, store: Store) -> Iterator[str]:
    city = store.city()
    by = f"，{one.by}" if one.by else ""
    yield f"{one.name}（{one.at:%Y-%m-%d %H:%M} UTC{by}）{one.note}"
    for n, change in enumerate(one.changes, start=1):
        yield f"  {n}. {said(change, city).zh}"


def _as_json(one: kept.Kept) -> Iterator[str]:
    yield json.dumps([to_json(change) for change in one.changes], ensure_ascii=False, indent=1)


def _from_file(file: Path | None) -> list[Made]:
    if file is None:
        return []
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{file} 读不出来：要一个 JSON 列表。") from error
    return [to_json(change) for change in read_changes(given)]


def _from_options(given: dict[str, tuple[str, ...]]) -> Iterator[Made]:
    """New things first, so that other changes can name them."""
    for option, read in _READ.items():
        for text in given[option]:
            try:
                yield read(text)
            except ValueError as error:
                raise ParameterError(f"--{_OPTION[option]} 看不懂“{text}”") from error


def _point(text: str) -> Made:
    name, lon, lat, *half_days = text.split(",")
    held = float(half_days[0]) if half_days else None
    return {"do": "new_point", "name": name, **_spot(lon, lat), "half_days": held}


def _site(text: str) -> Made:
    name, lon, lat, workers = text.split(",")
    return {"do": "new_site", "name": name, **_spot(lon, lat), "workers": int(workers)}


def _move(text: str) -> Made:
    of, lon, lat = text.split(",")
    return {"do": "move", "point": int(of), **_spot(lon, lat)}


def _spot(lon: str, lat: str) -> dict[str, float]:
    return {"lon": float(lon), "lat": float(lat)}


def _hours(text: str) -> Made:
    of, _, written = text.partition("=")
    hours = read_hours(written)
    if hours is None:
        raise ValueError(written)
    return {"do": "hours", "point": int(of), "hours": as_json(hours)}


def _named(do: str, of: str) -> Callable[[str], Made]:
    return lambda text: {"do": do, of: int(text)}


def _numbered(do: str, of: str, value: str, read: Callable[[str], float]) -> Callable[[str], Made]:
    def made(text: str) -> Made:
        one, _, number = text.partition("=")
        return {"do": do, of: int(one), value: read(number)}

    return made


_READ: dict[str, Callable[[str], Made]] = {
    "points": _point,
    "sites": _site,
    "opens": _named("open", "point"),
    "closes": _named("close", "point"),
    "moves": _move,
    "upgrades": _numbered("upgrade", "point", "half_days", float),
    "hours": _hours,
    "seats": _numbered("seats", "outlet", "seats", int),
    "own_seats": _numbered("own_seats", "site", "seats", int),
}
_OPTION = {
    "points": "point",
    "sites": "site",
    "opens": "open",
    "closes": "close",
    "moves": "move",
    "upgrades": "upgrade",
    "hours": "hours",
    "seats": "seats",
    "own_seats": "own-seats",
}
