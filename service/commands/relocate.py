"""`zhitu relocate`: all addresses looked up again after the gazetteer or the grammar changed."""

from collections.abc import Iterator

import click

from geodata.coverage.gaps import RADIUS_M, GapState, coarsest_m
from geodata.errors import ParameterError
from geodata.model import REASON_LABELS, Datum, Level, Reason
from geodata.review.relocate import Move, Relocation, Repair, Spot, relocate
from geodata.views import CoverageTotals
from maps.coverage_page import percent
from service.columns import table
from service.commands.review import DATUMS
from service.geocode_report import LEVEL_LABELS
from service.settings import Settings
from service.terminal import opened, progress_bar, say
from service.workshop import locator

_SHOWN = 40
_USABLE_M = coarsest_m(RADIUS_M)
STATES = {
    GapState.OWN_CLINIC: "自有医务室",
    GapState.COVERED: "已覆盖",
    GapState.UNKNOWN_CLINIC: "待核",
    GapState.GAP: "空白",
    GapState.NOT_PLACED: "未落图",
}


@click.command("relocate")
@click.option("--dry-run", is_flag=True, help="只说会变什么，什么也不改")
@click.option("--run", type=int, help="只改第几次导入带来的坐标（与 --datum 一起用）")
@click.option("--datum", type=DATUMS, help="那次导入的坐标其实是哪个坐标系")
@click.option("--all", "whole", is_flag=True, help="全部列出")
@click.pass_obj
def relocate_(
    settings: Settings, *, dry_run: bool, run: int | None, datum: str | None, whole: bool
) -> None:
    """地名库或地址写法规则变了以后，重新查全部地址；人核定过的不动。"""
    if (run is None) != (datum is None):
        raise ParameterError("--run 和 --datum 要一起用：第几次导入，坐标其实是哪个坐标系。")
    repair = Repair(run, Datum(datum)) if run is not None and datum is not None else None
    with opened(settings) as store:
        where = locator(store, settings.gazetteers)
        with progress_bar("重新查址") as progress:
            done = relocate(store, where, dry_run=dry_run, repair=repair, progress=progress)
    say(_lines(done, dry_run=dry_run, most=None if whole else _SHOWN))


def _lines(done: Relocation, *, dry_run: bool, most: int | None) -> Iterator[str]:
    verb = "会变" if dry_run else "已变"
    shown = [one for one in done.moves if not one.stands]
    others = len(done.moves) - len(shown)
    yield (
        f"{verb} {len(shown)} 条；位置不变、只换来源 {others} 条；不变 {done.same} 条；"
        f"人核定过、不动的 {done.decided} 条"
    )
    if shown:
        yield from table(
            ("名称", "地址", "移动（米）", "原来", "现在"), [_row(one) for one in shown[:most]]
        )
    if most is not None and len(shown) > most:
        yield f"另有 {len(shown) - most} 条（加 --all 全部列出）"
    yield "健康服务覆盖"
    yield f"  原来：{_totals(done.before.totals)}"
    yield f"  现在：{_totals(done.after.totals)}"
    for name, before, after in done.states[:most]:
        yield f"  {name}：{STATES[GapState(before)]} → {STATES[GapState(after)]}"
    if most is not None and len(done.states) > most:
        yield f"  另有 {len(done.states) - most} 处变化（加 --all 全部列出）"
    for run, findings in done.datums.items():
        for finding in findings:
            yield f"第 {run} 次导入：{finding.sentence}"
            yield f"  一次改正：zhitu relocate --run {run} --datum {finding.true}"


def _row(one: Move) -> tuple[str, ...]:
    moved = "—" if one.moved_m is None else f"{one.moved_m:,.0f}"
    return one.name, one.address, moved, _spot(one.before), _spot(one.after)


def _spot(spot: Spot) -> str:
    if spot.error_m is None:
        return REASON_LABELS[Reason(spot.reason)][0] if spot.reason else "不在图上"
    place = f"{LEVEL_LABELS[Level(spot.level)]} ±{spot.error_m:,.0f} 米（{spot.district}）"
    return f"{place} 不够准" if spot.point and spot.error_m > _USABLE_M else place


def _totals(totals: CoverageTotals) -> str:
    return (
        f"覆盖率 {percent(totals.share)}，空白 {totals.gaps}（P1 {totals.p1}），"
        f"待核 {totals.unknown}，未落图 {totals.not_placed}"
    )
