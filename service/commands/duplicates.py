"""`zhitu duplicates`: what may be the same, made one or kept apart by a person."""

from collections.abc import Iterator
from typing import Any

import click

from geodata.duplicates.fill import Difference
from geodata.duplicates.merge import Merged, keep_apart, merge, unmerge
from geodata.duplicates.pending import Candidate, Side, open_duplicates
from geodata.duplicates.said import Said
from geodata.moments import utc_now
from geodata.store import Store
from geodata.storing.records import LocatableTable
from geodata.tables import DemandSite, LunchOutlet, Place
from importers.reporting.labels import label, value_text
from service.settings import Settings
from service.terminal import opened, say

_TABLES: dict[str, tuple[LocatableTable, str]] = {
    "place": (Place, "站点"),
    "site": (DemandSite, "园区、楼宇、商圈"),
    "outlet": (LunchOutlet, "午餐供应点"),
}

of_option = click.option(
    "--of", type=click.Choice(list(_TABLES)), default="place", show_default=True, help="哪一类"
)
by_option = click.option("--by", default="命令行", show_default=True, help="谁决定的")
note_option = click.option("--note", default="", help="为什么")


@click.group()
def duplicates() -> None:
    """疑似重复的记录：列出、合并、确认不是同一处、撤销合并。"""


@duplicates.command("list")
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(1), help="每类最多列几对"
)
@click.pass_obj
def list_(settings: Settings, limit: int) -> None:
    """列出还没有人判断的疑似重复。"""
    with opened(settings) as store:
        say(_listed(store, limit))


@duplicates.command("merge")
@click.argument("kept", type=int)
@click.argument("gone", type=int)
@of_option
@by_option
@note_option
@click.pass_obj
def merge_(settings: Settings, kept: int, gone: int, *, of: str, by: str, note: str) -> None:
    """把 GONE 并入 KEPT：服务、联系人、来源都归 KEPT，随时可以撤销。"""
    with opened(settings) as store, store.writing() as session:
        done = merge(session, _TABLES[of][0], kept, gone, _said(by, note))
    say(_merged(kept, gone, of, done))


@duplicates.command()
@click.argument("one", type=int)
@click.argument("other", type=int)
@of_option
@by_option
@note_option
@click.pass_obj
def apart(settings: Settings, one: int, other: int, *, of: str, by: str, note: str) -> None:
    """记住两条记录不是同一处；名称、地址、位置不变就不再问。"""
    with opened(settings) as store, store.writing() as session:
        keep_apart(session, _TABLES[of][0], one, other, _said(by, note))
    click.echo(f"已记住：{one} 和 {other} 不是同一处。")


@duplicates.command("unmerge")
@click.argument("gone", type=int)
@of_option
@by_option
@note_option
@click.pass_obj
def unmerge_(settings: Settings, gone: int, *, of: str, by: str, note: str) -> None:
    """撤销合并：GONE 恢复成合并以前的样子。"""
    with opened(settings) as store, store.writing() as session:
        kept = unmerge(session, _TABLES[of][0], gone, _said(by, note))
    click.echo(f"已撤销：{gone} 与 {kept} 分开，各自恢复原样。")


def _said(by: str, note: str) -> Said:
    return Said(by, utc_now(), note)


def _listed(store: Store, limit: int) -> Iterator[str]:
    asked = 0
    with store.reading() as session:
        for of, (table, words) in _TABLES.items():
            found, total = open_duplicates(session, table, limit=limit)
            asked += total
            if found:
                yield f"{words}（--of {of}）：{total} 对"
                yield from map(_line, found)
            if total > len(found):
                yield f"  另有 {total - len(found)} 对，用 --limit 多列一些"
    if not asked:
        yield "没有疑似重复。"
        return
    yield "是同一处：zhitu duplicates merge 保留的编号 并入的编号"
    yield "不是同一处：zhitu duplicates apart 编号 编号"


def _line(pair: Candidate) -> str:
    return f"  {_side(pair.first)} ～ {_side(pair.second)}：{'；'.join(_why(pair.evidence))}"


def _side(side: Side) -> str:
    where = "，".join(filter(None, (side.district, side.address or "无地址")))
    return f"{side.id}“{side.name}”（{where}）"


def _why(evidence: dict[str, Any]) -> Iterator[str]:
    yield "同为" + "、".join(map(value_text, evidence["kinds"]))
    if evidence["same_door"]:
        yield "同一门牌"
    yield f"名称相似 {evidence['name_similarity']}%"
    if evidence["metres"] is None:
        yield "至少一处没有落图"
    else:
        errors = "、".join(f"{error:,.0f}" for error in evidence["error_m"])
        yield f"相距 {evidence['metres']:,.0f} 米（误差 {errors} 米）"
    if evidence["same_code"]:
        yield "编号相同"
    if evidence["same_phone"]:
        yield "电话相同"


def _merged(kept: int, gone: int, of: str, done: Merged) -> Iterator[str]:
    yield f"已把 {gone} 并入 {kept}。撤销：zhitu duplicates unmerge {gone}{_flag(of)}"
    if done.moved:
        yield f"  归入 {kept} 的服务：{'、'.join(done.moved)}"
    if done.joined:
        yield f"  合为一个的服务：{'、'.join(done.joined)}"
    yield from map(_difference, done.differing)


def _flag(of: str) -> str:
    return "" if of == "place" else f" --of {of}"


def _difference(one: Difference) -> str:
    return (
        f"  两边不同，以保留的为准：“{one.of}”的{label(one.field)}是“{value_text(one.kept)}”，"
        f"另一处写的是“{value_text(one.gone)}”"
    )
